"""What an answer bound its office to, and what was said about it since."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.db.models import Q

from huiyin.record.cases.models.case import Case
from huiyin.record.cases.models.document import Document


class Duty(models.Model):
    """One thing the office will do, by its day; open until the complainant, or a reviewer, says that it is done.

    It outlives the end of its case. A review's decision binds the office of the original: ``case`` is the
    original then, and ``document`` the review's. ``owed_by`` follows whoever is responsible for the case.
    ``number`` is what people and addresses call it. ``first_due_on`` never changes.
    """

    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="duties", db_index=False)
    document = models.ForeignKey(Document, on_delete=models.PROTECT, related_name="duties")
    number = models.PositiveSmallIntegerField()
    kind = models.CharField(max_length=24)
    text = models.TextField()
    due_on = models.DateField()
    first_due_on = models.DateField()
    owed_by = models.ForeignKey("bodies.Post", on_delete=models.PROTECT, related_name="+", db_index=False)
    state = models.CharField(max_length=12, default="open")
    made_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True)
    acts_done = models.PositiveSmallIntegerField(default=0)
    next_act_on = models.DateField(null=True)

    class Meta:
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["case", "number"], name="a_duty_has_its_number_in_a_case"),
            models.CheckConstraint(
                condition=Q(state__in=("open", "said_done"), ended_at=None)
                | Q(state__in=("confirmed", "found_done"), ended_at__isnull=False),
                name="a_duty_is_owed_or_has_ended",
            ),
        ]
        indexes: ClassVar[list[models.Index]] = [
            models.Index(fields=["owed_by", "state", "due_on", "id"], name="duty_to_keep_by_due"),
            models.Index(fields=["next_act_on", "id"], condition=Q(state="open"), name="open_duty_by_next_act"),
        ]

    def __str__(self) -> str:
        return self.kind


class DutyStep(models.Model):
    """One word about a duty, by either side: done, not done, found done, or a new day with the day before it."""

    duty = models.ForeignKey(Duty, on_delete=models.PROTECT, related_name="steps")
    deed = models.CharField(max_length=12)
    text = models.TextField(blank=True)
    at = models.DateTimeField()
    before_on = models.DateField(null=True)
    officer_name_zh = models.CharField(max_length=120, blank=True)
    officer_name_en = models.CharField(max_length=160, blank=True)

    def __str__(self) -> str:
        return self.deed
