"""The figures of a body against a slow count that reads every matter's history in the ledger."""

from __future__ import annotations

import datetime
import importlib
import random
from collections import Counter
from dataclasses import dataclass, field
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from django.apps import apps
from django.test import override_settings

from huiyin.record import clock
from huiyin.record.bodies.models import Body, Officer, Post
from huiyin.record.bodies.queries import reader_of
from huiyin.record.cases.given import Given
from huiyin.record.cases.lists.figures import counted, restricted_received
from huiyin.record.cases.models import Case, CaseLink, Milestone
from huiyin.record.cases.opening import access
from huiyin.record.law.versions import procedure_of
from huiyin.record.ledger.chains import ChainRef
from huiyin.record.ledger.queries import EventView, events_of
from huiyin.rules.procedure import OUTSIDERS, Procedure
from huiyin.stages.intake.actions import file_complaint
from tests.cast import Office, against_qian, complaint, make_move, make_office
from tests.walks.frame import START
from tests.walks.test_legal_paths import Walk

pytestmark = pytest.mark.django_db(databases=["default", "vault"])
ZONE = ZoneInfo("Asia/Shanghai")
Span = tuple[datetime.date, datetime.date]


@dataclass
class Told:
    """One matter as its ledger tells it, day by day."""

    case: Case
    procedure: Procedure
    bodies: dict[str, int]
    steps: list[tuple[datetime.date, int, str, str, bool | None]] = field(default_factory=list)
    where: list[tuple[datetime.datetime, int]] = field(default_factory=list)
    state: list[tuple[datetime.date, str]] = field(default_factory=list)
    owed: list[tuple[datetime.date, dict[str, datetime.date]]] = field(default_factory=list)

    @property
    def body(self) -> int:
        return self.where[-1][1]

    def read(self, events: list[EventView]) -> None:
        running: dict[str, datetime.date] = {}
        for event in events:
            on = event.at.astimezone(ZONE).date()
            details: dict[str, Any] = dict(event.details)
            if event.kind in {"complaint_registered", "review_registered"}:
                running = {each["term"]: day(each["due_on"]) for each in details["terms"]}
                self.state.append((on, self.procedure.start))
            elif event.kind == "responsible_named":
                self.where.append((event.at, self.bodies[details["post"]]))
                self.steps.append((on, self.body, "registered", "", None))
            elif event.kind == "responsible_changed":
                self.goes(event, on, details["to"])
            elif event.kind == "case_moved":
                self.moved(event, on, details, running)
            elif event.kind in {"term_extended", "term_resumed"}:
                running[details["term"]] = day(details["due_on"])
                if event.kind == "term_extended":
                    self.steps.append((on, self.body, "extended", "", None))
            elif event.kind == "term_stopped":
                running.pop(details["term"], None)
            elif event.kind == "review_opened":
                self.steps.append((on, self.body, "review_asked", "", None))
            self.owed.append((on, dict(running)))

    def goes(self, event: EventView, on: datetime.date, post: str) -> None:
        there = self.bodies[post]
        if there != self.body:
            self.steps += [(on, self.body, "left", "", None), (on, there, "came", "", None)]
        self.where.append((event.at, there))

    def moved(self, event: EventView, on: datetime.date, details: dict[str, Any], running: dict[str, Any]) -> None:
        if "to" in details:
            self.goes(event, on, details["to"])
        rule = self.procedure.moves[details["move"]]
        before, after = (self.procedure.states[details[each]] for each in ("from", "to_state"))
        for each in (*(met["term"] for met in details["terms_met"]), *details["terms_ended"]):
            running.pop(each, None)
        running |= {each["term"]: day(each["due_on"]) for each in details["terms_started"]}
        if before.stage in {"intake", "acceptance"} and after.stage in {"handling", "mediation"}:
            self.steps.append((on, self.body, "accepted", "", None))
        outcome = rule.outcome or details.get("outcome", "")
        if rule.makes and (rule.outcome or rule.outcomes) and set(rule.roles) - OUTSIDERS:
            late = [met["late"] for met in details["terms_met"]]
            kind = "declined" if outcome == "routed" else "answered"
            self.steps.append((on, self.body, kind, outcome, any(late) if late else None))
        if before.is_final is not after.is_final:
            self.steps.append((on, self.body, "ended" if after.is_final else "reopened", "", None))
        self.state.append((on, after.id))

    def body_when(self, at: datetime.datetime) -> int:
        return [body for since, body in self.where if since <= at][-1]

    def body_on(self, last: datetime.date) -> int | None:
        return next((body for since, body in reversed(self.where) if since.astimezone(ZONE).date() <= last), None)

    def is_open_on(self, last: datetime.date) -> bool:
        state = next((state for on, state in reversed(self.state) if on <= last), "")
        return bool(state) and not self.procedure.states[state].is_final

    def is_late_on(self, last: datetime.date) -> bool:
        owed = next((owed for on, owed in reversed(self.owed) if on <= last), {})
        return any(due <= last and self.procedure.terms[term].is_duty for term, due in owed.items())


