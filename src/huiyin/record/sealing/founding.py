"""Keys for many officers at once, as the demo's town and a trial need them: one passphrase, stretched once."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey
from django.conf import settings
from django.core.exceptions import ImproperlyConfigured
from django.db import transaction

from huiyin.record import clock, keyring
from huiyin.record.bodies.models import Unit
from huiyin.record.bodies.queries import Reader
from huiyin.record.sealing import desks, staff
from huiyin.record.sealing.models import DeskKey, StaffKey


@transaction.atomic
def found_keys(passphrase: str, readers: Sequence[Reader]) -> Mapping[int, X25519PrivateKey]:
    """Give each a key under the one passphrase, and every desk a key that all of its people hold; by officer.

    Refused where no story is told: a passphrase that many know protects nobody.
    """
    if not settings.HUIYIN_STORY:
        raise ImproperlyConfigured("One passphrase for many belongs to a story: HUIYIN_STORY is off here.")
    salt, now = keyring.new_salt(), clock.now()
    stretched = keyring.stretch(passphrase, salt, keyring.PASSPHRASE)
    keys = {reader.officer_id: X25519PrivateKey.generate() for reader in readers}
    StaffKey.objects.bulk_create(
        StaffKey(
            officer_id=officer, public=key.public_key().public_bytes_raw(), salt=salt, made_at=now,
            locked=keyring.lock_private(stretched, key, staff.place(officer)),
        )
        for officer, key in keys.items()
    )  # fmt: skip
    for unit in Unit.objects.order_by("id"):
        private = X25519PrivateKey.generate()
        public = private.public_key().public_bytes_raw()
        holders = [each.pk for each in desks.members_of(unit.pk) if each.pk in keys]
        if not holders:
            continue
        row = DeskKey.objects.create(unit=unit, public=public, made_at=now)
        for officer in holders:
            desks.wrap(row, officer, keys[officer].public_key(), private)
    return keys
