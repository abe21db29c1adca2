"""A letter as it was sent, sealed; how it reached the person; the paper that was signed by hand; and what was attached."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.db.models import Q

SERVED = ("portal_read", "post", "handed_over", "returned")
"""Ways a letter is served: read on the portal, sent by post, handed over; or it came back."""
SENDERS = ("complainant", "office")
SCANS = ("none", "clean", "waiting", "found")
"""What the virus scanner said: there is none, it found nothing, it has not answered yet, it found something."""


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


class SignedCopy(models.Model):
    """A paper signed by hand, as it was scanned: sealed to its case and to the number of its letter.

    Where no font sets letters there is a number without a ``Letter``: the paper then is the letter.
    """

    case = models.ForeignKey("cases.Case", on_delete=models.PROTECT, related_name="+", db_index=False)
    kind = models.CharField(max_length=24)
    number = models.CharField(max_length=40)
    media_type = models.CharField(max_length=20)
    sealed = models.BinaryField()
    sha256 = models.CharField(max_length=64)
    size = models.PositiveIntegerField()
    signed_on = models.DateField()
    made_at = models.DateTimeField()

    class Meta:
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["case", "number"], name="a_letter_has_one_signed_copy")
        ]

    def __str__(self) -> str:
        return self.number


class Attachment(models.Model):
    """A photo, document or recording of a case. Its bytes lie sealed in the depot, under names that say nothing.

    ``stored`` is the original as it came; ``stored_shown`` the copy made for officers, empty where no cleaner can be
    trusted. Each has a key of its own (``sealed_key``), bound to this case and to the file's number. ``sealed_name`` is what
    the sender called it: for the sender alone.
    """

    case = models.ForeignKey("cases.Case", on_delete=models.PROTECT, related_name="+", db_index=False)
    number = models.PositiveSmallIntegerField()
    sender = models.CharField(max_length=12)
    by = models.CharField(max_length=60)  # "complainant", or the duty number of the officer who attached it
    media_type = models.CharField(max_length=100)
    size = models.PositiveIntegerField()
    sha256 = models.CharField(max_length=64)
    stored = models.CharField(max_length=80)
    sealed_key = models.BinaryField()
    sealed_name = models.BinaryField()
    shown_type = models.CharField(max_length=100)
    shown_size = models.PositiveIntegerField()
    shown_sha256 = models.CharField(max_length=64)
    stored_shown = models.CharField(max_length=80)
    sealed_shown_key = models.BinaryField()
    scan = models.CharField(max_length=8)
    is_released = models.BooleanField()
    added_at = models.DateTimeField()

    class Meta:
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["case", "number"], name="an_attachment_has_its_own_number"),
            models.UniqueConstraint(fields=["case", "sender", "sha256"], name="a_file_is_kept_once_for_each_side"),
            models.CheckConstraint(condition=Q(sender__in=SENDERS), name="an_attachment_is_of_one_side"),
            models.CheckConstraint(condition=Q(scan__in=SCANS), name="a_scan_has_a_known_end"),
        ]
        indexes: ClassVar[list[models.Index]] = [
            models.Index(fields=["id"], condition=Q(scan="waiting"), name="attachments_to_scan")
        ]

    def __str__(self) -> str:
        return str(self.number)
