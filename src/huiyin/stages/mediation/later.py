"""Afterwards: whether it holds, asked in three questions by somebody other than the mediator; and help besides.

Who does not answer leaves no mark: there is no row for it. A visit is on the side's own request and day.
"""

from __future__ import annotations

import datetime
from dataclasses import dataclass

from django.db import transaction
from django.db.models import Max

from huiyin.record import clock
from huiyin.record.bodies.queries import Reader
from huiyin.record.cases.codes.receipts import Holder
from huiyin.record.cases.given import Given
from huiyin.record.cases.moving import moves
from huiyin.record.cases.opening import viewing
from huiyin.record.cases.who import scope
from huiyin.record.law.calendars import calendar
from huiyin.record.law.versions import procedure_of
from huiyin.record.ledger.append import append_event
from huiyin.record.ledger.chains import Actor, ChainRef
from huiyin.rules import holding
from huiyin.rules.consenting import BEGIN
from huiyin.rules.deadline import due
from huiyin.rules.refusal import Refusal
from huiyin.stages.mediation import binding, seats
from huiyin.stages.mediation.seats import Seat
from huiyin.stages.mediation.table_models import Agreement, Asking, Help, HoldsAnswer

ASKED_BY = "ask_whether_it_holds"  # the pack's step; the term that it meets is the pack's clock
ASK_BEFORE = datetime.timedelta(days=14)
HELP = ("legal_aid", "judicial_relief", "social_relief", "lawyer_present")
OUTCOMES = ("arranged", "passed_on", "not_given")


@dataclass(frozen=True, slots=True)
class HoldsView:
    """What one side answered in a round."""

    side: int
    holds: str
    content: str
    news: str
    visit_on: datetime.date | None
    channel: str
    at: datetime.datetime


@dataclass(frozen=True, slots=True)
class AskingView:
    """A round of asking; a side sees its own answer in it, the office those that were given."""

    number: int
    asked_on: datetime.date
    due_on: datetime.date
    replies: tuple[HoldsView, ...]
    mine: HoldsView | None


@dataclass(frozen=True, slots=True)
class HelpView:
    """Help that a side asked for, with its day and its answer."""

    number: int
    side: int
    kind: str
    text: str
    due_on: datetime.date
    answer: str
    outcome: str


def ask_all() -> int:
    """Open a round of asking where the pack's clock comes to its day: each side finds it on its page. Gives how many."""
    done = 0
    held = Agreement.objects.filter(state="effective", case__stage="followup", case__is_open=True)
    for number in sorted(set(held.values_list("case__number", flat=True))):
        with transaction.atomic():
            done += _ask(number)
    return done


def _ask(case_number: str) -> bool:
    found = scope.case_by_number(case_number)
    if found is None:
        return False
    case = scope.locked(found.pk)
    move = procedure_of(case.law_id).moves.get(ASKED_BY)
    today = clock.today(case.body.time_zone)
    days = [row.due_on for row in viewing.terms_of(case) if move and row.term in move.meets and row.state == "running"]
    last = Asking.objects.filter(case_id=case.pk).order_by("-number").first()
    if not days or min(days) - ASK_BEFORE > today or (last and last.due_on == min(days)):
        return False
    Asking.objects.create(case_id=case.pk, number=(last.number if last else 0) + 1, asked_on=today, due_on=min(days))
    details = {"bound": {binding.KEY: binding.digest(case.pk)}}
    append_event(ChainRef.case(case.number), "asked_whether_it_holds", actor=Actor.system(), details=details)
    return True


def answer(
    holder: Holder, case_number: str, *, holds: str = "", content: str = "", news: str = "",
    visit_on: datetime.date | None = None, key: str = "",
) -> None:  # fmt: skip
    """A side answers on its own page; said again, the last word counts.

    Raises Refusal("not_found") where nothing is asked, and what ``rules.holding`` refuses.
    """
    with transaction.atomic():
        seat = seats.of_side(holder, case_number)
        if seats.once(key):
            _keep(seat, seat.side, holds, content, news, visit_on, "own_page")


def answer_by_call(
    case_number: str, *, by: Reader, side: int, channel: str, holds: str = "", content: str = "", news: str = "",
    visit_on: datetime.date | None = None, key: str = "",
) -> None:  # fmt: skip
    """What a side answered on the telephone, written down by somebody other than whoever mediated.

    Raises Refusal("asked_by_mediator"), "unknown_choice", and the same as ``answer``.
    """
    if channel not in {"call", "visit"}:
        raise Refusal("unknown_choice", field="channel")
    with transaction.atomic():
        seat = seats.of_office(case_number, by)
        mediated = Agreement.objects.filter(case=seat.case_id, mediator=by.officer_id).exists()
        holding.check_asker(is_mediator=mediated)
        if side not in seat.sides:
            raise Refusal("unknown_choice", field="side")
        if (
            channel == "visit"
            and not HoldsAnswer.objects.filter(asking__case=seat.case_id, side=side, visit_on__isnull=False).exists()
        ):
            raise Refusal("no_visit_wished")
        if seats.once(key):
            _keep(seat, side, holds, content, news, visit_on, channel)


