"""Where a matter was sent, and what was said about it."""

from __future__ import annotations

from typing import ClassVar

from django.db import models

from huiyin.record.cases.models.case import Case


class CaseTransfer(models.Model):
    """One step in settling who is competent: ``kind`` is a word of ``rules.procedure.Transfer``.

    ``from_post`` gave the matter away or spoke, ``to_post`` is responsible after it.
    """

    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="transfers", db_index=False)
    kind = models.CharField(max_length=8)
    from_post = models.ForeignKey("bodies.Post", on_delete=models.PROTECT, related_name="+", db_index=False)
    to_post = models.ForeignKey("bodies.Post", on_delete=models.PROTECT, related_name="+", db_index=False)
    at = models.DateTimeField()

    class Meta:
        indexes: ClassVar[list[models.Index]] = [models.Index(fields=["case", "id"], name="transfer_of_case")]

    def __str__(self) -> str:
        return self.kind
