"""What is said about a table and its rows: what happens with each, and what is wrong where."""

from __future__ import annotations

from django.utils.functional import Promise
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from huiyin.front.desk.forms.taking_over import COLUMNS
from huiyin.rules.cells import Unreadable
from huiyin.rules.refusal import Refusal
from huiyin.rules.table import letter
from huiyin.stages.intake.taking_over import Planned, Problem
from huiyin.ui import refusals

DEEDS: dict[str, Promise] = {
    "wrong": _("Cannot be taken over"),
    "twice": _("Stands in this table a second time: left out"),
    "there": _("Registered already: left out"),
    "register": _("Will be registered"),
    "taken": _("Registered from this table"),
}
NOTES: dict[str, Promise] = {
    "subject_from_text": _("the subject is made from the first words"),
    "category_unknown": _("the category is not in our list: left open"),
    "area_unknown": _("the area is not in our list: left open"),
    "received_today": _("no day of receipt: today counts"),
    "goes_outside": _(
        "it names staff: it goes to the desk outside the units. If this column names companies, leave the column out"
    ),
}
PROBLEMS: dict[str, Promise] = {
    "date": _("“%(value)s” is not a day we can read for certain. Write it like 2026-03-05."),
    "date_in_future": _("The day “%(value)s” is still to come."),
    "empty": _("It is empty."),
    "too_long": _("It is too long."),
    "external_personal": _("It looks like a telephone or identity number, not like the number of a matter."),
}
FILES: dict[str, Promise] = {
    "too_large": _("The file is too large: at most %(maximum)s MB, also when unpacked. Cut the table in two."),
    "old_excel": _("This is an old .xls file. Open it, save it as .xlsx, and choose that file."),
    "web_page": _("This is a web page that is only named like a table. Open it, save it as .xlsx, and choose that file."),
    "not_a_table": _("This file cannot be read as a table. Open it, save it as .xlsx or .csv, and choose that file."),
    "encoding": _("The letters of this file cannot be read. Save it as .xlsx, or as .csv in UTF-8."),
    "too_many_rows": _("The file has more than %(maximum)s rows, empty ones included. Delete the empty rows at the end."),
    "too_many_lines": _("The table has more than %(maximum)s matters. Cut it in two; what stands in both is registered once."),
    "too_much_text": _("The table holds more text than goes at once. Cut it in two; what stands in both is registered once."),
    "cell_too_long": _("A cell in row %(row)s holds more than %(maximum)s characters."),
    "empty": _("The file holds no rows."),
    "no_heading": _("No row of headings was found. The first row of the table must say what its columns hold."),
    "gone": _("The page had been open too long, or belonged to somebody else. Nothing was registered by it. Choose the file again."),
}  # fmt: skip


def of_file(problem: Unreadable) -> str:
    """Why a whole file is not read, and what to do."""
    return str(FILES[problem.code]) % problem.params


def of_row(row: Planned, mapping: dict[str, int]) -> str:
    """What is wrong with a row, beginning with its cell."""
    if not row.problems:
        return str(DEEDS[row.deed])
    return " ".join(_with_cell(problem, row.line.row, mapping) for problem in row.problems)


def _with_cell(problem: Problem, row: int, mapping: dict[str, int]) -> str:
    sentence = _sentence(problem)
    if problem.field not in mapping:
        return sentence
    cell = f"{letter(mapping[problem.field])}{row}"
    named = {"cell": cell, "column": COLUMNS[problem.field], "sentence": sentence}
    return gettext("%(cell)s, %(column)s: %(sentence)s") % named


def _sentence(problem: Problem) -> str:
    if problem.code in PROBLEMS:
        return str(PROBLEMS[problem.code]) % {"value": problem.value[:40]}
    return refusals.sentence(Refusal(problem.code))


def notes_of(row: Planned) -> list[str]:
    """Remarks that stop nothing."""
    return [str(NOTES[note]) for note in row.notes]


def failed(problem: Problem, row: int, mapping: dict[str, int]) -> str:
    """Why a row was not registered after all."""
    return gettext("Row %(row)s: %(sentence)s") % {"row": row, "sentence": _with_cell(problem, row, mapping)}
