"""What a matter is called elsewhere."""

from __future__ import annotations

from typing import ClassVar

from django.db import models

from huiyin.record.cases.models.case import Case


class ExternalReference(models.Model):
    """The number that another system gave a matter, and the deadline that it set.

    A number stands once in a system: it belongs to a matter, never to a person. The
    deadline is shown beside the legal one and moves no clock of ours.
    """

    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="external_references")
    system = models.CharField(max_length=40)
    number = models.CharField(max_length=60)
    due_on = models.DateField(null=True)
    due_at = models.DateTimeField(null=True)  # where the other system set an hour
    noted_at = models.DateTimeField()

    class Meta:
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["number", "system"], name="an_external_number_stands_once")
        ]

    def __str__(self) -> str:
        return self.system
