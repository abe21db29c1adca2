"""A call, a visit or a letter, taken down in two minutes: eight fields, the rest later."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from huiyin.front.desk.labels import CHANNELS, EVIDENCE_KINDS, MAY
from huiyin.record.bodies.queries import areas, officer_named
from huiyin.record.cases.deeds.helping import LABEL_LIMIT, Helper
from huiyin.record.cases.given import TEXT_LIMIT
from huiyin.record.cases.registering.registration import SUBJECT_LIMIT, Filing, Identity, Named
from huiyin.record.law.versions import categories
from huiyin.rules.asking import TEXT_LIMIT as EVIDENCE_LIMIT
from huiyin.stages.intake.queries import unit_list
from huiyin.ui.forms import AsTyped, Checkboxes, DayField, Radios
from huiyin.ui.helping import WHEREABOUTS, WHO
from huiyin.ui.languages import page_tag
from huiyin.ui.names import CONFIDENTIALITY

DESK_CHANNELS = ("phone", "counter", "letter")


class RegisterForm(forms.Form):
    """Eight visible fields; the day and whom it concerns are folded away, as most matters need neither."""

    channel = forms.ChoiceField(
        label=_("How did it reach us?"),
        choices=[(each, CHANNELS[each]) for each in DESK_CHANNELS],
        widget=Radios(inline=True),
        initial="counter",
    )
    subject = AsTyped(label=_("Subject, in a few words"), max_length=SUBJECT_LIMIT)
    description = AsTyped(
        label=_("In the person's own words"),
        max_length=TEXT_LIMIT,
        widget=forms.Textarea(attrs={"rows": 6}),
        help_text=_(
            "Write down what is said, as it is said. It is kept apart from your summary and never replaced by it."
        ),
    )
    officer_summary = AsTyped(
        label=_("Your summary"),
        required=False,
        max_length=TEXT_LIMIT,
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text=_("The person reads it too and can correct it."),
    )
    confidentiality = forms.ChoiceField(
        label=_("How may we know the person?"),
        choices=list(CONFIDENTIALITY.items()),
        initial="named",
        widget=Radios(
            small=True,
            hints={
                "named": _("The responsible officer can open the name, with a reason that the person sees."),
                "confidential": _(
                    "The name is sealed, and two people together can open it. The words are sealed too, where this desk has its key."
                ),
                "anonymous": _("No name is kept. Leave name and telephone empty."),
            },
        ),
    )
    name = AsTyped(
        label=_("Name"), required=False, max_length=120, widget=forms.TextInput(attrs={"autocomplete": "off"})
    )
    phone = AsTyped(
        label=_("Telephone"),
        required=False,
        max_length=40,
        widget=forms.TextInput(attrs={"type": "tel", "autocomplete": "off"}),
    )
    card = AsTyped(
        label=_("Serial number of the receipt card"),
        required=False,
        max_length=40,
        widget=forms.TextInput(attrs={"autocomplete": "off", "inputmode": "numeric"}),
        help_text=_("Hand the card over unscratched. You never see its code. No card: leave it empty."),
    )
    received_on = DayField(
        label=_("Received on"), help_text=_("The day it reached us: for a letter, the day it came in.")
    )
    about_unit = forms.ChoiceField(label=_("Complaint about the conduct of a unit"), required=False)
    about_officer = AsTyped(
        label=_("Complaint about the conduct of an officer"),
        required=False,
        max_length=120,
        help_text=_(
            "Duty number or name. Those named can neither find nor open the matter; a desk outside their unit takes it."
        ),
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
    )
    complaint_class = forms.ChoiceField(
        label=_("What is complained of?"),
        choices=[
            ("", _("Not said")),
            ("service", _("The service, or a decision")),
            ("misconduct", _("Misconduct")),
        ],
        required=False,
        help_text=_("As the person says it. The desk outside sets the class, with a reason that the person reads."),
    )
    evidence = forms.MultipleChoiceField(
        label=_("Was there a camera, a call, an injury, a witness?"),
        choices=list(EVIDENCE_KINDS.items()),
        required=False,
        widget=Checkboxes(),
    )
    evidence_words = AsTyped(
        label=_("Where is it, and how long is it kept?"),
        required=False,
        max_length=EVIDENCE_LIMIT,
        widget=forms.Textarea(attrs={"rows": 2}),
    )
    helper_who = forms.ChoiceField(
        label=_("Somebody helps: who?"), choices=[("", _("Nobody helps")), *WHO.items()], required=False
    )
    helper_label = AsTyped(
        label=_("What does the person call them, and what was agreed on?"),
        required=False,
        max_length=LABEL_LIMIT,
        help_text=_("As the person says it. It is sealed: only the person reads it again, and you do not."),
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
    )
    helper_may = forms.ChoiceField(
        label=_("How far may they go?"),
        choices=[("", _("Choose")), *MAY.items()],
        required=False,
        help_text=_("Nobody but the person withdraws, rates, changes the contact or lets others in."),
    )
    helper_until_on = DayField(
        label=_("Until when?"), required=False, help_text=_("The last day. Leave it empty: until the person ends it.")
    )
    helper_card = AsTyped(
        label=_("Serial number of the helper's own card"),
        required=False,
        max_length=40,
        help_text=_("A second card, handed to the helper unscratched. None: leave it empty."),
        widget=forms.TextInput(attrs={"autocomplete": "off", "inputmode": "numeric"}),
    )
    whereabouts = forms.ChoiceField(
        label=_("Where is the person?"), choices=[("", _("Can come")), *WHEREABOUTS.items()], required=False
    )
    key = AsTyped(required=False, max_length=80, widget=forms.HiddenInput())

    of_helper = ("helper_who", "helper_label", "helper_may", "helper_until_on", "helper_card", "whereabouts")
    folded = ("received_on", "about_unit", "about_officer", "complaint_class", "evidence", "evidence_words")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["about_unit"].choices = [("", _("No unit")), *unit_list(page_tag())]  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        """Whoever helps does so as far as was said; nothing about a helper stands there without one."""
        typed: dict[str, Any] = super().clean() or self.cleaned_data
        said = [name for name in self.of_helper[1:5] if typed.get(name)]
        if typed.get("helper_who") and not typed.get("helper_may"):
            self.add_error("helper_may", _("Choose how far it goes."))
        elif said and not typed.get("helper_who"):
            self.add_error("helper_who", _("Choose who it is."))
        return typed

    @property
    def has_helper_errors(self) -> bool:
        """Whether the part about a helper must be shown open."""
        return any(name in self.errors for name in self.of_helper)

    def helper(self) -> Helper | None:
        """Who came for the person, if anybody."""
        typed = self.cleaned_data
        if not typed["helper_who"]:
            return None
        card = typed["helper_card"].strip()
        return Helper(
            typed["helper_who"], typed["helper_label"], typed["helper_may"], typed["helper_until_on"], card=card
        )

    @property
    def has_folded_errors(self) -> bool:
        """Whether the folded part must be shown open."""
        return any(name in self.errors for name in self.folded)

    def filing(self, *, language: str) -> Filing:
        """What is handed to the record."""
        typed = self.cleaned_data
        about: list[Named] = []
        if typed["about_unit"]:
            about.append(Named("unit", id=typed["about_unit"]))
        if typed["about_officer"].strip():
            about.append(Named("officer", id=officer_named(typed["about_officer"]), text=typed["about_officer"]))
        person = Identity(name=typed["name"], phone=typed["phone"], language=language)
        return Filing(
            subject=typed["subject"],
            description=typed["description"],
            channel=typed["channel"],
            language=language,
            confidentiality=typed["confidentiality"],
            about=tuple(about),
            identity=person if typed["name"] or typed["phone"] else None,
            officer_summary=typed["officer_summary"],
            received_on=typed["received_on"],
            complaint_class=typed["complaint_class"],
            evidence=tuple(typed["evidence"]) if typed["complaint_class"] else None,
            evidence_words=typed["evidence_words"],
            whereabouts=typed["whereabouts"],
        )


class CompleteForm(forms.Form):
    """What was left out at the counter."""

    category = forms.ChoiceField(label=_("Category"), required=False)
    area = forms.ChoiceField(label=_("Area"), required=False)
    description = AsTyped(
        label=_("More in the person's own words"),
        required=False,
        max_length=TEXT_LIMIT,
        widget=forms.Textarea(attrs={"rows": 6}),
        help_text=_("Added below what is there; nothing is replaced."),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        tag = page_tag()
        known = [(code, name.in_language(tag)) for code, name in categories()]
        self.fields["category"].choices = [("", _("As it is")), *known]  # type: ignore[attr-defined]
        places = [(area.code, area.name.in_language(tag)) for area in areas()]
        self.fields["area"].choices = [("", _("As it is")), *places]  # type: ignore[attr-defined]


class EnquiryForm(forms.Form):
    """A call: the number and the status word."""

    number = AsTyped(
        label=_("Number"), max_length=60, widget=forms.TextInput(attrs={"autocomplete": "off", "inputmode": "numeric"})
    )
    word = AsTyped(label=_("Status word"), max_length=80, widget=forms.TextInput(attrs={"autocomplete": "off"}))
