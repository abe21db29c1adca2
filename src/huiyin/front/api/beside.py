"""What lies beside the story of a matter, as objects of an answer: files, numbers elsewhere, calls, promises, requests."""

from __future__ import annotations

from typing import Any

from huiyin.record.cases.shown.case_view import (
    AskView,
    CaseView,
    ConversationView,
    DutyView,
    ExternalView,
    OfficerShown,
    StaffView,
)
from huiyin.record.files.attachments import AttachmentView
from huiyin.record.law.routes import Place
from huiyin.rules.procedure import Choice, Words
from huiyin.ui.languages import page_tag

Json = dict[str, Any]


def said(words: Words) -> str:
    """Words in the reader's language."""
    return words.in_language(page_tag())


def maybe(words: Words | None) -> str | None:
    """Words in the reader's language, where there are any."""
    return said(words) if words else None


def choice(choice: Choice | None) -> str | None:
    """The name of what was chosen."""
    return said(choice.name) if choice else None


def officer(officer: OfficerShown) -> Json:
    """An officer, as the desk and the complainant know one."""
    return {
        "name": said(officer.name),
        "duty_number": officer.duty_number,
        "title": said(officer.title),
        "unit": said(officer.unit),
        "body": said(officer.body),
        "phone": officer.phone,
    }


def attachment(view: AttachmentView) -> Json:
    """A file of the matter, without what its sender called it."""
    return {
        "number": view.number,
        "sender": view.sender,
        "kind": view.kind,
        "media_type": view.media_type,
        "size": view.size,
        "sha256": view.sha256,
        "has_copy": view.has_copy,
        "has_open_original": view.has_open_original,
        "scan": view.scan,
        "added_at": view.added_at.isoformat(),
    }


def place(place: Place) -> Json:
    """Where else one can go: address and hours."""
    return {
        "name": said(place.name),
        "address": said(place.address),
        "hours": said(place.hours),
        "telephone": place.telephone,
        "web": place.web,
    }


def about_staff(staff: StaffView) -> Json:
    """The class of a complaint about staff with its reason, and what was asked because of it."""
    return {
        "said": staff.said,
        "complaint_class": staff.complaint_class,
        "why": staff.why,
        "asked": [ask(each) for each in staff.asks],
    }


def external(reference: ExternalView) -> Json:
    """A number and a day of another system."""
    return {
        "system": reference.system,
        "number": reference.number,
        "due_on": reference.due_on.isoformat() if reference.due_on else None,
        "due_at": reference.due_at.isoformat() if reference.due_at else None,
    }


def helpers(view: CaseView) -> list[Json]:
    """Who acts or acted for the complainant, for the complainant."""
    return [
        {
            "number": each.number,
            "who": each.who,
            "may": each.may,
            "called": each.label,
            "until_on": each.until_on.isoformat() if each.until_on else None,
            "made_at": each.made_at.isoformat(),
            "is_active": each.is_active,
            "has_code": each.has_code,
        }
        for each in view.helpers
    ]


def erasure(view: CaseView) -> Json:
    """Whether the words of the matter are to be erased, or were."""
    ahead, done = view.erasure_ahead, view.erased
    planned = (
        {"by": said(ahead.by), "legal_basis": ahead.legal_basis, "from_on": ahead.from_on.isoformat()}
        if ahead
        else None
    )
    if done is None:
        return {"erasure_ahead": planned, "erased": None}
    people = {"first": said(done.first), "second": said(done.second)}
    return {
        "erasure_ahead": planned,
        "erased": {"at": done.at.isoformat(), "legal_basis": done.legal_basis, **people},
    }


def conversation(held: ConversationView) -> Json:
    """A call or a visit that was written down."""
    talking = held.talking
    return {
        "kind": held.kind_id,
        "held_on": held.held_on.isoformat(),
        "text": held.text,
        "was_read_back": held.was_read_back,
        "language": held.language,
        "at": held.at.isoformat(),
        "officer": maybe(held.officer),
        "talking": {
            "name": said(talking.name),
            "reason": talking.reason,
            "ends_on": talking.ends_on.isoformat(),
            "runs": talking.runs,
        }
        if talking
        else None,
    }


def duty(duty: DutyView) -> Json:
    """A promise of an answer, and what was done of it."""
    return {
        "number": duty.number,
        "kind": duty.kind,
        "name": said(duty.name),
        "text": duty.text,
        "due_on": duty.due_on.isoformat(),
        "first_due_on": duty.first_due_on.isoformat(),
        "state": duty.state,
        "owed_by": said(duty.owed_by),
        "document": duty.document,
        "of_review": duty.is_of_review,
        "ended_on": duty.ended_on.isoformat() if duty.ended_on else None,
        "steps": [
            {
                "deed": step.deed,
                "text": step.text,
                "at": step.at.isoformat(),
                "officer": maybe(step.officer),
                "before_on": step.before_on.isoformat() if step.before_on else None,
            }
            for step in duty.steps
        ],
        "deeds": sorted(duty.deeds),
    }


def ask(asked: AskView) -> Json:
    """What was asked of an officer or a desk outside, and what came of it."""
    return {
        "number": asked.number,
        "kind": asked.kind,
        "text": asked.text,
        "asked_of": said(asked.owed_by),
        "due_on": asked.due_on.isoformat(),
        "state": asked.state,
        "outcome": asked.outcome,
        "answer": asked.answer,
        "officer": maybe(asked.officer),
        "effective_on": asked.effective_on.isoformat() if asked.effective_on else None,
    }
