"""What the desk calls things: one word for each value the record keeps."""

from __future__ import annotations

from collections.abc import Mapping

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

CHANNELS: dict[str, Promise] = {
    "web": _("online"),
    "phone": _("by phone"),
    "counter": _("at the counter"),
    "letter": _("by letter"),
    "api": _("through a program"),
    "review": _("request for review"),
    "pressure": _("report of pressure"),
    "staff": _("report by staff"),
}
CLASSES: dict[str, Promise] = {
    "suggestion": _("Suggestion"),
    "accusation": _("Accusation of misconduct"),
    "claim": _("Request for relief"),
}
EVIDENCE_KINDS: dict[str, Promise] = {
    "camera": _("A camera"),
    "call": _("A call or a text message"),
    "injury": _("An injury"),
    "witness": _("A witness"),
}
MAY: dict[str, Promise] = {
    "read": _("may read"),
    "write": _("may read and write"),
    "act": _("may do everything but withdraw"),
}
SERVED: dict[str, Promise] = {
    "portal_read": _("first read on the page, %(on)s"),
    "post": _("sent by post, %(on)s"),
    "handed_over": _("handed over, %(on)s"),
    "returned": _("came back undelivered, %(on)s"),
}
PURPOSES: dict[str, Promise] = {
    "handle": _("to handle it"),
    "sign_off": _("to sign the draft"),
    "register": _("to register it"),
    "review": _("to review it"),
    "supervise": _("to supervise"),
    "hand_over": _("to hand it over"),
    "answer_enquiry": _("to answer a call"),
    "outside": _("from outside the unit"),
    "follow": _("to follow it"),
}
UNSEAL_REASONS: dict[str, Promise] = {
    "ask_back": _("to ask the complainant something"),
    "deliver_reply": _("to deliver the answer"),
    "invite": _("to invite to a meeting the complainant wants"),
    "verify_facts": _("to establish the facts"),
    "protect": _("to protect the complainant"),
}
LINKS: dict[str, Promise] = {
    "review": _("Review"),
    "recheck": pgettext_lazy("second review", "Recheck"),
    "joined": _("Came back as"),
    "retaliation": _("Report of pressure"),
    "mediation": _("Mediation"),
}
LAST_WORD: dict[str, Promise] = {
    "complainant": _("complainant"),
    "office": _("office"),
}
QUEUES: dict[str, Promise] = {
    "overdue": _("Overdue"),
    "today": _("Today"),
    "week": _("This week"),
    "new": _("New"),
    "waiting": _("Waiting for others"),
    "sign": _("To sign"),
    "sent": _("Sent to others"),
    "promises": _("Promises to keep"),
    "asked": _("Asked of me"),
    "mine": _("All of mine"),
    "unit": _("My unit"),
}
DUTY_STATES: dict[str, Promise] = {
    "open": _("to be done"),
    "said_done": _("we say it is done; the complainant has the last word"),
    "confirmed": _("done, as the complainant says"),
    "found_done": _("done, as a reviewer found"),
}
DUTY_STEPS: dict[str, Promise] = {
    "say_done": _("We say it is done"),
    "confirm": _("The complainant says it is done"),
    "deny": _("The complainant says it is not done"),
    "find": _("Found to be done"),
    "move": _("Another day to look again"),
}
ABOUT: dict[str, Promise] = {
    "officer": _("Officer"),
    "unit": _("Unit"),
    "body": _("Body"),
    "other": _("Other"),
}


ROLES: dict[str, Promise] = {
    "complainant": _("the complainant"),
    "other_party": _("the other party"),
    "registrar": _("the registrar"),
    "handler": _("the officer who handles it"),
    "unit_head": _("the head of the unit"),
    "body_head": _("the head of the body"),
    "reviewer": _("the reviewer"),
    "supervisor": _("the supervisor"),
    "lawyer": _("the legal checker"),
    "mediator": _("the mediator"),
    "withdrawal_desk": _("the withdrawal desk"),
    "vault_keeper": _("the vault desk"),
}


def said(table: Mapping[str, Promise], value: str) -> str:
    """The word for a value; a value that a newer record invents is shown as it is."""
    return str(table.get(value, value))
