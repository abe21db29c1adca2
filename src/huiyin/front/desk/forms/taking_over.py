"""Taking over a table: the file and where it is from, then which column holds what."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from huiyin.front.desk.forms.external import Suggested
from huiyin.front.desk.labels import CHANNELS
from huiyin.rules.external import SYSTEM_LIMIT
from huiyin.rules.table import HEADINGS, NEEDED, Table, letter
from huiyin.stages.intake.taking_over import TAKEN_FROM
from huiyin.ui.forms import AsTyped, Radios

COLUMNS: dict[str, Any] = {
    "number": _("Number in the other system"),
    "subject": _("Subject"),
    "description": _("In the person's own words"),
    "received_on": _("Received there on"),
    "due": _("Answer wanted there by"),
    "name": _("Name"),
    "phone": _("Telephone"),
    "confidentiality": _("Asked to be confidential"),
    "channel": _("How it reached them"),
    "category": _("Category"),
    "area": _("Area"),
    "about": _("Whom it complains about"),
}


class TableForm(forms.Form):
    """The file, and what holds for all its rows."""

    system = AsTyped(
        label=_("Which system is it from"),
        max_length=SYSTEM_LIMIT,
        widget=Suggested,
        help_text=_(
            "The name your office uses for it, always in the same words: by it and the number a row is known again."
        ),
    )
    channel = forms.ChoiceField(
        label=_("How did these matters reach that system?"),
        choices=[(each, CHANNELS[each]) for each in TAKEN_FROM],
        initial="phone",
        widget=Radios(inline=True),
        help_text=_("For rows that do not say it themselves."),
    )
    file = forms.FileField(
        label=_("The table"),
        widget=forms.FileInput(attrs={"accept": ".xlsx,.csv,.txt"}),
        help_text=_(
            "An .xlsx or .csv file with a row of headings, at most 2,000 matters. Titles above the headings and empty rows do no harm."
        ),
    )


class MappingForm(forms.Form):
    """One choice for each thing we can read: the column that holds it, or none."""

    def __init__(self, table: Table, mapping: dict[str, int], data: Any = None) -> None:
        super().__init__(data, initial={field: str(place) for field, place in mapping.items()})
        columns = [
            (str(place), f"{letter(place)}: {heading or gettext('no heading')}")
            for place, heading in enumerate(table.heading.cells)
        ]
        for field in HEADINGS:
            is_needed = field in NEEDED
            first = gettext("Choose a column") if is_needed else gettext("not in this table")
            self.fields[field] = forms.ChoiceField(
                label=COLUMNS[field], choices=[("", first), *columns], required=is_needed
            )

    def mapping(self) -> dict[str, int]:
        """Column by field, of those that were chosen."""
        return {field: int(place) for field, place in self.cleaned_data.items() if place}
