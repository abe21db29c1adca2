"""From table rows to the frozen values that pages receive."""

from __future__ import annotations

import datetime
from dataclasses import replace

from django.db.models import Q

from huiyin.record.bodies.models import Officer, Post
from huiyin.record.bodies.queries import Reader, holders
from huiyin.record.cases.asks import ask_views
from huiyin.record.cases.days import terms
from huiyin.record.cases.fairness import staff, staff_views
from huiyin.record.cases.given import Given
from huiyin.record.cases.keys import original_words, sealing_view, texts
from huiyin.record.cases.lists import external
from huiyin.record.cases.models import About, Case, CaseLink, Document, Draft, Message, Party, RunningTerm
from huiyin.record.cases.models.case import NO_DATE
from huiyin.record.cases.opening import checks_by_stages
from huiyin.record.cases.parties import consenting
from huiyin.record.cases.promises import duty_views
from huiyin.record.cases.shown import erased_view, helper_views, side_events, timeline
from huiyin.record.cases.shown.case_view import (
    AboutView,
    CaseView,
    DocumentView,
    DraftView,
    LinkView,
    LookView,
    MessageView,
    OfficerShown,
    TermView,
    WaitingView,
)
from huiyin.record.cases.shown.reader_copy_view import ReaderCopyView
from huiyin.record.cases.who import scope, transfers
from huiyin.record.cases.who.conflict import away_from, goes_to_the_accused
from huiyin.record.cases.words import conversations
from huiyin.record.files.attachments import attachments_of
from huiyin.record.files.signed_copies import signed_copies_of
from huiyin.record.files.store import letters_of
from huiyin.record.law.routes import place
from huiyin.record.law.versions import procedure_of
from huiyin.record.ledger.chains import ChainRef
from huiyin.record.ledger.queries import EventView, events_of
from huiyin.record.prepared import Place, Prepared
from huiyin.rules import transfers as competence
from huiyin.rules import withdrawal
from huiyin.rules.guards import OF_A_MEDIATOR
from huiyin.rules.lifecycle import Standing, moves_from
from huiyin.rules.procedure import Procedure, Words

RELATED = scope.RELATED
ATTACHED = {"attachment_from_complainant", "attachment_from_office"}
HELPED = {"helper_added", "helper_at_filing"}
COMPETENCE = {"first_objection", "second_objection", "not_settled"}

_CASE = Place("case")
_TERMS = Prepared(lambda: RunningTerm.objects.filter(case=_CASE).order_by("due_on", "id"))
_COMPLAINANT = Prepared(lambda: Party.objects.filter(case=_CASE, kind="complainant").order_by("id")[:1])
_DRAFT = Prepared(lambda: Draft.objects.select_related("waiting_post__unit__body").filter(case=_CASE))
_MESSAGES = Prepared(lambda: Message.objects.filter(case=_CASE).order_by("id"))
_DOCUMENTS = Prepared(lambda: Document.objects.filter(case=_CASE).order_by("id"))
_ABOUT = Prepared(lambda: About.objects.select_related("officer", "unit", "body").filter(case=_CASE).order_by("id"))
_LATE = Prepared(lambda: CaseLink.objects.filter(to_case=_CASE, is_late=True).values_list("id"))
_LINKS = Prepared(
    lambda: (
        CaseLink.objects.select_related("from_case__body", "to_case__body")
        .filter(Q(from_case=_CASE) | Q(to_case=_CASE))
        .order_by("id")
    )
)


def terms_of(case: Case) -> list[RunningTerm]:
    """All clocks of a case, past ones too, by due day."""
    return _TERMS.all(case=case.pk)


def standing(
    case: Case, procedure: Procedure, rows: list[RunningTerm], today: datetime.date, *, given: Given | None = None
) -> Standing:
    """How a case stands: whose day is past, what stands still, how often each was extended, which checks hold.

    With ``given`` the checks about who receives the matter are judged too. A window whose letter has not been received has not opened, so it cannot be over.
    """
    going = [row for row in rows if row.state in {"running", "stopped"}]
    running = [row for row in going if row.state == "running" and not row.waits_for]
    return Standing(
        lapsed=frozenset(row.term for row in running if row.due_on < today),
        stopped=frozenset(row.term for row in going if row.state == "stopped"),
        extended={row.term: len(row.extensions) for row in going},
        checks=_checks(case, procedure, given or Given()),
        consented=consenting.consented_moves(case, procedure),
    )


