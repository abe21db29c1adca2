"""Matters of a table from another system become cases: first what would happen, row by row, then the deed.

A row is known by the other system's number. A number that is there already is never registered again, so
pressing twice, reloading, or a machine that dies in between doubles nothing: the number is written in the
transaction that registers the case.
"""

from __future__ import annotations

import datetime
import time
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Literal
from zoneinfo import ZoneInfo

from django.db import transaction

from huiyin.record import clock
from huiyin.record.bodies import queries as bodies
from huiyin.record.bodies.queries import HeldPost, Reader
from huiyin.record.cases.lists import external
from huiyin.record.cases.lists.external import Reference
from huiyin.record.cases.registering import registration
from huiyin.record.cases.registering.registration import SUBJECT_LIMIT, Filing, Identity, Named
from huiyin.record.law.versions import categories
from huiyin.record.ledger.append import append_event
from huiyin.record.ledger.chains import ChainRef
from huiyin.rules.cells import EXCEL_BEGINS, Moment, Unreadable, folded, moment
from huiyin.rules.chain import Json
from huiyin.rules.external import matter_number, system_name
from huiyin.rules.refusal import Refusal
from huiyin.rules.table import NEEDED, Line, Table, values

SECONDS_AT_ONCE = 10.0  # one request works so long; the next press goes on
FIRST_WORDS = 40  # characters of the text that stand in for a missing subject
CHANNELS: dict[str, str] = {
    **dict.fromkeys(("电话", "来电", "热线", "12345", "phone", "call", "hotline"), "phone"),
    **dict.fromkeys(("来访", "走访", "现场", "窗口", "counter", "visit", "inperson"), "counter"),
    **dict.fromkeys(("来信", "信件", "邮寄", "letter", "post", "mail"), "letter"),
    **dict.fromkeys(("网上", "网络", "网站", "微信", "小程序", "app", "网上信访", "web", "online", "internet"), "web"),
}
YES = frozenset({"是", "保密", "要求保密", "需保密", "yes", "true", "y", "1", "√", "confidential"})
TAKEN_FROM = ("phone", "counter", "letter", "web")  # how a matter can have reached the other system

Deed = Literal["register", "there", "twice", "wrong"]


@dataclass(frozen=True, slots=True)
class Source:
    """What holds for every row: the other system, how its matters came in, Excel's day 0."""

    system: str
    channel: str = "phone"
    begins: datetime.date = EXCEL_BEGINS

    def checked(self) -> Source:
        """In one spelling. Raises Refusal."""
        if self.channel not in TAKEN_FROM:
            raise Refusal("unknown_choice", field="channel")
        return Source(system_name(self.system), self.channel, self.begins)


@dataclass(frozen=True, slots=True)
class Problem:
    """Why a row is not taken over: the column it is about, what is wrong, and with what."""

    field: str
    code: str
    value: str = ""


@dataclass(frozen=True, slots=True)
class Planned:
    """What will happen with one row. ``notes`` are remarks that stop nothing."""

    line: Line
    deed: Deed
    number: str = ""
    filing: Filing | None = None
    reference: Reference | None = None
    case_number: str = ""
    problems: tuple[Problem, ...] = ()
    notes: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Done:
    """Where the taking over stands: rows of this press by their number, and how many wait for the next."""

    registered: dict[int, str] = field(default_factory=dict)
    outside: frozenset[int] = frozenset()
    failed: dict[int, Problem] = field(default_factory=dict)
    left: int = 0


def plan(table: Table, mapping: Mapping[str, int], source: Source, *, by: Reader) -> list[Planned]:
    """What will happen, row by row; nothing is written. Raises Refusal for the source or a missing column."""
    source = source.checked()
    for name in NEEDED:
        if name not in mapping:
            raise Refusal("input_missing", field=name)
    reading = _Reading.of(mapping, source, by)
    rows = [reading.row(line) for line in table.lines]
    numbers = [row.number for row in rows if row.deed == "register"]
    known = external.registered_as(source.system, numbers, by)
    return list(_told_apart(rows, known))


