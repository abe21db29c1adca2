"""What /patterns shows: invented people, texts long and empty, dates on every side of today."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from huiyin.rules.deadline import DayLine, Due
from huiyin.rules.procedure import Words
from huiyin.rules.refusal import Refusal
from huiyin.ui import refusals
from huiyin.ui.forms import Checkboxes, DayField, Radios
from huiyin.ui.parts import Entry, Look, Option, Row, Step

TODAY = date(2026, 1, 27)
LONG_ZH = (
    "自去年国庆以后，我家楼下的烧烤店几乎每晚营业到凌晨两点，油烟从厨房的窗户灌进来，音响的声音隔着两层楼都听得清楚。"
    "我先后三次到店里说明情况，店主答应装隔音板，至今没有装。孩子今年要参加中考，老人有高血压，全家已经两个月睡不好觉。"
)
LONG_EN = (
    "Since the October holiday the barbecue downstairs has stayed open until two in the morning nearly every night. The smoke comes "
    "in through the kitchen window and the music can be made out two floors up. I went down three times; the owner promised to put "
    "up boards, and has not."
)
ODD = "<b>未闭合的标签\t制表符　全角空格 👵🏽 \u202eعربي\u202c " + "很长的没有空格的字符串" * 9


class SampleForm(forms.Form):
    """One field of every kind."""

    subject = forms.CharField(
        label=gettext_lazy("What is it about, in a few words?"),
        max_length=200,
        help_text=gettext_lazy("For example: noise at night"),
    )
    description = forms.CharField(
        label=gettext_lazy("What happened?"),
        max_length=20_000,
        widget=forms.Textarea(attrs={"rows": 5}),
        help_text=gettext_lazy("What, where, since when. Write as you speak; we do not correct it."),
    )
    phone = forms.CharField(
        label=gettext_lazy("Telephone"),
        required=False,
        widget=forms.TextInput(attrs={"type": "tel", "autocomplete": "tel"}),
    )
    category = forms.ChoiceField(
        label=gettext_lazy("Category"),
        choices=[
            ("", gettext_lazy("I do not know")),
            ("noise", gettext_lazy("Noise and smoke")),
            ("land", gettext_lazy("Land and housing")),
        ],
        required=False,
    )
    known = forms.ChoiceField(
        label=gettext_lazy("How may we know you?"),
        choices=[
            ("named", gettext_lazy("Named")),
            ("confidential", gettext_lazy("Confidential")),
            ("anonymous", gettext_lazy("Anonymous")),
        ],
        widget=Radios(
            cards=True,
            hints={
                "named": gettext_lazy("The officer who answers you sees your name. Nobody else does."),
                "confidential": gettext_lazy(
                    "Your name is sealed. Two people together can open it, for a reason that you can read."
                ),
                "anonymous": gettext_lazy("We do not know who you are. You follow the matter with the code alone."),
            },
        ),
    )
    needs = forms.MultipleChoiceField(
        label=gettext_lazy("What would help you?"),
        choices=[
            ("interpreter", gettext_lazy("An interpreter")),
            ("reading", gettext_lazy("Somebody who reads it to me")),
            ("home", gettext_lazy("A visit at home")),
        ],
        widget=Checkboxes(),
        required=False,
    )
    since = DayField(label=gettext_lazy("Since when?"), required=False, help_text=gettext_lazy("Roughly is enough."))
    keep = forms.BooleanField(
        label=gettext_lazy("Keep a draft on this device for 24 hours"),
        required=False,
        help_text=gettext_lazy("Only on your own phone or computer, never on a shared one."),
    )
    paper = forms.FileField(label=gettext_lazy("A file"), required=False)


def due_samples() -> list[dict[str, Any]]:
    """A term on every side of today."""
    near: list[tuple[str, dict[str, Any]]] = [
        (_("Due"), {"on": TODAY + timedelta(days=24)}),
        (_("Due soon"), {"on": TODAY + timedelta(days=2)}),
        (_("Due today"), {"on": TODAY}),
        (_("Overdue"), {"on": TODAY - timedelta(days=2)}),
        (_("Kept"), {"on": TODAY, "met": TODAY - timedelta(days=4)}),
        (_("Kept late"), {"on": TODAY - timedelta(days=9), "met": TODAY - timedelta(days=4)}),
        (_("No longer runs"), {"on": TODAY + timedelta(days=9), "ended": True}),
        (_("Provisional"), {"on": date(2027, 2, 12), "provisional": True}),
    ]
    return [{"name": name, **places} for name, places in near]


def why_sample() -> Due:
    """Friday 26 September 2025 and five working days, over National Day and a make-up Sunday."""
    told = [(26, "start"), (27, "weekend"), (28, "makeup"), (29, "workday"), (30, "workday")]
    told += [(day, "holiday") for day in range(1, 9)] + [(9, "workday"), (10, "workday")]
    lines, number = [], 0
    for position, (day, why) in enumerate(told):
        counted = why in {"workday", "makeup"}
        number += counted
        name = Words("国庆节", "National Day") if why == "holiday" else None
        lines.append(DayLine(date(2025, 9 if position < 5 else 10, day), counted, number, why, name))
    return Due(date(2025, 10, 10), False, tuple(lines))


def timeline_sample() -> list[Entry]:
    """A few things that happened, newest first."""
    at = datetime(2026, 1, 26, 6, 5, tzinfo=UTC)
    return [
        Entry(at, _("Answer delivered"), _("Officer Zhao, Harbour station"), text=LONG_ZH, lang="zh-Hans"),
        Entry(at - timedelta(days=3), _("You wrote to us"), _("you"), text=LONG_EN, side="theirs", lang="en"),
        Entry(at - timedelta(days=9), _("Accepted"), _("Officer Zhao, Harbour station")),
        Entry(at - timedelta(days=13), _("Reminder: half the time has passed"), side="system"),
        Entry(at - timedelta(days=15), _("Received"), _("online"), side="theirs", text=ODD, lang="zh-Hans"),
    ]


def steps_sample() -> list[Step]:
    """The way, in its middle."""
    return [
        Step(_("Received"), "done", date(2026, 1, 12)),
        Step(_("Accepted"), "done", date(2026, 1, 17)),
        Step(_("Being looked into"), "here", note=_("answer due 27 March 2026")),
        Step(_("Mediation"), "skipped"),
        Step(_("Answered"), "ahead"),
    ]


def rows_sample() -> list[Row]:
    """Answers to check: short, long, empty, in the other language."""
    return [
        Row(_("What is it about?"), "夜间噪音与油烟", change_value="subject", lang="zh-Hans"),
        Row(_("What happened?"), LONG_ZH, change_value="description", lang="zh-Hans", as_typed=True),
        Row(_("Message from a visitor"), LONG_EN, change_url="#summary", lang="en"),
        Row(_("Telephone"), "", change_value="phone"),
        Row(_("How may we know you?"), _("Confidential")),
    ]


def looks_sample() -> list[Look]:
    """Who looked."""
    at = datetime(2026, 1, 26, 6, 5, tzinfo=UTC)
    return [
        Look(
            at,
            _("Responsible officer"),
            _("Harbour station"),
            "31-0427",
            _("to write the answer"),
            _("description, messages"),
        ),
        Look(
            at - timedelta(days=9),
            _("Registrar"),
            _("Reception office"),
            "",
            _("to decide who is competent"),
            _("description"),
        ),
    ]


def options_sample() -> list[Option]:
    """Ways in."""
    return [
        Option(_("File a complaint"), "#options", _("Seven short questions. No account. You may stay anonymous.")),
        Option(_("Follow yours"), "#options", _("With the number and the code from your receipt.")),
        Option(_("Service guide"), "#options"),
    ]


def places_sample() -> list[dict[str, object]]:
    """Where a route leads: with everything, and with a telephone alone."""
    nothing = Words("", "")
    address = Words(
        "汀澜县老街街道正衡路 11 号（一楼，有坡道）", "11 Zhengheng Road, Old Street Subdistrict (ground floor, ramp)"
    )
    hours = Words("周一至周五 8:30–12:00", "Monday to Friday 8:30–12:00")
    web = "https://court.example.org/a/very/long/address/that/does/not/end/for/a/while"
    return [
        {"address": address, "hours": hours, "telephone": "0000-555-0301", "web": web},
        {"address": nothing, "hours": nothing, "telephone": "0000-555-0302", "web": ""},
    ]


def rows_of_queue() -> list[dict[str, Any]]:
    """A desk's list."""
    return [
        {
            "number": "4821-0937-4X",
            "subject": "夜间噪音",
            "stage": "handling",
            "due": TODAY - timedelta(days=2),
            "rule": "XF-handle 34",
            "last": _("complainant, yesterday"),
        },
        {
            "number": "4821-0951-27",
            "subject": LONG_ZH[:60],
            "stage": "acceptance",
            "due": TODAY + timedelta(days=1),
            "rule": "XF-accept 22",
            "last": _("registrar, today"),
        },
        {
            "number": "4821-0960-13",
            "subject": "The lamp in Salt Lane has been dark since August",
            "stage": "review",
            "due": TODAY + timedelta(days=20),
            "rule": "XF-review 35",
            "last": "",
        },
    ]


