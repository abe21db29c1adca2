"""What lies on the table of a dispute: sessions, offers, facts, agreements, and what is asked later.

Sides are called by their number in the dispute; 0 is the office. No row knows who a side is.
"""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.db.models import Q


class Session(models.Model):
    """One meeting: with all sides (``with_side`` 0), or with one side alone."""

    case = models.ForeignKey("cases.Case", on_delete=models.PROTECT, related_name="+")
    number = models.PositiveSmallIntegerField()
    with_side = models.PositiveSmallIntegerField(default=0)
    how = models.CharField(max_length=8)
    place = models.CharField(max_length=200, blank=True)
    link = models.CharField(max_length=300, blank=True)
    agenda = models.TextField(blank=True)
    minutes = models.PositiveSmallIntegerField(default=60)
    lawyer = models.CharField(max_length=120, blank=True)  # the lawyer on duty, by duty name
    state = models.CharField(max_length=10, default="asked")
    starts_at = models.DateTimeField(null=True)
    record = models.TextField(blank=True)
    why_void = models.TextField(blank=True)
    written_for = models.CharField(max_length=120, blank=True)  # the mediator for whom a clerk entered it
    mediator = models.BigIntegerField()  # the officer who mediated it
    made_at = models.DateTimeField()
    held_at = models.DateTimeField(null=True)
    reminded_at = models.DateTimeField(null=True)

    class Meta:
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["case", "number"], name="a_session_has_its_number"),
            models.CheckConstraint(
                condition=Q(state="asked", starts_at=None)
                | Q(state__in=("fixed", "held"), starts_at__isnull=False)
                | Q(state__in=("void", "off")),
                name="a_session_that_stands_has_its_time",
            ),
        ]
        indexes: ClassVar[list[models.Index]] = [
            models.Index(
                fields=["starts_at"], condition=Q(state="fixed", reminded_at=None), name="session_to_remind_of"
            )
        ]

    def __str__(self) -> str:
        return f"session {self.number}"


class SessionTime(models.Model):
    """A time to choose from."""

    session = models.ForeignKey(Session, on_delete=models.PROTECT, related_name="times")
    number = models.PositiveSmallIntegerField()
    starts_at = models.DateTimeField()

    def __str__(self) -> str:
        return str(self.number)


class TimeAnswer(models.Model):
    """Whether a time suits a side; the last word counts."""

    time = models.ForeignKey(SessionTime, on_delete=models.PROTECT, related_name="answers")
    side = models.PositiveSmallIntegerField()
    suits = models.CharField(max_length=12)
    at = models.DateTimeField()

    class Meta:
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["time", "side"], name="a_side_says_once_whether_a_time_suits")
        ]

    def __str__(self) -> str:
        return self.suits


class Attendance(models.Model):
    """Who sat at the table of one session: a side by its number, or somebody beside it by what they are there for."""

    session = models.ForeignKey(Session, on_delete=models.PROTECT, related_name="attendances")
    side = models.PositiveSmallIntegerField()
    beside = models.CharField(max_length=16, blank=True)
    came = models.BooleanField()

    def __str__(self) -> str:
        return self.beside or str(self.side)


class PrivateNote(models.Model):
    """Words for one's own eyes: of a side for the mediator, or the mediator's own. Sealed; destroyed when mediation ends.

    Of no export, no print, no search and no history: the ledger does not even say that it was written.
    """

    case = models.ForeignKey("cases.Case", on_delete=models.PROTECT, related_name="+")
    side = models.PositiveSmallIntegerField()  # who wrote it: a side, or 0 for the mediator
    officer = models.BigIntegerField(null=True)  # the mediator whose own note it is
    sealed = models.BinaryField()
    at = models.DateTimeField()

    def __str__(self) -> str:
        return str(self.side)


class Offer(models.Model):
    """What a side offers the others; a counter-offer names the one that it answers. Its words are sealed."""

    case = models.ForeignKey("cases.Case", on_delete=models.PROTECT, related_name="+")
    number = models.PositiveSmallIntegerField()
    side = models.PositiveSmallIntegerField()
    answers = models.PositiveSmallIntegerField(null=True)
    sealed = models.BinaryField()
    state = models.CharField(max_length=12, default="open")
    taken_by = models.JSONField(default=list)
    made_at = models.DateTimeField()

    class Meta:
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["case", "number"], name="an_offer_has_its_number")
        ]

    def __str__(self) -> str:
        return f"offer {self.number}"


class Fact(models.Model):
    """A fact on the joint page, and whether each side says so. Its words are sealed."""

    case = models.ForeignKey("cases.Case", on_delete=models.PROTECT, related_name="+")
    number = models.PositiveSmallIntegerField()
    side = models.PositiveSmallIntegerField()  # who wrote it down
    sealed = models.BinaryField()
    said = models.JSONField(default=dict)  # side -> yes or no
    made_at = models.DateTimeField()

    class Meta:
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["case", "number"], name="a_fact_has_its_number")
        ]

    def __str__(self) -> str:
        return f"fact {self.number}"


