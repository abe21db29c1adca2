"""Where the heading of a table stands, and which column holds what.

Above the heading there may be titles; a column is known by its heading in Chinese or English, and a
person may say otherwise. Nothing here knows files.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from huiyin.rules.cells import Unreadable, folded

HEADINGS: dict[str, tuple[str, ...]] = {
    "number": (
        "工单编号", "工单号", "信访件编号", "信访编号", "诉求编号", "投诉编号", "事项编号", "受理编号", "登记编号",
        "外部编号", "来文编号", "转办编号", "流水号", "编号", "number", "order number", "ticket number", "ticket",
        "case number", "reference", "reference number", "no.",
    ),
    "subject": (
        "标题", "主题", "事项标题", "诉求标题", "工单标题", "信访标题", "概要", "subject", "title", "summary",
    ),
    "description": (
        "内容", "诉求内容", "反映内容", "投诉内容", "信访内容", "主要内容", "事项内容", "工单内容", "问题描述",
        "具体内容", "反映情况", "概况信息", "content", "description", "details", "complaint", "text",
    ),
    "received_on": (
        "登记时间", "登记日期", "受理时间", "受理日期", "来件时间", "来件日期", "来电时间", "收件日期", "收到日期",
        "接收时间", "接收日期", "接件时间", "信访日期", "诉求时间", "派单时间", "日期", "received", "received on",
        "date received", "date", "registered", "logged",
    ),
    "due": (
        "办理期限", "办理时限", "办结期限", "办结时限", "截止日期", "截止时间", "到期日", "到期时间", "限办日期",
        "限办时间", "反馈期限", "反馈时限", "要求办结时间", "due", "due on", "due date", "deadline",
    ),
    "name": (
        "姓名", "信访人", "信访人姓名", "来电人", "来访人", "来信人", "反映人", "反映人姓名", "投诉人", "诉求人",
        "联系人", "name", "complainant", "caller", "contact name",
    ),
    "phone": (
        "电话", "联系电话", "手机", "手机号", "手机号码", "来电号码", "联系方式", "phone", "telephone", "mobile",
        "contact", "phone number",
    ),
    "confidentiality": ("是否保密", "保密", "信息保密", "confidential", "keep confidential"),
    "channel": ("渠道", "来源", "信访形式", "来件方式", "诉求来源", "受理渠道", "来源渠道", "channel", "source"),
    "category": (
        "类别", "分类", "类型", "内容分类", "问题类别", "问题分类", "诉求类别", "诉求类型", "category", "kind", "type",
    ),
    "area": ("地区", "区域", "属地", "问题属地", "事发地", "所属区域", "所属地区", "area", "district", "place"),
    "about": (
        "被反映人", "被投诉人", "被举报人", "被反映单位", "被投诉单位", "被反映对象", "complained about", "about",
        "subject of complaint",
    ),
}  # fmt: skip
NEEDED = ("number", "description")
HEADING_WITHIN = 20  # rows that hold anything
FEWEST_KNOWN = 2
_FIELD_OF = {folded(word).strip("."): field for field, words in HEADINGS.items() for word in words}


@dataclass(frozen=True, slots=True)
class Line:
    """A row that holds something: its number in the file, and its cells as text."""

    row: int
    cells: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Table:
    """A heading and the rows below it; ``skipped`` rows above it were titles."""

    heading: Line
    lines: tuple[Line, ...]
    skipped: int = 0

    def narrowed(self) -> Table:
        """Without the empty columns at the end; the others keep their letters."""
        used = (place for line in (self.heading, *self.lines) for place, cell in enumerate(line.cells) if cell)
        last = max(used, default=-1) + 1
        return Table(_cut(self.heading, last), tuple(_cut(line, last) for line in self.lines), self.skipped)


def field_of(heading: str) -> str:
    """What a column with this heading holds; empty when nobody knows."""
    plain = folded(heading)
    plain = plain.split("(")[0] if plain.endswith(")") else plain
    return _FIELD_OF.get(plain.strip("*:."), "")


def find_heading(lines: Sequence[Line]) -> Table:
    """Cut the rows at the heading: of the first rows the one that names the most columns we know.

    Raises Unreadable("empty") without rows, and Unreadable("no_heading") when no row looks like one.
    """
    if not lines:
        raise Unreadable("empty")
    known = [len({field_of(cell) for cell in line.cells} - {""}) for line in lines[:HEADING_WITHIN]]
    best = max(range(len(known)), key=lambda place: (known[place], -place))
    if known[best] < FEWEST_KNOWN:
        best = next((place for place, line in enumerate(lines[:HEADING_WITHIN]) if _is_wide(line)), -1)
    if best < 0:
        raise Unreadable("no_heading")
    return Table(lines[best], tuple(lines[best + 1 :]), best).narrowed()


def recognised(heading: Line) -> dict[str, int]:
    """Which column (counted from 0) holds which field: the first whose heading says so."""
    found: dict[str, int] = {}
    for place, cell in enumerate(heading.cells):
        field = field_of(cell)
        if field:
            found.setdefault(field, place)
    return found


def values(line: Line, mapping: Mapping[str, int]) -> dict[str, str]:
    """The cells of a row by field; empty ones too."""
    return {field: _cell(line, place) for field, place in mapping.items()}


def letter(place: int) -> str:
    """A column as spreadsheet programs call it: 0 is A, 26 is AA."""
    name, place = "", place + 1
    while place:
        place, rest = divmod(place - 1, 26)
        name = chr(ord("A") + rest) + name
    return name


def _is_wide(line: Line) -> bool:
    """Several filled cells: a title above a table has one."""
    return sum(bool(cell) for cell in line.cells) > 1


def _cell(line: Line, place: int) -> str:
    return line.cells[place] if place < len(line.cells) else ""


def _cut(line: Line, last: int) -> Line:
    return Line(line.row, line.cells[:last])
