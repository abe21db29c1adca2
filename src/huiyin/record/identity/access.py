"""The vault's door: put a name in, take one name out, nothing else.

There is no list, no search and no export here, and there must be none. Who
may open a name, and that the reading is logged first, is decided in
``cases.opening.access``; nobody else calls ``reveal``.
"""

from __future__ import annotations

import hashlib
import uuid
from collections.abc import Callable, Sequence
from dataclasses import asdict, dataclass, fields
from datetime import date

from django.db import transaction

from huiyin.record import clock
from huiyin.record.identity import vault
from huiyin.record.identity.models import SealedIdentity
from huiyin.record.prepared import insert

ALIAS = "vault"
SWEEP_BATCH = 500


@dataclass(frozen=True, repr=False)
class Contact:
    """How and when to reach a party safely; no name. ``notices`` is one of ``rules.reaching.WISHES``, or empty."""

    phone: str = ""
    email: str = ""
    language: str = ""
    safe_times: str = ""
    notices: str = ""

    @property
    def is_given(self) -> bool:
        """Is there anything to reach them by?"""
        return bool(self.phone or self.email)


@dataclass(frozen=True, repr=False)
class Identity:
    """Who a party is. It has no printed form, so that no log line can carry it by accident."""

    name: str = ""
    phone: str = ""
    email: str = ""
    address: str = ""
    language: str = ""
    safe_times: str = ""
    notices: str = ""
    note: str = ""

    @property
    def is_given(self) -> bool:
        """False for an anonymous party, whose row holds padding only."""
        return any(asdict(self).values())

    def contact(self) -> Contact:
        """The part that the notifier may read."""
        return Contact(self.phone, self.email, self.language, self.safe_times, self.notices)


def keep(identity: Identity | None) -> uuid.UUID:
    """Seal a name into the vault and commit; ``None`` for an anonymous party, whose row looks the same.

    The case is written afterwards: a crash between the two leaves a row
    without a case, which is swept, never a case that lost its name.
    """
    return keep_bound(identity)[0]


def keep_bound(identity: Identity | None) -> tuple[uuid.UUID, str]:
    """The same, with the hash of the sealed row, so that the ledger can say later whether it is still this one."""
    row = _sealed(identity)
    with transaction.atomic(using=ALIAS, durable=True):
        insert(row)
    return row.vault_id, _digest(row)


def digests(vault_ids: Sequence[uuid.UUID]) -> dict[uuid.UUID, str]:
    """The hashes of sealed rows as they are now; nothing is opened. A row that is gone is left out."""
    rows = SealedIdentity.objects.using(ALIAS).filter(pk__in=list(vault_ids))
    return {row.vault_id: _digest(row) for row in rows}


def keep_many(identities: Sequence[Identity | None]) -> list[uuid.UUID]:
    """Seal many at once, for the demo's town and the bench."""
    rows = [_sealed(identity) for identity in identities]
    with transaction.atomic(using=ALIAS, durable=True):
        SealedIdentity.objects.using(ALIAS).bulk_create(rows, batch_size=500)
    return [row.vault_id for row in rows]


def replace(vault_id: uuid.UUID, identity: Identity) -> str:
    """Put new particulars in the place of the old ones, which are gone; gives the hash of the sealed row."""
    sealed = vault.seal(vault_id, asdict(identity), asdict(identity.contact()))
    with transaction.atomic(using=ALIAS, durable=True):
        changed = SealedIdentity.objects.using(ALIAS).filter(pk=vault_id).update(**asdict(sealed))
    if changed != 1:
        raise SealedIdentity.DoesNotExist(f"No sealed identity {vault_id}.")
    return _digest(SealedIdentity(vault_id=vault_id, **asdict(sealed)))


def erase(vault_id: uuid.UUID) -> None:
    """Take one row out for good; once more does nothing."""
    with transaction.atomic(using=ALIAS, durable=True):
        SealedIdentity.objects.using(ALIAS).filter(pk=vault_id).delete()


def reveal(vault_id: uuid.UUID) -> Identity:
    """Open one name. The caller has committed the ledger's line about this reading before."""
    row = SealedIdentity.objects.using(ALIAS).get(pk=vault_id)
    return Identity(**_known(Identity, vault.open_identity(vault_id, bytes(row.blob), bytes(row.desk_wrap))))


def reveal_contact(vault_id: uuid.UUID) -> Contact:
    """Where to send one notice; logged by the caller as "system, notice N"."""
    contact = SealedIdentity.objects.using(ALIAS).values_list("contact", flat=True).get(pk=vault_id)
    return Contact(**_known(Contact, vault.open_contact(vault_id, bytes(contact))))


def sweep(known: Callable[[list[uuid.UUID]], set[uuid.UUID]], older_than: date) -> int:
    """Remove rows made before a day that no case came to own; ``known`` says which ids cases do own."""
    removed, last = 0, uuid.UUID(int=0)
    old = SealedIdentity.objects.using(ALIAS).filter(made_on__lt=older_than).order_by("pk")
    while ids := list(old.filter(pk__gt=last).values_list("pk", flat=True)[:SWEEP_BATCH]):
        last = ids[-1]
        lost = set(ids) - known(ids)
        removed += SealedIdentity.objects.using(ALIAS).filter(pk__in=lost).delete()[0]
    return removed


def _sealed(identity: Identity | None) -> SealedIdentity:
    vault_id, shown = uuid.uuid4(), identity or Identity()
    sealed = vault.seal(vault_id, asdict(shown), asdict(shown.contact()))
    return SealedIdentity(vault_id=vault_id, made_on=clock.today("UTC"), **asdict(sealed))


def _digest(row: SealedIdentity) -> str:
    parts = (row.vault_id.bytes, row.blob, row.desk_wrap, row.recovery_wrap, row.contact)
    digest = hashlib.sha256(bytes([row.suite]))
    for part in map(bytes, parts):
        digest.update(len(part).to_bytes(8, "big") + part)
    return digest.hexdigest()


def _known(kind: type[Identity] | type[Contact], values: dict[str, str]) -> dict[str, str]:
    """Fields that a later version added, or an older one knew, do not shut the row."""
    names = {field.name for field in fields(kind)}
    return {name: value for name, value in values.items() if name in names}
