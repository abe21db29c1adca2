"""The law in use: every text by its hash, and the list matters are sorted by."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.db.models import Q

from huiyin.rules.procedure import Words


class ProcedureVersion(models.Model):
    """The checked text of one version of a procedure, kept for as long as a case cites it."""

    procedure = models.CharField(max_length=60)
    version = models.CharField(max_length=40)
    sha256 = models.CharField(max_length=64, unique=True)
    text = models.TextField()
    adopted_at = models.DateTimeField()
    is_current = models.BooleanField(default=False)

    class Meta:
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(
                fields=["procedure"], condition=Q(is_current=True), name="one_current_version_of_a_procedure"
            )
        ]

    def __str__(self) -> str:
        return f"{self.procedure} {self.version}"


class Category(models.Model):
    """What a matter is about, from a list the office keeps."""

    code = models.SlugField(max_length=60, unique=True)
    name_zh = models.CharField(max_length=80)
    name_en = models.CharField(max_length=120)
    position = models.PositiveSmallIntegerField(default=0)

    def __str__(self) -> str:
        return self.code

    @property
    def name(self) -> Words:
        """Both names."""
        return Words(zh=self.name_zh, en=self.name_en)


class CalendarYear(models.Model):
    """One year of one country's working days, entered from its notice."""

    country = models.CharField(max_length=2)
    year = models.PositiveSmallIntegerField()
    text = models.TextField()
    adopted_at = models.DateTimeField()
    is_current = models.BooleanField(default=True)

    class Meta:
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(
                fields=["country", "year"], condition=Q(is_current=True), name="one_current_calendar_of_a_year"
            )
        ]

    def __str__(self) -> str:
        return f"{self.country} {self.year}"
