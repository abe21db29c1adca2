"""What comes back about what a complainant asked; they describe, ``shown`` writes the values themselves."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _
from rest_framework.serializers import CharField, DateField, IntegerField

from huiyin.front.api.shapes import Answer, maybe, one_of
from huiyin.rules import asking, fairness

CLASSES = ("", *fairness.CLASSES)
OUTCOMES = ("", asking.NOT_ANSWERED, *(outcome for kind in asking.KINDS.values() for outcome in kind.outcomes))


class Ask(Answer):
    """Something asked of one post, and its answer."""

    number = IntegerField()
    kind = one_of(tuple(asking.KINDS))
    text = CharField()
    asked_of = CharField(help_text=_("The unit that must answer"))
    due_on = DateField(help_text=_("A target of the office, not law"))
    state = one_of(asking.STATES)
    outcome = one_of(OUTCOMES)
    answer = CharField()
    officer = maybe(CharField)
    effective_on = maybe(
        DateField, help_text=_("When a confirmed withdrawal takes effect; until then it can be undone")
    )


class AboutStaff(Answer):
    """What a complaint about staff has besides: its class with the reason, and what was asked because of it."""

    said = one_of(CLASSES, help_text=_("What it is, as the person who complains said it; empty: not said"))
    complaint_class = one_of(CLASSES, help_text=_("As the desk outside set it; empty: not set yet"))
    why = CharField(help_text=_("The reason of the class"))
    asked = Ask(
        many=True, help_text=_("Evidence, what was put to the officer, doubts about the class, who may come back")
    )


class AskInRow(Answer):
    """What is asked, in a line of the queue of what my posts must answer; the day due is its day."""

    number = IntegerField()
    kind = one_of(tuple(asking.KINDS))
    name = CharField()


class Asked(Answer):
    """What was asked, and by which number it is called."""

    case_number = CharField()
    number = IntegerField()


class Undone(Answer):
    """The withdrawal was undone."""

    case_number = CharField()


class NamedLater(Answer):
    """Those named stay away now."""

    case_number = CharField()