def _checks(case: Case, procedure: Procedure, given: Given) -> frozenset[str]:
    """Which checks hold, of those that a move from here asks for."""
    guards = {guard for move in procedure.moves.values() if case.state in move.from_states for guard in move.guards}
    asked = {procedure.guards[guard].check for guard in guards} - {""}
    found: frozenset[str] = frozenset()
    if asked & COMPETENCE:
        found |= competence.checks(transfers.past(case))
    if "asked_late" in asked and _LATE.first(case=case.pk) is not None:
        found |= {"asked_late"}
    if "not_to_the_accused" in asked and given.to and not goes_to_the_accused(case, given.to):
        found |= {"not_to_the_accused"}
    if asked & set(OF_A_MEDIATOR) and given.to:
        found |= checks_by_stages.of_receiver(case.number, given.to)
    return found


def build(case: Case, *, reader: Reader | None, today: datetime.date) -> CaseView:
    """The case as ``reader`` sees it; None is the complainant.

    The complainant reads everything but drafts, and every look by anybody.
    """
    procedure = procedure_of(case.law_id)
    rows = terms_of(case)
    events = events_of(ChainRef.case(case.number))
    if reader is None and procedure.kind == "mediation":
        events = side_events.told_to(events, 1)
    party = _COMPLAINANT.first(case=case.pk)
    was_moved = (
        case.version > 1
    )  # drafts, documents and letters come with moves: before the first there is nothing to read
    draft = _DRAFT.first(case=case.pk) if was_moved else None
    wanted = {post for post in (case.responsible_post_id, draft.waiting_post_id if draft else None) if post}
    acting = holders(wanted) if wanted else {}
    waiting = _waiting(draft, procedure, acting) if draft else None
    posts = scope.granting_posts(reader, case, to_act=True) if reader else []
    roles = (
        frozenset(role for post in reader.posts if post.id in posts for role in post.roles)
        if reader
        else frozenset({"complainant"})
    )
    documents = shown_documents(case, procedure) if was_moved else ()
    state = withdrawal.state_of(procedure, case.state, is_open=case.is_open, outcome=case.outcome)
    is_withdrawn = state is withdrawal.STATE
    offers = (
        []
        if is_withdrawn
        else moves_from(procedure, state=case.state, roles=roles, standing=standing(case, procedure, rows, today))
    )
    if reader is not None and case.is_restricted and not staff.may_assign(case, reader):
        offers = [offer for offer in offers if not offer.move.assigns]
    is_outside = reader is None or (
        any(event.kind in timeline.OUTSIDE or event.details.get("purpose") == scope.OUTSIDE for event in events)
        and scope.reads_from_outside(reader, case)
    )
    links = _links(case, reader)
    may_bind = links or any(each.outcome for each in documents)
    view = CaseView(
        number=case.number,
        procedure=procedure,
        law_version=procedure.version,
        state=state,
        stage=case.stage,
        is_open=case.is_open,
        outcome=procedure.outcomes.get(case.outcome) or (withdrawal.CHOICE if is_withdrawn else None),
        version=case.version,
        subject=texts.read(case, "cases_case.subject", case.subject),
        description=texts.read(case, "cases_case.description", case.description),
        officer_summary=texts.read(case, "cases_case.officer_summary", case.officer_summary),
        category=case.category.name if case.category else None,
        area=case.area.name if case.area else None,
        channel=case.channel,
        confidentiality=case.confidentiality,
        matter_class=case.matter_class,
        language=case.language,
        needs=texts.read(case, "cases_case.needs", party.needs) if party else "",
        has_contact=bool(party and party.has_contact),
        is_minor=bool(party and party.is_minor),
        is_restricted=case.is_restricted,
        received_on=case.received_on,
        registered_at=case.registered_at,
        due_on=None if case.due_on == NO_DATE else case.due_on,
        is_provisional=case.is_provisional,
        body=case.body.name,
        body_code=case.body.code,
        zone=case.body.time_zone,
        unit=case.unit.name,
        responsible=shown_officer(case.responsible_post, acting) if case.responsible_post else None,
        terms=shown_terms(case, procedure, rows),
        messages=_messages(case),
        documents=documents,
        timeline=timeline.story(events, procedure, without=() if is_outside else timeline.OUTSIDE),
        looks=_looks(case, events, reader, is_outside=is_outside),
        links=links,
        about=_about(case),
        waiting=waiting,
        draft=_draft(case, draft, waiting, reader) if draft and waiting and reader else None,
        offers=tuple(offers),
        is_sealed=bool(case.key_epoch),
        may_unseal=bool(reader and case.responsible_post_id in reader.post_ids and case.confidentiality == "named"),
        letters=letters_of(case.pk) if was_moved else (),
        signed_copies=signed_copies_of(case.pk) if documents else (),
        duties=duty_views.duties_of(case, reader=reader, posts=posts) if may_bind else (),
        external=external.references_of(case.pk),
        conversations=(
            conversations.conversations_of(case, is_complainant=reader is None, today=today)
            if any(event.kind == conversations.NOTED for event in events)
            else ()
        ),
        attachments=attachments_of(case.pk) if any(each.kind in ATTACHED for each in events) else (),
        asks=ask_views.asks_of(case, events) if is_outside else (),
        may_name=any(post.is_outside for post in reader.posts if post.id in posts) if reader else True,
        may_step_aside=bool(posts) and case.is_open,
        helpers=(
            helper_views.helpers_of(case, is_complainant=reader is None, today=today)
            if any(each.kind in HELPED for each in events)
            else ()
        ),
        whereabouts=party.whereabouts if party else "",
        staff=staff_views.staff_of(case, reader) if case.is_restricted else None,
        sealing=sealing_view.sealing_of(case, events, is_complainant=reader is None),
        erased=erased_view.erased_in(events) if case.key_epoch and not case.is_open else None,
        erasure_ahead=erased_view.ahead_in(events) if case.key_epoch and not case.is_open else None,
    )
    return _as_read(view, case, reader) if case.confidentiality == "confidential" else view


