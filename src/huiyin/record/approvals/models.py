"""What one person proposed and another must approve before it is done."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.db.models import F, Q

STATES = ("open", "approved", "declined")


class Proposal(models.Model):
    """A powerful act, waiting for its second person; both stand in the body's chain."""

    kind = models.CharField(max_length=40)
    payload = models.JSONField()
    why = models.CharField(max_length=400)
    body_code = models.SlugField(max_length=60)
    state = models.CharField(max_length=10, default="open")
    proposed_by = models.ForeignKey("bodies.Officer", on_delete=models.PROTECT, related_name="+")
    proposed_at = models.DateTimeField()
    decided_by = models.ForeignKey("bodies.Officer", null=True, on_delete=models.PROTECT, related_name="+")
    decided_at = models.DateTimeField(null=True)
    decided_why = models.CharField(max_length=400, blank=True)  # the reason of a refusal

    class Meta:
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.CheckConstraint(
                condition=Q(decided_by=None) | ~Q(state="approved") | ~Q(decided_by=F("proposed_by")),
                name="two_people_decide",
            ),
            models.CheckConstraint(
                condition=Q(state="open", decided_by=None) | (~Q(state="open") & Q(decided_by__isnull=False)),
                name="a_decision_has_a_person",
            ),
        ]
        indexes: ClassVar[list[models.Index]] = [
            models.Index(fields=["kind", "id"], condition=Q(state="open"), name="open_proposals"),
        ]

    def __str__(self) -> str:
        return self.kind
