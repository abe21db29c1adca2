"""Who invited the office for a visit: sealed like every name, opened by the post that comes, after its logged line.

There is no case behind it. The row in the vault belongs to an invitation of ``stages.outreach``; the line of each
reading stands in the body's chain, and whoever invited reads on their own page who opened it and when.
"""

from __future__ import annotations

import uuid
from collections.abc import Callable

from django.db import transaction

from huiyin.record.identity import access as identity
from huiyin.record.identity.access import Identity
from huiyin.record.ledger.append import append_event
from huiyin.record.ledger.chains import Actor, ChainRef


def keep(name: str, telephone: str, where: str, note: str) -> uuid.UUID:
    """Seal who invites, where to and what about; gives the thread to it."""
    return identity.keep(Identity(name=name, phone=telephone, address=where, note=note))


def open_for_visit(
    vault_id: uuid.UUID, *, number: str, body_code: str, by: Actor, write_look: Callable[[], object]
) -> Identity:
    """Open it for the visit: the look and its line in the chain first, committed, then the content."""
    with transaction.atomic(durable=True):
        write_look()
        append_event(ChainRef.body(body_code), "invitation_opened", actor=by, details={"invitation": number})
    return identity.reveal(vault_id)


def forget(vault_id: uuid.UUID) -> None:
    """Nothing is left of who it was; the sealed row holds padding from now on."""
    identity.replace(vault_id, Identity())
