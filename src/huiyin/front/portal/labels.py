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
    "follow": _("to follow it"),
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
    "status": _("state, date and responsible officer only"),
}
DOCUMENTS: dict[str, Promise] = {
    "reply": _("Answer"),
    "acceptance_notice": _("Notice of acceptance"),
    "decline_notice": _("Notice of non-acceptance"),
    "interim_notice": _("Interim notice"),
    "notice": _("Notice"),
    "decision": _("Decision"),
    "review_opinion": _("Review opinion"),
    "recheck_opinion": _("Recheck opinion"),
    "transfer_notice": _("Notice of referral"),
    "extension_notice": _("Notice of extension"),
    "closing_notice": _("Notice of closing"),
    "reminder": _("Reminder"),
    "hearing_notice": _("Notice of hearing"),
    "progress_notice": _("Progress notice"),
}
LINKS: dict[str, Promise] = {
    "review": _("Review"),
    "recheck": pgettext_lazy("second review", "Recheck"),
    "joined": _("Joined matter"),
    "retaliation": _("Report of reprisal"),
    "mediation": _("Mediation"),
}
CONFIDENTIALITY: dict[str, Promise] = {
    "named": _("Named"),
    "confidential": _("Confidential"),
    "anonymous": _("Anonymous"),
}
SOLVED: dict[str, Promise] = {
    "yes": _("Solved"),
    "partly": _("Solved in part"),
    "no": _("Not solved"),
}


def said(table: Mapping[str, Promise], value: str) -> str:
    """The words for a value; one that a newer record invents is shown as it is."""
    return str(table.get(value, value))
