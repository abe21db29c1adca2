"""Forms of what the office keeps: a pack's text, a year, an address, and the reason for each."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import date
from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from huiyin.record.law.routes import Place
from huiyin.rules.calendar_lines import LineFault, LinesError, year_text
from huiyin.rules.desks import DESKS
from huiyin.ui.forms import AsTyped, DayField
from huiyin.ui.languages import page_tag

LONGEST_TEXT = 200_000  # characters of a pack; the longest of ours has a third of that
TELEPHONE = re.compile(r"[0-9+()\-–/ ,，、转extEXT.]{2,60}")


class WhyForm(forms.Form):
    """The reason of a decision."""

    why = AsTyped(
        label=gettext_lazy("Why?"),
        max_length=400,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=gettext_lazy("It stands in the history of the body."),
    )


class LostFactorForm(WhyForm):
    """Whose second factor is lost, and how one knows it is them."""

    who = forms.CharField(
        label=gettext_lazy("User name or duty number"),
        max_length=80,
        widget=forms.TextInput(attrs={"autocomplete": "off", "autocapitalize": "none", "class": "govuk-input--width-20"}),
    )  # fmt: skip
    field_order = ("who", "why")


class DeskForm(WhyForm):
    """Who is to hold which desk; for reviews a body, for all others an officer, who may be lent."""

    desk = forms.ChoiceField(
        label=gettext_lazy("Which desk?"),
        error_messages={"invalid_choice": gettext_lazy("Choose one of the list.")},
    )
    officer = forms.ChoiceField(
        label=gettext_lazy("Who holds it?"),
        required=False,
        help_text=gettext_lazy("May be lent from another body: justice, discipline, the next level."),
    )
    above = forms.ChoiceField(
        label=gettext_lazy("Which body reviews?"),
        required=False,
        help_text=gettext_lazy("Only for the body that reviews."),
    )
    field_order = ("desk", "officer", "above", "why")

    def __init__(
        self, *args: Any, officers: Sequence[tuple[str, str]], above: Sequence[tuple[str, str]], **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        tag = page_tag()
        self.fields["desk"].choices = [(each, desk.name.in_language(tag)) for each, desk in DESKS.items()]  # type: ignore[attr-defined]
        self.fields["officer"].choices = [("", _("Nobody chosen")), *officers]  # type: ignore[attr-defined]
        self.fields["above"].choices = [("", _("None chosen")), *above]  # type: ignore[attr-defined]


def why_to_propose() -> AsTyped:
    """The reason of a proposal; looking at what would come of it needs none yet."""
    return AsTyped(
        label=gettext_lazy("Why?"),
        max_length=400,
        required=False,
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text=gettext_lazy("Needed to propose it. The second person and the history of the body read it."),
    )


class PackForm(forms.Form):
    """The text of a procedure, pasted or from a file."""

    text = AsTyped(
        label=gettext_lazy("Text of the procedure"),
        max_length=LONGEST_TEXT,
        required=False,
        widget=forms.Textarea(attrs={"rows": 18, "spellcheck": "false", "class": "code-text", "wrap": "off"}),
        help_text=gettext_lazy(
            "As the manual shows it. An overlay says what it inherits and writes only what differs."
        ),
    )
    upload = forms.FileField(
        label=gettext_lazy("or a file"),
        required=False,
        help_text=gettext_lazy("A text file in UTF-8. It goes before what stands above."),
        widget=forms.FileInput(attrs={"accept": ".toml,text/plain"}),
    )
    why = why_to_propose()

    def clean_upload(self) -> str:
        """The words of the file."""
        file = self.cleaned_data.get("upload")
        if not file:
            return ""
        if file.size > LONGEST_TEXT * 3:
            raise forms.ValidationError(_("This file is too large for a procedure."))
        try:
            return str(file.read().decode("utf-8-sig")).replace("\r\n", "\n")
        except UnicodeDecodeError:
            raise forms.ValidationError(_("This is no text in UTF-8. Save it as UTF-8 and choose it again.")) from None

    def clean(self) -> dict[str, Any]:
        """One of the two must be there."""
        cleaned = super().clean() or {}
        cleaned["text"] = cleaned.get("upload") or cleaned.get("text") or ""
        if not cleaned["text"].strip() and not self.errors:
            self.add_error("text", _("Paste the text, or choose a file."))
        return cleaned


FAULTS = {
    "no_day": gettext_lazy("Line %(line)s: no day can be read in “%(typed)s”. Write it like 2027-01-01."),
    "no_names": gettext_lazy("Line %(line)s: write the name in both languages, with a slash between: 元旦 / New Year."),
    "other_year": gettext_lazy("Line %(line)s: “%(typed)s” does not lie in this year."),
    "reversed": gettext_lazy("Line %(line)s: the last day lies before the first."),
    "twice": gettext_lazy("Line %(line)s: a day of “%(typed)s” stands here twice."),
    "no_weekend": gettext_lazy(
        "Line %(line)s: “%(typed)s” names a day that is no Saturday or Sunday, or one that is a holiday above."
    ),
}


class YearForm(forms.Form):
    """One year, as it stands in its notice."""

    source = AsTyped(
        label=gettext_lazy("The notice it comes from"),
        max_length=300,
        help_text=gettext_lazy("Who announced it, under which number, on which day."),
    )
    holidays = AsTyped(
        label=gettext_lazy("Days off"),
        max_length=10_000,
        widget=forms.Textarea(attrs={"rows": 10}),
        help_text=gettext_lazy(
            "One holiday a line, with its name in both languages: 2027-01-01 to 2027-01-03 元旦 / New Year. 2月6日至12日 is read as well. Weekends need not be written."
        ),
    )
    makeup = AsTyped(
        label=gettext_lazy("Make-up working days"),
        max_length=4_000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text=gettext_lazy("Saturdays and Sundays that are worked, one a line."),
    )
    why = why_to_propose()

    def __init__(self, *args: Any, country: str, year: int, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.country, self.year = country, year

    def clean(self) -> dict[str, Any]:
        """The lines as the text of a calendar; each line that cannot be read is named."""
        cleaned = super().clean() or {}
        if not self.errors:
            try:
                cleaned["calendar"] = year_text(
                    self.country, self.year, cleaned["source"].strip(), cleaned["holidays"], cleaned["makeup"]
                )
            except LinesError as problem:
                for fault in problem.faults:
                    self.add_error(fault.field, _said(fault))
        return cleaned


def _said(fault: LineFault) -> str:
    return str(FAULTS[fault.code]) % {"line": fault.line, "typed": fault.typed}


class RouteForm(forms.Form):
    """Where a route leads, in both languages."""

    name_zh = AsTyped(label=gettext_lazy("Name, in Chinese"), max_length=120)
    name_en = AsTyped(label=gettext_lazy("Name, in English"), max_length=160)
    address_zh = AsTyped(label=gettext_lazy("Address, in Chinese"), max_length=200, required=False)
    address_en = AsTyped(label=gettext_lazy("Address, in English"), max_length=200, required=False)
    hours_zh = AsTyped(label=gettext_lazy("Hours, in Chinese"), max_length=200, required=False)
    hours_en = AsTyped(label=gettext_lazy("Hours, in English"), max_length=200, required=False)
    telephone = AsTyped(label=gettext_lazy("Telephone"), max_length=60, required=False)
    web = forms.URLField(
        label=gettext_lazy("Web page"), max_length=200, required=False, assume_scheme="https",
        widget=forms.TextInput(attrs={"inputmode": "url"}),
    )  # fmt: skip
    since = DayField(label=gettext_lazy("Since when this is so"))

    @staticmethod
    def of(place: Place | None, today: date) -> dict[str, Any]:
        """What stands in the directory now."""
        if place is None:
            return {"since": today}
        return {
            "name_zh": place.name.zh, "name_en": place.name.en, "address_zh": place.address.zh,
            "address_en": place.address.en, "hours_zh": place.hours.zh, "hours_en": place.hours.en,
            "telephone": place.telephone, "web": place.web, "since": today,
        }  # fmt: skip

    def clean_telephone(self) -> str:
        """A number that can be dialled, with an extension if need be."""
        typed = str(self.cleaned_data["telephone"]).strip()
        if typed and not TELEPHONE.fullmatch(typed):
            raise forms.ValidationError(
                _("This is no telephone number. Figures, spaces, brackets and hyphens are read.")
            )
        return typed

    def clean(self) -> dict[str, Any]:
        """Somebody must be able to get there, and to read it in their language."""
        cleaned = super().clean() or {}
        for name in ("address", "hours"):
            zh, en = (str(cleaned.get(f"{name}_{tongue}", "")).strip() for tongue in ("zh", "en"))
            if bool(zh) != bool(en):
                self.add_error(f"{name}_en" if zh else f"{name}_zh", _("Write it in both languages, or in neither."))
        reached = ("address_zh", "telephone", "web")
        if not self.errors and not any(str(cleaned.get(name) or "").strip() for name in reached):
            self.add_error("address_zh", _("Give an address, a telephone number or a web page."))
        return cleaned
