"""From the record's frozen values to the objects of an answer, in the reader's language."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.conf import settings

from huiyin.front.api.beside import (
    about_staff,
    ask,
    attachment,
    choice,
    conversation,
    duty,
    erasure,
    external,
    helpers,
    maybe,
    officer,
    place,
    said,
)
from huiyin.front.api.found_answers import reader_copy
from huiyin.front.desk.refusing import spoken
from huiyin.front.portal.story import sentence
from huiyin.record.cases.given import Moved
from huiyin.record.cases.lists.queries import Row
from huiyin.record.cases.registering.registration import Registered, TermPromised
from huiyin.record.cases.shown.case_view import (
    CaseView,
    DocumentView,
    DraftView,
    TermView,
    WaitingView,
)
from huiyin.record.ledger.proofs import InclusionProof
from huiyin.rules import duties, guards
from huiyin.rules.lifecycle import Offer
from huiyin.rules.receipt import show_code
from huiyin.ui import refusals
from huiyin.ui.languages import page_tag

Json = dict[str, Any]


def filed(registered: Registered) -> Json:
    """What the person takes home."""
    code = registered.receipt_code
    return {
        "case_number": registered.case_number,
        "receipt_code": show_code(code) if code else None,
        "tracking_url": tracking_url(registered.case_number),
        "terms": [_promised(term) for term in registered.terms],
        "promise": registered.promise,
    }


def tracking_url(case_number: str) -> str:
    """Where to follow the matter. It never holds the code."""
    return f"{settings.HUIYIN_BASE_URL}/track/{case_number}"


def tracked(view: CaseView, proof: InclusionProof | None) -> Json:
    """The matter for its complainant."""
    return {**_matter(view), "helpers": helpers(view), **erasure(view), "says": sentence(view), "proof": proof}


def on_desk(view: CaseView) -> Json:
    """The matter for an officer."""
    return {
        **_matter(view),
        "channel": view.channel,
        "matter_class": view.matter_class,
        "needs": view.needs,
        "is_minor": view.is_minor,
        "is_restricted": view.is_restricted,
        "about": [{"kind": each.kind, "name": said(each.name)} for each in view.about],
        "draft": _draft(view.draft) if view.draft else None,
    }


def moved(done: Moved) -> Json:
    """Where the matter stands after a move."""
    return {
        "case_number": done.case_number,
        "state": done.state,
        "version": done.version,
        "waiting_for_signature": done.is_waiting_for_signature,
    }


def rows(found: Sequence[Row]) -> list[Json]:
    """The lines of a list."""
    return [
        {
            "case_number": row.number,
            "subject": row.subject,
            "state": said(row.state),
            "stage": row.stage,
            "due_on": row.due_on.isoformat() if row.due_on else None,
            "provisional": row.is_provisional,
            "days_left": row.days_left,
            "responsible": maybe(row.responsible),
            "unit": said(row.unit),
            "received_on": row.received_on.isoformat(),
            "last_word_by": row.last_word_by,
            "last_word_at": row.last_word_at.isoformat(),
            "channel": row.channel,
            "is_waiting": row.is_waiting,
            "version": row.version,
            "language": row.language,
            "promise": {
                "number": row.promise.number,
                "kind": row.promise.kind,
                "name": said(row.promise.name),
                "text": row.promise.text,
            }
            if row.promise
            else None,
            "asked": {"number": row.asked.number, "kind": row.asked.kind, "name": said(row.asked.name)}
            if row.asked
            else None,
        }
        for row in found
    ]


def _matter(view: CaseView) -> Json:
    documents = {document.id: _document(document) for document in view.documents}
    return {
        "case_number": view.number,
        "state": view.state.id,
        "state_name": said(view.state.name),
        "stage": view.stage,
        "is_open": view.is_open,
        "outcome": view.outcome.id if view.outcome else None,
        "outcome_name": choice(view.outcome),
        "version": view.version,
        "procedure": view.procedure.id,
        "subject": view.subject,
        "description": view.description,
        "reader_copy": reader_copy(view.reader_copy),
        "officer_summary": view.officer_summary,
        "category": maybe(view.category),
        "area": maybe(view.area),
        "confidentiality": view.confidentiality,
        "language": view.language,
        "received_on": view.received_on.isoformat(),
        "registered_at": view.registered_at.isoformat(),
        "due_on": view.due_on.isoformat() if view.due_on else None,
        "provisional": view.is_provisional,
        "body": said(view.body),
        "unit": said(view.unit),
        "responsible": officer(view.responsible) if view.responsible else None,
        "contact_given": view.has_contact,
        "terms": [_term(term) for term in view.terms],
        "timeline": [
            {"at": each.at.isoformat(), "kind": each.kind, "text": said(each.sentence), "who": maybe(each.who)}
            for each in view.timeline
        ],
        "messages": _messages(view),
        "documents": list(documents.values()),
        "answer": documents[view.answer.id] if view.answer else None,
        "duties": [duty(each) for each in view.duties],
        "attachments": [attachment(each) for each in view.attachments],
        "looks": _looks(view),
        "withdrawal": ask(view.withdrawal) if view.withdrawal else None,
        "recusal": ask(view.recusal) if view.recusal else None,
        "about_staff": about_staff(view.staff) if view.staff else None,
        "links": _links(view),
        "waiting": _waiting(view.waiting) if view.waiting else None,
        "moves": [_offer(offer, view) for offer in view.offers if _is_theirs(offer)],
        "external": [external(each) for each in view.external],
        "conversations": [conversation(each) for each in view.conversations],
    }


def _promised(term: TermPromised) -> Json:
    return {
        "duty": said(term.duty),
        "due_on": term.due_on.isoformat(),
        "provisional": term.provisional,
        "rule": term.rule,
        "article": term.article,
    }


def _term(term: TermView) -> Json:
    return {
        "duty": said(term.name),
        "due_on": term.due_on.isoformat(),
        "provisional": term.is_provisional,
        "rule": term.id,
        "article": term.rule.quotable_article,
        "owed_by": term.owed_by,
        "starts_on": term.starts_on.isoformat(),
        "state": term.state,
        "ended_on": term.ended_on.isoformat() if term.ended_on else None,
    }


def _messages(view: CaseView) -> list[Json]:
    return [
        {
            "sender": each.sender,
            "kind": each.kind,
            "text": each.text,
            "language": each.language,
            "at": each.at.isoformat(),
            "officer": maybe(each.officer),
            "helper": each.helper,
            "is_withheld": each.is_withheld,
        }
        for each in view.messages
    ]


def _document(document: DocumentView) -> Json:
    return {
        "kind": document.kind,
        "number": document.number,
        "text": document.text,
        "outcome": document.outcome.id if document.outcome else None,
        "legal_basis": document.legal_basis,
        "reason": choice(document.reason),
        "route": choice(document.route),
        "place": place(document.place) if document.place else None,
        "language": document.language,
        "at": document.at.isoformat(),
        "officer": maybe(document.officer),
    }


def _looks(view: CaseView) -> list[Json]:
    return [
        {
            "number": look.seq,
            "at": look.at.isoformat(),
            "role": look.role,
            "unit": said(look.unit),
            "duty_number": look.duty_number,
            "purpose": look.purpose,
            "what": look.what,
            "is_by_named": look.is_by_named,
            "question": ask(asked) if (asked := view.asked_about(look)) else None,
        }
        for look in view.looks
    ]


def _links(view: CaseView) -> list[Json]:
    return [
        {
            "case_number": link.number,
            "kind": link.kind,
            "is_later": link.is_later,
            "state": said(link.state),
            "stage": link.stage,
            "body": said(link.body),
            "is_open": link.is_open,
        }
        for link in view.links
    ]


def _waiting(waiting: WaitingView) -> Json:
    return {
        "move": waiting.move,
        "step": said(waiting.step),
        "step_number": waiting.step_number,
        "steps": [said(step) for step in waiting.steps],
        "officer": officer(waiting.officer),
        "since": waiting.since.isoformat(),
    }


def _is_theirs(offer: Offer) -> bool:
    """Moves of other posts are left out: the procedure's page names them all."""
    return offer.refusal is None or offer.refusal.code != "not_your_move"


