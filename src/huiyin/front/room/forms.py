"""Forms of the table. Each carries a random key: sent twice over a bad line it counts once."""

from __future__ import annotations

import datetime
import re
import secrets
from collections.abc import Sequence
from typing import Any
from zoneinfo import ZoneInfo

from django import forms
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from huiyin.front.room.words import BESIDE, HELP, HELP_OUTCOMES, SHEETS, named, side_name
from huiyin.rules import agreeing, holding, offering, reckoning, sitting
from huiyin.rules.agreement_kinds import AgreementKind
from huiyin.rules.refusal import Refusal
from huiyin.stages.mediation.agreements import Draft, TermGiven
from huiyin.stages.mediation.meetings import Meeting
from huiyin.stages.mediation.room import BY_HAND
from huiyin.ui import refusals
from huiyin.ui.forms import AsTyped, Checkboxes, DayField, FilesField, Radios
from huiyin.ui.languages import page_tag

LINES = 6  # things agreed that one form takes at a time; more are added by sending it again
DISPUTED = offering.OFFER_STATES
CHOOSE = {"required": _("Choose one."), "invalid_choice": _("Choose one.")}


def new_key() -> str:
    """The random key of a form."""
    return secrets.token_urlsafe(18)


def arrived(request: HttpRequest) -> str:
    """The end of an address that tells the page which form has arrived, so that it holds nothing of it any more."""
    key = request.POST.get("key", "")[:60]
    return f"#arrived-{key[:12]}" if re.fullmatch(r"[\w-]{12,60}", key, re.ASCII) else ""


class Keyed(forms.Form):
    """A form that counts once."""

    key = forms.CharField(required=False, max_length=60, widget=forms.HiddenInput)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["key"].initial = new_key


class Instant(forms.DateTimeField):
    """A day and a time as the phone's own wheel gives them, in the zone of the office."""

    def __init__(self, **kwargs: Any) -> None:
        widget = forms.DateTimeInput(attrs={"type": "datetime-local"}, format="%Y-%m-%dT%H:%M")
        super().__init__(widget=widget, input_formats=["%Y-%m-%dT%H:%M", "%Y-%m-%d %H:%M"], **kwargs)
        self.zone = "UTC"

    def to_python(self, value: Any) -> datetime.datetime | None:
        """The instant in the office's zone."""
        found = super().to_python(value)
        return found.replace(tzinfo=ZoneInfo(self.zone)) if found else None


class OptionalFile(FilesField):
    """One file, or none."""

    def clean(self, data: Any, initial: Any = None) -> list[Any]:
        """The file in a list; an empty one where none was chosen."""
        return super().clean(data, initial)[:1] if data else []


def words_field(label: Any, *, rows: int = 4, limit: int = 5_000, **kwargs: Any) -> AsTyped:
    """A box for words."""
    return AsTyped(label=label, max_length=limit, widget=forms.Textarea(attrs={"rows": rows}), **kwargs)


