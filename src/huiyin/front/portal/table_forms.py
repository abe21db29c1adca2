"""What a side writes at its table."""

from __future__ import annotations

from django import forms
from django.utils.translation import gettext_lazy as _

from huiyin.front.portal.forms import ContactForm
from huiyin.record.cases.given import TEXT_LIMIT
from huiyin.stages.intake.forms import Typed
from huiyin.stages.mediation.asked_alone import WISH_LIMIT
from huiyin.stages.mediation.urgent import REASON_LIMIT
from huiyin.ui.forms import Radios


class WordsForm(forms.Form):
    """What the others may read, and what only the office and the mediator do."""

    released = Typed(
        label=_("What the other side may read"),
        help_text=_("Only this is shown to the other side, word for word. Leave it empty, and it reads nothing."),
        max_length=TEXT_LIMIT,
        required=False,
        widget=forms.Textarea(attrs={"rows": 4, "autocomplete": "off"}),
    )
    words = Typed(
        label=_("For the office and the mediator"),
        help_text=_("The other side never reads this."),
        max_length=TEXT_LIMIT,
        required=False,
        widget=forms.Textarea(attrs={"rows": 4, "autocomplete": "off"}),
    )


class SafeForm(forms.Form):
    """Asked alone in a family matter."""

    safe = forms.ChoiceField(
        label=_("Would it be safe for you to sit in one room with the other side, and to say there what you think?"),
        choices=(("yes", _("Yes")), ("no", _("No")), ("unsure", _("I am not sure"))),
        widget=Radios,
        error_messages={"required": _("Choose one of the list.")},
    )


class WishesForm(forms.Form):
    """What a side wishes for a session."""

    interpreter = Typed(
        label=_("Interpreter"), help_text=_("Which language, or sign language."), max_length=WISH_LIMIT, required=False
    )
    companion = Typed(
        label=_("Who comes along"),
        help_text=_("A relative, a friend, a lawyer. You may always bring somebody."),
        max_length=WISH_LIMIT,
        required=False,
    )


class DoubtForm(forms.Form):
    """A side sees it otherwise how soon help is needed."""

    doubt = Typed(
        label=_("How you see it"),
        max_length=REASON_LIMIT,
        missing=_("Write how you see it."),
        widget=forms.Textarea(attrs={"rows": 3, "autocomplete": "off"}),
    )


class OwnContactForm(ContactForm):
    """How another side wants to be reached, in place of what was said of it: what whoever asked is asked too."""


class SidePressureForm(forms.Form):
    """What the pressure was."""

    text = Typed(
        label=_("What happened?"),
        max_length=TEXT_LIMIT,
        missing=_("Write what happened."),
        widget=forms.Textarea(attrs={"rows": 6, "autocomplete": "off"}),
    )