def _keep(
    seat: Seat, side: int, holds: str, content: str, news: str, visit_on: datetime.date | None, channel: str
) -> None:
    round_ = Asking.objects.filter(case=seat.case_id).order_by("-number").first()
    if round_ is None or seat.stage != "followup":
        raise Refusal("not_found")
    holding.check(holds, content, news)
    holding.check_visit(visit_on, today=clock.today(seat.zone))
    before = HoldsAnswer.objects.filter(asking=round_, side=side).first()
    if channel == "visit" and visit_on is None and before is not None:
        visit_on = before.visit_on
    values = {
        "holds": holds, "content": content, "news": seats.checked(news, "news", is_needed=False, limit=holding.TEXT_LIMIT),
        "visit_on": visit_on, "channel": channel, "at": clock.now(),
    }  # fmt: skip
    HoldsAnswer.objects.update_or_create(asking=round_, side=side, defaults=values)
    seats.tell(seat)


def sit_down_again(holder: Holder, case_number: str, text: str) -> None:
    """One click: it is not kept, and this side wants to mediate again; it begins when the others say yes too."""
    with transaction.atomic():
        moves.move_as_side(holder, "say_not_kept", case_number=case_number, given=Given(text=text))
        moves.consent_as_side(holder, BEGIN, "yes", case_number=case_number)


def askings_of(seat: Seat) -> tuple[AskingView, ...]:
    """The rounds of asking, newest first."""
    found = []
    for row in Asking.objects.filter(case=seat.case_id).prefetch_related("replies").order_by("-number"):
        replies = tuple(
            HoldsView(each.side, each.holds, each.content, each.news, each.visit_on, each.channel, each.at)
            for each in sorted(row.replies.all(), key=lambda each: each.side)
        )
        mine = next((each for each in replies if seat.side and each.side == seat.side), None)
        found.append(AskingView(row.number, row.asked_on, row.due_on, () if seat.side else replies, mine))
    return tuple(found)


def ask_for_help(holder: Holder, case_number: str, kind: str, text: str, *, key: str = "") -> None:
    """Ask for legal aid, relief, or a lawyer at the session: a duty of the office with a day. The others do not see it.

    Raises Refusal("unknown_choice"), "too_long", "repeated" while the same is open, "not_allowed_now" once all has ended.
    """
    if kind not in HELP:
        raise Refusal("unknown_choice", field="kind")
    with transaction.atomic():
        seat = seats.of_side(holder, case_number)
        seats.must_be(seat, "intake", "mediation", "followup")
        if not seats.once(key):
            return
        if Help.objects.filter(case=seat.case_id, side=seat.side, kind=kind, answered_at=None).exists():
            raise Refusal("repeated")
        text = seats.checked(text, "text", is_needed=False, limit=2_000)
        number = (Help.objects.filter(case=seat.case_id).aggregate(last=Max("number"))["last"] or 0) + 1
        case = scope.locked(seat.case_id)
        due_on = due(clock.today(seat.zone), holding.WITHIN_DAYS, calendar(case.body.calendar)).on
        Help.objects.create(
            case_id=seat.case_id, number=number, side=seat.side, kind=kind, sealed=seats.seal(seat.number, text),
            due_on=due_on, made_at=clock.now(),
        )  # fmt: skip
        seats.tell(seat)


def answer_help(case_number: str, number: int, *, by: Reader, outcome: str, text: str) -> None:
    """Say what came of it; only the side that asked reads it. Raises Refusal("not_found"), "repeated", "unknown_choice"."""
    if outcome not in OUTCOMES:
        raise Refusal("unknown_choice", field="outcome")
    with transaction.atomic():
        seat = seats.of_office(case_number, by)
        row = Help.objects.filter(case=seat.case_id, number=number).first()
        if row is None:
            raise Refusal("not_found")
        if row.answered_at is not None:
            raise Refusal("repeated")
        row.outcome, row.answer, row.answered_at = outcome, seats.checked(text, "text", limit=2_000), clock.now()
        row.save(update_fields=["outcome", "answer", "answered_at"])
        seats.tell(seat, only=row.side)


def help_of(seat: Seat) -> tuple[HelpView, ...]:
    """The help asked for: of a side its own, of the office all, open ones first."""
    rows = Help.objects.filter(case=seat.case_id)
    rows = rows.filter(side=seat.side) if seat.side else rows
    return tuple(
        HelpView(
            row.number, row.side, row.kind, seats.opened(seat.number, row.sealed), row.due_on, row.answer, row.outcome
        )
        for row in sorted(rows, key=lambda row: (row.answered_at is not None, row.due_on, row.number))
    )
