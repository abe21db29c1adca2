"""A call or a visit written down, and how to go on talking where that is needed."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from huiyin.record.cases.words.conversations import Conduct
from huiyin.rules.conversations import CONDUCT, KINDS, LONGEST_DAYS, REASON_LIMIT, TEXT_LIMIT
from huiyin.rules.procedure import Words
from huiyin.ui.forms import AsTyped, DayField, Radios
from huiyin.ui.languages import page_tag


class ConversationForm(forms.Form):
    """When, what was said, read back; a rule of conduct only where one is chosen."""

    kind = forms.ChoiceField(label=_("What was it?"), widget=Radios(inline=True))
    on = DayField(label=_("On which day?"))
    text = AsTyped(
        label=_("What was said, by both sides"),
        max_length=TEXT_LIMIT,
        widget=forms.Textarea(attrs={"rows": 6}),
        help_text=_("The complainant reads it at once and can correct it. Name nobody who need not be named."),
    )
    was_read_back = forms.BooleanField(
        label=_("I read it back, and the person agreed that this was said"), required=False
    )
    conduct = forms.ChoiceField(label=_("How we go on talking"), required=False, widget=Radios(small=True))
    reason = AsTyped(
        label=_("What happened in this talk, in plain words"),
        required=False,
        max_length=REASON_LIMIT,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("Of this call or visit, never of the person. The complainant reads it."),
    )
    ends_on = DayField(label=_("Until which day"), required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        most = _("At most %(days)s days after the call or visit. It ends by itself.") % {"days": LONGEST_DAYS}
        self.fields["ends_on"].help_text = most
        self.fields["kind"].choices = _names(KINDS)  # type: ignore[attr-defined]
        self.fields["conduct"].choices = [("", _("Nothing to agree on")), *_names(CONDUCT)]  # type: ignore[attr-defined]

    @property
    def way_of_talking(self) -> list[forms.BoundField]:
        """The folded part."""
        return [self[name] for name in ("conduct", "reason", "ends_on")]

    @property
    def is_unfolded(self) -> bool:
        """Whether something stands in it, or is wrong there."""
        return any(bound.errors or bound.value() for bound in self.way_of_talking)

    def clean(self) -> None:
        """A reason or a day without a choice is not lost: it is asked what it belongs to."""
        typed = self.cleaned_data
        if not typed.get("conduct") and (str(typed.get("reason") or "").strip() or typed.get("ends_on")):
            self.add_error("conduct", _("Choose what this reason and this day belong to, or empty them."))

    def agreed(self) -> Conduct | None:
        """What goes to the record, where something was chosen."""
        typed = self.cleaned_data
        return Conduct(typed["conduct"], typed["reason"], typed["ends_on"]) if typed["conduct"] else None


def _names(known: dict[str, Words]) -> list[tuple[str, str]]:
    return [(code, name.in_language(page_tag())) for code, name in known.items()]
