"""Reading uploads: dirty, long, old, broken and hostile ones."""

from __future__ import annotations

import datetime
import io
import time
import zipfile

import pytest
from openpyxl.utils.datetime import CALENDAR_MAC_1904

from huiyin.rules.cells import EXCEL_BEGINS_1904, Unreadable
from huiyin.rules.table import find_heading
from huiyin.stages.intake import table_file
from huiyin.stages.intake.table_file import read_file
from tests.stages.intake.tables import HEADING, WATER, csv, xlsx


def refused(file: io.BytesIO) -> str:
    with pytest.raises(Unreadable) as refusal:
        read_file(file)
    return refusal.value.code


@pytest.mark.slow
def test_a_workbook_with_titles_and_tens_of_thousands_of_empty_rows() -> None:
    begun = time.process_time()
    read = read_file(xlsx([("某县12345热线办件表",), (), ("\u3000",), HEADING, WATER, (), WATER], empty=40_000))
    assert [line.row for line in read.lines] == [1, 4, 5, 7]
    assert read.empty >= 40_000
    assert find_heading(read.lines).heading.cells == HEADING
    assert time.process_time() - begun < 60


def test_dates_and_numbers_of_cells_become_text() -> None:
    row = (2026030512345, datetime.datetime(2026, 3, 5, 14, 30), datetime.date(2026, 3, 12), 46086, 46086.5, 1.0, True)
    read = read_file(xlsx([HEADING, row]))
    assert read.lines[1].cells[:7] == (
        "2026030512345", "2026-03-05 14:30:00", "2026-03-12", "46086", "46086.5", "1", "TRUE",
    )  # fmt: skip


def test_a_workbook_that_counts_from_1904_says_so() -> None:
    assert read_file(xlsx([HEADING, WATER], epoch=CALENDAR_MAC_1904)).begins == EXCEL_BEGINS_1904


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030", "utf-16"])
@pytest.mark.parametrize("mark", [",", "\t", ";"])
def test_text_tables_in_every_encoding_and_with_every_mark(encoding: str, mark: str) -> None:
    read = read_file(csv([HEADING, (), WATER], encoding, mark))
    assert [line.cells for line in read.lines] == [HEADING, WATER]
    assert read.lines[1].row == 3


def test_quoted_cells_hold_line_ends_and_marks() -> None:
    read = read_file(io.BytesIO('编号,内容\r\n1,"第一行\n第二行,逗号"\r\n'.encode()))
    assert read.lines[1].cells == ("1", "第一行\n第二行,逗号")


def test_what_xml_cannot_carry_is_taken_out() -> None:
    read = read_file(io.BytesIO("编号,内容\n1,坏\x01字_x000D_符\n".encode()))
    assert read.lines[1].cells == ("1", "坏字符")


def test_other_kinds_of_file_are_refused_with_what_to_do() -> None:
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w") as archive:
        archive.writestr("photo.jpg", b"\xff\xd8\xff")
    cases = {
        "old_excel": b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600),
        "web_page": b"\r\n<html><table><tr><td>1</td></tr></table></html>",
        "not_a_table": packed.getvalue(),
        "too_large": b"a,b\n" * (table_file.LARGEST_FILE // 4 + 1),
    }
    assert {code: refused(io.BytesIO(data)) for code, data in cases.items()} == {code: code for code in cases}
    assert refused(io.BytesIO(b"\x89PNG\r\n\x1a\n\x00\x00")) == "not_a_table"
    assert refused(io.BytesIO(b"\x81")) == "encoding"
    assert refused(io.BytesIO(xlsx([HEADING, WATER]).getvalue()[:400])) == "not_a_table"


def rewritten(name: str, change: str, *, before: str) -> io.BytesIO:
    """A workbook in which one part was changed by hand."""
    source, made = zipfile.ZipFile(xlsx([HEADING, WATER])), io.BytesIO()
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as target:
        for part in source.infolist():
            text = source.read(part)
            target.writestr(
                part.filename, text.replace(before.encode(), change.encode(), 1) if part.filename == name else text
            )
    made.seek(0)
    return made


def test_a_bomb_is_refused_before_it_is_read() -> None:
    declared = '<!DOCTYPE x [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;">]><worksheet'
    assert refused(rewritten("xl/worksheets/sheet1.xml", declared, before="<worksheet")) == "not_a_table"
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
        for number in range(5):
            archive.writestr(f"xl/worksheets/sheet{number}.xml", bytes(12 * 1024 * 1024))
    assert len(packed.getvalue()) < 100_000
    packed.seek(0)
    assert refused(packed) == "too_large"


def test_bounds_are_told(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(table_file, "MOST_LINES", 3)
    assert len(read_file(csv([HEADING, WATER, WATER, WATER])).lines) == 4
    assert refused(csv([HEADING, WATER, WATER, WATER, WATER])) == "too_many_lines"
    monkeypatch.setattr(table_file, "MOST_ROWS", 5)
    assert refused(csv([HEADING, (), (), (), (), WATER])) == "too_many_rows"
    monkeypatch.setattr(table_file, "LONGEST_CELL", 10)
    assert refused(csv([HEADING, WATER])) == "cell_too_long"
