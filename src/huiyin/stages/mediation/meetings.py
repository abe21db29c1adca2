"""Sessions of a dispute: times to choose from, one that suits all, who came, and what was written down."""

from __future__ import annotations

import datetime
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass

from django.db import transaction
from django.db.models import Max

from huiyin.record import clock, keyring
from huiyin.record.bodies.queries import Reader
from huiyin.record.cases.codes.receipts import Holder
from huiyin.record.ledger.append import append_event
from huiyin.record.ledger.chains import Actor, ChainRef
from huiyin.record.ledger.following import Told
from huiyin.record.notices import outbox
from huiyin.rules import sitting as rule
from huiyin.rules.refusal import Refusal
from huiyin.stages.mediation import binding, seats, together
from huiyin.stages.mediation.seats import Seat
from huiyin.stages.mediation.table_models import Attendance, Session, SessionTime, TimeAnswer

BESIDE = ("companion", "interpreter", "guardian", "lawyer", "expert", "elder")
REMIND_BEFORE = datetime.timedelta(hours=30)
LATE_TIE = "后来发现调解员与一方有关系。 / The mediator turned out to have a tie to a side."
TITLE = "约好的时间 / Appointment"  # neutral: a calendar is read by others


@dataclass(frozen=True, slots=True)
class Meeting:
    """What the one who asks for a session says of it; ``with_side`` 0 is all sides together. Length in minutes."""

    times: tuple[datetime.datetime, ...]
    how: str
    place: str = ""
    link: str = ""
    agenda: str = ""
    minutes: int = 60
    with_side: int = 0
    lawyer: str = ""
    written_for: str = ""


@dataclass(frozen=True, slots=True)
class TimeView:
    """A time, what each side said of it, and whether it suits all."""

    number: int
    starts_at: datetime.datetime
    said: Mapping[int, str]
    suits_all: bool


@dataclass(frozen=True, slots=True)
class SessionView:
    """A session as those may see it who are asked to it."""

    number: int
    with_side: int
    how: str
    place: str
    link: str
    agenda: str
    minutes: int
    lawyer: str
    state: str
    starts_at: datetime.datetime | None
    times: tuple[TimeView, ...]
    best: int | None
    record: str
    why_void: str
    written_for: str
    came: tuple[int, ...]
    beside: tuple[str, ...]


def propose(case_number: str, meeting: Meeting, *, by: Reader, key: str = "") -> int:
    """Ask the sides which of some times suits them; gives the number of the session, 0 for a form that came before.

    Raises Refusal("not_safe_together") for a joint session where a side has not said that it is safe, what
    ``rules.sitting`` refuses, "unknown_choice" for a side that is not there, and "not_allowed_now".
    """
    with transaction.atomic():
        seat = seats.of_office(case_number, by)
        seats.must_be(seat, "mediation")
        if not seats.once(key):
            return 0
        rule.check_how(meeting.how, meeting.place, meeting.link)
        times = rule.check_times(meeting.times, now=clock.now())
        if meeting.with_side and meeting.with_side not in seat.sides:
            raise Refusal("unknown_choice", field="with_side")
        rule.check_joint(is_joint=not meeting.with_side, all_safe=together.is_safe(seat.case_id, seat.sides))
        if not 10 <= meeting.minutes <= rule.LONGEST:
            raise Refusal("invalid", field="minutes")
        number = (Session.objects.filter(case=seat.case_id).aggregate(last=Max("number"))["last"] or 0) + 1
        row = Session.objects.create(
            case_id=seat.case_id, number=number, with_side=meeting.with_side, how=meeting.how,
            place=seats.checked(meeting.place, "place", is_needed=False, limit=200),
            link=seats.checked(meeting.link, "link", is_needed=False, limit=300),
            agenda=seats.checked(meeting.agenda, "agenda", is_needed=False), minutes=meeting.minutes,
            lawyer=seats.checked(meeting.lawyer, "lawyer", is_needed=False, limit=120),
            written_for=seats.checked(meeting.written_for, "written_for", is_needed=False, limit=120),
            mediator=by.officer_id, made_at=clock.now(),
        )  # fmt: skip
        for at, starts_at in enumerate(times, start=1):
            SessionTime.objects.create(session=row, number=at, starts_at=starts_at)
        seats.tell(seat, "session_proposed", only=meeting.with_side)
        return number


