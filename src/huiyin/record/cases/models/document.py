"""What is written in a case: messages both ways, and the documents that moves make."""

from __future__ import annotations

from typing import ClassVar

from django.db import models

from huiyin.record.cases.models.case import SEALED_LONG_LINE, Case


class Message(models.Model):
    """A word between the complainant and the office."""

    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="messages")
    sender = models.CharField(max_length=12)  # complainant or office
    kind = models.CharField(max_length=12, default="message")  # message or correction
    text = models.TextField()
    helper = models.PositiveSmallIntegerField(default=0)  # the number of who wrote it for the complainant; 0: nobody
    language = models.CharField(max_length=16, blank=True)
    at = models.DateTimeField()
    officer_name_zh = models.CharField(max_length=120, blank=True)
    officer_name_en = models.CharField(max_length=160, blank=True)

    class Meta:
        indexes: ClassVar[list[models.Index]] = [models.Index(fields=["case", "id"], name="message_of_case")]

    def __str__(self) -> str:
        return self.sender


class Document(models.Model):
    """A reply, a notice, a decision: what a move put into the complainant's hands."""

    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="documents")
    kind = models.CharField(max_length=24)
    number = models.CharField(max_length=40, blank=True)
    text = models.TextField()
    outcome = models.CharField(max_length=20, blank=True)
    legal_basis = models.CharField(max_length=SEALED_LONG_LINE, blank=True)
    reason = models.CharField(max_length=60, blank=True)
    route = models.CharField(max_length=60, blank=True)
    language = models.CharField(max_length=16, blank=True)
    at = models.DateTimeField()
    officer_name_zh = models.CharField(max_length=120, blank=True)
    officer_name_en = models.CharField(max_length=160, blank=True)

    def __str__(self) -> str:
        return self.kind
