"""What comes back about promises; they describe, ``shown`` writes the values themselves."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _
from rest_framework import serializers
from rest_framework.serializers import BooleanField, CharField, DateField, DateTimeField, IntegerField

from huiyin.front.api.shapes import Answer, maybe, one_of
from huiyin.rules import duties

DEEDS = ("say_done", "confirm", "deny", "find", "move")


class DutyStep(Answer):
    """One word about a promise."""

    deed = one_of(DEEDS)
    text = CharField()
    at = DateTimeField()
    officer = maybe(CharField)
    before_on = maybe(DateField, help_text=_("The day that a new one took the place of"))


class Duty(Answer):
    """What an answer promised; it stays open until the complainant, or a reviewer, says that it is done."""

    number = IntegerField()
    kind = one_of(tuple(duties.KINDS))
    name = CharField()
    text = CharField()
    due_on = DateField()
    first_due_on = DateField()
    state = one_of(duties.STATES, help_text=_("said_done: the office says so; the complainant has the last word"))
    owed_by = CharField()
    document = CharField(help_text=_("Number of the letter that promised it"))
    of_review = BooleanField(help_text=_("Decided by the review, for the office of the original"))
    ended_on = maybe(DateField)
    steps = DutyStep(many=True)
    deeds = serializers.ListField(child=CharField(), help_text=_("What the reader may say about it now"))


class DutyInDraft(Answer):
    """What a draft promises."""

    kind = one_of(tuple(duties.KINDS))
    due_on = DateField()
    text = CharField()


class PromiseInRow(Answer):
    """What is owed, in a line of the queue of promises; the day due is its day."""

    number = IntegerField()
    kind = one_of(tuple(duties.KINDS))
    name = CharField()
    text = maybe(CharField)


class DutyKept(Answer):
    """The complainant's word on a promise."""

    case_number = CharField()
    duty = IntegerField()
    done = BooleanField()


class CameBack(Answer):
    """The matter that what is new has become; the same code opens it."""

    case_number = CharField()
    tracking_url = CharField(help_text=_("Holds the number only, never the code"))
