"""Tables to take along: the same rows as .xlsx or .csv, in which nothing can run as a formula."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Sequence
from typing import Literal

from django.http import HttpResponse

from huiyin.rules.cells import shielded
from huiyin.rules.text import storable

Cell = str | int
Kind = Literal["xlsx", "csv"]
KINDS: dict[str, Kind] = {"xlsx": "xlsx", "csv": "csv"}
WIDEST = 60  # characters of a column
TYPES = {
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "csv": "text/csv; charset=utf-8",
}


def table_file(rows: Iterable[Sequence[Cell]], name: str, kind: Kind, *, heading_at: int = 0) -> HttpResponse:
    """The rows as a file to keep, called ``name``; ``heading_at`` is the row with the headings."""
    safe = [[shielded(storable(cell)) if isinstance(cell, str) else cell for cell in row] for row in rows]
    data = _xlsx(safe, heading_at) if kind == "xlsx" else _csv(safe)
    response = HttpResponse(data, content_type=TYPES[kind])
    response["Content-Disposition"] = f'attachment; filename="{name}.{kind}"'
    return response


def _csv(rows: list[list[Cell]]) -> bytes:
    text = io.StringIO()
    csv.writer(text).writerows(rows)
    return text.getvalue().encode("utf-8-sig")  # with the mark, spreadsheet programs read it as UTF-8


def _xlsx(rows: list[list[Cell]], heading_at: int) -> bytes:
    import openpyxl  # noqa: PLC0415  ten megabytes in each web worker, for a button pressed once a month

    book = openpyxl.Workbook(write_only=False)
    sheet = book.active
    for row in rows:
        sheet.append(row)
    for cell in sheet[heading_at + 1]:
        cell.font = openpyxl.styles.Font(bold=True)
    for place in range(max(map(len, rows), default=0)):
        longest = max((_width(row[place]) for row in rows[heading_at:] if place < len(row)), default=0)
        sheet.column_dimensions[openpyxl.utils.get_column_letter(place + 1)].width = min(longest, WIDEST) + 2
    for line in sheet.iter_rows():
        for cell in line:
            cell.alignment = openpyxl.styles.Alignment(vertical="top", wrap_text=True)
    data = io.BytesIO()
    book.save(data)
    return data.getvalue()


def _width(cell: Cell) -> int:
    """About how wide it is drawn: Chinese letters are twice as wide."""
    return max((sum(2 if ord(letter) > 0x2E7F else 1 for letter in line) for line in str(cell).splitlines()), default=0)
