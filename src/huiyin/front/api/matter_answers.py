"""What stands beside the course of a matter: other systems, places to go, calls and visits."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _
from rest_framework.serializers import BooleanField, CharField, DateField, DateTimeField

from huiyin.front.api.shapes import Answer, maybe, one_of


class External(Answer):
    """What the matter is called in another system."""

    system = CharField()
    number = CharField()
    due_on = maybe(DateField, help_text=_("Answer wanted there by; it moves no clock of ours"))
    due_at = maybe(DateTimeField, help_text=_("Where the other system set an hour"))


class Place(Answer):
    """Where a route leads, as the office keeps it in its directory; empty where it says nothing."""

    name = CharField()
    address = CharField()
    hours = CharField()
    telephone = CharField()
    web = CharField()


class WayOfTalking(Answer):
    """How both sides go on talking after this call or visit. It stops nobody from anything."""

    name = CharField()
    reason = CharField()
    ends_on = DateField(help_text=_("Its last day; it ends by itself"))
    runs = BooleanField()


class Conversation(Answer):
    """A call or a visit, as an officer wrote it down."""

    kind = one_of(("call", "visit"))
    held_on = DateField()
    text = CharField()
    was_read_back = BooleanField()
    language = CharField()
    at = DateTimeField()
    officer = maybe(CharField)
    talking = WayOfTalking(allow_null=True)
