"""Bodies, their units, the posts in them, the officers who hold those, and the ground they serve."""

from __future__ import annotations

from typing import ClassVar

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.db import models
from django.db.models import F, Q

from huiyin.rules.procedure import Words


class Named(models.Model):
    """Something with a name in both languages."""

    name_zh = models.CharField(max_length=120)
    name_en = models.CharField(max_length=160)

    class Meta:
        abstract = True

    @property
    def name(self) -> Words:
        """Both names."""
        return Words(zh=self.name_zh, en=self.name_en)

    def __str__(self) -> str:
        return self.name_en


class AccountManager(BaseUserManager["Account"]):
    """Makes accounts; there is no account for residents."""

    def create_account(self, username: str, password: str, *, language: str = "zh-hans") -> Account:
        """A new account that can sign in at once."""
        account = self.model(username=username, language=language)
        account.set_password(password)
        account.save(using=self._db)
        return account


class Account(AbstractBaseUser):
    """A way to sign in. An account is not an officer: it may belong to one."""

    username = models.CharField(max_length=80, unique=True)
    is_active = models.BooleanField(default=True)
    language = models.CharField(max_length=16, default="zh-hans")
    has_desk_keys = models.BooleanField(default=True)  # keyboard shortcuts, WCAG 2.1.4
    morning_mail = models.EmailField(blank=True)  # where the officer wants the count of the day; empty: nowhere
    morning_told_on = models.DateField(null=True)

    objects: ClassVar[AccountManager] = AccountManager()

    USERNAME_FIELD = "username"
    REQUIRED_FIELDS: ClassVar[list[str]] = []

    def __str__(self) -> str:
        return self.username


class Body(Named):
    """A public body: it owns chains, a time zone and a superior who reviews its decisions."""

    code = models.SlugField(max_length=60, unique=True)
    superior = models.ForeignKey("self", null=True, on_delete=models.PROTECT, related_name="inferiors")
    time_zone = models.CharField(max_length=60, default="Asia/Shanghai")
    calendar = models.CharField(max_length=2, default="CN")
    address_zh = models.CharField(max_length=200, blank=True)
    address_en = models.CharField(max_length=200, blank=True)
    hours_zh = models.CharField(max_length=200, blank=True)
    hours_en = models.CharField(max_length=200, blank=True)
    phone = models.CharField(max_length=40, blank=True)
    receives_online = models.BooleanField(default=False)


class Unit(Named):
    """A part of a body. An intake unit registers; an outside desk takes what concerns other units' staff."""

    code = models.SlugField(max_length=60, unique=True)
    body = models.ForeignKey(Body, on_delete=models.PROTECT, related_name="units")
    phone = models.CharField(max_length=40, blank=True)
    is_intake = models.BooleanField(default=False)
    is_outside_desk = models.BooleanField(default=False)
    receives_online = models.BooleanField(default=False)  # takes what is filed on the portal, before other intake units


class Area(Named):
    """A county, a town or street, a village or community."""

    code = models.SlugField(max_length=60, unique=True)
    kind = models.CharField(max_length=20)
    parent = models.ForeignKey("self", null=True, on_delete=models.PROTECT, related_name="children")


class Post(models.Model):
    """A seat in a unit with its roles; at most one officer holds it at a time."""

    code = models.SlugField(max_length=60, unique=True)
    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="posts")
    title_zh = models.CharField(max_length=120)
    title_en = models.CharField(max_length=160)
    roles = models.JSONField(default=list)

    def __str__(self) -> str:
        return self.code

    @property
    def title(self) -> Words:
        """The title in both languages."""
        return Words(zh=self.title_zh, en=self.title_en)


class Officer(Named):
    """Somebody on duty: the name and number shown to residents, no more."""

    code = models.SlugField(max_length=60, unique=True)
    duty_number = models.CharField(max_length=40)
    account = models.OneToOneField(Account, null=True, on_delete=models.SET_NULL, related_name="officer")


