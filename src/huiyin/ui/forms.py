"""Widgets and fields for forms: choices with an explanation each, a date in three boxes."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, gettext_noop

from huiyin.rules.text import storable
from huiyin.ui.languages import is_chinese
from huiyin.ui.uploads import ACCEPTED

# Django's own sentences that our forms may show. Named here so that our catalogue says them in our words.
OWN_WORDS = (
    gettext_noop("This field is required."),
    gettext_noop("Enter a valid email address."),
    gettext_noop("Enter a whole number."),
    gettext_noop("Enter a valid date."),
    gettext_noop("Select a valid choice. %(value)s is not one of the available choices."),
    gettext_noop("Select a valid choice. That choice is not one of the available choices."),
    gettext_noop("Null characters are not allowed."),
)


class AsTyped(forms.CharField):
    """Words kept as they were typed: nothing is trimmed, only what XML cannot carry is taken out."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(strip=False, **kwargs)

    def to_python(self, value: Any) -> str:
        """The words, with a browser's line ends turned back into ours."""
        return storable((super().to_python(value) or "").replace("\r\n", "\n"))

    def validate(self, value: Any) -> None:
        """Blanks alone are nothing, where something is needed."""
        super().validate(value if str(value).strip() else "")


class Radios(forms.RadioSelect):
    """One of a few; ``hints`` explains a value, ``cards`` draws each as a card, ``beside`` sets short words beside
    each other on a phone too; ``small`` and ``inline`` are the desk's."""

    def __init__(
        self,
        *,
        hints: Mapping[str, Any] | None = None,
        cards: bool = False,
        beside: bool = False,
        small: bool = False,
        inline: bool = False,
        attrs: dict[str, Any] | None = None,
    ) -> None:
        super().__init__(attrs)
        self.hints = dict(hints or {})
        self.cards = cards
        self.beside = beside
        self.small = small or inline
        self.inline = inline


class FilesInput(forms.FileInput):
    """Several files chosen at once."""

    allow_multiple_selected = True


class FilesField(forms.FileField):
    """Several files; each is judged by its content later on, and one that is wrong keeps back no other."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(widget=FilesInput(attrs={"accept": ACCEPTED}), **kwargs)

    def clean(self, data: Any, initial: Any = None) -> list[Any]:
        """The files. At least one is needed."""
        if not data:
            raise forms.ValidationError(self.error_messages["required"], code="required")
        return list(data)


class Checkboxes(forms.CheckboxSelectMultiple):
    """Any of a few; ``hints`` and ``cards`` as for radios."""

    def __init__(
        self, *, hints: Mapping[str, Any] | None = None, cards: bool = False, attrs: dict[str, Any] | None = None
    ) -> None:
        super().__init__(attrs)
        self.hints = dict(hints or {})
        self.cards = cards


@dataclass(frozen=True, slots=True)
class Part:
    """One box of a date."""

    name: str
    label: str
    width: int
    value: str


class DayParts(forms.Widget):
    """A date typed as year, month and day, as people write it; no calendar to click through."""

    def parts(self, value: Any) -> list[Part]:
        """The three boxes, filled, in the order of the page's language."""
        typed = self.typed(value)
        boxes = {
            "year": Part("year", _("Year"), 4, typed[0]),
            "month": Part("month", _("Month"), 2, typed[1]),
            "day": Part("day", _("Day"), 2, typed[2]),
        }
        order = ("year", "month", "day") if is_chinese() else ("day", "month", "year")
        return [boxes[name] for name in order]

    @staticmethod
    def typed(value: Any) -> tuple[str, str, str]:
        """Year, month, day as text, whatever was kept: a date, ``2026-1-27``, or half of one."""
        if isinstance(value, date):
            return str(value.year), str(value.month), str(value.day)
        year, month, day = (*str(value or "").split("-", 2), "", "", "")[:3]
        return year, month, day

    def value_from_datadict(self, data: Mapping[str, Any], files: Any, name: str) -> str:
        """``year-month-day`` as typed; a single hidden value under the plain name counts too."""
        typed = [str(data.get(f"{name}_{part}", "")).strip() for part in ("year", "month", "day")]
        return "-".join(typed) if any(typed) else str(data.get(name, ""))

    def value_omitted_from_data(self, data: Mapping[str, Any], files: Any, name: str) -> bool:
        """Whether the form did not hold the date at all."""
        return name not in data and f"{name}_year" not in data

    def id_for_label(self, id_: str | None, index: str | None = None) -> str:
        """A fieldset has a legend, not a label."""
        return ""


class DayField(forms.Field):
    """A date in three boxes; its error says what to do."""

    widget = DayParts
    default_error_messages = {
        "required": gettext_lazy("Give the year, the month and the day."),
        "invalid": gettext_lazy("This day is not in the calendar. Give it like 2026, 1, 27."),
    }

    def to_python(self, value: Any) -> date | None:
        """The date, or None when nothing was typed."""
        if value in self.empty_values or isinstance(value, date):
            return value or None
        try:
            year, month, day = (int(part) for part in str(value).split("-"))
            return date(year, month, day)
        except (ValueError, OverflowError):
            raise forms.ValidationError(self.error_messages["invalid"], code="invalid") from None
