"""The original words of a confidential matter, apart from what its readers read."""

from __future__ import annotations

from typing import ClassVar

from django.db import models

from huiyin.record.cases.models.case import Case


class ReaderCopy(models.Model):
    """A reader copy as it was made: from then on the matter and its messages hold the covered text.

    ``sealed_original`` are the words as they were written, under their places in the matter; ``post`` keeps them.
    The last one made (``number``) holds.
    """

    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="reader_copies", db_index=False)
    number = models.PositiveSmallIntegerField()
    sealed_original = models.BinaryField()
    count = models.PositiveIntegerField()
    post = models.ForeignKey("bodies.Post", on_delete=models.PROTECT, related_name="+", db_index=False)
    made_at = models.DateTimeField()

    class Meta:
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["case", "number"], name="a_reader_copy_has_its_number_in_a_case"),
        ]

    def __str__(self) -> str:
        return f"reader copy {self.number}"