def _offer(offer: Offer, view: CaseView) -> Json:
    move = offer.move
    wanted = {*move.requires, *move.accepts}
    return {
        "move": move.id,
        "name": said(move.name),
        "allowed": offer.refusal is None,
        "why_not": refusals.sentence(spoken(offer.refusal, view)) if offer.refusal else None,
        "requires": list(move.requires),
        "accepts": list(move.accepts),
        "reasons": list(move.reasons),
        "outcomes": list(move.outcomes),
        "routes": list(view.procedure.routes) if "route" in wanted else [],
        "confirms": [
            {"guard": guard.id, "text": said(guard.name), "article": guard.article if guard.verified else ""}
            for guard in guards.to_confirm(view.procedure, move)
        ],
    }


def _draft(draft: DraftView) -> Json:
    tongue = "name_zh" if page_tag() == "zh-Hans" else "name_en"
    return {
        "move": draft.move,
        "given": {name: value for name, value in draft.given.items() if value and name != "duties"},
        "duties": [
            {"kind": each.kind, "due_on": each.due_on.isoformat(), "text": each.text}
            for each in duties.read(draft.given.get("duties", ""))
        ],
        "note": draft.note,
        "signed": [
            {"step": each["step"], "name": each[tongue], "post": each["post"], "at": each["at"]}
            for each in draft.signed
        ],
        "may_sign": draft.may_sign,
    }
