"""What each side is asked alone: whether it is safe, and what it wishes for a session. Sealed, and deleted at the end.

In a family matter nobody sits at one table before each side has said, alone, that it is safe. The answer is for whoever
is responsible; no other side ever learns it, nor that it was no.
"""

from __future__ import annotations

import json
from collections.abc import Mapping

from django.db import transaction

from huiyin.record import clock, keyring
from huiyin.record.bodies.queries import Reader
from huiyin.record.cases.codes.receipts import Holder
from huiyin.record.cases.lists import queries
from huiyin.record.cases.table import side_deeds
from huiyin.rules.refusal import Refusal
from huiyin.rules.text import storable
from huiyin.stages.mediation.models import Dispute, SideNote

SAFE = ("yes", "no", "unsure")
WISH_LIMIT = 200  # characters
LABEL = "mediation-side-note"


def say_whether_safe(holder: Holder, answer: str, *, case_number: str = "") -> None:
    """A side answers alone. Raises Refusal("unknown_choice"), and what ``side_deeds.note_of_side`` refuses."""
    if answer not in SAFE:
        raise Refusal("unknown_choice", field="safe")
    _keep(holder, case_number, "safety", "safety_answered", {"safe": answer})


def record_whether_safe(case_number: str, side: int, answer: str, *, by: Reader) -> None:
    """The same, asked by whoever is responsible, in private, in person or by telephone."""
    if answer not in SAFE:
        raise Refusal("unknown_choice", field="safe")
    with transaction.atomic():
        key, _actor = side_deeds.note_by_office(case_number, "safety_answered", by=by, told={"side": side})
        _write(key, side, "safety", {"safe": answer})


def say_wishes(holder: Holder, *, interpreter: str, companion: str, case_number: str = "") -> None:
    """A side says whether it wants an interpreter, and whether somebody comes along. Raises as above, or "too_long"."""
    values = {"interpreter": storable(interpreter), "companion": storable(companion)}
    for name, value in values.items():
        if len(value) > WISH_LIMIT:
            raise Refusal("too_long", field=name, maximum=WISH_LIMIT)
    _keep(holder, case_number, "wishes", "wishes_told", values)


def notes_of(key: int, kind: str) -> dict[int, dict[str, str]]:
    """What the sides said, by their numbers; for whoever is responsible, after the look is written down."""
    rows = SideNote.objects.filter(case=key, kind=kind)
    return {row.side: _opened(row) for row in rows}


def note_of(key: int, side: int, kind: str) -> dict[str, str]:
    """What one side said, for itself."""
    row = SideNote.objects.filter(case=key, side=side, kind=kind).first()
    return _opened(row) if row else {}


def may_sit_together(key: int, sides: int) -> bool:
    """Whether a joint session may be held, or an address shared: outside family matters yes; in one, once every side of
    ``sides`` said alone that it is safe."""
    if not Dispute.objects.filter(case=key, kind="family").exists():
        return True
    said = notes_of(key, "safety")
    return len(said) >= sides and all(each.get("safe") == "yes" for each in said.values())


def erase(key: int) -> None:
    """Nothing of it is left when a dispute ends."""
    SideNote.objects.filter(case=key).delete()


def _keep(holder: Holder, case_number: str, kind: str, event: str, values: Mapping[str, str]) -> None:
    with transaction.atomic():
        key, side = side_deeds.note_of_side(holder, event, case_number=case_number)
        _write(key, side, kind, values)


def _write(key: int, side: int, kind: str, values: Mapping[str, str]) -> None:
    sealed = keyring.seal(LABEL, json.dumps(dict(values)).encode(), _place(key, side, kind))
    SideNote.objects.update_or_create(case_id=key, side=side, kind=kind, defaults={"sealed": sealed, "at": clock.now()})


def _opened(row: SideNote) -> dict[str, str]:
    return dict(json.loads(keyring.open_sealed(LABEL, bytes(row.sealed), _place(row.case_id, row.side, row.kind))))


def _place(key: int, side: int, kind: str) -> bytes:
    return f"{key} {side} {kind}".encode()


def is_family(case_number: str) -> bool:
    """Whether a dispute is a family matter."""
    return Dispute.objects.filter(case=queries.case_id_of(case_number), kind="family").exists()
