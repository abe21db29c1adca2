"""What the figures of an office are made of."""

from __future__ import annotations

from typing import ClassVar

from django.db import models

from huiyin.record.cases.models.case import Case


class Milestone(models.Model):
    """One step of a case that offices report: which, on which day, at which body as of then.

    Written with the deed and never changed: last month's figures stay what they were, whoever
    gets the matter later. ``is_late`` says of an answer or refusal whether a term that it
    met was over; None where it met none.
    """

    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="+", db_index=False)
    body = models.ForeignKey("bodies.Body", on_delete=models.PROTECT, related_name="+", db_index=False)
    kind = models.CharField(max_length=16)
    on = models.DateField()
    outcome = models.CharField(max_length=20, blank=True)
    is_late = models.BooleanField(null=True)
    is_restricted = models.BooleanField()
    is_review = models.BooleanField()

    class Meta:
        indexes: ClassVar[list[models.Index]] = [
            models.Index(fields=["body", "is_restricted", "on", "kind", "is_review"], name="milestone_of_body_by_day"),
        ]

    def __str__(self) -> str:
        return self.kind