def day(text: str) -> datetime.date:
    return datetime.date.fromisoformat(text)


def told() -> list[Told]:
    """Every matter by its ledger; review decisions are put where they were decided about."""
    bodies = dict(Post.objects.values_list("code", "unit__body"))
    found = {}
    for case in Case.scoped.order_by("id"):
        found[case.pk] = Told(case, procedure_of(case.law_id), bodies)
        found[case.pk].read(events_of(ChainRef.case(case.number)))
    for link in CaseLink.objects.filter(kind__in=("review", "recheck")):
        review, original = found[link.to_case_id], found[link.from_case_id]
        for event in events_of(ChainRef.case(review.case.number)):
            move = review.procedure.moves.get(str(event.details.get("move", "")))
            if event.kind == "case_moved" and move is not None and "review_decided" in move.effects:
                on, body = event.at.astimezone(ZONE).date(), original.body_when(event.at)
                outcome = move.outcome or str(event.details["outcome"])
                original.steps.append((on, body, "review_decided", outcome, None))
    return list(found.values())


def slow(matters: list[Told], body: int, span: Span) -> tuple[Any, ...]:
    first, last = span
    steps: dict[bool, Counter[tuple[str, str, bool | None]]] = {False: Counter(), True: Counter()}
    channels: Counter[str] = Counter()
    categories: Counter[str] = Counter()
    opened = {False: 0, True: 0}
    late = 0
    for each in matters:
        if each.case.is_restricted:
            continue
        is_review = each.case.channel == "review"
        for on, where, kind, outcome, is_late in each.steps:
            if where == body and first <= on <= last:
                steps[is_review][kind, outcome, is_late] += 1
                if kind == "registered" and not is_review:
                    channels[each.case.channel] += 1
                    categories[each.case.category.code if each.case.category else ""] += 1
        if each.body_on(last) == body and each.is_open_on(last):
            opened[is_review] += 1
        if each.body_on(last) == body and not is_review and each.is_late_on(last):
            late += 1
    return steps[False], steps[True], channels, categories, opened[False], opened[True], late


def months(first: datetime.date, last: datetime.date) -> list[Span]:
    found = []
    while first <= last:
        after = (first.replace(day=1) + datetime.timedelta(days=32)).replace(day=1)
        found.append((first.replace(day=1), min(after - datetime.timedelta(days=1), last)))
        first = after
    return found


def live(pack: str, seed: int, *, matters: int, steps: int) -> None:
    """Let matters of one office go chance ways side by side."""
    chance = random.Random(f"figures {pack} {seed}")
    make_office(with_accounts=False, procedures=None)
    readers = [reader_of(officer) for officer in Officer.objects.order_by("id")]
    walkers: list[Walk] = []
    with override_settings(HUIYIN_PROCEDURE=pack):
        for number in range(matters):
            filing = against_qian() if chance.random() < 0.2 else complaint(
                channel=chance.choice(("web", "phone")), category=chance.choice(("noise", "wages", "")),
                subject=f"第{number}件",
            )  # fmt: skip
            filed = file_complaint(filing, key=None, digest=f"{number}")
            code = filed.receipt_code
            if code is not None:
                holder = access.open_receipt(filed.case_number, code, source="walk")
                walkers.append(Walk(chance, holder, filed.case_number, readers))
            for _ in range(steps):
                if walkers:
                    chance.choice(walkers).step()