def _as_read(view: CaseView, case: Case, reader: Reader | None) -> CaseView:
    """Where there is a reader copy the rows hold it; the complainant reads the original words, and the copy beside them."""
    copy, may_open = original_words.latest(case), bool(reader and original_words.keeper_post(case, reader))
    if copy is None:
        return replace(view, may_open_original=may_open)
    shown = ReaderCopyView(view.subject, view.description, copy.count, copy.made_at, copy.post.unit.name, may_open)
    waiting = {each.pk for each in _MESSAGES.all(case=case.pk) if each.sender == "complainant" and not each.text}
    marked = tuple(replace(each, is_withheld=each.id in waiting) for each in view.messages)
    view = replace(view, reader_copy=shown, may_open_original=may_open, messages=marked)
    if reader is not None:
        return view
    whole = original_words.opened(case, original_words.originals(case, copy))
    messages = tuple(replace(each, text=whole.get(str(each.id), each.text)) for each in view.messages)
    return replace(view, subject=whole["subject"], description=whole["description"], messages=messages)


def shown_officer(post: Post, acting: dict[int, Officer]) -> OfficerShown:
    """Who sits at a post, as residents see an officer."""
    officer = acting.get(post.pk)
    return OfficerShown(
        name=officer.name if officer else post.title,
        duty_number=officer.duty_number if officer else "",
        title=post.title,
        unit=post.unit.name,
        body=post.unit.body.name,
        post=post.code,
        phone=post.unit.phone,
    )


def shown_terms(case: Case, procedure: Procedure, rows: list[RunningTerm]) -> tuple[TermView, ...]:
    """The clocks, each with its rule and its count."""
    return tuple(_term(row, procedure, case.body.calendar) for row in rows)


def _term(row: RunningTerm, procedure: Procedure, country: str) -> TermView:
    rule = procedure.terms[row.term]
    return TermView(
        id=row.term,
        name=rule.name,
        owed_by=row.owed_by,
        starts_on=row.starts_on,
        due_on=row.due_on,
        due_at=row.due_at,
        first_due_on=row.first_due_on,
        is_provisional=row.is_provisional,
        state=row.state,
        ended_on=row.ended_on,
        rule=rule,
        counted=terms.count_again(row, procedure, country),
        is_unopened=bool(row.waits_for and row.state == "running"),
    )


