"""The clocks of a case."""

from __future__ import annotations

from typing import ClassVar

from django.db import models

from huiyin.record.cases.models.case import Case

TERM_STATES = ("running", "met", "met_late", "ended", "lapsed")


class RunningTerm(models.Model):
    """A term of the pack, counted for this case: a date on a row, found by the tick."""

    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="terms")
    term = models.CharField(max_length=40)
    owed_by = models.CharField(max_length=20)
    starts_on = models.DateField()
    due_on = models.DateField()
    due_at = models.DateTimeField(null=True)
    first_due_on = models.DateField()
    is_provisional = models.BooleanField(default=False)
    state = models.CharField(max_length=10, default="running")
    ended_on = models.DateField(null=True)
    lapse_noted_at = models.DateTimeField(null=True)

    class Meta:
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(
                fields=["case", "term"], condition=models.Q(state="running"), name="a_term_runs_once_in_a_case"
            )
        ]
        indexes: ClassVar[list[models.Index]] = [
            models.Index(
                fields=["due_on", "id"],
                condition=models.Q(state="running", lapse_noted_at=None),
                name="running_term_by_due",
            ),
        ]

    def __str__(self) -> str:
        return self.term
