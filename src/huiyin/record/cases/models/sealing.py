"""The keys of sealed matters: what is written goes to the public half, which everybody may have; readers get wraps."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.db.models import Q

from huiyin.record.cases.models.case import Case
from huiyin.record.cases.models.party import Receipt

KINDS_OF_WRAP = (
    "complainant", "helper", "entry", "desk", "staff", "recovery_ab", "recovery_ac", "recovery_bc",
)  # fmt: skip


class ReceiptKey(models.Model):
    """The complainant's key of a sealed matter; its private half opens with the receipt code (argon2id, own salt)."""

    receipt = models.OneToOneField(Receipt, on_delete=models.PROTECT, related_name="key")
    public = models.BinaryField(max_length=32)
    salt = models.BinaryField(max_length=16)
    locked = models.BinaryField()

    def __str__(self) -> str:
        return f"{self.receipt_id}"


class MatterKey(models.Model):
    """One key of a sealed matter. A new one (``epoch``) begins when a reader must stay away: new words go to it."""

    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="keys", db_index=False)
    epoch = models.PositiveSmallIntegerField()
    public = models.BinaryField(max_length=32)
    made_at = models.DateTimeField()

    class Meta:
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["case", "epoch"], name="a_matter_has_one_key_of_an_epoch"),
        ]

    def __str__(self) -> str:
        return f"{self.case_id} {self.epoch}"


class MatterWrap(models.Model):
    """The private half of a matter's key, wrapped to one reader; ``to_public`` is the key it was wrapped to.

    ``entry`` is no reader's: sealed under the server's key, it waits for the complainant's next entry with the code,
    which replaces it (ADR 16). Erasure deletes all wraps of a matter: its words are then noise, here and in every backup.
    """

    key = models.ForeignKey(MatterKey, on_delete=models.PROTECT, related_name="wraps", db_index=False)
    kind = models.CharField(max_length=12)
    unit = models.ForeignKey("bodies.Unit", null=True, on_delete=models.PROTECT, related_name="+", db_index=False)
    officer = models.ForeignKey("bodies.Officer", null=True, on_delete=models.PROTECT, related_name="+", db_index=False)
    to_public = models.BinaryField(max_length=32)
    blob = models.BinaryField()
    made_at = models.DateTimeField()

    class Meta:
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.CheckConstraint(
                condition=Q(kind="desk", unit__isnull=False, officer=None)
                | Q(kind="staff", unit=None, officer__isnull=False)
                | (~Q(kind__in=("desk", "staff")) & Q(unit=None, officer=None)),
                name="a_wrap_is_for_one_reader",
            ),
            models.UniqueConstraint(fields=["key", "kind", "to_public"], name="a_reader_has_one_wrap"),
        ]

    def __str__(self) -> str:
        return self.kind
