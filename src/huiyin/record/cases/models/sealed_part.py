"""What else of a matter lies in the vault."""

from __future__ import annotations

from django.db import models

from huiyin.record.cases.models.case import Case


class SealedPart(models.Model):
    """Words taken out of a message, sealed like the name itself; ``vault_id`` is the thread to them.

    It is opened only with the name, each part by a look of its own.
    """

    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="sealed_parts")
    vault_id = models.UUIDField(unique=True)
    made_at = models.DateTimeField()

    def __str__(self) -> str:
        return f"sealed part {self.pk}"
