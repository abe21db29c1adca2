"""Who sits at the table of a dispute, and the one pen for what is written there.

Every deed locks the dispute, writes its rows, and appends one event that binds all of them by a hash (``binding``).
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Any

from django.db import IntegrityError, transaction

from huiyin.record import clock, keyring
from huiyin.record.bodies.queries import Reader
from huiyin.record.cases.codes.receipts import Holder
from huiyin.record.cases.parties import sides
from huiyin.record.cases.who import scope
from huiyin.record.law.versions import procedure_of
from huiyin.record.ledger.append import append_event
from huiyin.record.ledger.chains import Actor, ChainRef
from huiyin.record.notices import outbox
from huiyin.rules.chain import Json
from huiyin.rules.refusal import Refusal
from huiyin.rules.text import within
from huiyin.stages.mediation import binding
from huiyin.stages.mediation.table_models import SentOnce

LABEL = "mediation table"
TEXT_LIMIT = 5_000  # characters of one thing written at the table
FOLLOWED: dict[str, Json] = {"purpose": "follow", "what": "table"}
HANDLED: dict[str, Json] = {"purpose": "handle", "what": "table"}
KEPT = "table_kept"  # something was written that the story does not tell


@dataclass(frozen=True, slots=True)
class Seat:
    """Somebody at the table, the case locked: a side by its number, or the office (0) with its officer."""

    case_id: int
    number: str
    side: int
    sides: tuple[int, ...]  # those that take part
    state: str
    stage: str
    zone: str
    actor: Actor
    officer: int = 0
    mediates: bool = (
        False  # holds the post that is responsible while the sides sit together: not a registrar, not a superior
    )


def of_side(holder: Holder, case_number: str, *, is_read: bool = False) -> Seat:
    """A side by its own code; in the caller's transaction. Raises Refusal("not_found") or "helper_may_not"."""
    row = sides.of_holder(holder, case_number) if is_read else sides.locked_of_holder(holder, case_number)
    return _seat(row.case, row.number, sides.actor_of(row, holder), 0)


def of_office(case_number: str, by: Reader) -> Seat:
    """An officer who has the dispute in hand; in the caller's transaction. Raises Refusal("not_found") or "not_your_move"."""
    case, posts = scope.in_hand(case_number, by, deed="write")
    seat = replace(_seat(case, 0, by.actor(posts[0]), by.officer_id), mediates=_mediates(case, by))
    if procedure_of(case.law_id).kind != "mediation":
        raise Refusal("not_found")
    return seat


def _mediates(case: Any, by: Reader) -> bool:
    return case.stage != "intake" and case.responsible_post_id in by.post_ids


def read_by_side(holder: Holder, case_number: str) -> Seat:
    """A side opens the table: the use of its code stands in the ledger first, committed. Raises Refusal("not_found")."""
    with transaction.atomic(durable=True):
        seat = of_side(holder, case_number, is_read=True)
        append_event(ChainRef.case(seat.number), "receipt_used", actor=seat.actor, details=dict(FOLLOWED))
    return seat


def read_by_office(case_number: str, by: Reader) -> Seat:
    """An officer opens the table: the look stands in the ledger first, committed. Raises Refusal("not_found")."""
    with transaction.atomic(durable=True):
        seat = of_office(case_number, by)
        append_event(ChainRef.case(seat.number), "case_opened", actor=seat.actor, details=dict(HANDLED))
    return seat


def must_be(seat: Seat, *stages: str) -> None:
    """Raises Refusal("not_allowed_now") where the dispute stands elsewhere."""
    if seat.stage not in stages:
        raise Refusal("not_allowed_now", move="table", state=seat.state)


def once(key: str) -> bool:
    """Whether a form arrives for the first time; in the transaction of its deed. A form without a key always counts."""
    if not key:
        return True
    try:
        with transaction.atomic():
            SentOnce.objects.create(key=keyring.hmac("table form", key[:200]).hex()[:60], at=clock.now())
    except IntegrityError:
        return False
    return True


def tell(seat: Seat, kind: str = KEPT, *, only: int = 0, **details: Json) -> None:
    """The event of a deed, which binds everything on the table of this dispute as it stands now.

    What concerns one side alone (``only``) is told to it alone, by an event that says nothing.
    """
    bound: dict[str, Json] = {binding.KEY: binding.digest(seat.case_id)}
    made = append_event(
        ChainRef.case(seat.number), KEPT if only else kind, actor=seat.actor, details={**details, "bound": bound}
    )
    if only:
        outbox.tell_side(seat.number, only, made.seq)


def checked(text: str, field: str, *, is_needed: bool = True, limit: int = TEXT_LIMIT) -> str:
    """Words as they are kept. Raises Refusal("input_missing") or "too_long", naming the field."""
    return within(text, field=field, limit=limit, is_needed=is_needed, missing="input_missing")


def seal(case_number: str, text: str) -> bytes:
    """Words that lie sealed on the table."""
    return keyring.seal(LABEL, text.encode(), case_number.encode())


def opened(case_number: str, sealed: bytes | memoryview) -> str:
    """The same words again; empty where they were destroyed."""
    return keyring.open_sealed(LABEL, bytes(sealed), case_number.encode()).decode() if sealed else ""


def _seat(case: Any, side: int, actor: Actor, officer: int) -> Seat:
    taking_part = tuple(each.number for each in sides.shown(case) if each.state != "out")
    return Seat(
        case.pk, case.number, side, taking_part, case.state, case.stage, case.body.time_zone, actor, officer
    )  # fmt: skip
