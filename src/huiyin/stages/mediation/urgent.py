"""How soon which help is needed: set by a person with a reason, seen by the sides, looked at again, over by a day.

The colour stands in no register, export, figure or search: it is sealed with its reason, and the row is deleted when it
is over or the dispute ends. The history says that it was set, never which.
"""

from __future__ import annotations

import datetime
import json
from dataclasses import dataclass, replace

from django.db import transaction

from huiyin.record import clock, keyring
from huiyin.record.bodies import ground, ringing
from huiyin.record.bodies.queries import Reader
from huiyin.record.cases.codes.receipts import Holder
from huiyin.record.cases.lists import queries
from huiyin.record.cases.table import disputing, side_deeds
from huiyin.rules import urgency as rule
from huiyin.rules.refusal import Refusal
from huiyin.rules.text import storable, within
from huiyin.stages.mediation.models import Dispute, Urgency

REASON_LIMIT = 1_000  # characters
BATCH = 50
LABEL = "mediation-urgency"


@dataclass(frozen=True, slots=True)
class UrgencyView:
    """What stands about one dispute. ``doubts`` are the words of the sides that see it otherwise, by their numbers."""

    colour: str
    reason: str
    help: tuple[str, ...]
    involved: tuple[str, ...]
    doubts: dict[int, str]
    set_at: datetime.datetime
    look_on: datetime.date
    over_on: datetime.date


def set_urgency(
    case_number: str, *, colour: str, reason: str, help_needed: tuple[str, ...], involved: tuple[str, ...], by: Reader
) -> None:
    """Say how soon which help is needed; what stood before is gone.

    Raises Refusal("unknown_choice", field=...), "empty" or "too_long" for the reason, and what
    ``side_deeds.note_by_office`` refuses.
    """
    reason = storable(reason)
    if colour not in rule.COLOURS:
        raise Refusal("unknown_choice", field="colour")
    if not set(help_needed) <= set(rule.HELP):
        raise Refusal("unknown_choice", field="help_needed")
    if not set(involved) <= set(rule.INVOLVED):
        raise Refusal("unknown_choice", field="involved")
    if not reason.strip():
        raise Refusal("empty", field="reason")
    if len(reason) > REASON_LIMIT:
        raise Refusal("too_long", field="reason", maximum=REASON_LIMIT)
    with transaction.atomic():
        key, _actor = side_deeds.note_by_office(case_number, "urgency_set", by=by)
        _key, _law, _state, today = queries.law_and_state_of(case_number)
        view = UrgencyView(
            colour, reason, help_needed, involved, {}, clock.now(), rule.looked_at_on(colour, today),
            rule.over_on(colour, today),
        )  # fmt: skip
        _write(key, view)
        if colour == "red":
            _ring(key, case_number, by)


def _ring(key: int, case_number: str, by: Reader) -> None:
    """Help is needed now: who is on duty there is rung. That nobody can be, or is already, keeps nothing from being set."""
    area = Dispute.objects.filter(case=key).values_list("case__area__code", flat=True).first() or ground.top()
    try:
        with transaction.atomic():
            ringing.begin_ring(area, kind="dispute", by=by.actor(), case_number=case_number)
    except Refusal:
        return


def look_again(case_number: str, *, by: Reader) -> None:
    """Somebody looked again and leaves it as it is. Raises Refusal("not_found") where nothing stands."""
    with transaction.atomic():
        key, _actor = side_deeds.note_by_office(case_number, "urgency_looked_at", by=by)
        view = of_case(key)
        if view is None:
            raise Refusal("not_found")
        _key, _law, _state, today = queries.law_and_state_of(case_number)
        _write(key, replace(view, look_on=rule.looked_at_on(view.colour, today)))


def doubt(holder: Holder, text: str, *, case_number: str = "") -> None:
    """A side sees it otherwise, in its own words. Raises Refusal("not_found") where nothing stands, "empty" or "too_long"."""
    words = within(text, field="doubt", limit=REASON_LIMIT)
    with transaction.atomic():
        key, side = side_deeds.note_of_side(holder, "urgency_doubted", case_number=case_number)
        view = of_case(key)
        if view is None:
            raise Refusal("not_found")
        _write(key, replace(view, doubts=view.doubts | {side: words}))


def of_case(key: int) -> UrgencyView | None:
    """What stands about a dispute today; None where nothing does."""
    row = Urgency.objects.filter(case=key, over_on__gt=clock.today("UTC")).first()
    if row is None:
        return None
    values = json.loads(keyring.open_sealed(LABEL, bytes(row.sealed), _place(key)))
    doubts = {int(number): str(words) for number, words in values["doubts"].items()}
    return UrgencyView(
        values["colour"], values["reason"], tuple(values["help"]), tuple(values["involved"]), doubts, row.set_at,
        row.look_on, row.over_on,
    )  # fmt: skip


def erase(key: int) -> None:
    """Nothing of it is left when a dispute ends."""
    Urgency.objects.filter(case=key).delete()


def erase_what_is_over(*, limit: int = BATCH) -> int:
    """Delete what is over, and say so in the history; made for the clock. Gives how many."""
    done = 0
    over = Urgency.objects.filter(over_on__lte=clock.today("UTC")).order_by("over_on", "id")
    for key in list(over.values_list("case_id", flat=True)[:limit]):
        with transaction.atomic():
            if disputing.note_by_clock(key, "urgency_expired"):
                done += Urgency.objects.filter(case=key, over_on__lte=clock.today("UTC")).delete()[0]
    return done


def _write(key: int, view: UrgencyView) -> None:
    values = {
        "colour": view.colour, "reason": view.reason, "help": list(view.help), "involved": list(view.involved),
        "doubts": {str(side): words for side, words in view.doubts.items()},
    }  # fmt: skip
    Urgency.objects.update_or_create(
        case_id=key,
        defaults={
            "sealed": keyring.seal(LABEL, json.dumps(values).encode(), _place(key)),
            "set_at": view.set_at,
            "look_on": view.look_on,
            "over_on": view.over_on,
        },
    )


def _place(key: int) -> bytes:
    return f"{key} urgency".encode()