def _officer_name(zh: str, en: str) -> Words | None:
    return Words(zh=zh, en=en) if zh or en else None


def _messages(case: Case) -> tuple[MessageView, ...]:
    return tuple(
        MessageView(
            id=row.pk,
            sender=row.sender,
            kind=row.kind,
            text=texts.read(case, "cases_message.text", row.text),
            language=row.language,
            at=row.at,
            officer=_officer_name(row.officer_name_zh, row.officer_name_en),
            helper=row.helper,
            number=number,
        )
        for number, row in enumerate(_MESSAGES.all(case=case.pk), start=1)
    )


def shown_documents(case: Case, procedure: Procedure) -> tuple[DocumentView, ...]:
    """What was put into people's hands."""
    return tuple(_document(case, row, procedure) for row in _DOCUMENTS.all(case=case.pk))


def _document(case: Case, row: Document, procedure: Procedure) -> DocumentView:
    route = procedure.routes.get(row.route)
    return DocumentView(
        id=row.pk,
        kind=row.kind,
        number=row.number,
        text=texts.read(case, "cases_document.text", row.text),
        outcome=procedure.outcomes.get(row.outcome),
        legal_basis=texts.read(case, "cases_document.legal_basis", row.legal_basis),
        reason=procedure.reasons.get(row.reason),
        route=route,
        place=place(route.address) if route else None,
        language=row.language,
        at=row.at,
        officer=_officer_name(row.officer_name_zh, row.officer_name_en),
    )


def _looks(case: Case, events: list[EventView], reader: Reader | None, *, is_outside: bool) -> tuple[LookView, ...]:
    """Every look; to the complainant those stand out that somebody made who must stay away by now."""
    found = tuple(each for each in timeline.looks(events) if is_outside or each.purpose != scope.OUTSIDE)
    if reader is not None or not case.is_restricted or not found:
        return found
    away = away_from(case)
    codes = set(Post.objects.filter(unit__in=away.units).values_list("code", flat=True))
    actors = {event.seq: event.actor for event in events}
    return tuple(
        replace(look, is_by_named=True)
        if actors[look.seq].get("officer_id") in away.officers or actors[look.seq].get("post") in codes
        else look
        for look in found
    )


def _links(case: Case, reader: Reader | None) -> tuple[LinkView, ...]:
    """The other cases of the family; that pressure was reported is known to those alone who may open the report."""
    links = _LINKS.all(case=case.pk)
    found = [(row.kind, True, row.to_case) for row in links if row.from_case_id == case.pk]
    found += [(row.kind, False, row.from_case) for row in links if row.to_case_id == case.pk]
    return tuple(
        LinkView(
            number=other.number,
            kind=kind,
            is_later=is_later,
            state=withdrawal.state_of(
                procedure_of(other.law_id), other.state, is_open=other.is_open, outcome=other.outcome
            ).name,
            stage=other.stage,
            body=other.body.name,
            is_open=other.is_open,
            may_open=reader is None or scope.openable_case(other.number, reader) is not None,
        )
        for kind, is_later, other in found
        if reader is None or kind != "retaliation" or scope.openable_case(other.number, reader) is not None
    )


def _about(case: Case) -> tuple[AboutView, ...]:
    found = []
    for row in _ABOUT.all(case=case.pk):
        named = row.officer or row.unit or row.body
        words = texts.read(case, "cases_case.about", row.words)
        found.append(AboutView(row.kind, named.name if named else Words(zh=words, en=words)))
    return tuple(found)


def _waiting(draft: Draft, procedure: Procedure, acting: dict[int, Officer]) -> WaitingView:
    steps = procedure.moves[draft.move].sign_off
    return WaitingView(
        move=draft.move,
        step=steps[draft.step].name,
        step_number=draft.step,
        steps=tuple(step.name for step in steps),
        officer=shown_officer(draft.waiting_post, acting),
        since=draft.waiting_since,
    )


def _draft(case: Case, draft: Draft, waiting: WaitingView, reader: Reader) -> DraftView:
    return DraftView(
        move=draft.move,
        given=texts.read_draft(case, draft.given),
        note=texts.read(case, "cases_draft.note", draft.note),
        signed=tuple(draft.signed),
        waiting=waiting,
        may_sign=draft.waiting_post_id in reader.post_ids and draft.step > 0,
    )
