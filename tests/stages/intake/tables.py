"""Tables as offices send them, made in memory."""

from __future__ import annotations

import io
from collections.abc import Iterable, Sequence
from csv import writer
from typing import Any

from openpyxl import Workbook
from openpyxl.styles import PatternFill

HEADING = (
    "工单编号",
    "标题",
    "诉求内容",
    "来电时间",
    "办理期限",
    "来电人",
    "联系电话",
    "问题类别",
    "属地",
    "是否保密",
    "被反映人",
)
WATER: tuple[Any, ...] = (
    "2026030512345", "小区停水", "南门小区三天没有水，物业不管。", "2026年3月5日 14:30", "2026.3.12", "张三", "000-0000-1234", "噪音",
    "柳村", "", "",
)  # fmt: skip


def order(number: str, **changed: Any) -> tuple[Any, ...]:
    """A row like ``WATER`` with another number."""
    names = ("number", "subject", "text", "received", "due", "name", "phone", "category", "area", "secret", "about")
    values = dict(zip(names, WATER, strict=True)) | {"number": number} | changed
    return tuple(values[name] for name in names)


def xlsx(rows: Iterable[Sequence[Any]], *, empty: int = 0, epoch: Any = None) -> io.BytesIO:
    """A workbook; ``empty`` rows that are only coloured follow the filled ones."""
    book = Workbook()
    if epoch is not None:
        book.epoch = epoch
    sheet = book.active
    for row in rows:
        sheet.append(list(row))
    fill = PatternFill("solid", fgColor="FFFFFF")
    last = sheet.max_row
    for number in range(last + 1, last + 1 + empty):
        sheet.cell(row=number, column=1).fill = fill
        sheet.cell(row=number, column=6).fill = fill
    data = io.BytesIO()
    book.save(data)
    data.seek(0)
    return data


def csv(rows: Iterable[Sequence[Any]], encoding: str = "utf-8", mark: str = ",") -> io.BytesIO:
    """A text table."""
    text = io.StringIO()
    writer(text, delimiter=mark).writerows(rows)
    return io.BytesIO(text.getvalue().encode(encoding))
