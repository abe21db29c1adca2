"""Forms of the ground the office keeps: an area, who answers for it, who has duty, which posters hang."""

from __future__ import annotations

import datetime
from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from huiyin.front.office.forms import TELEPHONE
from huiyin.record.bodies import ground
from huiyin.record.bodies.ground import Here
from huiyin.rules.ground import ANSWERS_FOR, AREA_KINDS, BELOW, CAPACITIES, POSTER_KINDS, TONGUES
from huiyin.ui.forms import AsTyped, Checkboxes, DayField
from huiyin.ui.languages import page_tag


class AreaForm(forms.Form):
    """An area that lies right below another."""

    kind = forms.ChoiceField(label=gettext_lazy("Kind of area"))
    name_zh = AsTyped(label=gettext_lazy("Name, in Chinese"), max_length=120)
    name_en = AsTyped(label=gettext_lazy("Name, in English"), max_length=160)
    code = forms.SlugField(
        label=gettext_lazy("Word for its address"), max_length=60,
        help_text=gettext_lazy("Small letters, figures and hyphens, such as willow-village. Posters carry it: it stays."),
        widget=forms.TextInput(attrs={"autocomplete": "off", "autocapitalize": "none"}),
    )  # fmt: skip

    def __init__(self, *args: Any, above: Here | None, **kwargs: Any) -> None:
        super().__init__(*args, **(kwargs | {"prefix": "area"}))
        tag = page_tag()
        possible = BELOW.get(above.kind if above else "", frozenset())
        self.fields["kind"].choices = [  # type: ignore[attr-defined]
            (kind, words.in_language(tag)) for kind, words in AREA_KINDS.items() if kind in possible
        ]


class Telephoned(forms.Form):
    """A form with the post it is about, and its office telephone."""

    post = forms.ChoiceField(label=gettext_lazy("Post"))
    telephone = AsTyped(label=gettext_lazy("Office telephone"), max_length=60)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        tag = page_tag()
        self.fields["post"].choices = [  # type: ignore[attr-defined]
            ("", ""), *((code, words.in_language(tag)) for code, words in ground.eligible_posts())
        ]  # fmt: skip

    def clean_telephone(self) -> str:
        """A number that can be dialled."""
        typed = str(self.cleaned_data["telephone"]).strip()
        if not TELEPHONE.fullmatch(typed):
            raise forms.ValidationError(
                _("This is no telephone number. Figures, spaces, brackets and hyphens are read.")
            )
        return typed


class ContactForm(Telephoned):
    """A post answers for an area from a day on."""

    capacity = forms.ChoiceField(label=gettext_lazy("In which capacity"))
    hours_zh = AsTyped(label=gettext_lazy("Hours, in Chinese"), max_length=200, required=False)
    hours_en = AsTyped(label=gettext_lazy("Hours, in English"), max_length=200, required=False)
    languages = forms.MultipleChoiceField(label=gettext_lazy("Languages"), required=False, widget=Checkboxes())
    from_on = DayField(label=gettext_lazy("From which day on"))
    field_order = ("post", "capacity", "telephone", "hours_zh", "hours_en", "languages", "from_on")

    def __init__(self, *args: Any, area: Here, **kwargs: Any) -> None:
        super().__init__(*args, **(kwargs | {"prefix": "contact"}))
        tag = page_tag()
        self.fields["capacity"].choices = [  # type: ignore[attr-defined]
            (name, words.in_language(tag)) for name, words in CAPACITIES.items() if area.kind in ANSWERS_FOR[name]
        ]
        self.fields["languages"].choices = [  # type: ignore[attr-defined]
            (code, words.in_language(tag)) for code, words in TONGUES.items()
        ]

    def clean(self) -> dict[str, Any]:
        """Hours in both languages, or in neither."""
        cleaned = super().clean() or {}
        zh, en = (str(cleaned.get(f"hours_{tongue}", "")).strip() for tongue in ("zh", "en"))
        if bool(zh) != bool(en):
            self.add_error("hours_en" if zh else "hours_zh", _("Write it in both languages, or in neither."))
        return cleaned


class HourField(forms.CharField):
    """An hour of the day as people write it: 8:30, 22:00."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(
            max_length=5,
            widget=forms.TextInput(attrs={"class": "govuk-input--width-5", "placeholder": "8:30"}),
            **kwargs,
        )

    def clean(self, value: Any) -> Any:
        """The hour. An hour that cannot be read is named with an example."""
        typed = str(super().clean(value)).replace("：", ":")
        try:
            return datetime.datetime.strptime(typed, "%H:%M").time()  # noqa: DTZ007 - an hour has no zone
        except ValueError:
            raise forms.ValidationError(_("Write the hour like 8:30 or 22:00.")) from None


class DutyForm(Telephoned):
    """A post can be reached on a day between two hours."""

    day = DayField(label=gettext_lazy("On which day"))
    begins = HourField(label=gettext_lazy("From"))
    ends = HourField(
        label=gettext_lazy("Until"), help_text=gettext_lazy("An hour before the first one lies on the next day.")
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **(kwargs | {"prefix": "duty"}))


class PosterForm(forms.Form):
    """A poster that hangs, or the card of a firm or school that asked for one."""

    kind = forms.ChoiceField(label=gettext_lazy("What kind"))
    place_zh = AsTyped(
        label=gettext_lazy("Name of the place, in Chinese"), max_length=120, required=False,
        help_text=gettext_lazy("The firm or school that asked for a card. Leave it empty for the area’s own poster."),
    )  # fmt: skip
    place_en = AsTyped(label=gettext_lazy("Name of the place, in English"), max_length=160, required=False)
    from_on = DayField(label=gettext_lazy("Since when it hangs"))

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **(kwargs | {"prefix": "poster"}))
        tag = page_tag()
        self.fields["kind"].choices = [  # type: ignore[attr-defined]
            (kind, words.in_language(tag)) for kind, words in POSTER_KINDS.items()
        ]

    def clean(self) -> dict[str, Any]:
        """A card carries the name of whom it was made for; the area's own poster does not."""
        cleaned = super().clean() or {}
        if cleaned.get("kind") == "area":
            return cleaned | {"place_zh": "", "place_en": ""}
        for name in ("place_zh", "place_en"):
            if name not in self.errors and not str(cleaned.get(name, "")).strip():
                self.add_error(name, _("Write for whom the card is."))
        return cleaned
