"""From an uploaded file to rows of text: .xlsx and .csv, within bounds, whatever program wrote them.

A table from an office may end in tens of thousands of empty rows; they cost a little time and no
memory. What could be a bomb (a small file that unpacks to a large one, a document type
declaration) is refused before it is read.
"""

from __future__ import annotations

import csv
import datetime
import io
import zipfile
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import IO, Any
from xml.etree.ElementTree import ParseError

from huiyin.rules.cells import EXCEL_BEGINS, EXCEL_BEGINS_1904, Unreadable, text_of
from huiyin.rules.table import Line
from huiyin.rules.text import storable

LARGEST_FILE = 8 * 1024 * 1024  # bytes as sent
LARGEST_UNPACKED = 48 * 1024 * 1024
MOST_PARTS = 200  # files inside an .xlsx
MOST_ROWS = 200_000  # empty ones too
MOST_LINES = 2_000  # rows that hold anything
MOST_COLUMNS = 60
LONGEST_CELL = 20_000  # characters
PROLOGUE = 64 * 1024
ZIP, OLD_EXCEL = b"PK\x03\x04", b"\xd0\xcf\x11\xe0"
DELIMITERS = ",\t;，"
# What openpyxl raises for files that other programs wrote in their own way.
BROKEN = (
    zipfile.BadZipFile, ParseError, KeyError, ValueError, TypeError, AttributeError, IndexError,
    EOFError, OSError, NotImplementedError, RuntimeError,
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class FileRead:
    """The filled rows of the first sheet that has any; ``empty`` rows were left out."""

    lines: tuple[Line, ...]
    empty: int
    begins: datetime.date = EXCEL_BEGINS


def read_file(file: IO[bytes]) -> FileRead:
    """Read an upload. Raises Unreadable: "too_large", "old_excel", "web_page", "not_a_table", "encoding",
    "too_many_rows", "too_many_lines", "cell_too_long"."""
    data = file.read(LARGEST_FILE + 1)
    if len(data) > LARGEST_FILE:
        raise Unreadable("too_large", maximum=LARGEST_FILE // 1024**2)
    if data.startswith(ZIP):
        return _workbook(data)
    if data.startswith(OLD_EXCEL):
        raise Unreadable("old_excel")
    return _text(data)


def _workbook(data: bytes) -> FileRead:
    import openpyxl  # noqa: PLC0415  ten megabytes in each web worker, for a table taken over now and then

    try:
        _check_unpacked(data)
        book = openpyxl.load_workbook(io.BytesIO(data), read_only=True, data_only=True, keep_links=False)
        begins = EXCEL_BEGINS_1904 if book.epoch == openpyxl.utils.datetime.CALENDAR_MAC_1904 else EXCEL_BEGINS
        read = FileRead((), 0)
        for sheet in book.worksheets:
            sheet.reset_dimensions()  # what the file says of its size is often wrong
            read = _filled(sheet.iter_rows(max_col=MOST_COLUMNS, values_only=True), begins)
            if read.lines:
                break
        book.close()
    except Unreadable:
        raise
    except (*BROKEN, openpyxl.utils.exceptions.InvalidFileException):
        raise Unreadable("not_a_table") from None
    return read


def _check_unpacked(data: bytes) -> None:
    """Refuse what unpacks to too much, and XML that declares entities of its own."""
    with zipfile.ZipFile(io.BytesIO(data)) as packed:
        parts = packed.infolist()
        if len(parts) > MOST_PARTS or sum(part.file_size for part in parts) > LARGEST_UNPACKED:
            raise Unreadable("too_large", maximum=LARGEST_FILE // 1024**2)
        for part in parts:
            if part.filename.endswith((".xml", ".rels")):
                with packed.open(part) as stream:
                    if b"<!DOCTYPE" in stream.read(PROLOGUE):
                        raise Unreadable("not_a_table")


def _text(data: bytes) -> FileRead:
    text = _decoded(data)
    if text.lstrip()[:200].casefold().startswith(("<html", "<!doctype html", "<table", "<?xml")):
        raise Unreadable("web_page")
    head = next((line for line in text.splitlines() if line.strip()), "")
    delimiter = max(DELIMITERS, key=head.count)
    csv.field_size_limit(LARGEST_FILE)
    try:
        return _filled(csv.reader(io.StringIO(text, newline=""), delimiter=delimiter), EXCEL_BEGINS)
    except csv.Error:
        raise Unreadable("not_a_table") from None


def _decoded(data: bytes) -> str:
    """UTF-8, UTF-16 with its mark, or GB 18030, which old programs in China write."""
    is_wide = data.startswith((b"\xff\xfe", b"\xfe\xff"))
    if b"\x00" in data and not is_wide:
        raise Unreadable("not_a_table")
    for encoding in ("utf-16",) if is_wide else ("utf-8-sig", "gb18030"):
        try:
            return data.decode(encoding)
        except UnicodeDecodeError:
            continue
    raise Unreadable("encoding")


def _filled(rows: Iterable[Iterable[Any]], begins: datetime.date) -> FileRead:
    """The rows that hold anything, each with its number in the file."""
    lines: list[Line] = []
    row = 0
    for row, values in enumerate(rows, start=1):
        if row > MOST_ROWS:
            raise Unreadable("too_many_rows", maximum=MOST_ROWS)
        cells = tuple(_texts(values))
        if not any(cells):
            continue
        if len(lines) >= MOST_LINES + 1:  # the heading is one
            raise Unreadable("too_many_lines", maximum=MOST_LINES)
        if any(len(cell) > LONGEST_CELL for cell in cells):
            raise Unreadable("cell_too_long", row=row, maximum=LONGEST_CELL)
        lines.append(Line(row, cells))
    return FileRead(tuple(lines), row - len(lines), begins)


def _texts(values: Iterable[Any]) -> Iterator[str]:
    for place, value in enumerate(values):
        if place >= MOST_COLUMNS:
            return
        yield storable(text_of(value)).replace("_x000D_", "") if value not in (None, "") else ""
