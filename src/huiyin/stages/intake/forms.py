"""The questions of a filing, one form a page. Field names are those of the API where it has them."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django import forms
from django.core.validators import EmailValidator
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from huiyin.record.cases.deeds.helping import LABEL_LIMIT
from huiyin.record.cases.given import TEXT_LIMIT
from huiyin.record.cases.registering.registration import SUBJECT_LIMIT
from huiyin.rules.asking import TEXT_LIMIT as EVIDENCE_LIMIT
from huiyin.rules.fairness import EVIDENCE
from huiyin.rules.text import storable
from huiyin.stages.intake import queries
from huiyin.ui.forms import Radios
from huiyin.ui.helping import WHEREABOUTS, WHO
from huiyin.ui.languages import LANGUAGES, page_tag
from huiyin.ui.names import CONFIDENTIALITY

TOO_LONG = _(
    "At most %(limit_value)s characters fit here; you wrote %(show_value)s. Nothing was cut off: shorten it, the rest can go into a message afterwards."
)
KNOWN = tuple(CONFIDENTIALITY.items())
NOT_LISTED = _("Choose one of the list.")
NOTICES = (
    ("", _("Yes, unless I wrote something above")),
    ("any", _("Yes, at any time")),
    ("day", _("Yes, between 8 and 18 o’clock")),
    ("evening", _("Yes, between 18 and 22 o’clock")),
    ("never", _("No, I look here myself")),
)


class Typed(forms.CharField):
    """Words kept as typed: not trimmed, never cut by the browser, less what XML cannot carry.

    A line end counts as one character, as it did where it was typed.
    """

    def __init__(self, *, missing: Any = "", **options: Any) -> None:
        super().__init__(strip=False, error_messages={"max_length": TOO_LONG}, **options)
        if missing:
            self.error_messages["required"] = missing

    def to_python(self, value: Any) -> str:
        """As typed."""
        return storable(str(super().to_python(value) or "")).replace("\r\n", "\n")

    def validate(self, value: str) -> None:
        """Spaces alone are no answer."""
        super().validate(value.strip())

    def widget_attrs(self, widget: forms.Widget) -> dict[str, Any]:
        """No ``maxlength``: a browser would cut a pasted text without a word."""
        return {name: value for name, value in super().widget_attrs(widget).items() if name != "maxlength"}


class Email(Typed):
    """An e-mail address; spaces around it are nobody's wish."""

    default_validators = [EmailValidator(_("Write the address like name@example.org, or leave it empty."))]

    def to_python(self, value: Any) -> str:
        """The address alone."""
        return super().to_python(value).strip()


def listed(lists: Any, none: str | Promise) -> Any:
    """Choices read when the page is made, in its language, with a first line for none of them."""
    return lambda: [("", none), *lists(page_tag())]


class Choice(forms.ChoiceField):
    """One of a list that the office keeps; optional."""

    def __init__(self, lists: Any, none: str | Promise, **options: Any) -> None:
        super().__init__(
            choices=listed(lists, none), required=False, error_messages={"invalid_choice": NOT_LISTED}, **options
        )


class WhatForm(forms.Form):
    """What happened."""

    subject = Typed(
        label=_("In a few words"),
        help_text=_("For example: noise from the building site at night"),
        max_length=SUBJECT_LIMIT,
        missing=_("Write in a few words what it is about."),
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
    )
    description = Typed(
        label=_("In your own words"),
        help_text=_(
            "What, where, since when, and what you would like to be done. Write as you speak; nobody corrects it."
        ),
        max_length=TEXT_LIMIT,
        missing=_("Write what happened. One sentence is enough."),
        widget=forms.Textarea(attrs={"rows": 10, "autocomplete": "off"}),
    )


class WhereForm(forms.Form):
    """Where, and what kind of matter."""

    area = Choice(queries.areas, _("I do not know, or somewhere else"), label=_("Where did it happen?"))
    category = Choice(queries.categories, _("I do not know"), label=_("What kind of matter is it?"))


class WhomForm(forms.Form):
    """Whom it concerns."""

    about_body = Choice(queries.body_list, _("None in particular"), label=_("A body"))
    about_unit = Choice(queries.unit_list, _("None in particular"), label=_("A unit of it"))
    about_officer = Choice(queries.officer_list, _("Nobody in particular"), label=_("An officer"))
    about_words = Typed(
        label=_("Somebody or something else"),
        help_text=_("A name, a place, a firm, a duty number: what you know."),
        max_length=200,
        required=False,
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
    )