class Appointment(models.Model):
    """An officer holds a post from a day, until another."""

    officer = models.ForeignKey(Officer, on_delete=models.PROTECT, related_name="appointments")
    post = models.ForeignKey(Post, on_delete=models.PROTECT, related_name="appointments")
    from_on = models.DateField()
    until_on = models.DateField(null=True)

    class Meta:
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["post"], condition=Q(until_on=None), name="one_holder_of_a_post"),
            models.CheckConstraint(
                condition=Q(until_on=None) | Q(until_on__gte=F("from_on")), name="appointment_ends_after_start"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.officer_id} at {self.post_id}"


class StandIn(models.Model):
    """While a post's holder is away another officer acts for it, by a dated rule."""

    post = models.ForeignKey(Post, on_delete=models.PROTECT, related_name="stand_ins")
    officer = models.ForeignKey(Officer, on_delete=models.PROTECT, related_name="stands_in_for")
    from_on = models.DateField()
    until_on = models.DateField()
    why = models.CharField(max_length=200)
    ended_at = models.DateTimeField(null=True)

    class Meta:
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.CheckConstraint(condition=Q(until_on__gte=F("from_on")), name="stand_in_ends_after_start"),
        ]

    def __str__(self) -> str:
        return f"{self.officer_id} for {self.post_id}"


class Tie(models.Model):
    """An officer's own word that there is a tie to a unit or to another officer; matters that name those keep the officer away.

    It is shown to that officer alone. One that ended keeps nobody away from later matters; earlier ones stay as they are.
    """

    officer = models.ForeignKey(Officer, on_delete=models.PROTECT, related_name="ties")
    unit = models.ForeignKey(Unit, null=True, on_delete=models.PROTECT, related_name="+")
    to_officer = models.ForeignKey(Officer, null=True, on_delete=models.PROTECT, related_name="+")
    declared_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True)

    class Meta:
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.CheckConstraint(
                condition=Q(unit__isnull=False) ^ Q(to_officer__isnull=False), name="a_tie_is_to_one_thing"
            ),
            models.CheckConstraint(
                condition=Q(to_officer=None) | ~Q(to_officer=F("officer")), name="a_tie_is_to_somebody_else"
            ),
        ]

    def __str__(self) -> str:
        return f"tie {self.pk}"


class StaffToken(models.Model):
    """A key for programs that act as an officer; only its hash is kept."""

    account = models.ForeignKey(Account, on_delete=models.CASCADE, related_name="tokens")
    label = models.CharField(max_length=80)
    token_hash = models.BinaryField(max_length=32, unique=True)
    made_at = models.DateTimeField()
    expires_at = models.DateTimeField()
    revoked_at = models.DateTimeField(null=True)

    def __str__(self) -> str:
        return self.label


class AreaContact(models.Model):
    """A post answers for an area, in one capacity, from a day. An entry is ended by a day, never rewritten."""

    area = models.ForeignKey(Area, on_delete=models.PROTECT, related_name="contacts")
    post = models.ForeignKey(Post, on_delete=models.PROTECT, related_name="areas")
    capacity = models.CharField(max_length=20)  # rules.ground.CAPACITIES
    telephone = models.CharField(max_length=60)
    hours_zh = models.CharField(max_length=200, blank=True)
    hours_en = models.CharField(max_length=200, blank=True)
    languages = models.JSONField(default=list)  # ISO 639-3, rules.ground.TONGUES
    from_on = models.DateField()
    until_on = models.DateField(null=True)
    entered_at = models.DateTimeField()

    class Meta:
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(
                fields=["area", "post", "capacity"], condition=Q(until_on=None), name="one_open_entry_of_a_contact"
            ),
            models.CheckConstraint(
                condition=Q(until_on=None) | Q(until_on__gte=F("from_on")), name="contact_ends_after_start"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.capacity} of {self.area_id}"

    @property
    def hours(self) -> Words:
        """When one finds somebody there."""
        return Words(zh=self.hours_zh, en=self.hours_en)


