"""What comes back about what a complainant asked; they describe, ``shown`` writes the values themselves."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _
from rest_framework.serializers import CharField, DateField, IntegerField

from huiyin.front.api.shapes import Answer, maybe, one_of
from huiyin.rules import asking

OUTCOMES = ("", *(outcome for kind in asking.KINDS.values() for outcome in kind.outcomes))


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