class Agreement(models.Model):
    """An agreement from its first draft on. Whatever changes in its words undoes every signature under it."""

    case = models.ForeignKey("cases.Case", on_delete=models.PROTECT, related_name="+")
    number = models.PositiveSmallIntegerField()
    is_oral = models.BooleanField(default=False)
    is_partial = models.BooleanField(default=False)
    facts = models.TextField(blank=True)
    issues = models.TextField(blank=True)
    responsibility = models.TextField(blank=True)
    manner = models.TextField(blank=True)
    picture = models.PositiveSmallIntegerField(null=True)  # the number of an attachment
    width = models.PositiveIntegerField(default=0)  # pixels of the picture
    height = models.PositiveIntegerField(default=0)
    line = models.CharField(max_length=300, blank=True)  # thousandths, as rules.line writes them
    line_words = models.TextField(blank=True)  # what the line is, for whoever does not see it
    not_confirmable = models.CharField(max_length=12, blank=True)
    state = models.CharField(max_length=10, default="draft")
    mediator = models.BigIntegerField()
    made_at = models.DateTimeField()
    read_at = models.DateTimeField(null=True)
    effective_on = models.DateField(null=True)
    document = models.CharField(max_length=60, blank=True)  # the number of its letter

    class Meta:
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["case", "number"], name="an_agreement_has_its_number"),
            models.UniqueConstraint(
                fields=["case"], condition=Q(state__in=("draft", "read")), name="one_agreement_is_written_at_a_time"
            ),
            models.CheckConstraint(
                condition=Q(state="effective", effective_on__isnull=False)
                | Q(state__in=("draft", "read", "closed"), effective_on=None),
                name="an_agreement_holds_from_a_day",
            ),
        ]

    def __str__(self) -> str:
        return f"agreement {self.number}"


class AgreedTerm(models.Model):
    """One thing agreed: what, by whom (a side, or 0 for all), by when, and how much money."""

    agreement = models.ForeignKey(Agreement, on_delete=models.PROTECT, related_name="terms")
    number = models.PositiveSmallIntegerField()
    side = models.PositiveSmallIntegerField(default=0)
    text = models.TextField()
    due_on = models.DateField()
    cents = models.BigIntegerField(default=0)

    def __str__(self) -> str:
        return f"term {self.number}"


class TermWord(models.Model):
    """What a side says about a term: kept, late, or not kept."""

    term = models.ForeignKey(AgreedTerm, on_delete=models.PROTECT, related_name="said")
    side = models.PositiveSmallIntegerField()
    word = models.CharField(max_length=8)
    text = models.TextField(blank=True)
    at = models.DateTimeField()

    def __str__(self) -> str:
        return self.word


class Signature(models.Model):
    """A side has signed what stands there, after it was read to it. ``scan``: the attachment that shows it."""

    agreement = models.ForeignKey(Agreement, on_delete=models.PROTECT, related_name="signatures")
    side = models.PositiveSmallIntegerField()
    how = models.CharField(max_length=12)
    scan = models.PositiveSmallIntegerField(null=True)
    at = models.DateTimeField()

    class Meta:
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["agreement", "side"], name="a_side_signs_an_agreement_once")
        ]

    def __str__(self) -> str:
        return self.how


class Paper(models.Model):
    """A sheet of the room that was photographed now and is typed within days."""

    case = models.ForeignKey("cases.Case", on_delete=models.PROTECT, related_name="+")
    sheet = models.CharField(max_length=16)
    attachment = models.PositiveSmallIntegerField()
    due_on = models.DateField()
    text = models.TextField(blank=True)
    made_at = models.DateTimeField()
    typed_at = models.DateTimeField(null=True)

    def __str__(self) -> str:
        return self.sheet


class Asking(models.Model):
    """A round of asking the sides whether it holds. There is no row for who does not answer."""

    case = models.ForeignKey("cases.Case", on_delete=models.PROTECT, related_name="+")
    number = models.PositiveSmallIntegerField()
    asked_on = models.DateField()
    due_on = models.DateField()

    class Meta:
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["case", "number"], name="a_round_of_asking_has_its_number")
        ]

    def __str__(self) -> str:
        return f"asking {self.number}"


class HoldsAnswer(models.Model):
    """What a side answered to the three questions, and the day for a visit where it asked for one."""

    asking = models.ForeignKey(Asking, on_delete=models.PROTECT, related_name="replies")
    side = models.PositiveSmallIntegerField()
    holds = models.CharField(max_length=8, blank=True)
    content = models.CharField(max_length=8, blank=True)
    news = models.TextField(blank=True)
    visit_on = models.DateField(null=True)
    channel = models.CharField(max_length=10)
    at = models.DateTimeField()

    class Meta:
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["asking", "side"], name="a_side_answers_a_round_once")
        ]

    def __str__(self) -> str:
        return str(self.side)


class Help(models.Model):
    """Help that a side asked for besides: a duty with a day and an answer. The other sides do not see it."""

    case = models.ForeignKey("cases.Case", on_delete=models.PROTECT, related_name="+")
    number = models.PositiveSmallIntegerField()
    side = models.PositiveSmallIntegerField()
    kind = models.CharField(max_length=16)
    sealed = models.BinaryField()
    due_on = models.DateField()
    answer = models.TextField(blank=True)
    outcome = models.CharField(max_length=12, blank=True)
    made_at = models.DateTimeField()
    answered_at = models.DateTimeField(null=True)

    class Meta:
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["case", "number"], name="help_has_its_number")
        ]

    def __str__(self) -> str:
        return self.kind


class SentOnce(models.Model):
    """The random key of a form that has arrived: sent again over a bad line, it counts once. Forgotten after two days."""

    key = models.CharField(max_length=60, unique=True)
    at = models.DateTimeField(db_index=True)

    def __str__(self) -> str:
        return "form"