def say_times(holder: Holder, case_number: str, session: int, answers: Mapping[int, str], *, key: str = "") -> None:
    """A side says which times suit; the last word counts. Raises Refusal("not_found"), "unknown_choice", "repeated"."""
    with transaction.atomic():
        seat = seats.of_side(holder, case_number)
        if seats.once(key):
            _keep_answers(seat, session, answers, seat.side)


def note_times(case_number: str, session: int, side: int, answers: Mapping[int, str], *, by: Reader) -> None:
    """The same, as a side said it by telephone or at the counter."""
    with transaction.atomic():
        seat = seats.of_office(case_number, by)
        if side not in seat.sides:
            raise Refusal("unknown_choice", field="side")
        _keep_answers(seat, session, answers, side)


def _keep_answers(seat: Seat, session: int, answers: Mapping[int, str], side: int) -> None:
    row = _session(seat, session, side=side)
    if row.state != "asked":
        raise Refusal("repeated")
    if not set(answers.values()) <= set(rule.SUITS):
        raise Refusal("unknown_choice", field="suits")
    for time in row.times.filter(number__in=list(answers)):
        TimeAnswer.objects.update_or_create(
            time=time, side=side, defaults={"suits": answers[time.number], "at": clock.now()}
        )
    seats.tell(seat)


def fix(case_number: str, session: int, time: int, *, by: Reader) -> None:
    """Set the time that suits every side asked.

    Raises Refusal("does_not_suit") where a side has not said that it suits, "not_safe_together", "repeated".
    """
    with transaction.atomic():
        seat = seats.of_office(case_number, by)
        row = _session(seat, session)
        if row.state != "asked":
            raise Refusal("repeated")
        chosen = row.times.filter(number=time).first()
        if chosen is None:
            raise Refusal("unknown_choice", field="time")
        rule.check_joint(is_joint=not row.with_side, all_safe=together.is_safe(seat.case_id, seat.sides))
        said = {each.side: each.suits for each in chosen.answers.all()}
        if not rule.suits_all(said, _asked(row, seat.sides)):
            raise Refusal("does_not_suit")
        row.state, row.starts_at = "fixed", chosen.starts_at
        row.save(update_fields=["state", "starts_at"])
        seats.tell(seat, "session_fixed", only=row.with_side)


def call_off(case_number: str, session: int, *, by: Reader) -> None:
    """Call a session off that has not been held. Raises Refusal("not_found") or "repeated"."""
    with transaction.atomic():
        seat = seats.of_office(case_number, by)
        row = _session(seat, session)
        if row.state not in {"asked", "fixed"}:
            raise Refusal("repeated")
        row.state = "off"
        row.save(update_fields=["state"])
        seats.tell(seat, "session_called_off", only=row.with_side)


def hold(
    case_number: str, session: int, *, by: Reader, came: Collection[int], record: str, beside: Sequence[str] = (),
    written_for: str = "", key: str = "",
) -> None:  # fmt: skip
    """Write down a session that was held: which sides came, who sat beside, and the record that the sides read.

    Raises Refusal("not_found"), "not_allowed_now" before its time is fixed, "not_safe_together", "unknown_choice".
    """
    with transaction.atomic():
        seat = seats.of_office(case_number, by)
        if not seats.once(key):
            return
        row = _session(seat, session)
        if row.state != "fixed":
            raise Refusal("not_allowed_now", move="table", state=row.state)
        asked = _asked(row, seat.sides)
        if not set(came) <= set(asked) or not set(beside) <= set(BESIDE):
            raise Refusal("unknown_choice", field="came")
        rule.check_joint(is_joint=len(set(came)) > 1, all_safe=together.is_safe(seat.case_id, seat.sides))
        row.record = seats.checked(record, "record", limit=20_000)
        row.written_for = seats.checked(written_for, "written_for", is_needed=False, limit=120) or row.written_for
        row.state, row.held_at = "held", clock.now()
        row.save(update_fields=["record", "written_for", "state", "held_at"])
        for side in asked:
            Attendance.objects.create(session=row, side=side, came=side in came)
        for each in dict.fromkeys(beside):
            Attendance.objects.create(session=row, side=0, beside=each, came=True)
        seats.tell(seat, "session_held", only=row.with_side)


