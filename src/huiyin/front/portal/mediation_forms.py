"""The questions of whoever asks for mediation, one form a page."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from huiyin.record.cases.given import TEXT_LIMIT
from huiyin.record.cases.registering.registration import SUBJECT_LIMIT
from huiyin.rules.procedure import Procedure
from huiyin.stages.intake import queries as lists
from huiyin.stages.intake.forms import Choice, Email, ReachForm, Typed
from huiyin.ui.forms import Radios
from huiyin.ui.languages import page_tag

ANSWER = {"required": _("Answer yes or no.")}
MINOR = (
    ("", _("No, or I do not know")),
    ("beside", _("Yes; a guardian can sit beside")),
    ("matter", _("Yes; and the guardian is the other side")),
)
OTHER_MINOR = (
    ("", _("No, or I do not know")),
    ("yes", _("Yes")),
)  # fmt: skip


class FirstForm(forms.Form):
    """What mediation cannot do, asked before anything else: one yes or no for each."""

    def __init__(self, data: Mapping[str, str] | None = None, *, pack: Procedure, **more: Any) -> None:
        super().__init__(data, **more)
        for each in pack.exclusions.values():
            self.fields[f"not_{each.id}"] = forms.ChoiceField(
                label=each.question.in_language(page_tag()),
                choices=(("no", _("No")), ("yes", _("Yes"))),
                widget=Radios(beside=True),
                error_messages=ANSWER,
            )


class DisputeForm(forms.Form):
    """What it is about."""

    def __init__(self, data: Mapping[str, str] | None = None, *, pack: Procedure, **more: Any) -> None:
        super().__init__(data, **more)
        kinds = [(kind.id, kind.name.in_language(page_tag())) for kind in pack.disputes.values()]
        self.fields["kind"].choices = [("", _("Choose one of the list.")), *kinds]  # type: ignore[attr-defined]

    kind = forms.ChoiceField(label=_("What is it about?"), error_messages={"required": _("Choose one of the list.")})
    area = Choice(lists.areas, _("I do not know, or somewhere else"), label=_("Where is it?"))
    subject = Typed(label=_("In a few words"), max_length=SUBJECT_LIMIT, required=False)
    words = Typed(
        label=_("What happened?"),
        help_text=_("In your own words. Only the office and the mediator read this; the other side does not."),
        max_length=TEXT_LIMIT,
        missing=_("Write what happened."),
        widget=forms.Textarea(attrs={"rows": 8, "autocomplete": "off"}),
    )
    released = Typed(
        label=_("What may the other side read?"),
        help_text=_("One or two sentences: what you want to talk about. Only this is told, word for word."),
        max_length=TEXT_LIMIT,
        missing=_("Write at least one sentence: else the other side cannot know what it is asked about."),
        widget=forms.Textarea(attrs={"rows": 3, "autocomplete": "off"}),
    )


class OtherForm(forms.Form):
    """Who the other side is, and how it can be reached; all of it is sealed."""

    other_name = Typed(label=_("Name of the other side"), max_length=120, missing=_("Write who it is."))
    other_phone = Typed(label=_("Telephone"), max_length=60, required=False)
    other_email = Email(label=_("E-mail"), max_length=254, required=False)
    other_address = Typed(
        label=_("Where to find it"), max_length=300, required=False, widget=forms.Textarea(attrs={"rows": 2})
    )
    other_minor = forms.ChoiceField(label=_("Is the other side under 18?"), choices=OTHER_MINOR, required=False)
    is_both = forms.BooleanField(
        label=_("We ask together: the other side is here with me and gets a code of its own at once"), required=False
    )


class YouForm(ReachForm):
    """Who asks. Here a name and a way to reach you are needed: somebody must come back to you."""

    name = Typed(label=_("Your name"), max_length=120, missing=_("Write your name. It is sealed."))
    is_minor = None  # type: ignore[assignment]
    minor = forms.ChoiceField(label=_("Are you under 18?"), choices=MINOR, required=False)

    field_order = ("name", "phone", "email", "address", "language", "needs", "safe_times", "notices", "minor")


def forms_of(pack: Procedure, *, with_you: bool) -> dict[str, Callable[..., forms.Form]]:
    """The questions in their order; out of a complaint nobody is asked again who they are."""

    def first(*given: Any, **more: Any) -> forms.Form:
        return FirstForm(*given, pack=pack, **more)

    def dispute(*given: Any, **more: Any) -> forms.Form:
        return DisputeForm(*given, pack=pack, **more)

    found: dict[str, Callable[..., forms.Form]] = {"first": first, "dispute": dispute, "other": OtherForm}
    return found | ({"you": YouForm} if with_you else {})
