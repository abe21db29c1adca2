"""Names of stages, roles and papers, the same on every page."""

from __future__ import annotations

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

STAGE_NAMES: dict[str, Promise] = {
    "intake": _("Registered"),
    "acceptance": _("Acceptance"),
    "handling": _("Handling"),
    "mediation": _("Mediation"),
    "review": _("Review"),
    "followup": _("Answered"),
    "ended": _("Ended"),
}

CONFIDENTIALITY: dict[str, Promise] = {
    "named": _("Named"),
    "confidential": _("Confidential"),
    "anonymous": _("Anonymous"),
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
    "delay_report": _("Report on the delay"),
    "result_report": _("Report of the result"),
    "objection": _("Objection over competence"),
    "referral_notice": _("Notice that it was referred"),
    "report_proof": _("Proof of your report"),
    "case_opened_notice": _("Notice that a case is open"),
    "no_case_notice": _("Notice that no case is opened"),
    "prosecutor_reasons": _("Reasons given to the prosecutor"),
    "mediation_agreement": _("Mediation agreement"),
    "oral_agreement": _("Record of an oral agreement"),
    "end_notice": _("Notice that the mediation has ended"),
}

ROLE_NAMES: dict[str, Promise] = {
    "complainant": _("Complainant"),
    "other_party": _("Other party"),
    "stranger": _("Stranger"),
    "registrar": _("Registrar"),
    "handler": _("Responsible officer"),
    "unit_head": _("Head of the unit"),
    "body_head": _("Head of the body"),
    "reviewer": _("Reviewer"),
    "supervisor": _("Supervisor"),
    "vault_keeper": _("Keeper of sealed names"),
    "withdrawal_desk": _("Withdrawal desk"),
    "procedure_editor": _("Editor of procedures"),
    "administrator": _("Administrator"),
    "mediator": _("Mediator"),
    "lawyer": _("Lawyer"),
    "auditor": _("Auditor"),
    "api_client": _("Connected program"),
    "legal_reviewer": _("Legal check"),
    "system": _("The program"),
    "helper": _("Helper"),
}

OPENED: dict[str, Promise] = {
    "acknowledgment": _("the acknowledgment of receipt"),
    "platform": _("the answer and its dates, to copy them into another platform"),
    "letter": _("letter no. %(number)s"),
    "draft": _("the draft of letter no. %(number)s"),
    "copy": _("the signed copy of letter no. %(number)s"),
    "file": _("file no. %(number)s"),
    "original": _("the original of file no. %(number)s"),
}


FILE_KINDS: dict[str, Promise] = {
    "photo": _("Photo"),
    "pdf": _("PDF"),
    "office": _("Office document"),
    "audio": _("Sound"),
    "video": _("Video"),
    "text": _("Plain text"),
}


def paper_opened(what: str) -> str:
    """What a look opened, in words, where it was a paper of the matter; empty where it was not."""
    kind, _space, number = what.partition(" ")
    return str(OPENED[kind] % {"number": number}) if kind in OPENED else ""
