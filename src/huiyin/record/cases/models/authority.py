"""What a helper may do for a complainant, since when and until when."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.db.models import Q

from huiyin.record.cases.models.party import Party


class Authority(models.Model):
    """A party that acts for the complainant of its case, with a receipt of its own.

    ``number`` is what pages call the helper. ``sealed_label`` is what the complainant calls them, and on what the
    authority rests, in their own words; no officer reads it. It is never deleted, it ends.
    """

    party = models.OneToOneField(Party, on_delete=models.PROTECT, related_name="authority")
    number = models.PositiveSmallIntegerField()
    who = models.CharField(max_length=12)
    may = models.CharField(max_length=8)
    sealed_label = models.BinaryField()
    until_on = models.DateField(null=True)
    made_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True)

    class Meta:
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.CheckConstraint(condition=Q(may__in=("read", "write", "act")), name="a_helper_never_may_withdraw"),
        ]

    def __str__(self) -> str:
        return f"{self.who} {self.number}"
