"""What a complainant can write on the page of a matter."""

from __future__ import annotations

from collections.abc import Collection
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from huiyin.record.bodies.queries import officer_named
from huiyin.record.cases.given import TEXT_LIMIT
from huiyin.record.cases.registering.registration import Named
from huiyin.rules.asking import TEXT_LIMIT as ASK_TEXT_LIMIT
from huiyin.rules.duties import TEXT_LIMIT as DUTY_TEXT_LIMIT
from huiyin.stages.followup.actions import COMMENT_LIMIT
from huiyin.stages.intake.forms import ReachForm, Typed, WhomForm
from huiyin.ui.forms import FilesField, Radios


class TrackForm(forms.Form):
    """Number and code, as they stand on the receipt."""

    case_number = Typed(
        label=_("Number"),
        help_text=_("Nine digits and a check digit, for example 1234-5678-90."),
        max_length=200,
        required=False,
        widget=forms.TextInput(attrs={"autocomplete": "off", "inputmode": "numeric"}),
    )
    receipt_code = Typed(
        label=_("Code"),
        help_text=_("Twenty digits. Spaces and dashes do not matter."),
        max_length=200,
        required=False,
        widget=forms.TextInput(attrs={"autocomplete": "off", "inputmode": "numeric", "class": "code-input"}),
    )


class MessageForm(forms.Form):
    """A word to the office."""

    text = Typed(
        label=_("Your message"),
        max_length=TEXT_LIMIT,
        missing=_("Write your message first."),
        widget=forms.Textarea(attrs={"rows": 5, "autocomplete": "off"}),
    )


class CorrectionForm(forms.Form):
    """What is wrong in the officer's summary."""

    text = Typed(
        label=_("What is not right in our summary?"),
        help_text=_("Say how it was. Your own first words stay as they are, and so does this."),
        max_length=TEXT_LIMIT,
        missing=_("Write what is not right."),
        widget=forms.Textarea(attrs={"rows": 6, "autocomplete": "off"}),
    )


class AttachForm(forms.Form):
    """Photos and files, and whether officers may open them as they were sent."""

    originals = forms.ChoiceField(
        label=_("What may officers open?"),
        choices=[
            ("closed", _("Only a cleaned copy, where there can be one")),
            ("open", _("The originals too, exactly as I send them")),
            ("identity", _("Nothing: it shows who I am")),
        ],
        initial="closed",
        widget=Radios(
            hints={
                "closed": _(
                    "Photos, PDF and plain text lose place, time and device; your original stays sealed. Office documents, sound and video cannot be cleaned: nobody opens them until you allow it."
                ),
                "open": _(
                    "Stronger as evidence. But they can hold where and when a picture was taken, your device, or your name."
                ),
                "identity": _(
                    "A scan of a card, a voice, a face. It is sealed with your name and stands in no list; whoever opens it gives a reason, and you see who that was. It cannot be read back here."
                ),
            }
        ),
        error_messages={"required": _("Choose one of the three."), "invalid_choice": _("Choose one of the three.")},
    )
    attached = FilesField(
        label=_("Photos or files"),
        error_messages={"required": _("Choose at least one file first.")},
    )


class ContestForm(forms.Form):
    """Why somebody else should look again."""

    grounds = Typed(
        label=_("What do you not agree with?"),
        help_text=_("One sentence is enough. You can add more later."),
        max_length=TEXT_LIMIT,
        missing=_("Write in one sentence what you do not agree with."),
        widget=forms.Textarea(attrs={"rows": 8, "autocomplete": "off"}),
    )


class RatingForm(forms.Form):
    """The complainant's own judgement of the answer."""

    solved = forms.ChoiceField(
        label=_("Is the matter solved?"),
        choices=[("yes", _("Yes")), ("partly", _("In part")), ("no", _("No"))],
        widget=Radios(),
        error_messages={"required": _("Choose one of the three."), "invalid_choice": _("Choose one of the three.")},
    )
    score = forms.TypedChoiceField(
        label=_("How were you treated?"),
        choices=[
            ("", _("I would rather not say")),
            ("5", _("5: very well")),
            ("4", _("4: well")),
            ("3", _("3: so-so")),
            ("2", _("2: badly")),
            ("1", _("1: very badly")),
        ],
        coerce=int,
        empty_value=None,
        required=False,
    )
    comment = Typed(
        label=_("What would you like to add?"),
        max_length=COMMENT_LIMIT,
        required=False,
        widget=forms.Textarea(attrs={"rows": 3, "autocomplete": "off"}),
    )


