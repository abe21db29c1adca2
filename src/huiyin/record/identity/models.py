"""The vault's one table: ciphertext of equal length, for every party of every matter.

No column can be searched for a person, and no time of day ties a row to a
filing. An anonymous matter has a row like any other.
"""

from __future__ import annotations

import uuid

from django.db import models


class SealedIdentity(models.Model):
    """Who a party is, readable by the vault desk and the recovery key; how to reach them, by the notifier."""

    vault_id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    suite = models.PositiveSmallIntegerField()
    blob = models.BinaryField()
    desk_wrap = models.BinaryField()
    recovery_wrap = models.BinaryField()
    contact = models.BinaryField()
    made_on = models.DateField(db_index=True)

    def __str__(self) -> str:
        return f"sealed identity {self.vault_id}"
