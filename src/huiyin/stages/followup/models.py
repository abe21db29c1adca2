"""What people say of the answer they got, in a way that no officer can trace to a case."""

from __future__ import annotations

from django.db import models


class Rating(models.Model):
    """One answer to "was it solved, and how was it", found only with the receipt code.

    No key of a case, no time of day: ``key`` is an HMAC over number and code.
    """

    key = models.BinaryField(max_length=32, unique=True)
    body_code = models.SlugField(max_length=60)
    quarter = models.CharField(max_length=7)  # 2026-Q4
    solved = models.CharField(max_length=8)
    score = models.PositiveSmallIntegerField(null=True)
    comment = models.TextField(blank=True)
    given_on = models.DateField()
    committed_on = models.DateField(null=True)

    def __str__(self) -> str:
        return self.quarter