class ConductForm(forms.Form):
    """What a complaint about staff is, and what could prove it before it vanishes."""

    complaint_class = forms.ChoiceField(
        label=_("What do you complain of?"),
        choices=[
            ("service", _("The service, or a decision")),
            ("misconduct", _("Misconduct")),
            ("", _("I am not sure")),
        ],
        required=False,
        widget=Radios(
            hints={
                "": _("The desk outside decides and tells you why. Until then the whole unit is kept away."),
                "service": _(
                    "The answer was wrong, late or rude. Another officer of the same body answers; whom you named is kept away."
                ),
                "misconduct": _(
                    "Force, a bribe, an insult, abuse, reprisal. The whole unit is kept away. A desk outside takes it up and secures evidence before it asks anybody."
                ),
            }
        ),
        error_messages={"invalid_choice": NOT_LISTED},
    )
    evidence_camera = forms.BooleanField(label=_("There was a camera"), required=False)
    evidence_call = forms.BooleanField(label=_("There was a call or a text message"), required=False)
    evidence_injury = forms.BooleanField(label=_("Somebody was hurt"), required=False)
    evidence_witness = forms.BooleanField(label=_("Somebody saw or heard it"), required=False)
    evidence_words = Typed(
        label=_("Where is it, and how long is it kept?"),
        help_text=_("As far as you know: which camera, at what time, which hospital. No names are needed."),
        max_length=EVIDENCE_LIMIT,
        required=False,
        widget=forms.Textarea(attrs={"rows": 3, "autocomplete": "off"}),
    )


def evidence_in(cleaned: Mapping[str, object]) -> tuple[str, ...]:
    """The kinds of evidence that were ticked."""
    return tuple(kind for kind in EVIDENCE if cleaned.get(f"evidence_{kind}"))


class KnownByForm(forms.Form):
    """How the complainant may be known."""

    confidentiality = forms.ChoiceField(
        label=_("How may we know you?"),
        choices=KNOWN,
        error_messages={"required": _("Choose one of the three."), "invalid_choice": _("Choose one of the three.")},
        widget=Radios(
            cards=True,
            hints={
                "named": _(
                    "Only the officer who answers you can open your name and how to reach you, and must give a reason. You see when, and why. Nobody else can."
                ),
                "confidential": _(
                    "Your name stays sealed: no single officer can open it, not even the one who answers. You read the answer here."
                ),
                "anonymous": _(
                    "We do not ask who you are. You follow the matter with number and code alone. If you lose the code, nobody can give it to you again."
                ),
            },
        ),
    )


class ForWhomForm(forms.Form):
    """Whether somebody files for somebody else, and where the person is; part of "how may we know you?"."""

    helper_who = forms.ChoiceField(
        label=_("For whom do you file this?"),
        choices=[("", _("For myself")), (_("For somebody else. I am:"), list(WHO.items()))],
        required=False,
        error_messages={"invalid_choice": NOT_LISTED},
    )
    helper_label = Typed(
        label=_("What did you agree on with the person?"),
        help_text=_("For example: my mother asked me to. Or: power of attorney of 3 March. Officers do not read it."),
        max_length=LABEL_LIMIT,
        required=False,
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
    )
    helper_code = forms.BooleanField(
        label=_("I want a code of my own"),
        help_text=_("The person gets the main code and can end yours at any time. Only the person can withdraw."),
        required=False,
    )
    whereabouts = forms.ChoiceField(
        label=_("Can the person come and go freely?"),
        choices=[("", _("Yes")), *WHEREABOUTS.items()],
        required=False,
        error_messages={"invalid_choice": NOT_LISTED},
    )


class KnownForm(ForWhomForm, KnownByForm):
    """How the complainant may be known, and who files."""


class ReachForm(forms.Form):
    """How the complainant can be reached; every field may stay empty."""

    name = Typed(
        label=_("Your name"), max_length=120, required=False, widget=forms.TextInput(attrs={"autocomplete": "name"})
    )
    phone = Typed(
        label=_("Telephone"),
        max_length=60,
        required=False,
        widget=forms.TextInput(attrs={"type": "tel", "autocomplete": "tel"}),
    )
    email = Email(
        label=_("E-mail"),
        max_length=254,
        required=False,
        widget=forms.TextInput(attrs={"type": "email", "autocomplete": "email"}),
    )
    address = Typed(
        label=_("Address for letters"),
        max_length=300,
        required=False,
        widget=forms.Textarea(attrs={"rows": 2, "autocomplete": "street-address"}),
    )
    language = forms.ChoiceField(
        label=_("In which language shall we answer?"),
        choices=[(code, name) for code, _tag, name in LANGUAGES],
        required=False,
        error_messages={"invalid_choice": NOT_LISTED},
    )
    needs = Typed(
        label=_("What would help you?"),
        help_text=_("For example: an interpreter, sign language, somebody who reads it to me, no stairs."),
        max_length=400,
        required=False,
    )
    safe_times = Typed(
        label=_("When and how is it safe to reach you?"),
        help_text=_("For example: only after 6 pm, no messages, do not say who is calling."),
        max_length=200,
        required=False,
    )
    notices = forms.ChoiceField(
        label=_("May we e-mail you when there is something new?"),
        help_text=_("It says that and nothing else: no name, no subject."),
        choices=NOTICES,
        required=False,
        error_messages={"invalid_choice": NOT_LISTED},
    )
    is_minor = forms.BooleanField(
        label=_("I am under 18"),
        help_text=_("You may file alone. You need nobody’s permission."),
        required=False,
    )


FORMS: dict[str, type[forms.Form]] = {
    "what": WhatForm,
    "where": WhereForm,
    "whom": WhomForm,
    "conduct": ConductForm,
    "known": KnownForm,
    "reach": ReachForm,
}
