"""A table on its way from page to page: sealed, in the page itself. The server keeps nothing of it.

It holds names and telephone numbers that somebody else collected, so it travels closed, for one
officer and for a few hours, and what was shown is exactly what is done.
"""

from __future__ import annotations

import base64
import binascii
import datetime
import json
import lzma
from dataclasses import dataclass, field

from huiyin.record import clock, keyring
from huiyin.rules.cells import EXCEL_BEGINS, Unreadable
from huiyin.rules.table import Line, Table

LABEL = "table-on-its-way"
LONGEST = 470_000  # characters in the form; the server takes half a megabyte
OPEN_FOR = datetime.timedelta(hours=4)
FILTERS = [{"id": lzma.FILTER_LZMA2, "preset": 3}]


@dataclass(frozen=True, slots=True)
class Carried:
    """The table, whose it is, how it is read, and what has become of its rows so far."""

    table: Table
    system: str
    channel: str
    mapping: dict[str, int]
    begins: datetime.date = EXCEL_BEGINS
    empty: int = 0
    made: dict[int, str] = field(default_factory=dict)
    outside: frozenset[int] = frozenset()


def closed(carried: Carried, account_id: int) -> str:
    """For a hidden field. Raises Unreadable("too_much_text") where it would not fit."""
    table = carried.table
    values = {
        "heading": [table.heading.row, table.heading.cells],
        "lines": [[line.row, line.cells] for line in table.lines],
        "skipped": table.skipped,
        "system": carried.system,
        "channel": carried.channel,
        "mapping": carried.mapping,
        "begins": carried.begins.isoformat(),
        "empty": carried.empty,
        "made": list(carried.made.items()),
        "outside": sorted(carried.outside),
        "at": int(clock.now().timestamp()),
    }
    plain = json.dumps(values, ensure_ascii=False, separators=(",", ":")).encode()
    packed = lzma.compress(plain, format=lzma.FORMAT_RAW, filters=FILTERS)
    text = base64.b64encode(keyring.seal(LABEL, packed, _place(account_id))).decode()
    if len(text) > LONGEST:
        raise Unreadable("too_much_text")
    return text


def opened(text: str, account_id: int) -> Carried | None:
    """What ``closed`` closed for this officer; None for anything else, or when it is too old."""
    try:
        packed = keyring.open_sealed(LABEL, base64.b64decode(text, validate=True), _place(account_id))
    except (keyring.SealBroken, binascii.Error, ValueError):
        return None
    values = json.loads(lzma.decompress(packed, format=lzma.FORMAT_RAW, filters=FILTERS))
    if not 0 <= clock.now().timestamp() - values["at"] <= OPEN_FOR.total_seconds():
        return None
    return Carried(
        table=Table(_line(values["heading"]), tuple(_line(each) for each in values["lines"]), values["skipped"]),
        system=values["system"],
        channel=values["channel"],
        mapping=values["mapping"],
        begins=datetime.date.fromisoformat(values["begins"]),
        empty=values["empty"],
        made=dict(values["made"]),
        outside=frozenset(values["outside"]),
    )


def _line(values: list[object]) -> Line:
    row, cells = values
    assert isinstance(row, int) and isinstance(cells, list)
    return Line(row, tuple(cells))


def _place(account_id: int) -> bytes:
    return f"officer {account_id}".encode()
