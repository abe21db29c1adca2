"""What a complainant asked of one post, and what came back."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.db.models import Q

from huiyin.record.cases.models.case import Case


class Ask(models.Model):
    """Something asked, with its day: why somebody looked (``look_seq`` is the event), or that a withdrawal be confirmed.

    ``number`` is what addresses call it in its case. ``about_post`` is the post whose holder is asked to step aside. ``paper_on`` and ``paper_at`` say of a withdrawal on
    paper when it was signed and where it is kept. ``effective_on``: when a confirmed withdrawal takes effect.
    """

    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="asks", db_index=False)
    number = models.PositiveSmallIntegerField()
    kind = models.CharField(max_length=12)
    text = models.TextField(blank=True)
    asked_at = models.DateTimeField()
    look_seq = models.PositiveIntegerField(null=True)
    about_post = models.ForeignKey("bodies.Post", null=True, on_delete=models.PROTECT, related_name="+", db_index=False)
    paper_on = models.DateField(null=True)
    paper_at = models.CharField(max_length=200, blank=True)
    owed_by = models.ForeignKey("bodies.Post", on_delete=models.PROTECT, related_name="+", db_index=False)
    due_on = models.DateField()
    state = models.CharField(max_length=10, default="open")
    outcome = models.CharField(max_length=16, blank=True)
    answer = models.TextField(blank=True)
    answered_at = models.DateTimeField(null=True)
    officer_name_zh = models.CharField(max_length=120, blank=True)
    officer_name_en = models.CharField(max_length=160, blank=True)
    effective_on = models.DateField(null=True)
    acts_done = models.PositiveSmallIntegerField(default=0)
    next_act_on = models.DateField(null=True)

    class Meta:
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["case", "number"], name="an_ask_has_its_number_in_a_case"),
            models.UniqueConstraint(
                fields=["case", "look_seq"], condition=Q(kind="look"), name="a_look_is_asked_about_once"
            ),
            models.UniqueConstraint(
                fields=["case"],
                condition=Q(kind="withdrawal", state="open")
                | Q(kind="withdrawal", state="answered", outcome="confirmed"),
                name="one_withdrawal_under_way",
            ),
            models.CheckConstraint(
                condition=~Q(state="answered") | Q(answered_at__isnull=False), name="an_answer_has_its_time"
            ),
        ]
        indexes: ClassVar[list[models.Index]] = [
            models.Index(fields=["owed_by", "state", "due_on", "id"], name="ask_to_answer_by_due"),
            models.Index(fields=["next_act_on", "id"], name="ask_by_next_act"),
        ]

    def __str__(self) -> str:
        return self.kind
