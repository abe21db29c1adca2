"""Two of three bodies give the desks their sealed matters back; recovery needs the paper keys of two of them."""

from __future__ import annotations

from collections.abc import Mapping

from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey
from django.db import transaction

from huiyin.record import keyring
from huiyin.record.cases.keys import matter_keys
from huiyin.record.cases.models import Case, MatterKey
from huiyin.record.cases.who import scope
from huiyin.record.ledger.append import append_event
from huiyin.record.ledger.chains import Actor, ChainRef
from huiyin.record.sealing import in_hand
from huiyin.rules.refusal import Refusal


def bodies_of(halves: list[X25519PrivateKey]) -> dict[str, X25519PrivateKey]:
    """Which of the three bodies some private halves belong to; halves of another installation are left out."""
    public = {key.public_bytes_raw(): name for name, key in keyring.recovery_set().items()}
    found = {public.get(half.public_key().public_bytes_raw(), ""): half for half in halves}
    return {name: half for name, half in sorted(found.items()) if name}


def recover_all(halves: Mapping[str, X25519PrivateKey], *, only: str = "") -> list[str]:
    """Wrap every sealed matter (or one, by its number) anew to the desks that may read it; gives their numbers.

    Each matter's history tells of it. Raises Refusal("second_person_needed") without two of the bodies.
    """
    if len(halves) < 2:
        raise Refusal("second_person_needed")
    first, second = sorted(halves)[:2]
    done = []
    for key in Case.scoped.filter(key_epoch__gt=0).order_by("pk").values_list("pk", flat=True):
        with in_hand.scope(), transaction.atomic():
            case = scope.locked(key)
            if only and case.number != only:
                continue
            for row in MatterKey.objects.filter(case=case, wraps__kind=f"recovery_{first}{second}"):
                matter_keys.recover(case, row.epoch, first + second, halves[first], halves[second])
            matter_keys.share(case)
            details = {"by": f"{first} {second}"}
            append_event(ChainRef.case(case.number), "matter_recovered", actor=Actor.system(), details=details)
            done.append(str(case.number))
    return done
