"""Sends what stands in the outbox. Only the worker does this, and only here is a contact opened.

First the look ("system, notice N") is written into the case's chain and
committed, then the address is opened, then the notice goes out, then it is
marked. Killed between the last two it goes out once more, under the same
message id; killed anywhere else it is neither lost nor doubled.
"""

from __future__ import annotations

import datetime
import logging
import time
from collections.abc import Callable, Sequence
from contextlib import ExitStack
from dataclasses import dataclass
from zoneinfo import ZoneInfo

from django.conf import settings
from django.core.exceptions import ObjectDoesNotExist
from django.db import transaction

from huiyin.record import clock, keyring
from huiyin.record.cases.who.addressees import Addressee, addressee, invited
from huiyin.record.identity import access as identity
from huiyin.record.ledger.append import append_event
from huiyin.record.ledger.chains import Actor, ChainRef
from huiyin.record.notices import mail, wording
from huiyin.record.notices.channels import Channel, Line, NotAccepted
from huiyin.record.notices.models import Notice
from huiyin.rules.chain import Json
from huiyin.rules.reaching import leave

log = logging.getLogger("huiyin.notices")

TRIES = 6  # with a pause five times as long after each: given up after some thirteen hours
BATCH = 100
KEPT = datetime.timedelta(days=30)
CHANNELS: tuple[tuple[Callable[[], bool], Callable[[], Channel]], ...] = ((mail.is_set_up, mail.Mail),)
"""Each way out of the house: whether it is set up here, and what opens it."""


@dataclass(frozen=True, slots=True)
class Taken:
    """A notice that this process is sending."""

    key: int
    number: int
    tries: int
    whom: Addressee


def send_notices(*, seconds: float | None = None) -> int:
    """Send what is due, for so many seconds; gives how many notices were taken up.

    While no channel is set up everything waits. Raises ``ChannelDown`` where one cannot be opened.
    """
    channels = [make() for is_set_up, make in CHANNELS if is_set_up()]
    keys = _due() if channels else []
    if not keys:
        return 0
    keyring.contact_private()  # without it nothing may be taken up
    until = time.monotonic() + seconds if seconds is not None else None
    taken_up = 0
    with ExitStack() as open_lines:
        lines = [open_lines.enter_context(channel.line()) for channel in channels]
        for key in keys:
            taken = _take(key)
            if taken is not None:
                _deliver(taken, lines)
                taken_up += 1
            if until is not None and time.monotonic() > until:
                break
    return taken_up


def send_invitation(case_number: str, side: int) -> bool:
    """Invite another side of a dispute by mail: its number and where to read, never the code, which is told otherwise.

    What somebody else said of how to reach it is opened for this alone, the look committed first. False where there is
    no address or it was not taken. Raises ``ChannelDown`` where the mail server cannot be reached.
    """
    whom = invited(case_number, side)
    if whom is None:
        return False
    with mail.Mail().line() as line:
        with transaction.atomic(durable=True):
            details: dict[str, Json] = {"side": whom.side, "purpose": "invite", "what": "contact"}
            append_event(ChainRef.case(case_number), "contact_opened", actor=Actor.system(), details=details)
        contact = identity.reveal_contact(whom.vault_id)
        if not line.reaches(contact):
            return False
        try:
            line.send(contact, wording.of_an_invitation(whom.own_number, contact.language or whom.language))
        except NotAccepted:
            return False
    return True


def forget_sent() -> int:
    """Remove the rows of notices settled long ago; what was sent stands in the ledger. Gives how many."""
    old = Notice.objects.filter(state="done", settled_at__lt=clock.now() - KEPT)
    return old.delete()[0]


def _due() -> list[int]:
    rows = Notice.objects.filter(state="waiting", next_try_at__lte=clock.now()).order_by("next_try_at", "id")
    return list(rows.values_list("pk", flat=True)[:BATCH])


def _take(key: int) -> Taken | None:
    """Take up one notice, with the look that goes before; None when somebody else has.

    The chain is locked first, as by whoever writes a notice; until the next try it is nobody else's.
    """
    with transaction.atomic(durable=True):
        now = clock.now()
        row = Notice.objects.filter(pk=key, state="waiting", next_try_at__lte=now).first()
        if row is None:
            return None
        whom = addressee(row.party_id)
        _note(whom, "contact_opened", row.number, purpose="tell", what=f"notice {row.number}")
        same = Notice.objects.filter(pk=key, state="waiting", tries=row.tries, next_try_at=row.next_try_at)
        if same.update(tries=row.tries + 1, next_try_at=now + _pause(row.tries)) != 1:
            transaction.set_rollback(True)
            return None
    return Taken(key, row.number, row.tries + 1, whom)


def _pause(tries: int) -> datetime.timedelta:
    return datetime.timedelta(seconds=max(1, settings.HUIYIN_NOTICE_PAUSE) * 5**tries)


def _deliver(taken: Taken, lines: Sequence[Line]) -> None:
    whom = taken.whom
    try:
        contact = identity.reveal_contact(whom.vault_id)
        line = next((line for line in lines if line.reaches(contact)), None)
        allowed = leave(contact.notices, contact.safe_times, clock.now().astimezone(ZoneInfo(whom.zone)))
        if line is not None and allowed.by_people:
            return _settle(taken, "undelivered")
        if line is not None and allowed.at is not None:
            if allowed.at > clock.now():
                return _put_off(taken, allowed.at)
            line.send(
                contact,
                wording.words(whom.own_number or whom.case_number, taken.number, contact.language or whom.language),
            )
    except (NotAccepted, keyring.SealBroken, ObjectDoesNotExist) as problem:
        log.warning("a notice was not taken (%s), try %s of %s", type(problem).__name__, taken.tries, TRIES)
        if taken.tries >= TRIES:
            _settle(taken, "undelivered")
        return None
    return _settle(taken, "done")  # where there is no address, nobody shall see it from the row


def _put_off(taken: Taken, until: datetime.datetime) -> None:
    Notice.objects.filter(pk=taken.key, state="waiting").update(next_try_at=until)


def _settle(taken: Taken, state: str) -> None:
    with transaction.atomic():
        if taken.whom.side == 1:  # whether another side could be reached is for nobody else to read
            _note(taken.whom, "notice_sent" if state == "done" else "notice_undelivered", taken.number)
        Notice.objects.filter(pk=taken.key, state="waiting").update(state=state, settled_at=clock.now())


def _note(whom: Addressee, kind: str, notice: int, **more: str) -> None:
    details: dict[str, Json] = {"notice": notice, **more}
    if whom.side != 1:
        details["side"] = whom.side
    append_event(ChainRef.case(whom.case_number), kind, actor=Actor.system(), details=details)
