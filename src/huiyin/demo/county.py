"""A whole county, invented: 62 villages and 7 communities, what its offices did in four quarters, through the real services.

207 disputes settled, 8 of them at the county centre; 159 suggestions; 142 contact posters; office hours in part of the
villages. The counts are the same on whatever day it is told; the days count back from today.
"""

from __future__ import annotations

import datetime
import json
import random
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path

from django.conf import settings

from huiyin.demo import county_names as names
from huiyin.demo.county_ground import Ground, settle
from huiyin.oversight.statistics.publishing import GRACE_DAYS, publish_quarters
from huiyin.record import clock
from huiyin.record.bodies.tokens import make_token
from huiyin.record.cases.given import Given
from huiyin.record.cases.moving import moves
from huiyin.record.cases.opening import access
from huiyin.record.cases.registering.registration import Identity
from huiyin.record.cases.table.disputing import OtherSide
from huiyin.record.ledger.sequencer import sequence_pending
from huiyin.record.sealing import in_hand
from huiyin.rules import guards
from huiyin.rules.outreach import Quarter, quarter_of
from huiyin.rules.procedure import Words
from huiyin.rules.receipt import show_code
from huiyin.stages.mediation import choosing
from huiyin.stages.mediation.actions import Asking, open_dispute
from huiyin.stages.outreach import actions as outreach
from huiyin.stages.outreach.models import OfficeHour

Say = Callable[[str], None]
Deed = Callable[[], object]
SETTLED = ((64, 3), (55, 2), (48, 2), (40, 1))  # by quarter, the newest first: in all, and at the county centre
SUGGESTIONS, POSTERS = 159, 142
KINDS = (("land", 34), ("neighbours", 26), ("family", 12), ("wages", 10), ("debt", 8), ("traffic", 5), ("consumer", 5))
HOURS_IN = (46, 44, 39, 41)  # of the 69, by quarter
RELEASED = "请人来看一看，两边坐下来说清楚。"
DAY = datetime.timedelta(days=1)


@dataclass
class County:
    """The county while it is told."""

    ground: Ground
    draw: random.Random
    now: datetime.datetime
    beats: list[tuple[datetime.datetime, int, Deed]] = field(default_factory=list)
    to_try: list[dict[str, str]] = field(default_factory=list)

    def at(self, when: datetime.datetime, deed: Deed) -> None:
        """Something is done at an instant, if it is not still to come."""
        if when < self.now:
            self.beats.append((when, len(self.beats), deed))


@dataclass
class Told:
    """One dispute under way."""

    county: County
    village: str
    kind: str
    level: str
    length: str
    number: str = ""
    holder: str = ""
    asker: tuple[str, str] = ("", "")
    other: tuple[str, str] = ("", "")

    def open(self) -> None:
        """Both sides ask, and say yes."""
        made = open_dispute(
            Asking(
                kind=self.kind, subject="", words="想请人调解。", released=RELEASED, area=self.village, is_both=True,
                others=(OtherSide(Identity(name="某某")),), identity=Identity(name="某某"),
            )
        )  # fmt: skip
        assert made.registered is not None
        self.number = made.case_number
        self.asker = (self.number, made.registered.receipt_code or "")
        self.other = (made.others[0].number, made.others[0].code)
        self._say("begin", self.other)

    def begin(self) -> None:
        """The mediator of the village or community is named."""
        ground = self.county.ground
        self._move("consent", "registrar")
        self.holder = ground.mediator(self.village)
        self._choose(self.holder, "registrar")
        self._move(f"begin_{self.length}", "registrar", Given(to=self.holder))

    def go_up(self) -> None:
        """All agree to go up, as far as it was settled."""
        ground, steps = self.county.ground, ("town", "county")
        for step in steps[: steps.index(self.level) + 1] if self.level in steps else ():
            for side in (self.asker, self.other):
                self._say("raise", side)
            to = "centre-mediator" if step == "county" else ground.town_mediator(self.village)
            self._choose(to, self.holder)
            self._move(f"raise_to_{step}_{self.length}", self.holder, Given(to=to))
            self.holder = to

    def agree(self) -> None:
        """They agree, in writing or orally."""
        for side in (self.asker, self.other):
            self._say("agree", side)
        how = "agree_orally" if self.kind in {"neighbours", "consumer"} else "agree_in_writing"
        self._move(how, self.holder, Given(text="双方各让一步，按约定的日子办。"))

    def perform(self) -> None:
        """It was kept."""
        moves.move_as_side(access.open_receipt(*self.asker, source="demo"), "record_performed")

    def _choose(self, post: str, who: str) -> None:
        """Both sides accept a mediator who has no tie to either."""
        by = self.county.ground.reader(who)
        choosing.offer(self.number, post, "peoples_mediator", by=by)
        choosing.disclose(self.number, post, tie="none", words="", may_penalise=False, by=by)
        for side in (self.asker, self.other):
            choosing.answer(access.open_receipt(*side, source="demo"), post, "accept")

    def _say(self, step: str, side: tuple[str, str]) -> None:
        moves.consent_as_side(access.open_receipt(*side, source="demo"), step, "yes")

    def _move(self, move: str, who: str, given: Given | None = None) -> None:
        reader = self.county.ground.reader(who)
        confirmed = guards.written(moves.to_confirm(self.number, move, by=reader))
        given = given or Given()
        moves.move(
            self.number, move, by=reader,
            given=Given(text=given.text, to=given.to, confirmed=confirmed),
        )  # fmt: skip


