"""Who may open a case, since when and why; and who must stay away."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.db.models import F, Q

from huiyin.record.cases.models.case import Case

CAPACITIES = (
    "responsible",
    "co_handler",
    "sign_off",
    "reviewer",
    "desk",
    "lawyer",
    "mediator",
    "sender",
    "receiver",
    "earlier_file",
    "outside",
    "keeper",
    "outside_desk",
)
READING = ("sender", "receiver", "earlier_file", "outside", "keeper")  # follow the matter, and make no move in it


class Grant(models.Model):
    """A post may open one case, or (``unit``) the unrestricted cases of one desk, for a time.

    Reads happen only under a grant that is current; a grant is never deleted,
    it ends.
    """

    post = models.ForeignKey("bodies.Post", on_delete=models.PROTECT, related_name="+", db_index=False)
    capacity = models.CharField(max_length=16)
    case = models.ForeignKey(Case, null=True, on_delete=models.PROTECT, related_name="grants")
    unit = models.ForeignKey("bodies.Unit", null=True, on_delete=models.PROTECT, related_name="+", db_index=False)
    from_at = models.DateTimeField()
    until_at = models.DateTimeField(null=True)
    why = models.CharField(max_length=200)

    class Meta:
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.CheckConstraint(condition=Q(case__isnull=False) ^ Q(unit__isnull=False), name="grant_to_one_thing"),
            models.CheckConstraint(
                condition=Q(until_at=None) | Q(until_at__gte=F("from_at")), name="grant_ends_after_start"
            ),
            models.UniqueConstraint(
                fields=["case"],
                condition=Q(capacity="responsible", until_at=None),
                name="one_responsible_grant_at_a_time",
            ),
        ]
        indexes: ClassVar[list[models.Index]] = [
            models.Index(fields=["post", "case", "until_at"], name="grant_of_post"),
            # few among the many: what was sent on is counted without walking through everything a post was given
            models.Index(fields=["post"], condition=Q(capacity="sender"), name="grant_of_sender"),
        ]

    def __str__(self) -> str:
        return self.capacity


class Barred(models.Model):
    """An officer or a whole unit that can neither find, open, count nor be given this case."""

    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="barred")
    officer = models.ForeignKey("bodies.Officer", null=True, on_delete=models.PROTECT, related_name="+")
    unit = models.ForeignKey("bodies.Unit", null=True, on_delete=models.PROTECT, related_name="+")

    class Meta:
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.CheckConstraint(
                condition=Q(officer__isnull=False) ^ Q(unit__isnull=False), name="barred_is_one_thing"
            )
        ]

    def __str__(self) -> str:
        return f"{self.case_id}"
