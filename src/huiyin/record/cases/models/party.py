"""Who takes part in a case, without a name: the name is in the vault."""

from __future__ import annotations

from typing import ClassVar

from django.db import models

from huiyin.record.cases.models.case import SEALED_LONG_LINE, Case

KINDS_OF_PARTY = ("complainant", "other_party", "representative", "member", "guardian", "helper")


class Party(models.Model):
    """One side of a case. ``vault_id`` is the only thread to the sealed identity.

    A linked case (a review) shares the thread of its original: one receipt opens the family.
    """

    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="parties")
    kind = models.CharField(max_length=16, default="complainant")
    vault_id = models.UUIDField(db_index=True)
    language = models.CharField(max_length=16)
    needs = models.CharField(max_length=SEALED_LONG_LINE, blank=True)
    has_contact = models.BooleanField(default=False)
    is_minor = models.BooleanField(default=False)
    whereabouts = models.CharField(max_length=12, blank=True, default="")  # of rules.helping.WHEREABOUTS, or empty

    def __str__(self) -> str:
        return self.kind


class Receipt(models.Model):
    """A number and the means to check its code; it may be older than its case (scratch cards).

    ``suite`` 1: ``verifier`` is HMAC-SHA256 under the pepper, bound to the number. 2, of a sealed matter: there is no
    fast hash of the code; ``verifier`` is the hash of its ``ReceiptKey``, which the code opens.
    ``epoch`` grows whenever every open session of this receipt must end.
    """

    number = models.CharField(max_length=12, unique=True)
    suite = models.PositiveSmallIntegerField(default=1)
    verifier = models.BinaryField(max_length=32)
    epoch = models.PositiveIntegerField(default=1)
    party = models.OneToOneField(Party, null=True, on_delete=models.PROTECT, related_name="receipt")
    card_serial = models.CharField(max_length=12, null=True, unique=True)  # noqa: DJ001 - unique, and most have none
    made_at = models.DateTimeField()

    class Meta:
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.CheckConstraint(
                condition=models.Q(party__isnull=False) | models.Q(card_serial__isnull=False),
                name="receipt_has_party_or_card",
            )
        ]

    def __str__(self) -> str:
        return self.number