class MeetingForm(Keyed):
    """A session: for whom, how, where, which times."""

    with_side = forms.TypedChoiceField(
        label=_("With whom?"), coerce=int, widget=Radios(small=True), error_messages=CHOOSE
    )
    how = forms.ChoiceField(label=_("How?"), widget=Radios(small=True), error_messages=CHOOSE)
    place = AsTyped(label=_("Where?"), required=False, max_length=200)
    link = AsTyped(
        label=_("Link for the video"), required=False, max_length=300, help_text=_("It begins with https://.")
    )
    time_1 = Instant(label=_("First time to choose from"), help_text=_("For example 2026-04-10 09:30."))
    time_2 = Instant(label=_("Second time"), required=False)
    time_3 = Instant(label=_("Third time"), required=False)
    minutes = forms.IntegerField(label=_("How many minutes?"), initial=60, min_value=10, max_value=sitting.LONGEST)
    agenda = words_field(_("What will be talked about?"), required=False, rows=3)
    lawyer = AsTyped(label=_("Lawyer on duty, by duty name"), required=False, max_length=120)
    written_for = AsTyped(
        label=_("Entered for which mediator?"), required=False, max_length=120,
        help_text=_("Only where you enter it for somebody who does not use the desk."),
    )  # fmt: skip

    def __init__(self, *args: Any, sides: Sequence[int], zone: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["with_side"].choices = [(side, side_name(side)) for side in (0, *sides)]  # type: ignore[attr-defined]
        self.fields["how"].choices = named(sitting.HOW)  # type: ignore[attr-defined]
        for name in ("time_1", "time_2", "time_3"):
            self.fields[name].zone = zone  # type: ignore[attr-defined]

    def meeting(self) -> Meeting:
        """What was typed."""
        typed = self.cleaned_data
        times = tuple(typed[name] for name in ("time_1", "time_2", "time_3") if typed[name])
        names = ("how", "place", "link", "agenda", "minutes", "with_side", "lawyer", "written_for")
        return Meeting(times, **{name: typed[name] for name in names})


class HeldForm(Keyed):
    """A session that was held."""

    came = forms.TypedMultipleChoiceField(label=_("Which sides came?"), coerce=int, required=False, widget=Checkboxes())
    beside = forms.MultipleChoiceField(
        label=_("Who sat beside?"), required=False, widget=Checkboxes(), choices=list(BESIDE.items())
    )
    record = words_field(
        _("Record"), rows=8, limit=20_000, help_text=_("All sides of this session read it. Offers do not belong here.")
    )
    written_for = AsTyped(label=_("Entered for which mediator?"), required=False, max_length=120)

    def __init__(self, *args: Any, sides: Sequence[int], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["came"].choices = [(side, side_name(side)) for side in sides]  # type: ignore[attr-defined]


class WhyForm(Keyed):
    """Why a session does not count."""

    why = words_field(_("Which tie was found?"), rows=3, help_text=_("The sides read it. A new session is offered."))


class NoteForm(Keyed):
    """Words for one reader."""

    text = words_field(_("Note"), rows=5)


class OfferForm(Keyed):
    """An offer to the others."""

    text = words_field(_("What do you offer, and what do you ask for?"), rows=5)


class FactForm(Keyed):
    """A fact for the joint page."""

    text = words_field(_("A fact that all could say yes to"), rows=2)


class AgreementForm(Keyed):
    """An agreement in plain words, with what each will do and by when."""

    is_oral = forms.BooleanField(label=_("It is an oral agreement, recorded here"), required=False)
    facts = words_field(agreeing.PARTS["facts"].en, required=False)
    issues = words_field(agreeing.PARTS["issues"].en, required=False, rows=3)
    responsibility = words_field(agreeing.PARTS["responsibility"].en, required=False, rows=3)
    manner = words_field(agreeing.PARTS["manner"].en, required=False, rows=3)
    is_partial = forms.BooleanField(label=_("It settles only a part; the rest stays open"), required=False)
    not_confirmable = forms.ChoiceField(
        label=_("Is it about something that a court does not confirm?"), required=False, widget=Radios(small=True)
    )

    def __init__(self, *args: Any, sides: Sequence[int], kind: AgreementKind | None = None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name, words in named(agreeing.PARTS):
            self.fields[name].label = words
            if kind is not None:
                self.fields[name].help_text = kind.parts[name].ask.in_language(page_tag())
        self.fields["not_confirmable"].choices = [("", _("No")), *named(agreeing.NOT_CONFIRMED)]  # type: ignore[attr-defined]
        whom = [(side, side_name(side)) for side in (0, *sides)]
        for at in range(1, LINES + 1):
            self.fields[f"text_{at}"] = AsTyped(
                label=_("What will be done (%(number)s)") % {"number": at}, required=False, max_length=1_000,
                widget=forms.Textarea(attrs={"rows": 2}),
            )  # fmt: skip
            self.fields[f"side_{at}"] = forms.TypedChoiceField(
                label=_("By whom?"), coerce=int, choices=whom, required=False, empty_value=None
            )
            self.fields[f"due_on_{at}"] = DayField(label=_("By when?"), required=False)
            self.fields[f"amount_{at}"] = AsTyped(
                label=_("Money, in yuan"), required=False, max_length=20,
                widget=forms.TextInput(attrs={"inputmode": "decimal", "autocomplete": "off"}),
            )  # fmt: skip

    def clean(self) -> None:
        """Each line has its day, and money is money."""
        typed = self.cleaned_data
        for at in range(1, LINES + 1):
            if (
                typed.get(f"text_{at}", "").strip()
                and typed.get(f"due_on_{at}") is None
                and f"due_on_{at}" not in self.errors
            ):
                self.add_error(f"due_on_{at}", _("Give the day by which it is done."))
            try:
                typed[f"cents_{at}"] = (
                    reckoning.cents(typed.get(f"amount_{at}", "")) if typed.get(f"amount_{at}", "").strip() else 0
                )
            except Refusal:
                self.add_error(f"amount_{at}", _("Give an amount like 3000 or 3,000.50."))

    @property
    def lines(self) -> list[list[forms.BoundField]]:
        """The things agreed, line by line."""
        return [[self[f"{name}_{at}"] for name in ("text", "side", "due_on", "amount")] for at in range(1, LINES + 1)]

    def draft(self) -> Draft:
        """What was typed."""
        typed = self.cleaned_data
        terms = tuple(
            TermGiven(typed[f"text_{at}"], typed[f"due_on_{at}"], typed[f"side_{at}"] or 0, typed[f"cents_{at}"])
            for at in range(1, LINES + 1)
            if typed[f"text_{at}"].strip()
        )
        names = ("facts", "issues", "responsibility", "manner", "is_oral", "is_partial", "not_confirmable")
        return Draft(terms=terms, **{name: typed[name] for name in names})


class LineForm(forms.Form):
    """A line on a picture."""

    attached = OptionalFile(label=_("Another photo or sketch"), required=False)
    drawn = AsTyped(
        label=_("Points of the line"), required=False, max_length=300,
        help_text=_("Tap the picture, or type points as across,down in thousandths: 120,300 640,310."),
    )  # fmt: skip
    words = words_field(
        _("Say where the line runs"),
        rows=2,
        limit=1_000,
        required=False,
        help_text=_("For whoever cannot see it, for example: from the boundary stone to the old tree."),
    )

    def clean_attached(self) -> Any:
        """At most one."""
        return (self.cleaned_data.get("attached") or [None])[0]


class PaperSignForm(forms.Form):
    """A signature on paper."""

    side = forms.TypedChoiceField(label=_("Which side?"), coerce=int, widget=Radios(small=True), error_messages=CHOOSE)
    how = forms.ChoiceField(label=_("How?"), widget=Radios(small=True), error_messages=CHOOSE)
    scan = OptionalFile(label=_("Photo or scan of the sheet"), required=False)

    def __init__(self, *args: Any, sides: Sequence[int], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["side"].choices = [(side, side_name(side)) for side in sides]  # type: ignore[attr-defined]
        self.fields["how"].choices = [each for each in named(agreeing.HOW_SIGNED) if each[0] in {"paper", "thumbprint"}]  # type: ignore[attr-defined]


class CodeSignForm(forms.Form):
    """A signature in person by the own code, on the mediator's device."""

    receipt = AsTyped(label=_("Your number"), max_length=40, widget=forms.TextInput(attrs={"autocomplete": "off"}))
    code = AsTyped(
        label=_("Your code"), max_length=60,
        widget=forms.TextInput(attrs={"autocomplete": "off", "inputmode": "numeric"}),
        help_text=_("The side types it itself. It is checked and not kept."),
    )  # fmt: skip


class ReadForm(forms.Form):
    """I have read it, or it was read to me."""

    has_read = forms.BooleanField(
        label=_("It was read to me, or I read it. I agree of my own free will."),
        error_messages={"required": _("Tick this if you agree. If you do not, leave it.")},
    )


class TermWordForm(Keyed):
    """Whether something agreed was kept."""

    word = forms.ChoiceField(label=_("Was it done?"), widget=Radios(small=True), error_messages=CHOOSE)
    text = words_field(_("What is missing?"), rows=2, limit=1_000, required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["word"].choices = named(agreeing.WORDS_OF_TERMS)  # type: ignore[attr-defined]


class HoldsForm(Keyed):
    """Three questions, and no other."""

    holds = forms.ChoiceField(required=False, widget=Radios(small=True))
    content = forms.ChoiceField(required=False, widget=Radios(small=True))
    news = words_field("", rows=3, limit=holding.TEXT_LIMIT, required=False)
    visit_on = DayField(
        label=_("Would you like a visit? On which day?"), required=False,
        help_text=_("Only if you want one. Leave it empty and nobody comes."),
    )  # fmt: skip

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name, question in named(holding.QUESTIONS):
            self.fields[name].label = question
        for name in ("holds", "content"):
            self.fields[name].choices = named(holding.ANSWERS)  # type: ignore[attr-defined]


class CallForm(HoldsForm):
    """The same, as it was answered on the telephone."""

    side = forms.TypedChoiceField(label=_("Which side?"), coerce=int, widget=Radios(small=True), error_messages=CHOOSE)
    channel = forms.ChoiceField(label=_("How?"), widget=Radios(small=True), error_messages=CHOOSE)
    field_order = ["side", "channel"]

    def __init__(self, *args: Any, sides: Sequence[int], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["side"].choices = [(side, side_name(side)) for side in sides]  # type: ignore[attr-defined]
        self.fields["channel"].choices = [each for each in named(holding.CHANNELS) if each[0] != "own_page"]  # type: ignore[attr-defined]
        self.fields["visit_on"].label = _("Does the side itself want a visit? On which day?")


class HelpForm(Keyed):
    """Help besides."""

    kind = forms.ChoiceField(
        label=_("What would help?"), choices=list(HELP.items()), widget=Radios(small=True), error_messages=CHOOSE
    )
    text = words_field(
        _("What should we know for it?"),
        rows=3,
        limit=2_000,
        required=False,
        help_text=_("The other side does not see this."),
    )


class HelpAnswerForm(forms.Form):
    """What came of it."""

    outcome = forms.ChoiceField(
        label=_("What follows?"), choices=list(HELP_OUTCOMES.items()), widget=Radios(small=True), error_messages=CHOOSE
    )
    text = words_field(_("Answer"), rows=3, limit=2_000, help_text=_("Only the side that asked reads it."))


class PhotoForm(forms.Form):
    """A photographed sheet."""

    sheet = forms.ChoiceField(
        label=_("Which sheet?"),
        choices=[(each, SHEETS[each]) for each in BY_HAND],
        widget=Radios(small=True),
        error_messages=CHOOSE,
    )
    attached = FilesField(label=_("Photo"))

    def clean_attached(self) -> Any:
        """The first."""
        return self.cleaned_data["attached"][0]


class TypeForm(forms.Form):
    """What stands on a sheet, typed."""

    text = words_field(_("What stands on it"), rows=8, limit=20_000)


def put_into(form: forms.Form, refusal: Refusal) -> int:
    """A refusal beside the form it belongs to; gives the status."""
    return refusals.put_into(form, refusal)