def load(say: Say) -> None:
    """Settle the county and tell what was done, in the order of time."""
    now = clock.now()
    quarters = last_quarters(now.astimezone(datetime.UTC).date())
    first = datetime.datetime.combine(quarters[-1].first - 100 * DAY, datetime.time(1), datetime.UTC)
    with clock.story(first), in_hand.scope():
        ground = settle(first.date() - 400 * DAY, posters=POSTERS)
        say(f"  {len(ground.villages)} villages and communities, {len(ground.officers)} officers.")
        county = County(ground, random.Random(207), now)  # noqa: S311 - the same county every time
        _disputes(county, quarters)
        _office_hours(county, quarters)
        _suggestions(county, quarters)
        _visits(county, quarters)
        beats = sorted(county.beats, key=lambda each: each[:2])
        for count, (at, _order, deed) in enumerate(beats, start=1):
            clock.set(max(at, clock.now()))
            deed()
            if count % 300 == 0:
                say(f"  {count} of {len(beats)} things have happened.")
        clock.set(max(now, clock.now()))
        _to_come(county)
        publish_quarters()
        tokens = _tokens(ground)
    while sequence_pending():
        pass
    say("  The county is told.")
    file = Path(settings.HUIYIN_HOME, "introduction.json")
    file.touch(mode=0o600)
    file.write_text(json.dumps({"tokens": tokens, "receipts": county.to_try}, ensure_ascii=False), encoding="utf-8")


def last_quarters(today: datetime.date) -> list[Quarter]:
    """The four newest quarters whose figures are published, newest first."""
    found = [quarter_of(today - (GRACE_DAYS + 2) * DAY).before()]
    while len(found) < len(SETTLED):
        found.append(found[-1].before())
    return found


def _disputes(county: County, quarters: list[Quarter]) -> None:
    kinds = [kind for kind, weight in KINDS for _ in range(weight)]
    for quarter, (number, at_centre) in zip(quarters, SETTLED, strict=True):
        days = (quarter.last - quarter.first).days
        for order in range(number):
            level = "county" if order < at_centre else "town" if order % 4 == 3 else "village"
            agreed = _moment(county, quarter.first + DAY * county.draw.randrange(days + 1))
            told = Told(
                county, county.draw.choice(county.ground.villages), county.draw.choice(kinds), level,
                "complex" if level == "county" else county.draw.choice(("simple", "ordinary", "ordinary")),
            )  # fmt: skip
            begun = 5 if told.length == "simple" else 11
            for days_before, deed in ((begun + 4, told.open), (begun, told.begin), (2, told.go_up), (0, told.agree)):
                county.at(agreed - days_before * DAY, deed)
            county.at(agreed + 80 * DAY, told.perform)
    for order in range(6):  # and a few that go on
        told = Told(county, county.ground.villages[order * 7], "neighbours", "village", "ordinary")
        begun_at = county.now - (2 + order) * DAY
        county.at(begun_at - 3 * DAY, told.open)
        if order % 2:
            county.at(begun_at, told.begin)
        else:
            county.at(begun_at, lambda told=told: _to_try(county, told))  # type: ignore[misc]


def _to_try(county: County, told: Told) -> None:
    state = "both sides asked"
    county.to_try.append({"number": told.asker[0], "code": show_code(told.asker[1]), "state": state})


