"""What else of a matter lies in the vault."""

from __future__ import annotations

from django.db import models

from huiyin.record.cases.models.case import Case


class SealedPart(models.Model):
    """Words taken out of a message, or a file that shows who somebody is, sealed like the name; ``vault_id`` is the thread to it.

    It is opened only with the name, each part by a look of its own.
    """

    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="sealed_parts")
    vault_id = models.UUIDField(unique=True)
    kind = models.CharField(max_length=8, default="words")  # or file
    stored = models.CharField(max_length=80, blank=True, default="")  # the drawn name of its sealed bytes
    made_at = models.DateTimeField()

    def __str__(self) -> str:
        return f"sealed part {self.pk}"
