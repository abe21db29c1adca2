"""A call or a visit, noted in the matter it was about."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.db.models import F, Q

from huiyin.record.cases.models.case import Case


class Conversation(models.Model):
    """What was said in a call or a visit, as the officer wrote it down and the complainant reads it.

    ``conduct`` is a way of talking for a short while; it ends with ``ends_on`` and no other table knows of it.
    """

    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="+")
    kind = models.CharField(max_length=10)
    held_on = models.DateField()
    text = models.TextField()
    was_read_back = models.BooleanField()
    language = models.CharField(max_length=20)
    at = models.DateTimeField()
    officer_name_zh = models.CharField(max_length=80, blank=True)
    officer_name_en = models.CharField(max_length=80, blank=True)
    conduct = models.CharField(max_length=20, blank=True)
    reason = models.TextField(blank=True)
    ends_on = models.DateField(null=True)

    class Meta:
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.CheckConstraint(
                condition=Q(conduct="", reason="", ends_on=None)
                | (~Q(conduct="") & ~Q(reason="") & Q(ends_on__gte=F("held_on"))),
                name="a_way_of_talking_has_a_reason_and_an_end",
            )
        ]

    def __str__(self) -> str:
        return self.kind
