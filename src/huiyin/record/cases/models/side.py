"""The sides of a dispute, and what each has said yes or no to."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.db.models import Q

from huiyin.record.cases.models.case import Case
from huiyin.record.cases.models.party import Party, Receipt


class Side(models.Model):
    """One side of a dispute. ``number`` is what pages call it; 1 is who asked.

    ``receipt`` opens it: its own, or that of an earlier matter of the same person. ``released`` is what the others may
    read; ``words`` are for the office and the mediator. Both are emptied when the side is erased, and its row in the vault is gone.
    """

    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="sides")
    party = models.OneToOneField(Party, on_delete=models.PROTECT, related_name="side")
    number = models.PositiveSmallIntegerField()
    receipt = models.ForeignKey(Receipt, null=True, on_delete=models.PROTECT, related_name="sides")
    state = models.CharField(max_length=8, default="invited")
    guardian = models.CharField(max_length=8, blank=True, default="")  # of rules.siding.GUARDIANS, or empty
    released = models.TextField(blank=True, default="")
    words = models.TextField(blank=True, default="")
    made_at = models.DateTimeField()
    left_at = models.DateTimeField(null=True)
    erase_on = models.DateField(null=True)
    erased_at = models.DateTimeField(null=True)

    class Meta:
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["case", "number"], name="a_side_has_one_number"),
            models.CheckConstraint(condition=Q(state__in=("invited", "in", "out")), name="a_side_is_invited_in_or_out"),
        ]
        indexes: ClassVar[list[models.Index]] = [
            models.Index(
                fields=["erase_on"], condition=Q(erase_on__isnull=False, erased_at=None), name="side_to_erase"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.case_id}/{self.number}"


class Consent(models.Model):
    """One word of one side on one step. The last word that is not spent counts; a step that was made spends it."""

    side = models.ForeignKey(Side, on_delete=models.PROTECT, related_name="consents")
    step = models.CharField(max_length=12)
    answer = models.CharField(max_length=3)
    how = models.CharField(max_length=12)
    by_post = models.CharField(max_length=60, blank=True, default="")  # who recorded it; empty: said on its own channel
    at = models.DateTimeField()
    spent_at = models.DateTimeField(null=True)

    class Meta:
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.CheckConstraint(condition=Q(answer__in=("yes", "no")), name="a_consent_is_yes_or_no"),
        ]

    def __str__(self) -> str:
        return f"{self.step} {self.answer}"
