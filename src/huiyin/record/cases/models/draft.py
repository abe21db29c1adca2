"""An answer on its way from draft to signature."""

from __future__ import annotations

from django.db import models

from huiyin.record.cases.models.case import Case


class Draft(models.Model):
    """The text that one move will deliver, and the station where it waits.

    ``step`` counts the stations of the pack's ``sign_off``; 0 is the drafter's own.
    One draft is under way in a case at a time.
    """

    case = models.OneToOneField(Case, on_delete=models.PROTECT, related_name="draft")
    move = models.CharField(max_length=40)
    given = models.JSONField(default=dict)
    step = models.PositiveSmallIntegerField(default=0)
    waiting_post = models.ForeignKey("bodies.Post", on_delete=models.PROTECT, related_name="+")
    waiting_since = models.DateTimeField()
    drafted_by_post = models.ForeignKey("bodies.Post", on_delete=models.PROTECT, related_name="+", db_index=False)
    note = models.TextField(blank=True)
    signed = models.JSONField(default=list)

    def __str__(self) -> str:
        return self.move