def _office_hours(county: County, quarters: list[Quarter]) -> None:
    today = county.now.date()
    spans = [(each.first, each.last, held) for each, held in zip(quarters, HOURS_IN, strict=True)]
    spans.append((quarters[0].after().first, today - 2 * DAY, 23))
    for first, last, held in spans:
        days = (last - first).days
        if days < 10:
            continue
        for village in county.draw.sample(county.ground.villages, held):
            on = _moment(county, first + DAY * county.draw.randrange(6, days + 1))
            hour = _Hour(county, village, on)
            county.at(on - 6 * DAY, hour.plan)
            county.at(on + datetime.timedelta(hours=5), hour.enter)


@dataclass
class _Hour:
    """One office hour."""

    county: County
    village: str
    at: datetime.datetime
    row: OfficeHour | None = None

    def plan(self) -> None:
        """Announce it. An officer can be in one place at a time: the next free hour is taken."""
        ground = self.county.ground
        self.row = outreach.plan_office_hour(
            self.village, place=Words("村（社区）服务站", "Service point"), starts_at=self.at,
            ends_at=self.at + datetime.timedelta(minutes=20), by=ground.reader(ground.officer_of(self.village)),
        )  # fmt: skip

    def enter(self) -> None:
        """Say how many came."""
        assert self.row is not None
        ground = self.county.ground
        came = self.county.draw.choice((0, 2, 3, 5, 6, 8, 12, 15))
        outreach.enter_held(self.row.pk, came, by=ground.reader(ground.officer_of(self.village)))


def _suggestions(county: County, quarters: list[Quarter]) -> None:
    first, last = quarters[-1].first, quarters[0].last
    for order in range(SUGGESTIONS):
        village = county.ground.villages[(order * 31) % len(county.ground.villages)]
        at = _moment(county, first + DAY * ((order * (last - first).days) // SUGGESTIONS))
        slip = outreach.new_slip()
        text = names.SUGGESTED[order % len(names.SUGGESTED)]
        county.at(at, _suggest(slip, village, text))
        if order < SUGGESTIONS - 12:
            answer = names.ANSWERED[order % len(names.ANSWERED)]
            county.at(at + 9 * DAY, _answer(county, slip.number, village, text, answer))


def _suggest(slip: outreach.Slip, village: str, text: str) -> Deed:
    return lambda: outreach.suggest(slip, village, text, language="zh-hans")


def _answer(county: County, number: str, village: str, text: str, answer: str) -> Deed:
    ground = county.ground
    return lambda: outreach.answer_suggestion(
        number, released=text, answer=answer, by=ground.reader(ground.officer_of(village))
    )


def _visits(county: County, quarters: list[Quarter]) -> None:
    ground = county.ground
    for order in range(9):
        village = ground.villages[order * 7]
        on = quarters[order % len(quarters)].first + (20 + order) * DAY
        slip, at = outreach.new_slip(), _moment(county, on)
        visit = outreach.Visit(village, on, "evening", "某某", "", "村委会旁", "想当面说一件事")
        by = ground.officer_of(village)
        county.at(at - 5 * DAY, _invite(slip, visit))
        county.at(at - 4 * DAY, _agree(county, slip.number, by))
        county.at(at + DAY, _made(county, slip.number, by))


def _invite(slip: outreach.Slip, visit: outreach.Visit) -> Deed:
    return lambda: outreach.invite(slip, visit)


def _agree(county: County, number: str, by: str) -> Deed:
    return lambda: outreach.answer_invitation(number, agrees=True, answer="晚上七点来。", by=county.ground.reader(by))


def _made(county: County, number: str, by: str) -> Deed:
    return lambda: outreach.visit_made(number, by=county.ground.reader(by))


def _to_come(county: County) -> None:
    """Office hours of the next weeks."""
    start = county.now.replace(hour=1, minute=0, second=0, microsecond=0)
    for order, village in enumerate(county.ground.villages[::6]):
        _Hour(county, village, start + (2 + order) * DAY).plan()


def _moment(county: County, day: datetime.date) -> datetime.datetime:
    """An office hour of a day, between nine and half past four, to the minute."""
    minutes = county.draw.randrange(60, 8 * 60)
    return datetime.datetime.combine(day, datetime.time(), datetime.UTC) + datetime.timedelta(minutes=minutes)


def _tokens(ground: Ground) -> list[dict[str, str]]:
    rows = []
    for login, role in ground.logins():
        officer = ground.officers[login]
        assert officer.account is not None
        token = make_token(officer.account, by=ground.reader(login), label="demo")
        rows.append({"login": login, "role": role, "name": f"{officer.name_zh} {officer.name_en}", "token": token})
    return rows