def void(case_number: str, session: int, *, by: Reader, why: str) -> None:
    """A tie was found late: the session does not count, whatever was written in it; a new one is offered.

    Raises Refusal("input_missing", field="why") or "repeated".
    """
    with transaction.atomic():
        seat = seats.of_office(case_number, by)
        row = _session(seat, session)
        if row.state in {"void", "off"}:
            raise Refusal("repeated")
        row.state, row.why_void = "void", seats.checked(why, "why")
        row.save(update_fields=["state", "why_void"])
        seats.tell(seat, "session_void", only=row.with_side)


def void_after_tie(told: Sequence[Told]) -> None:
    """A tie was found late: what was fixed or held before does not count, and new sessions are offered; same transaction."""
    for number in sorted({each.chain.key for each in told}):
        rows = Session.objects.filter(case__number=number, state__in=("asked", "fixed", "held"))
        case_id = rows.values_list("case_id", flat=True).first()
        if case_id is None:
            continue
        rows.update(state="void", why_void=LATE_TIE)
        bound = {binding.KEY: binding.digest(case_id)}
        append_event(ChainRef.case(number), "session_void", actor=Actor.system(), details={"bound": bound})


def remind() -> int:
    """Remind of sessions of the next day, once each; gives how many."""
    now, done = clock.now(), 0
    waiting = Session.objects.filter(
        state="fixed", reminded_at=None, starts_at__lte=now + REMIND_BEFORE, starts_at__gt=now
    )
    for key, number, side in list(waiting.values_list("pk", "case__number", "with_side")[:200]):
        with transaction.atomic():
            if Session.objects.filter(pk=key, state="fixed", reminded_at=None).update(reminded_at=now):
                kind = seats.KEPT if side else "session_reminder"
                made = append_event(ChainRef.case(number), kind, actor=Actor.system(), details={})
                if side:  # nobody else learns that one side is spoken with alone
                    outbox.tell_side(number, side, made.seq)
                done += 1
    return done


def sessions_of(seat: Seat) -> tuple[SessionView, ...]:
    """The sessions to which somebody at the table is asked, newest first; the office sees all."""
    rows = Session.objects.filter(case=seat.case_id).prefetch_related("times__answers", "attendances")
    rows = rows.filter(with_side__in=(0, seat.side)) if seat.side else rows
    return tuple(_view(row, seat) for row in rows.order_by("-number"))


def one(seat: Seat, number: int) -> SessionView:
    """One of them. Raises Refusal("not_found")."""
    found = next((each for each in sessions_of(seat) if each.number == number), None)
    if found is None:
        raise Refusal("not_found")
    return found


def calendar_file(seat: Seat, number: int) -> str:
    """A session that is fixed, as an appointment that says nothing of what it is about. Raises Refusal("not_found")."""
    view = one(seat, number)
    if view.state != "fixed" or view.starts_at is None:
        raise Refusal("not_found")
    return rule.calendar_file(
        uid=f"{keyring.hmac('session', seat.number, str(number)).hex()[:24]}@huiyin", starts_at=view.starts_at, minutes=view.minutes, title=TITLE,
        place=view.place if view.how == "on_site" else view.link, made_at=clock.now(),
    )  # fmt: skip


def _session(seat: Seat, number: int, *, side: int = 0) -> Session:
    rows = Session.objects.filter(case=seat.case_id, number=number)
    row = (rows.filter(with_side__in=(0, side)) if side else rows).first()
    if row is None:
        raise Refusal("not_found")
    return row


def _asked(row: Session, sides: Collection[int]) -> tuple[int, ...]:
    return tuple(side for side in sides if row.with_side in (0, side))


def _view(row: Session, seat: Seat) -> SessionView:
    sides = _asked(row, seat.sides)
    times = sorted(row.times.all(), key=lambda each: each.number)
    said = {time.number: {each.side: each.suits for each in time.answers.all()} for time in times}
    mine = (
        (lambda said: {seat.side: said[seat.side]} if seat.side in said else {}) if seat.side else (lambda said: said)
    )
    return SessionView(
        row.number, row.with_side, row.how, row.place, row.link, row.agenda, row.minutes, row.lawyer, row.state,
        row.starts_at,
        tuple(
            TimeView(each.number, each.starts_at, mine(said[each.number]), rule.suits_all(said[each.number], sides))
            for each in times
        ),
        rule.best(said, sides), row.record, row.why_void, row.written_for,
        tuple(each.side for each in row.attendances.all() if each.side and each.came),
        tuple(each.beside for each in row.attendances.all() if each.beside),
    )  # fmt: skip