def everything() -> dict[str, Any]:
    """The whole context of /patterns."""
    wrong = SampleForm(
        {"subject": "", "known": "", "since_year": "2026", "since_month": "2", "since_day": "30", "description": ODD}
    )
    return {
        "today": TODAY,
        "long_zh": LONG_ZH,
        "long_en": LONG_EN,
        "odd": ODD,
        "form": SampleForm(initial={"known": "confidential"}, auto_id="empty_%s"),
        "wrong_form": wrong,
        "dues": due_samples(),
        "why": why_sample(),
        "entries": timeline_sample(),
        "steps": steps_sample(),
        "rows": rows_sample(),
        "looks": looks_sample(),
        "options": options_sample(),
        "queue": rows_of_queue(),
        "places": places_sample(),
        "stages": ["intake", "acceptance", "handling", "mediation", "review", "followup", "ended"],
        "refusals": [
            {
                "code": code,
                "status": refusals.status(each),
                "title": refusals.title(each),
                "sentence": refusals.sentence(each),
            }
            for code in refusals.SAYINGS
            for each in [
                Refusal(
                    code,
                    move=Words("受理", "accept"),
                    role="unit_head",
                    field="subject",
                    maximum=200,
                    last_day=TODAY,
                    at=_("legal check"),
                    shortest=2,
                    version="2026.2",
                )
            ]
        ],
    }
