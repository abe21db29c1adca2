"""What an office does outside its house. Nobody's name stands here, and no number of who should have come."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.db.models import F, Q

from huiyin.rules.procedure import Words


class OfficeHour(models.Model):
    """A post is to be met in an area from one instant to another; ``came`` is one number, typed afterwards."""

    area = models.ForeignKey("bodies.Area", on_delete=models.PROTECT, related_name="office_hours")
    post = models.ForeignKey("bodies.Post", on_delete=models.PROTECT, related_name="office_hours")
    place_zh = models.CharField(max_length=200)
    place_en = models.CharField(max_length=200)
    starts_at = models.DateTimeField()
    ends_at = models.DateTimeField()
    planned_at = models.DateTimeField()
    called_off_at = models.DateTimeField(null=True)
    entered_at = models.DateTimeField(null=True)  # when it was written down that it was held
    came = models.PositiveSmallIntegerField(null=True)

    class Meta:
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.CheckConstraint(condition=Q(ends_at__gt=F("starts_at")), name="office_hour_ends_after_start"),
            models.CheckConstraint(
                condition=Q(came=None, entered_at=None) | Q(came__isnull=False, entered_at__isnull=False),
                name="held_with_how_many_came",
            ),
            models.CheckConstraint(
                condition=Q(called_off_at=None) | Q(entered_at=None), name="held_or_called_off_not_both"
            ),
        ]
        indexes: ClassVar[list[models.Index]] = [
            models.Index(fields=["area", "starts_at"], name="office_hour_by_area"),
            models.Index(fields=["starts_at"], name="office_hour_by_time"),
        ]

    def __str__(self) -> str:
        return f"office hour {self.pk}"

    @property
    def place(self) -> Words:
        """Where, in both languages."""
        return Words(self.place_zh, self.place_en)


class Invitation(models.Model):
    """Somebody asked for a visit on a date of their own. Who and where is sealed in the vault; a refusal leaves no mark."""

    number = models.CharField(max_length=16, unique=True)
    verifier = models.BinaryField(max_length=32)
    area = models.ForeignKey("bodies.Area", on_delete=models.PROTECT, related_name="invitations")
    vault_id = models.UUIDField(unique=True)
    wished_on = models.DateField()
    part = models.CharField(max_length=12)  # rules.outreach.PARTS
    language = models.CharField(max_length=16)
    asked_at = models.DateTimeField()
    state = models.CharField(max_length=12, default="asked")  # asked, agreed, declined, made, withdrawn
    post = models.ForeignKey("bodies.Post", null=True, on_delete=models.PROTECT, related_name="invitations")
    answer = models.TextField(blank=True)  # the office's own words to whoever invited
    answered_at = models.DateTimeField(null=True)
    ended_at = models.DateTimeField(null=True)
    erased_at = models.DateTimeField(null=True)  # since then the sealed row holds padding alone

    class Meta:
        indexes: ClassVar[list[models.Index]] = [
            models.Index(fields=["state", "wished_on"], name="invitation_by_state"),
        ]

    def __str__(self) -> str:
        return f"invitation {self.pk}"


class InvitationLook(models.Model):
    """An officer opened who invited and where to; whoever invited reads it."""

    invitation = models.ForeignKey(Invitation, on_delete=models.PROTECT, related_name="looks")
    at = models.DateTimeField()
    post = models.ForeignKey("bodies.Post", on_delete=models.PROTECT, related_name="+")
    duty_number = models.CharField(max_length=40)

    def __str__(self) -> str:
        return f"look {self.pk}"


class Suggestion(models.Model):
    """A suggestion, heard at an office hour or sent in without an account.

    ``text`` is read by those who answer alone; the public reads ``released``, the office's own wording, and ``answer``.
    """

    number = models.CharField(max_length=16, unique=True)
    verifier = models.BinaryField(max_length=32, null=True)  # None: heard face to face, no code was given
    area = models.ForeignKey("bodies.Area", on_delete=models.PROTECT, related_name="suggestions")
    office_hour = models.ForeignKey(OfficeHour, null=True, on_delete=models.PROTECT, related_name="suggestions")
    language = models.CharField(max_length=16)
    text = models.TextField(blank=True)
    made_at = models.DateTimeField()
    state = models.CharField(max_length=12, default="heard")  # heard, answered, kept_back, withdrawn
    released = models.TextField(blank=True)
    answer = models.TextField(blank=True)
    post = models.ForeignKey("bodies.Post", null=True, on_delete=models.PROTECT, related_name="suggestions")
    answered_at = models.DateTimeField(null=True)

    class Meta:
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.CheckConstraint(
                condition=~Q(state="withdrawn") | Q(text="", released="", answer=""),
                name="nothing_stays_of_what_was_withdrawn",
            ),
            models.CheckConstraint(condition=Q(released="") | Q(state="answered"), name="released_with_its_answer"),
        ]
        indexes: ClassVar[list[models.Index]] = [
            models.Index(fields=["state", "-answered_at"], name="suggestion_by_state"),
        ]

    def __str__(self) -> str:
        return f"suggestion {self.pk}"
