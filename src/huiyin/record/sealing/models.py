"""The keys of officers and of desks: public halves plain, private halves locked or wrapped, never open."""

from __future__ import annotations

from typing import ClassVar

from django.db import models


class StaffKey(models.Model):
    """The key of one officer; its private half opens with the vault passphrase alone, which stands nowhere."""

    officer = models.OneToOneField("bodies.Officer", on_delete=models.PROTECT, related_name="+")
    public = models.BinaryField(max_length=32)
    salt = models.BinaryField(max_length=16)
    locked = models.BinaryField()
    made_at = models.DateTimeField()

    def __str__(self) -> str:
        return f"{self.officer_id}"


class DeskKey(models.Model):
    """The key of one desk, which is a unit; whoever holds it opens what is sealed to the desk."""

    unit = models.OneToOneField("bodies.Unit", on_delete=models.PROTECT, related_name="+")
    public = models.BinaryField(max_length=32)
    made_at = models.DateTimeField()

    def __str__(self) -> str:
        return f"{self.unit_id}"


class DeskHolder(models.Model):
    """One officer's copy of a desk's private half, wrapped to that officer's key."""

    desk = models.ForeignKey(DeskKey, on_delete=models.PROTECT, related_name="holders")
    officer = models.ForeignKey("bodies.Officer", on_delete=models.PROTECT, related_name="+")
    wrap = models.BinaryField()
    made_at = models.DateTimeField()

    class Meta:
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["desk", "officer"], name="a_desk_key_is_held_once"),
        ]

    def __str__(self) -> str:
        return f"{self.desk_id} {self.officer_id}"
