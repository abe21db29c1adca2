"""Figures that were published: reckoned once, when a quarter is over, and never again."""

from __future__ import annotations

from django.db import models


class Release(models.Model):
    """The tables of one quarter as everybody reads them. What was withheld in them stays withheld."""

    quarter = models.CharField(max_length=7, unique=True)  # 2026-Q3
    figures = models.JSONField()
    sha256 = models.CharField(max_length=64)
    made_at = models.DateTimeField()

    def __str__(self) -> str:
        return self.quarter
