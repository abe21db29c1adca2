"""Which events of a case are something new to its people: one table, and every event stands in it.

A new kind of event that shows in the story of a case must be given its place
here; a test of the house asks for it.
"""

from __future__ import annotations

TELLING = frozenset(
    {
        "case_moved",
        "message_from_office",
        "attachment_from_office",
        "attachment_infected",
        "summary_changed",
        "conversation_noted",
        "term_extended",
        "term_stopped",
        "term_resumed",
        "term_recounted",
        "term_lapsed",
        "term_escalated",
        "review_opened",
        "letter_returned",
        "duty_decided",
        "duty_said_done",
        "duty_found_done",
        "duty_moved",
        "duty_missed",
        "duty_reported",
        "look_answered",
        "ask_missed",
        "ask_reported",
        "withdrawal_on_paper",
        "withdrawal_confirmed",
        "withdrawal_not_confirmed",
        "withdrawal_took_effect",
        "withdrawn_goes_on",
        "recusal_granted",
        "recusal_refused",
        "stepped_aside",
        "named_later",
        "rose_to_next_body",
        "class_set",
        "class_stays",
        "class_changed",
        "evidence_secured",
        "evidence_partly",
        "evidence_nothing_left",
        "put_asked",
        "put_answered",
        "put_not_answered",
        "removal_asked",
        "removal_granted",
        "removal_refused",
        "closed_to_view",
    }
)
"""Told, unless the complainant is the one who did it."""

SILENT = {
    "complaint_registered": "who files has the receipt in hand",
    "review_registered": "the original tells of it: review_opened",
    "responsible_named": "comes with the registration",
    "responsible_changed": "a change of hands at the end of a shift asks nothing of anybody",
    "registration_completed": "the person was there, or is told by the next step",
    "draft_sent_on": "the answer is under way; its delivery is told",
    "draft_returned": "the answer is under way; its delivery is told",
    "duty_confirmed": "the complainant's own deed",
    "duty_denied": "the complainant's own deed",
    "duty_reminder": "the office's own alarm clock",
    "comes_back": "the complainant's own deed",
    "came_back": "the complainant's own deed",
    "recusal_asked": "the complainant's own deed",
    "look_asked": "the complainant's own deed",
    "withdrawal_asked": "the complainant's own deed",
    "withdrawal_undone": "the complainant's own deed",
    "withdrawn_asked": "comes with the day on which the withdrawal takes effect",
    "withdrawn_left": "nothing changes by it; the page shows it",
    "ask_reminder": "the office's own alarm clock",
    "pressure_reported": "the complainant's own deed",
    "outside_desk_named": "comes with the registration",
    "class_asked": "the complainant's own deed",
    "evidence_asked": "the office's own duty; what came of it is told",
    "external_noted": "the office's own book-keeping; the page shows it",
    "external_removed": "the office's own book-keeping; the page shows it",
    "term_reminder": "the office's own alarm clock",
    "letter_read": "the complainant's own deed",
    "letter_posted": "the letter itself is on its way",
    "letter_handed_over": "the person has it in hand",
    "letter_signed_on_paper": "comes with the step that sends the letter",
    "window_opened": "opens when the person has the letter in hand",
    "message_from_complainant": "the complainant's own deed",
    "correction_from_complainant": "the complainant's own deed",
    "attachment_from_complainant": "the complainant's own deed",
    "attachment_released": "the complainant's own deed",
    "attachment_withheld": "the complainant's own deed",
    "attachment_cleared": "nothing to do: the file is there, as it was sent",
    "contact_replaced": "the complainant's own deed",
    "code_replaced": "the complainant's own deed",
    "notice_sent": "a notice of a notice would never end",
    "notice_undelivered": "there is no way to tell it",
    "case_opened": "a look: the page shows every one",
    "identity_unsealed": "a look: the page shows every one",
    "receipt_used": "a look: the page shows every one",
    "status_told": "a look: the page shows every one",
    "contact_opened": "a look: the page shows every one",
}
"""Not told, and why."""


def is_told(kind: str, *, by: str) -> bool:
    """Whether an event makes a notice; ``by`` is the kind of its actor."""
    return kind in TELLING and by != "complainant"
