"""The outbox: one row for each notice, written in the transaction of the event that it tells of."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.db.models import Q

STATES = ("waiting", "done", "undelivered")


class Notice(models.Model):
    """Word to a party that there is something new; it says no more than that.

    ``number`` is the number, in the case's chain, of the first event that it tells of, ``told_until``
    that of the newest: until the first try, what happens next joins it. Every party has such rows, whether
    an address was left or not: a row never shows which. ``next_try_at`` is also how long a try under way is nobody else's.
    """

    party = models.ForeignKey("cases.Party", on_delete=models.PROTECT, related_name="+", db_index=False)
    number = models.PositiveBigIntegerField()
    told_until = models.PositiveBigIntegerField()
    made_at = models.DateTimeField()
    state = models.CharField(max_length=12, default="waiting")
    tries = models.PositiveSmallIntegerField(default=0)
    next_try_at = models.DateTimeField()
    settled_at = models.DateTimeField(null=True)

    class Meta:
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["party", "number"], name="a_notice_has_its_own_number"),
            models.UniqueConstraint(
                fields=["party"], condition=Q(state="waiting", tries=0), name="one_notice_gathers_for_a_party"
            ),
            models.CheckConstraint(condition=Q(state__in=STATES), name="notice_is_in_a_known_state"),
            models.CheckConstraint(
                condition=Q(state="waiting") ^ Q(settled_at__isnull=False), name="notice_waits_or_is_settled"
            ),
        ]
        indexes: ClassVar[list[models.Index]] = [
            models.Index(fields=["next_try_at", "id"], condition=Q(state="waiting"), name="notice_by_next_try"),
        ]

    def __str__(self) -> str:
        return f"notice {self.number}"
