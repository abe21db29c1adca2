"""The clocks of a case."""

from __future__ import annotations

from typing import ClassVar

from django.db import models

from huiyin.record.cases.models.case import Case

TERM_STATES = ("running", "stopped", "met", "met_late", "ended")


class RunningTerm(models.Model):
    """A term of the pack, counted for this case: a date on a row, found by the tick.

    ``first_due_on`` is the first promise and never changes. ``length`` is set where the pack
    lets somebody set it. A term with ``waits_for`` has not begun: its dates are those of a receipt today.
    ``acts_done`` counts the reminders and rungs that lie behind;
    ``next_act_on`` is the day of the next one.
    """

    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="terms")
    term = models.CharField(max_length=40)
    owed_by = models.CharField(max_length=20)
    starts_on = models.DateField()
    started_at = models.DateTimeField(null=True)  # for terms in hours
    due_on = models.DateField()
    due_at = models.DateTimeField(null=True)
    first_due_on = models.DateField()
    is_provisional = models.BooleanField(default=False)
    state = models.CharField(max_length=10, default="running")
    ended_on = models.DateField(null=True)
    length = models.PositiveSmallIntegerField(null=True)
    waits_for = models.CharField(max_length=40, blank=True)  # the letter whose receipt opens it; empty once it is open
    stops = models.JSONField(default=list)
    extensions = models.JSONField(default=list)
    acts_done = models.PositiveSmallIntegerField(default=0)
    next_act_on = models.DateField(null=True)

    class Meta:
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(
                fields=["case", "term"], condition=models.Q(state="running"), name="a_term_runs_once_in_a_case"
            )
        ]
        indexes: ClassVar[list[models.Index]] = [
            models.Index(
                fields=["next_act_on", "id"], condition=models.Q(state="running"), name="running_term_by_next_act"
            ),
        ]

    def __str__(self) -> str:
        return self.term
