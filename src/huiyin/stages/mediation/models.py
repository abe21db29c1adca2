"""What a mediation keeps beside its case."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.db.models import Q

from huiyin.stages.mediation.table_models import (
    AgreedTerm,
    Agreement,
    Asking,
    Attendance,
    Fact,
    Help,
    HoldsAnswer,
    Offer,
    Paper,
    PrivateNote,
    SentOnce,
    Session,
    SessionTime,
    Signature,
    TermWord,
    TimeAnswer,
)

__all__ = [
    "AgreedTerm",
    "Agreement",
    "Asking",
    "Attendance",
    "Dispute",
    "Fact",
    "Help",
    "HoldsAnswer",
    "Offer",
    "Paper",
    "PrivateNote",
    "SentOnce",
    "Session",
    "SessionTime",
    "Signature",
    "TermWord",
    "TimeAnswer",
]


class Dispute(models.Model):
    """The line of a dispute in the office's register: kind, level, dates, result. No name, no word, no colour.

    ``opened_by`` is one of ``OPENED_BY``, ``result`` one of ``rules.consenting.RESULTS`` or empty while it goes on.
    ``heard_at`` is where an officer heard of it, as the stage that keeps office hours names it.
    """

    case = models.OneToOneField("cases.Case", on_delete=models.PROTECT, related_name="+")
    kind = models.CharField(max_length=40)
    level = models.CharField(max_length=40, blank=True, default="")
    complexity = models.CharField(max_length=12, blank=True, default="")
    opened_by = models.CharField(max_length=12)
    heard_at = models.CharField(max_length=60, blank=True, default="")
    opened_on = models.DateField()
    begun_on = models.DateField(null=True)
    ended_on = models.DateField(null=True)
    result = models.CharField(max_length=20, blank=True, default="")

    class Meta:
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.CheckConstraint(
                condition=Q(opened_by__in=("complainant", "both", "officer", "complaint")), name="dispute_is_opened_by"
            ),
        ]
        indexes: ClassVar[list[models.Index]] = [
            models.Index(fields=["opened_on", "id"], name="dispute_by_day"),
        ]

    def __str__(self) -> str:
        return self.kind


class Urgency(models.Model):
    """How soon which help is needed in one dispute. The whole row is deleted when it is over or the dispute ends.

    ``sealed`` holds colour, reason, the help, who must be involved, and how the sides see it.
    """

    case = models.OneToOneField("cases.Case", on_delete=models.PROTECT, related_name="+")
    sealed = models.BinaryField()
    set_at = models.DateTimeField()
    look_on = models.DateField()
    over_on = models.DateField()

    class Meta:
        indexes: ClassVar[list[models.Index]] = [models.Index(fields=["over_on"], name="urgency_by_end")]

    def __str__(self) -> str:
        return "urgency"


class SideNote(models.Model):
    """What one side was asked alone, sealed: whether it is safe, and what it wishes. Deleted when the dispute ends."""

    case = models.ForeignKey("cases.Case", on_delete=models.PROTECT, related_name="+")
    side = models.PositiveSmallIntegerField()
    kind = models.CharField(max_length=8)
    sealed = models.BinaryField()
    at = models.DateTimeField()

    class Meta:
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["case", "side", "kind"], name="a_side_is_asked_once"),
            models.CheckConstraint(condition=Q(kind__in=("safety", "wishes")), name="side_note_is_known"),
        ]

    def __str__(self) -> str:
        return self.kind


class Invitation(models.Model):
    """How another side was invited, and whether it could be reached."""

    case = models.ForeignKey("cases.Case", on_delete=models.PROTECT, related_name="+")
    side = models.PositiveSmallIntegerField()
    how = models.CharField(max_length=10)
    has_failed = models.BooleanField(default=False)
    waits = models.BooleanField(default=False)  # by mail: until the worker has sent it, or could not
    at = models.DateTimeField()

    class Meta:
        indexes: ClassVar[list[models.Index]] = [
            models.Index(fields=["case", "side"], name="invitation_of_side"),
            models.Index(fields=["id"], condition=Q(waits=True), name="invitation_to_send"),
        ]

    def __str__(self) -> str:
        return self.how


class Candidate(models.Model):
    """A mediator that the sides can choose, with what was disclosed. ``void_at``: a tie was found late."""

    case = models.ForeignKey("cases.Case", on_delete=models.PROTECT, related_name="+")
    post = models.ForeignKey("bodies.Post", on_delete=models.PROTECT, related_name="+")
    kind = models.CharField(max_length=20)
    tie = models.CharField(max_length=10, blank=True, default="")
    tie_words = models.CharField(max_length=400, blank=True, default="")
    may_penalise = models.BooleanField(default=False)
    told_at = models.DateTimeField(null=True)
    void_at = models.DateTimeField(null=True)

    class Meta:
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["case", "post"], name="a_mediator_is_offered_once"),
        ]

    def __str__(self) -> str:
        return self.kind


class Choice(models.Model):
    """What one side says of one mediator: accept, or object; with its own code, or heard by an officer on a day.

    Which officer wrote it down stands in the event of that deed.
    """

    candidate = models.ForeignKey(Candidate, on_delete=models.PROTECT, related_name="choices")
    side = models.PositiveSmallIntegerField()
    answer = models.CharField(max_length=8)
    at = models.DateTimeField()
    how = models.CharField(max_length=12, default="own_channel")
    heard_on = models.DateField(null=True)

    class Meta:
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["candidate", "side"], name="a_side_chooses_once"),
            models.CheckConstraint(
                condition=Q(how="own_channel", heard_on=None) | (~Q(how="own_channel") & Q(heard_on__isnull=False)),
                name="a_choice_that_was_heard_has_its_day",
            ),
            models.CheckConstraint(condition=Q(answer__in=("accept", "object")), name="choice_is_known"),
        ]

    def __str__(self) -> str:
        return self.answer


class PassedOn(models.Model):
    """A dispute handed over to the body that is competent, or a parallel mediation joined here. The body answers."""

    case = models.ForeignKey("cases.Case", on_delete=models.PROTECT, related_name="+")
    kind = models.CharField(max_length=14)
    body_name = models.CharField(max_length=200)
    number = models.CharField(max_length=80, blank=True, default="")
    at = models.DateTimeField()
    answered_at = models.DateTimeField(null=True)
    is_accepted = models.BooleanField(null=True)

    class Meta:
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.CheckConstraint(
                condition=Q(kind__in=("hand_over", "peoples", "administrative", "judicial")), name="passed_on_is_known"
            ),
        ]
        indexes: ClassVar[list[models.Index]] = [models.Index(fields=["case"], name="passed_on_of_case")]

    def __str__(self) -> str:
        return self.kind
