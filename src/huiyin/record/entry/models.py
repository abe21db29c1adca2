"""Sessions of the desk and second factors: nothing in these rows lets a thief of the database sign in."""

from __future__ import annotations

from typing import ClassVar

from django.db import models

KINDS = ("app", "key", "code", "handed")
"""An app that shows codes, a security key, a recovery code, a code handed over by two administrators."""


class DeskSession(models.Model):
    """One browser that is signed in, or about to. The cookie's key stands here as a hash only; no address is kept."""

    key_hash = models.BinaryField(max_length=32, unique=True)
    data = models.TextField()
    account = models.ForeignKey("bodies.Account", null=True, on_delete=models.CASCADE, related_name="+")
    device = models.CharField(max_length=60, blank=True)  # "Firefox|Windows"; which words, the page says
    began_at = models.DateTimeField()
    used_at = models.DateTimeField()
    ends_at = models.DateTimeField()

    class Meta:
        indexes: ClassVar[list[models.Index]] = [models.Index(fields=["ends_at"], name="sessions_by_end")]

    def __str__(self) -> str:
        return self.device


class Factor(models.Model):
    """What an account can show besides its password."""

    account = models.ForeignKey("bodies.Account", on_delete=models.CASCADE, related_name="+")
    kind = models.CharField(max_length=10)
    label = models.CharField(max_length=80, blank=True)
    sealed = models.BinaryField()  # app: secret, key: credential, both sealed; codes: HMAC under the pepper
    counter = models.BigIntegerField(default=0)  # app: the last time step taken; key: its own count of signatures
    made_at = models.DateTimeField()
    used_at = models.DateTimeField(null=True)
    ends_at = models.DateTimeField(null=True)

    class Meta:
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["account"], condition=models.Q(kind="app"), name="one_app_of_an_account"),
        ]

    def __str__(self) -> str:
        return self.kind


class WrongTries(models.Model):
    """How often the second step of an account failed lately: after ten its codes rest for a while, keys do not."""

    account = models.OneToOneField("bodies.Account", on_delete=models.CASCADE, related_name="+")
    count = models.PositiveIntegerField(default=0)
    since = models.DateTimeField()

    def __str__(self) -> str:
        return str(self.count)