def take_over(planned: Iterable[Planned], source: Source, *, by: Reader, seconds: float = SECONDS_AT_ONCE) -> Done:
    """Register the rows that are to be registered, each in a transaction of its own, as long as the time lasts."""
    post = _desk(by)
    until = time.monotonic() + seconds
    waiting = [row for row in planned if row.deed == "register"]
    registered: dict[int, str] = {}
    outside: set[int] = set()
    failed: dict[int, Problem] = {}
    for place, row in enumerate(waiting):
        if place and time.monotonic() > until:
            break
        try:
            made = _register(row, by=by, post=post)
        except Refusal as refusal:
            failed[row.line.row] = Problem(str(refusal.params.get("field", "")), refusal.code)
            continue
        registered[row.line.row] = made.case_number
        if made.is_outside:
            outside.add(row.line.row)
    if registered:
        with transaction.atomic():
            details: dict[str, Json] = {"system": source.system, "registered": len(registered)}
            append_event(ChainRef.body(post.body_code), "table_taken_over", actor=by.actor(post.id), details=details)
    return Done(registered, frozenset(outside), failed, len(waiting) - len(registered) - len(failed))


def note_looked_at(source: Source, count: int, *, by: Reader) -> None:
    """That somebody compared a table with what is registered here stands in the body's chain, like every search."""
    post = _desk(by)
    with transaction.atomic():
        details: dict[str, Json] = {"system": source.system, "rows": count}
        append_event(ChainRef.body(post.body_code), "table_looked_at", actor=by.actor(post.id), details=details)


def _desk(by: Reader) -> HeldPost:
    post = next((post for post in by.posts if "registrar" in post.roles), None)
    if post is None:
        raise Refusal("not_your_move", move="register")
    return post


def _register(row: Planned, *, by: Reader, post: HeldPost) -> registration.Registered:
    assert row.filing is not None and row.reference is not None
    prepared = registration.prepare(row.filing)
    actor = by.actor(post.id)
    with transaction.atomic(durable=True):
        made = registration.register(prepared, by=actor, at_post=post.code)
        external.note_at_registration(made.case_number, row.reference, by=actor)
    return made


def _told_apart(rows: Iterable[Planned], known: Mapping[str, str]) -> Iterable[Planned]:
    seen: set[str] = set()
    for row in rows:
        if row.deed == "register" and row.number in known:
            yield Planned(row.line, "there", row.number, row.filing, case_number=known[row.number])
        elif row.deed == "register" and row.number in seen:
            yield Planned(row.line, "twice", row.number, row.filing)
        else:
            yield row
        if row.deed == "register":
            seen.add(row.number)


