"""What a complainant asked of this post, answered; and a withdrawal that came on paper."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from huiyin.record.cases.deeds.withdrawing import PAPER_AT_LIMIT
from huiyin.rules.asking import TEXT_LIMIT
from huiyin.stages.intake.forms import WhomForm
from huiyin.ui.forms import AsTyped, DayField, Radios

OUTCOMES: dict[str, Promise] = {
    "confirmed": _("Confirm: it is freely made"),
    "not_confirmed": _("Do not confirm it"),
    "granted": _("The officer steps aside"),
    "refused": _("The officer need not step aside"),
    "left": _("Leave it withdrawn"),
    "goes_on": _("Let the matter go on"),
    "secured": _("Secured"),
    "partly": _("Secured in part"),
    "nothing_left": _("Nothing could be secured"),
    "stays": _("The class stays"),
    "changed": _("The class becomes the other one"),
    "let_back": _("Agree, as the second person"),
    "kept_away": _("Do not agree"),
}
HINTS: dict[str, Promise] = {
    "confirmed": _("It takes effect seven days from today, unless the complainant undoes it."),
    "not_confirmed": _("The matter goes on. Where there was pressure, the complainant can report it on the same page."),
    "granted": _("The officer loses the matter at once; it goes to whoever assigns it anew."),
    "refused": _("Nothing changes. The complainant reads why."),
    "left": _("Nothing changes."),
    "goes_on": _("It opens again where it stood; its clocks run on from today."),
}
LABELS: dict[str, Promise] = {
    "look": _("Why was the matter opened?"),
    "withdrawal": _("How was it made sure that it is freely made?"),
    "withdrawn": _("Why?"),
    "recusal": _("Why?"),
    "evidence": _("What was secured, where does it lie, and what could not be?"),
    "put": _("What did the officer answer?"),
    "class": _("Why?"),
    "removal": _("Why?"),
}


class AnswerForm(forms.Form):
    """An outcome where there is one to choose, and the reasons; the complainant reads them."""

    outcome = forms.ChoiceField(
        label=_("What follows?"),
        widget=Radios(small=True, hints=HINTS),
        error_messages={"required": _("Choose what follows."), "invalid_choice": _("Choose what follows.")},
    )
    text = AsTyped(
        max_length=TEXT_LIMIT,
        widget=forms.Textarea(attrs={"rows": 5}),
        help_text=_("The complainant reads it."),
    )

    def __init__(self, *args: Any, kind: str, outcomes: Sequence[str], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if len(outcomes) == 1:
            del self.fields["outcome"]
        else:
            self.fields["outcome"].choices = [(each, OUTCOMES.get(each, each)) for each in outcomes]  # type: ignore[attr-defined]
        self.fields["text"].label = str(LABELS.get(kind, _("Reasons")))


class PaperForm(forms.Form):
    """A withdrawal signed on paper."""

    number = AsTyped(label=_("Number of the matter"), max_length=60)
    signed_on = DayField(label=_("When was it signed?"))
    kept_at = AsTyped(
        label=_("Where is the paper kept?"),
        max_length=PAPER_AT_LIMIT,
        help_text=_("For example: folder 3 of this desk."),
    )


TIES: dict[str, Promise] = {
    "relative": _("A relative is concerned"),
    "close": _("Somebody close to me is concerned"),
    "interest": _("I have an interest in how it ends"),
    "earlier_part": _("I had a part in what is complained of"),
    "other": _("Another tie"),
}


class StepAsideForm(forms.Form):
    """Why an officer steps aside; others read no reason."""

    tie = forms.ChoiceField(
        label=_("Why do you step aside?"),
        help_text=_("It stands in the history as one of these; colleagues and the complainant read no reason."),
        choices=list(TIES.items()),
        widget=Radios(small=True),
        error_messages={"required": _("Choose one."), "invalid_choice": _("Choose one.")},
    )


class ClassForm(forms.Form):
    """The class of a complaint about staff, and why."""

    complaint_class = forms.ChoiceField(
        label=_("What is complained of?"),
        choices=[("service", _("The service, or a decision")), ("misconduct", _("Misconduct"))],
        widget=Radios(
            small=True,
            hints={
                "service": _("Another officer of the body answers. Nobody who is kept away is let back by it."),
                "misconduct": _("The whole unit stays away from now on; what can vanish is secured first."),
            },
        ),
        error_messages={"required": _("Choose one."), "invalid_choice": _("Choose one.")},
    )
    why = AsTyped(
        label=_("Why?"),
        max_length=TEXT_LIMIT,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("The complainant reads it and can say that the class is wrong."),
    )


class PutForm(forms.Form):
    """What is put to whom."""

    officer = forms.ChoiceField(label=_("To whom?"), error_messages={"invalid_choice": _("Choose one.")})
    text = AsTyped(
        label=_("What is put to the officer?"),
        max_length=TEXT_LIMIT,
        widget=forms.Textarea(attrs={"rows": 5}),
        help_text=_(
            "The officer reads these words and nothing else; so does the complainant. Leave out whoever complains, and what only that person can know."
        ),
    )

    def __init__(self, *args: Any, officers: Sequence[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["officer"].choices = list(officers)  # type: ignore[attr-defined]


class LetBackForm(forms.Form):
    """Who should be let back, and why."""

    kept_away = forms.ChoiceField(
        label=_("Who may see the matter again?"), error_messages={"invalid_choice": _("Choose one.")}
    )
    why = AsTyped(
        label=_("Why?"),
        max_length=TEXT_LIMIT,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text=_("The second person and the complainant read it."),
    )

    def __init__(self, *args: Any, kept_away: Sequence[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["kept_away"].choices = list(kept_away)  # type: ignore[attr-defined]


class PutAnswerForm(forms.Form):
    """The officer's own answer."""

    text = AsTyped(
        label=_("Your answer"),
        max_length=TEXT_LIMIT,
        widget=forms.Textarea(attrs={"rows": 6}),
        help_text=_("The desk outside and whoever complained read it, with your name."),
    )


class TieForm(forms.Form):
    """A tie to a unit or to somebody."""

    unit = forms.ChoiceField(label=_("To a unit"), required=False)
    officer = forms.ChoiceField(label=_("To an officer"), required=False)

    def __init__(self, *args: Any, units: Sequence[Any], officers: Sequence[Any], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        none = ("", _("None"))
        self.fields["unit"].choices = [none, *units]  # type: ignore[attr-defined]
        self.fields["officer"].choices = [none, *officers]  # type: ignore[attr-defined]

    def clean(self) -> None:
        """One of the two is chosen."""
        if bool(self.cleaned_data.get("unit")) == bool(self.cleaned_data.get("officer")):
            raise forms.ValidationError(_("Choose a unit or an officer, one at a time."))


class NameForm(WhomForm):
    """Whom a matter is about, said at the desk outside."""

    def clean(self) -> None:
        """Somebody is named."""
        if not any(self.cleaned_data.values()):
            raise forms.ValidationError(_("Choose or write whom it is about."))