@pytest.mark.slow
@pytest.mark.parametrize(
    ("pack", "seed"), [("cn-xinfang", 1), ("cn-xinfang", 2), ("generic", 3), ("cn-12345", 4), ("uk-police", 5)]
)
def test_the_figures_are_what_the_ledger_tells(pack: str, seed: int) -> None:
    with clock.story(START):
        live(pack, seed, matters=7, steps=9)
        matters = told()
        spans = months(START.date(), clock.today("Asia/Shanghai"))
        seen = 0
        for body in Body.objects.values_list("pk", flat=True):
            for span in spans:
                fast = counted(body, *span)
                assert (
                    fast.steps, fast.review_steps, fast.channels, fast.categories, fast.open_at_end,
                    fast.reviews_open_at_end, fast.overdue_at_end,
                ) == slow(matters, body, span), (body, span)  # fmt: skip
                seen += sum(fast.steps.values()) + fast.overdue_at_end
        assert seen > 20, "a walk in which nothing happens proves nothing"


@pytest.fixture
def office(db: None) -> Office:
    return make_office(with_accounts=False)


def test_what_was_last_month_stays_when_the_matter_goes_on(office: Office) -> None:
    with clock.story(START):
        number = file_complaint(complaint(), key=None, digest="").case_number
        letters, police = (Body.objects.get(code=code).pk for code in ("letters", "police"))
        january = (datetime.date(2026, 2, 1), datetime.date(2026, 2, 28))
        clock.set(START + datetime.timedelta(days=30))
        before = counted(letters, *january)
        assert (before.open_at_end, before.overdue_at_end, before.channels) == (1, 1, Counter({"web": 1}))
        make_move(number, "accept", by=office.wu)
        make_move(number, "assign", by=office.wu, given=Given(to="zhao-post"))
        assert counted(letters, *january) == before
        march = (datetime.date(2026, 3, 1), datetime.date(2026, 3, 31))
        here, there = counted(letters, *march), counted(police, *march)
        assert here.steps == Counter({("accepted", "", None): 1, ("left", "", None): 1})
        assert there.steps == Counter({("came", "", None): 1})
        assert (here.open_at_end, there.open_at_end) == (0, 1)


def test_what_concerns_staff_is_in_no_figure_of_the_body(office: Office) -> None:
    body = Body.objects.get(code="letters").pk
    span = (clock.today("Asia/Shanghai").replace(day=1), clock.today("Asia/Shanghai"))
    before = counted(body, *span)
    file_complaint(against_qian(), key=None, digest="")
    assert counted(body, *span) == before
    assert restricted_received(body, *span, reader=office.zheng) == 1
    assert restricted_received(body, *span, reader=office.qian) == 0
    assert restricted_received(body, *span, reader=office.zhao) == 0


@pytest.mark.slow
def test_what_is_older_than_the_milestones_is_filled_in() -> None:
    """The migration finds again who registered, passed on, answered, ended, and what is open."""
    fill = importlib.import_module("huiyin.record.cases.migrations.0007_milestones_of_before").fill
    known = ("registered", "came", "left", "answered", "declined", "review_asked")

    def steps() -> Counter[Any]:
        rows = Milestone.objects.filter(kind__in=known).values_list(
            "case", "body", "kind", "on", "outcome", "is_review"
        )
        return Counter(rows)

    def opened() -> list[tuple[int, int]]:
        today = clock.today("Asia/Shanghai")
        spans = [counted(body, today, today) for body in Body.objects.order_by("id").values_list("pk", flat=True)]
        return [(span.open_at_end, span.reviews_open_at_end) for span in spans]

    with clock.story(START):
        live("cn-xinfang", 6, matters=6, steps=9)
        before = steps(), opened()
        Milestone.objects.all().delete()
        fill(apps, None)
        assert (steps(), opened()) == before
        assert before[0].total() > 10
