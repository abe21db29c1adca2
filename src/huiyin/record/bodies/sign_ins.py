"""That somebody signed in stands in the chain of their body; from where is not asked."""

from __future__ import annotations

from django.db import transaction

from huiyin.record.bodies.queries import Reader
from huiyin.record.ledger.append import append_event
from huiyin.record.ledger.chains import ChainRef


def note_sign_in(reader: Reader) -> None:
    """Write the sign-in of an officer who holds a post today."""
    if not reader.posts:
        return
    with transaction.atomic():
        append_event(ChainRef.body(reader.posts[0].body_code), "signed_in", actor=reader.actor(), details={})
