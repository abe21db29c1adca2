"""A letter as it was sent, sealed; and how it reached the person."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.db.models import Q

SERVED = ("portal_read", "post", "handed_over", "returned")
"""Ways a letter is served: read on the portal, sent by post, handed over; or it came back."""


class Letter(models.Model):
    """One letter of a case. It is never changed: what was previewed is what is stored and served.

    ``sealed`` is the PDF, ``sealed_content`` its words (for large print), both sealed to this case and number;
    ``sha256`` is that of the PDF and stands in the ledger too.
    """

    case = models.ForeignKey("cases.Case", on_delete=models.PROTECT, related_name="+", db_index=False)
    kind = models.CharField(max_length=24)
    number = models.CharField(max_length=40)
    language = models.CharField(max_length=16)
    sealed = models.BinaryField()
    sealed_content = models.BinaryField()
    sha256 = models.CharField(max_length=64)
    size = models.PositiveIntegerField()
    made_at = models.DateTimeField()

    class Meta:
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["case", "number"], name="a_letter_has_its_own_number")
        ]

    def __str__(self) -> str:
        return self.number


class Service(models.Model):
    """One way in which a letter reached the person, or came back; a window may open from ``on``."""

    letter = models.ForeignKey(Letter, on_delete=models.PROTECT, related_name="services")
    how = models.CharField(max_length=12)
    on = models.DateField()
    at = models.DateTimeField()
    by = models.CharField(max_length=60)  # "complainant", or the duty number of the officer who noted it

    class Meta:
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.CheckConstraint(condition=Q(how__in=SERVED), name="service_is_of_a_known_way"),
            models.UniqueConstraint(
                fields=["letter"], condition=Q(how="portal_read"), name="a_letter_is_first_read_once"
            ),
        ]

    def __str__(self) -> str:
        return self.how
