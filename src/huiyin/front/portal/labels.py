"""What a resident reads for each value that the record keeps."""

from __future__ import annotations

from collections.abc import Mapping

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

PURPOSES: dict[str, Promise] = {
    "handle": _("to deal with your matter"),
    "sign_off": _("to sign the draft answer"),
    "register": _("to register it"),
    "review": _("to review it"),
    "supervise": _("to supervise"),
    "hand_over": _("to hand it over"),
    "answer_enquiry": _("to answer a call"),
    "outside": _("to look into what you reported, from outside the unit"),
    "follow": _("to follow it"),
    "tell": _("to tell you that there is something new"),
    "ask_back": _("to ask you something"),
    "deliver_reply": _("to deliver the answer to you"),
    "invite": _("to invite you to a meeting you want"),
    "verify_facts": _("to establish the facts"),
    "protect": _("to protect you"),
}
OPENED: dict[str, Promise] = {
    "case": _("your matter"),
    "print": _("your matter, to print it"),
    "identity": _("your name and how to reach you"),
    "original_words": _("your own words, before anything was covered"),
    "identity_file": _("a file that shows who you are"),
    "words": _("words that you moved to the sealed part"),
    "contact": _("how to reach you, as somebody else said it, to invite you"),
    "status": _("state, date and responsible officer only"),
}
SERVED: dict[str, Promise] = {
    "portal_read": _("You read it here first on %(on)s."),
    "post": _("Posted to you on %(on)s."),
    "handed_over": _("Handed to you on %(on)s."),
    "returned": _("It came back to us on %(on)s, undelivered."),
}
LINKS: dict[str, Promise] = {
    "review": _("Review"),
    "recheck": pgettext_lazy("second review", "Recheck"),
    "joined": _("What was new"),
    "retaliation": _("Report of pressure"),
    "mediation": _("Mediation"),
}
EARLIER: dict[str, Promise] = {
    "review": _("Your matter"),
    "recheck": _("Your matter"),
    "joined": _("The earlier matter"),
    "retaliation": _("Your matter"),
    "mediation": _("Your matter"),
}
DUTY_STATES: dict[str, Promise] = {
    "open": _("to be done"),
    "said_done": _("We say it is done. You have the last word."),
    "confirmed": _("You said it is done."),
    "found_done": _("A reviewer found that it is done."),
}
DUTY_STEPS: dict[str, Promise] = {
    "say_done": _("We say it is done"),
    "confirm": _("You said it is done"),
    "deny": _("You said it is not done"),
    "find": _("Found to be done"),
    "move": _("Another day to look again"),
}
SOLVED: dict[str, Promise] = {
    "yes": _("Solved"),
    "partly": _("Solved in part"),
    "no": _("Not solved"),
}


def said(table: Mapping[str, Promise], value: str) -> str:
    """The words for a value; one that a newer record invents is shown as it is."""
    return str(table.get(value, value))
