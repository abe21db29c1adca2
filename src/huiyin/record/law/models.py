"""The law in use: every text by its hash, and the list matters are sorted by."""

from __future__ import annotations

import datetime
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
    in_force_since = models.DateTimeField(null=True)  # since when it was last the one for new cases

    class Meta:
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(
                fields=["procedure"], condition=Q(is_current=True), name="one_current_version_of_a_procedure"
            )
        ]

    def __str__(self) -> str:
        return f"{self.procedure} {self.version}"

    @property
    def since(self) -> datetime.datetime:
        """Since when it was last in force; the day it was adopted where nothing newer is known."""
        return self.in_force_since or self.adopted_at


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
    """One year of one country's working days, entered from its notice.

    ``recounted_upto`` is how far the running dates have been counted again because of it, ``recounted_at``
    when that was done, ``moved`` how many of them moved or became certain.
    """

    country = models.CharField(max_length=2)
    year = models.PositiveSmallIntegerField()
    text = models.TextField()
    adopted_at = models.DateTimeField()
    is_current = models.BooleanField(default=True)
    recounted_upto = models.BigIntegerField(default=0)
    recounted_at = models.DateTimeField(null=True)
    moved = models.PositiveIntegerField(default=0)

    class Meta:
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(
                fields=["country", "year"], condition=Q(is_current=True), name="one_current_calendar_of_a_year"
            )
        ]

    def __str__(self) -> str:
        return f"{self.country} {self.year}"


class RouteAddress(models.Model):
    """Where a way out of here leads: an entry of the directory the office keeps.

    ``key`` is the word by which packs name it (``rules.procedure.Choice.address``). A row is never changed: a new
    one takes its place, and the old one stays.
    """

    key = models.SlugField(max_length=60)
    name_zh = models.CharField(max_length=120)
    name_en = models.CharField(max_length=160)
    address_zh = models.CharField(max_length=200, blank=True)
    address_en = models.CharField(max_length=200, blank=True)
    hours_zh = models.CharField(max_length=200, blank=True)
    hours_en = models.CharField(max_length=200, blank=True)
    telephone = models.CharField(max_length=60, blank=True)
    web = models.CharField(max_length=200, blank=True)
    since = models.DateField()
    entered_at = models.DateTimeField()
    entered_by = models.ForeignKey("bodies.Officer", null=True, on_delete=models.PROTECT, related_name="+")
    is_current = models.BooleanField(default=True)

    class Meta:
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["key"], condition=Q(is_current=True), name="one_current_address_of_a_route")
        ]

    def __str__(self) -> str:
        return self.key
