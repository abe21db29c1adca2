"""The other sides are invited: by a slip, by mail, on a visit, by telephone; and what happens where nobody is reached."""

from __future__ import annotations

import datetime
from collections.abc import Callable
from dataclasses import dataclass
from functools import partial

from django.db import transaction

from huiyin.record import clock
from huiyin.record.bodies.queries import Reader
from huiyin.record.cases.lists import queries
from huiyin.record.cases.table import disputing, side_deeds
from huiyin.record.notices import mail
from huiyin.rules.chain import Json
from huiyin.rules.refusal import Refusal
from huiyin.stages.mediation import binding
from huiyin.stages.mediation.models import Invitation

HOW = ("slip", "post", "visit", "phone", "mail")
BATCH = 20  # invitations in one run of the worker


@dataclass(frozen=True, slots=True)
class Slip:
    """What an invitation tells: the number and the code of that side, shown once, and nothing of the matter."""

    side: int
    number: str
    code: str


@dataclass(frozen=True, slots=True)
class InvitationView:
    """One invitation, and whether it could be brought."""

    side: int
    how: str
    has_failed: bool
    waits: bool
    at: datetime.datetime


def invite(case_number: str, side: int, how: str, *, by: Reader) -> Slip:
    """Make the slip for another side; an earlier slip of it opens nothing any more.

    By mail the worker sends the number alone; the code is told by telephone or in person.
    Raises Refusal("unknown_choice", field="how"), and what ``side_deeds.invite`` refuses.
    """
    if how not in HOW or (how == "mail" and not mail.is_set_up()):
        raise Refusal("unknown_choice", field="how")

    def write(key: int, _office: int) -> dict[str, Json]:
        Invitation.objects.create(case_id=key, side=side, how=how, waits=how == "mail", at=clock.now())
        return {"side": side, **binding.way(key)}

    with transaction.atomic():
        number, code = side_deeds.invite(case_number, side, by=by)
        side_deeds.note_by_office(case_number, "side_invited", by=by, told=write)
    return Slip(side, number, code)


def note_not_reached(case_number: str, side: int, *, by: Reader) -> None:
    """A wrong telephone, an empty house: nothing is lost, whoever asked is told and may correct it.

    Raises Refusal("not_found") where nobody was invited, and what ``side_deeds.note_by_office`` refuses.
    """

    def write(key: int, _office: int) -> dict[str, Json]:
        row = Invitation.objects.filter(case=key, side=side).order_by("-id").first()
        if row is None:
            raise Refusal("not_found")
        row.has_failed = True
        row.save(update_fields=["has_failed"])
        return {"side": side, **binding.way(key)}

    with transaction.atomic():
        side_deeds.note_by_office(case_number, "invitation_failed", by=by, told=write)


def send_waiting(send: Callable[[str, int], bool]) -> int:
    """Send the invitations that wait; gives how many. One that cannot be delivered shows on the desk.

    The worker hands in what sends (``notices.actions.send_invitation``): nobody else does.
    """
    waiting = Invitation.objects.filter(waits=True).select_related("case").order_by("id") if mail.is_set_up() else ()
    done = 0
    for row in list(waiting[:BATCH]):
        was_sent = send(row.case.number, row.side)  # raises where the server is gone: the row waits on
        with transaction.atomic():
            Invitation.objects.filter(pk=row.pk).update(waits=False)
            if not was_sent:
                disputing.note_by_clock(row.case_id, "invitation_failed", told=partial(_failed, row))
        done += was_sent
    return done


def _failed(row: Invitation) -> dict[str, Json]:
    Invitation.objects.filter(pk=row.pk).update(has_failed=True)
    return {"side": row.side, **binding.way(row.case_id)}


def invitations(case_number: str) -> tuple[InvitationView, ...]:
    """Every invitation of one dispute, in order."""
    rows = Invitation.objects.filter(case=queries.case_id_of(case_number)).order_by("id")
    return tuple(InvitationView(row.side, row.how, row.has_failed, row.waits, row.at) for row in rows)