@dataclass(frozen=True, slots=True)
class _Reading:
    """What is needed to read one row after the other."""

    mapping: Mapping[str, int]
    source: Source
    body: str
    zone: str
    today: datetime.date
    categories: Mapping[str, str]
    areas: Mapping[str, str]
    units: Mapping[str, str]

    @classmethod
    def of(cls, mapping: Mapping[str, int], source: Source, by: Reader) -> _Reading:
        post = _desk(by)
        named = [(code, (code, words.zh, words.en)) for code, words in categories()]
        places = [(area.code, (area.code, area.name_zh, area.name_en)) for area in bodies.areas()]
        units = [(unit.code, (unit.name.zh, unit.name.en)) for unit in bodies.public_units()]
        return cls(
            mapping, source, post.body_code, post.zone, clock.today(post.zone), _by_name(named), _by_name(places),
            _by_name(units),
        )  # fmt: skip

    def row(self, line: Line) -> Planned:
        """What one row asks for, or everything that is wrong with it."""
        cells = values(line, self.mapping)
        problems: list[Problem] = []
        number = self._number(cells, problems)
        received = self._moment(cells, "received_on", problems)
        due = self._moment(cells, "due", problems)
        if received and received.on > self.today:
            problems.append(Problem("received_on", "date_in_future", cells["received_on"]))
        filing, notes = self._filing(cells, received.on if received else None)
        try:
            registration.clean(filing)
        except Refusal as refusal:
            name = str(refusal.params.get("field", ""))
            problems.append(Problem(name if name in self.mapping else "description", refusal.code))
        if problems:
            return Planned(line, "wrong", number, filing, problems=tuple(problems))
        at = datetime.datetime.combine(due.on, due.at, ZoneInfo(self.zone)) if due and due.at else None
        reference = Reference(self.source.system, number, due.on if due else None, at)
        return Planned(line, "register", number, filing, reference, notes=notes)

    def _number(self, cells: Mapping[str, str], problems: list[Problem]) -> str:
        try:
            return matter_number(cells["number"])
        except Refusal as refusal:
            problems.append(Problem("number", refusal.code, cells["number"]))
            return ""

    def _moment(self, cells: Mapping[str, str], name: str, problems: list[Problem]) -> Moment | None:
        try:
            return moment(cells.get(name, ""), begins=self.source.begins)
        except Unreadable as unreadable:
            problems.append(Problem(name, unreadable.code, cells[name]))
            return None

    def _filing(self, cells: Mapping[str, str], received: datetime.date | None) -> tuple[Filing, tuple[str, ...]]:
        text, notes = cells["description"], []
        subject = cells.get("subject", "")
        if not subject.strip() or len(subject) > SUBJECT_LIMIT:
            subject = _first_words(subject or text)
            notes.append("subject_from_text")
        person = Identity(name=cells.get("name", "")[:120], phone=cells.get("phone", "")[:40])
        category, area = self._code("category", cells, notes), self._code("area", cells, notes)
        about = self._about(cells.get("about", ""))
        if about:
            notes.append("goes_outside")
        if received is None and "received_on" in self.mapping:
            notes.append("received_today")
        known_as = "anonymous" if not person.is_given else "confidential" if self._is_confidential(cells) else "named"
        return Filing(
            subject=subject,
            description=text,
            channel=self._channel(cells),
            language="zh-hans" if any("\u4e00" <= letter <= "\u9fff" for letter in text) else "en",
            confidentiality=known_as,
            category=category,
            area=area,
            about=about,
            identity=person if person.is_given else None,
            received_on=received,
            body=self.body,
        ), tuple(notes)

    def _channel(self, cells: Mapping[str, str]) -> str:
        said = folded(cells.get("channel", ""))
        return next((channel for word, channel in CHANNELS.items() if word in said), self.source.channel)

    def _is_confidential(self, cells: Mapping[str, str]) -> bool:
        return folded(cells.get("confidentiality", "")) in YES

    def _code(self, name: str, cells: Mapping[str, str], notes: list[str]) -> str:
        known: Mapping[str, str] = self.categories if name == "category" else self.areas
        said = folded(cells.get(name, ""))
        code = known.get(said, "")
        if said and not code:
            notes.append(f"{name}_unknown")
        return code

    def _about(self, said: str) -> tuple[Named, ...]:
        """Whom it complains about: a unit by its name, else somebody of the staff, known to us or not."""
        if not said.strip():
            return ()
        unit = self.units.get(folded(said), "")
        if unit:
            return (Named("unit", id=unit),)
        return (Named("officer", id=bodies.officer_named(said), text=said),)


def _by_name(rows: Iterable[tuple[str, tuple[str, ...]]]) -> dict[str, str]:
    return {folded(name): code for code, names in rows for name in names}


def _first_words(text: str) -> str:
    first = text.strip().splitlines()[0] if text.strip() else ""
    return first if len(first) <= FIRST_WORDS else f"{first[: FIRST_WORDS - 1]}…"
