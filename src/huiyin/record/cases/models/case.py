"""One matter: its words, where it stands, who answers for it."""

from __future__ import annotations

import datetime
from typing import ClassVar

from django.db import models
from django.db.models import Q

NO_DATE = datetime.date(9999, 12, 31)  # sorts after every real due date on both engines

SEALED_LINE, SEALED_LONG_LINE = 1_200, 2_300  # characters that 200, and 400, become when they are sealed

KINDS_OF_LINK = ("review", "recheck", "joined", "retaliation", "mediation")
CHANNELS = ("web", "phone", "counter", "letter", "api", "review", "pressure", "staff")
CONFIDENTIALITY = ("named", "confidential", "anonymous")


class Unscoped(Exception):
    """A query on cases that does not say who reads: refused, so that no list leaks."""


class ScopedManager(models.Manager["Case"]):
    """The default manager gives nothing away; ``Case.scoped`` is for ``record.cases.who.scope`` alone."""

    def get_queryset(self) -> models.QuerySet[Case]:
        """Refused: say who reads, through ``record.cases.who.scope``."""
        raise Unscoped("Read cases through access.open_case or queries, never straight from the table.")


class Case(models.Model):
    """One matter, one file.

    ``responsible_post`` is never empty while the case is open (a constraint of the
    database). ``due_on`` is the nearest day on which the office owes something;
    ``NO_DATE`` when it owes nothing now.
    """

    number = models.CharField(max_length=12, unique=True)
    law = models.ForeignKey("law.ProcedureVersion", on_delete=models.PROTECT, related_name="+")
    state = models.CharField(max_length=40)
    stage = models.CharField(max_length=20)
    is_open = models.BooleanField(default=True)
    outcome = models.CharField(max_length=20, blank=True)
    version = models.PositiveIntegerField(default=1)

    body = models.ForeignKey("bodies.Body", on_delete=models.PROTECT, related_name="+")
    unit = models.ForeignKey("bodies.Unit", on_delete=models.PROTECT, related_name="+", db_index=False)
    responsible_post = models.ForeignKey(
        "bodies.Post", null=True, on_delete=models.PROTECT, related_name="+", db_index=False
    )
    is_restricted = models.BooleanField(default=False)  # opened by grants on the case alone, never by a desk's
    is_waiting = models.BooleanField(default=False)  # the next step is the complainant's

    channel = models.CharField(max_length=10)
    confidentiality = models.CharField(max_length=12)
    matter_class = models.CharField(max_length=20, blank=True)
    language = models.CharField(max_length=16)
    key_epoch = models.PositiveSmallIntegerField(default=0)  # 0: an ordinary matter; else the newest key of its words
    subject = models.CharField(max_length=SEALED_LINE)  # of 200 characters at most, or what they become when sealed
    description = models.TextField()
    officer_summary = models.TextField(blank=True)
    category = models.ForeignKey("law.Category", null=True, on_delete=models.PROTECT, related_name="+", db_index=False)
    area = models.ForeignKey("bodies.Area", null=True, on_delete=models.PROTECT, related_name="+", db_index=False)

    received_on = models.DateField()
    registered_at = models.DateTimeField()
    due_on = models.DateField(default=NO_DATE)
    is_provisional = models.BooleanField(default=False)
    last_word_at = models.DateTimeField()
    last_word_by = models.CharField(max_length=12, default="complainant")
    closed_at = models.DateTimeField(null=True)

    objects: ClassVar[ScopedManager] = ScopedManager()
    scoped: ClassVar[models.Manager[Case]] = models.Manager()

    class Meta:
        base_manager_name = "scoped"
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.CheckConstraint(
                condition=Q(is_open=False) | Q(responsible_post__isnull=False), name="open_case_has_one_responsible"
            ),
            models.CheckConstraint(condition=Q(received_on__lte=NO_DATE), name="case_was_received"),
        ]
        indexes: ClassVar[list[models.Index]] = [
            models.Index(fields=["responsible_post", "is_open", "due_on", "id"], name="case_mine_by_due"),
            models.Index(fields=["responsible_post", "is_open", "stage", "due_on", "id"], name="case_stage_by_due"),
            models.Index(
                fields=["responsible_post", "is_open", "is_waiting", "due_on", "id"], name="case_waiting_by_due"
            ),
            models.Index(fields=["unit", "is_open", "is_restricted", "due_on", "id"], name="case_unit_by_due"),
        ]

    def __str__(self) -> str:
        return self.number


class CaseLink(models.Model):
    """Two cases that belong together, and how: ``to_case`` is the later one."""

    from_case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="links_out")
    to_case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="links_in")
    kind = models.CharField(max_length=12)
    made_at = models.DateTimeField()
    is_late = models.BooleanField(default=False)  # a review asked for after the time for it

    class Meta:
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["from_case", "to_case", "kind"], name="a_link_stands_once")
        ]

    def __str__(self) -> str:
        return self.kind


class About(models.Model):
    """Whom or what a matter names: an officer, a unit, a body, or something else in words."""

    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="about")
    kind = models.CharField(max_length=10)
    officer = models.ForeignKey("bodies.Officer", null=True, on_delete=models.PROTECT, related_name="+", db_index=False)
    unit = models.ForeignKey("bodies.Unit", null=True, on_delete=models.PROTECT, related_name="+", db_index=False)
    body = models.ForeignKey("bodies.Body", null=True, on_delete=models.PROTECT, related_name="+", db_index=False)
    words = models.CharField(max_length=SEALED_LINE, blank=True)

    def __str__(self) -> str:
        return self.kind
