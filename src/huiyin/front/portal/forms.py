"""What a complainant can write on the page of a matter."""

from __future__ import annotations

from django import forms
from django.utils.translation import gettext_lazy as _

from huiyin.record.cases.given import TEXT_LIMIT
from huiyin.stages.followup.actions import COMMENT_LIMIT
from huiyin.stages.intake.forms import ReachForm, Typed
from huiyin.ui.forms import Radios


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


class ContactForm(ReachForm):
    """New contact details in place of the old ones."""

    needs = None  # type: ignore[assignment]
    is_minor = None  # type: ignore[assignment]
