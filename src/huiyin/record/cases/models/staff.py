"""What a matter has besides when it is about staff: its class, what was put to whom, and who was let back."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.db.models import Q

from huiyin.record.cases.models.ask import Ask
from huiyin.record.cases.models.case import Case


class StaffComplaint(models.Model):
    """The class of a complaint about an office or an officer, as it was said at filing and as the registrar set it.

    ``said`` and ``complaint_class`` are words of ``rules.fairness.CLASSES``, empty while nobody has said or set one.
    ``evidence`` are the kinds that were named, with blanks between; ``is_evidence_asked``: whether that was asked at all.
    """

    case = models.OneToOneField(Case, on_delete=models.PROTECT, related_name="staff_complaint")
    said = models.CharField(max_length=12, blank=True)
    complaint_class = models.CharField(max_length=12, blank=True)
    why = models.TextField(blank=True)
    set_by = models.ForeignKey("bodies.Officer", null=True, on_delete=models.PROTECT, related_name="+")
    set_at = models.DateTimeField(null=True)
    evidence = models.CharField(max_length=60, blank=True)
    evidence_words = models.TextField(blank=True)
    is_evidence_asked = models.BooleanField(default=False)

    class Meta:
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.CheckConstraint(
                condition=Q(complaint_class="", set_at=None)
                | (~Q(complaint_class="") & ~Q(why="") & Q(set_at__isnull=False)),
                name="a_class_has_its_reason",
            ),
        ]

    def __str__(self) -> str:
        return self.complaint_class or self.said


class PutToOfficer(models.Model):
    """What was put to one officer, whose own page shows it under ``key`` and nothing else of the matter."""

    ask = models.OneToOneField(Ask, on_delete=models.PROTECT, related_name="put")
    officer = models.ForeignKey("bodies.Officer", on_delete=models.PROTECT, related_name="+")
    key = models.CharField(max_length=32, unique=True)

    def __str__(self) -> str:
        return self.key


class Removal(models.Model):
    """That somebody be taken off those kept away, as one person proposed it; ``proposal`` waits for the second."""

    ask = models.OneToOneField(Ask, on_delete=models.PROTECT, related_name="removal")
    officer = models.ForeignKey("bodies.Officer", null=True, on_delete=models.PROTECT, related_name="+")
    unit = models.ForeignKey("bodies.Unit", null=True, on_delete=models.PROTECT, related_name="+")
    proposal = models.PositiveBigIntegerField()

    class Meta:
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.CheckConstraint(
                condition=Q(officer__isnull=False) ^ Q(unit__isnull=False), name="a_removal_is_of_one_thing"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.proposal}"
