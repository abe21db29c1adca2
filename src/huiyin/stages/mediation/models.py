"""What a mediation keeps beside its case."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.db.models import Q

from huiyin.stages.mediation.table_models import (
    AgreedTerm,
    Agreement,
    Asking,
    Attendance,
    Fact,
    Help,
    HoldsAnswer,
    Offer,
    Paper,
    PrivateNote,
    SentOnce,
    Session,
    SessionTime,
    Signature,
    TermWord,
    TimeAnswer,
)

__all__ = [
    "AgreedTerm",
    "Agreement",
    "Asking",
    "Attendance",
    "Dispute",
    "Fact",
    "Help",
    "HoldsAnswer",
    "Offer",
    "Paper",
    "PrivateNote",
    "SentOnce",
    "Session",
    "SessionTime",
    "Signature",
    "TermWord",
    "TimeAnswer",
]


class Dispute(models.Model):
    """The line of a dispute in the office's register: kind, level, dates, result. No name, no word, no colour.

    ``opened_by`` is one of ``OPENED_BY``, ``result`` one of ``rules.consenting.RESULTS`` or empty while it goes on.
    ``heard_at`` is where an officer heard of it, as the stage that keeps office hours names it.
    """

    case = models.OneToOneField("cases.Case", on_delete=models.PROTECT, related_name="+")
    kind = models.CharField(max_length=40)
    level = models.CharField(max_length=40, blank=True, default="")
    complexity = models.CharField(max_length=12, blank=True, default="")
    opened_by = models.CharField(max_length=12)
    heard_at = models.CharField(max_length=60, blank=True, default="")
    opened_on = models.DateField()
    begun_on = models.DateField(null=True)
    ended_on = models.DateField(null=True)
    result = models.CharField(max_length=20, blank=True, default="")

    class Meta:
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.CheckConstraint(
                condition=Q(opened_by__in=("complainant", "both", "officer", "complaint")), name="dispute_is_opened_by"
            ),
        ]
        indexes: ClassVar[list[models.Index]] = [
            models.Index(fields=["opened_on", "id"], name="dispute_by_day"),
        ]

    def __str__(self) -> str:
        return self.kind