class DutyShift(models.Model):
    """A post can be reached for an area from one instant to another; taken back, it stays as a row."""

    area = models.ForeignKey(Area, on_delete=models.PROTECT, related_name="shifts")
    post = models.ForeignKey(Post, on_delete=models.PROTECT, related_name="shifts")
    telephone = models.CharField(max_length=60)
    starts_at = models.DateTimeField()
    ends_at = models.DateTimeField()
    taken_back_at = models.DateTimeField(null=True)

    class Meta:
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.CheckConstraint(condition=Q(ends_at__gt=F("starts_at")), name="shift_ends_after_start"),
        ]
        indexes: ClassVar[list[models.Index]] = [models.Index(fields=["area", "ends_at"], name="shift_by_area")]

    def __str__(self) -> str:
        return f"{self.post_id} for {self.area_id}"


class AreaPoster(Named):
    """A poster that hangs in an area, or the card of a firm or a school that asked for one; ``Named`` is that place."""

    area = models.ForeignKey(Area, on_delete=models.PROTECT, related_name="posters")
    kind = models.CharField(max_length=20)  # rules.ground.POSTER_KINDS
    from_on = models.DateField()
    until_on = models.DateField(null=True)

    class Meta:
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.CheckConstraint(
                condition=Q(until_on=None) | Q(until_on__gte=F("from_on")), name="poster_ends_after_start"
            ),
        ]


class Ring(models.Model):
    """Somebody on duty is rung for an area, one after the other, until one answers. It tells no word of the matter."""

    area = models.ForeignKey(Area, on_delete=models.PROTECT, related_name="rings")
    body = models.ForeignKey(Body, on_delete=models.PROTECT, related_name="rings")
    kind = models.CharField(max_length=12)  # rules.ground.RING_KINDS
    case_number = models.CharField(max_length=16, blank=True)
    begun_at = models.DateTimeField()
    next_at = models.DateTimeField(null=True)  # when the next one is rung; None once it is over
    answered_at = models.DateTimeField(null=True)
    answered_by = models.ForeignKey(Post, null=True, on_delete=models.PROTECT, related_name="+")

    class Meta:
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(
                fields=["case_number"], condition=Q(answered_at=None) & ~Q(case_number=""), name="one_ring_at_a_time"
            ),
            models.CheckConstraint(condition=Q(answered_at=None) | Q(next_at=None), name="an_answer_ends_the_ring"),
        ]
        indexes: ClassVar[list[models.Index]] = [models.Index(fields=["next_at"], name="ring_by_next")]

    def __str__(self) -> str:
        return f"ring {self.pk}"


class RingStep(models.Model):
    """One who was rung, and when; ``told_at`` is when the mail went out, where the officer wants mail."""

    ring = models.ForeignKey(Ring, on_delete=models.PROTECT, related_name="steps")
    number = models.PositiveSmallIntegerField()
    post = models.ForeignKey(Post, on_delete=models.PROTECT, related_name="+")
    officer = models.ForeignKey(Officer, null=True, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()
    told_at = models.DateTimeField(null=True)

    class Meta:
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["ring", "number"], name="a_step_of_a_ring_once"),
        ]
        indexes: ClassVar[list[models.Index]] = [
            models.Index(fields=["told_at"], condition=Q(told_at=None), name="ring_step_to_tell"),
        ]

    def __str__(self) -> str:
        return f"{self.ring_id}/{self.number}"


class Portrait(models.Model):
    """A photo that an officer wishes to show where residents look who is there; drawn anew and small."""

    officer = models.OneToOneField(Officer, on_delete=models.PROTECT, related_name="portrait")
    picture = models.BinaryField()
    key = models.CharField(max_length=32, unique=True)
    kept_at = models.DateTimeField()

    def __str__(self) -> str:
        return f"portrait {self.pk}"