class DutyForm(forms.Form):
    """Whether a promise was kept: done, or not, and what is missing."""

    answer = forms.ChoiceField(
        label=_("Is it done?"),
        choices=[("confirm", _("Yes, it is done")), ("deny", _("No, it is not done"))],
        widget=Radios(),
        error_messages={
            "required": _("Choose what is so, or go back: you need not say anything."),
            "invalid_choice": _("This cannot be said now. Open your matter again."),
        },
    )
    text = Typed(
        label=_("What is missing?"),
        help_text=_("Only needed if it is not done. One sentence is enough."),
        max_length=DUTY_TEXT_LIMIT,
        required=False,
        widget=forms.Textarea(attrs={"rows": 4, "autocomplete": "off"}),
    )

    def __init__(self, *args: Any, deeds: Collection[str], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        answer = self.fields["answer"]
        answer.choices = [each for each in answer.choices if each[0] in deeds]  # type: ignore[attr-defined]
        if set(deeds) == {"deny"}:
            answer.initial = "deny"  # taking back is what one came for; a yes is never chosen beforehand

    def clean(self) -> None:
        """Who says no says what is missing."""
        if self.cleaned_data.get("answer") == "deny" and not self.cleaned_data.get("text", "").strip():
            self.add_error("text", _("Write in one sentence what is missing."))


class ComeBackForm(forms.Form):
    """What is new in a matter that has ended."""

    text = Typed(
        label=_("What is new?"),
        help_text=_(
            "What has happened since, or what was not looked at. What you told us before is known; you need not write it again."
        ),
        max_length=TEXT_LIMIT,
        missing=_("Write in a few words what is new."),
        widget=forms.Textarea(attrs={"rows": 8, "autocomplete": "off"}),
    )


class PressureForm(forms.Form):
    """Pressure or reprisal because of a complaint."""

    text = Typed(
        label=_("What happened?"),
        help_text=_(
            "Who said or did what, when, and how you know that it is because you complained. One sentence is enough."
        ),
        max_length=TEXT_LIMIT,
        missing=_("Write in one sentence what happened."),
        widget=forms.Textarea(attrs={"rows": 8, "autocomplete": "off"}),
    )
    who = Typed(
        label=_("Who put you under pressure?"),
        help_text=_("A name, a duty number, an office: what you know. Whoever it is cannot see this report."),
        max_length=200,
        required=False,
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
    )


class AskLookForm(forms.Form):
    """Why did somebody open the matter?"""

    text = Typed(
        label=_("What do you want to know?"),
        help_text=_("For example: why did you need to read my matter?"),
        max_length=ASK_TEXT_LIMIT,
        missing=_("Write your question first."),
        widget=forms.Textarea(attrs={"rows": 4, "autocomplete": "off"}),
    )


class WithdrawForm(forms.Form):
    """A withdrawal; why need not be said."""

    text = Typed(
        label=_("Is there something the desk should know?"),
        help_text=_("You need not give a reason. Only the desk outside the unit reads it."),
        max_length=ASK_TEXT_LIMIT,
        required=False,
        widget=forms.Textarea(attrs={"rows": 3, "autocomplete": "off"}),
    )


class RecusalForm(forms.Form):
    """Why should another officer deal with it?"""

    text = Typed(
        label=_("Why should this officer not deal with it?"),
        help_text=_(
            "For example: a relative of the other side, a part in what you complain of, or words that show a mind made up."
        ),
        max_length=ASK_TEXT_LIMIT,
        missing=_("Write in one sentence why."),
        widget=forms.Textarea(attrs={"rows": 5, "autocomplete": "off"}),
    )


class DoubtForm(forms.Form):
    """Why the class is wrong."""

    text = Typed(
        label=_("What is it really about?"),
        help_text=_("One sentence is enough. Somebody else than who set it answers you."),
        max_length=ASK_TEXT_LIMIT,
        missing=_("Write in one sentence why."),
        widget=forms.Textarea(attrs={"rows": 5, "autocomplete": "off"}),
    )


class NameForm(WhomForm):
    """Whom the matter is about, said later."""

    def clean(self) -> None:
        """Somebody is named."""
        if not any(self.cleaned_data.values()):
            raise forms.ValidationError(_("Choose or write whom it is about."))


def named_in(words: str) -> tuple[Named, ...]:
    """Whom typed words name: the one officer with this name or number, else the words as they are; empty for none."""
    if not words.strip():
        return ()
    code = officer_named(words)
    return (Named("officer", code),) if code else (Named("other", text=words),)


class ContactForm(ReachForm):
    """New contact details in place of the old ones."""

    needs = None  # type: ignore[assignment]
    is_minor = None  # type: ignore[assignment]
