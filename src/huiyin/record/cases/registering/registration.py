"""A matter becomes a case: identity sealed first, then number, clocks, ledger, receipt.

The vault row is committed before the case: a crash between them leaves a sealed
row without a case (swept later), never a case that lost its identity.
"""

from __future__ import annotations

import datetime
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from functools import partial
from typing import Any
from uuid import UUID

from django.conf import settings

from huiyin.record import clock
from huiyin.record.bodies import queries as bodies
from huiyin.record.bodies.models import Area, Body, Post, Unit
from huiyin.record.cases import as_kept, milestones
from huiyin.record.cases.as_kept import text_digest as text_digest  # handed on
from huiyin.record.cases.asks import asking
from huiyin.record.cases.codes import filing_sealed, receipts
from huiyin.record.cases.days import terms
from huiyin.record.cases.fairness import staff
from huiyin.record.cases.given import TEXT_LIMIT
from huiyin.record.cases.keys import matter_keys
from huiyin.record.cases.lists import search
from huiyin.record.cases.models import About, Barred, Case, Grant, Party, Receipt, RunningTerm, SealedPart
from huiyin.record.cases.models.case import CHANNELS, CONFIDENTIALITY
from huiyin.record.cases.who.naming import Named as Named  # handed on
from huiyin.record.cases.who.naming import chosen, whom_it_names
from huiyin.record.identity import access as identity
from huiyin.record.identity.access import Identity as Identity  # handed on: the fronts fill it in
from huiyin.record.law import versions
from huiyin.record.law.models import Category
from huiyin.record.ledger.append import append_events
from huiyin.record.ledger.chains import Actor, ChainRef
from huiyin.record.prepared import insert
from huiyin.rules.chain import Json
from huiyin.rules.fairness import bars_whole_unit, check_class, check_evidence
from huiyin.rules.helping import WHEREABOUTS
from huiyin.rules.procedure import Procedure, Words
from huiyin.rules.refusal import Refusal
from huiyin.rules.sealing import is_to_be_sealed
from huiyin.rules.text import storable

SUBJECT_LIMIT = 200  # characters
ABOUT_STAFF = ("officer", "unit")
OWNERS: tuple[Any, ...] = (Party, SealedPart)  # whose rows hold a thread to the vault


@dataclass(frozen=True, slots=True)
class Filing:
    """What somebody files, as typed.

    ``complaint_class`` is what a complaint about staff is said to be (``rules.fairness.CLASSES``), ``evidence`` what could
    vanish (``rules.fairness.EVIDENCE``); None: that was not asked.
    """

    subject: str
    description: str
    channel: str
    language: str = "zh-hans"
    confidentiality: str = "named"
    category: str = ""
    area: str = ""
    about: tuple[Named, ...] = ()
    identity: Identity | None = None
    needs: str = ""
    officer_summary: str = ""
    is_minor: bool = False
    whereabouts: str = ""
    received_on: datetime.date | None = None
    body: str = ""
    procedure: str = ""
    complaint_class: str = ""
    evidence: tuple[str, ...] | None = None
    evidence_words: str = ""


@dataclass(frozen=True, slots=True)
class TermPromised:
    """A duty of the office with its day, as told at filing."""

    duty: Words
    due_on: datetime.date
    provisional: bool
    rule: str
    article: str


@dataclass(frozen=True, slots=True)
class Registered:
    """What the person takes home. ``receipt_code`` is None when the code is on a card or slip."""

    case_number: str
    receipt_code: str | None
    registered_at: datetime.datetime
    terms: tuple[TermPromised, ...]
    promise: dict[str, Any]
    status_word: Words
    body: Words
    responsible: Words
    is_outside: bool
    helper_number: str = ""  # of a helper who filed it and wanted a code
    helper_code: str = ""
    other_sides: tuple[tuple[int, str, str], ...] = ()  # of a dispute: side, number and code of those who ask together
    is_dispute: bool = False


@dataclass(slots=True)
class Place:
    """Where a new matter goes, and who must stay away."""

    post: Post
    unit: Unit
    body: Body
    about: list[About] = field(default_factory=list)
    barred_officers: frozenset[int] = frozenset()
    barred_units: frozenset[int] = frozenset()
    is_restricted: bool = False


def clean(filing: Filing) -> Filing:
    """The filing with what XML cannot carry taken out and its limits checked.

    Raises Refusal("empty"), Refusal("too_long") or Refusal("unknown_choice"), each naming the field.
    """
    subject, description = storable(filing.subject), storable(filing.description)
    summary, needs = storable(filing.officer_summary), storable(filing.needs)
    for name, value, limit in (
        ("subject", subject, SUBJECT_LIMIT),
        ("description", description, TEXT_LIMIT),
    ):
        if not value.strip():
            raise Refusal("empty", field=name)
        if len(value) > limit:
            raise Refusal("too_long", field=name, maximum=limit)
    if len(summary) > TEXT_LIMIT:
        raise Refusal("too_long", field="officer_summary", maximum=TEXT_LIMIT)
    if len(needs) > 400:
        raise Refusal("too_long", field="needs", maximum=400)
    if filing.confidentiality not in CONFIDENTIALITY:
        raise Refusal("unknown_choice", field="confidentiality")
    if filing.whereabouts and filing.whereabouts not in WHEREABOUTS:
        raise Refusal("unknown_choice", field="whereabouts")
    if filing.complaint_class:
        check_class(filing.complaint_class)
    check_evidence(filing.evidence or ())
    evidence_words = asking.checked(filing.evidence_words, field="evidence_words", is_needed=False)
    if filing.channel not in CHANNELS:
        raise Refusal("unknown_choice", field="channel")
    values = {name: getattr(filing, name) for name in Filing.__slots__}
    return Filing(
        **{
            **values,
            "subject": subject,
            "description": description,
            "officer_summary": summary,
            "needs": needs,
            "evidence_words": evidence_words,
        }
    )


@dataclass(frozen=True, slots=True)
class Prepared:
    """A checked filing whose identity is already sealed and committed in the vault, and what was reckoned ahead."""

    filing: Filing
    vault_id: UUID
    sealed_sha256: str = ""
    drawn: filing_sealed.Code | None = None


def prepare(filing: Filing, *, has_card: bool = False) -> Prepared:
    """Check a filing and seal its identity: the vault row is committed when this returns.

    Of a matter that may be sealed the code is drawn and stretched here, while nothing is locked. Raises Refusal for bad input.
    """
    filing = clean(filing)
    kept = identity.keep_bound(None if filing.confidentiality == "anonymous" else filing.identity)
    return Prepared(filing, *kept, drawn=None if has_card else _drawn_ahead(filing))


def _drawn_ahead(filing: Filing) -> filing_sealed.Code | None:
    against_staff = filing.complaint_class == "misconduct" or any(each.kind in ABOUT_STAFF for each in filing.about)
    wanted = is_to_be_sealed(confidentiality=filing.confidentiality, is_restricted=against_staff)
    if not wanted or not matter_keys.is_possible_somewhere():
        return None
    return filing_sealed.lock_ahead(receipts.new_number(), receipts.new_code())


def register(prepared: Prepared, *, by: Actor, card: str = "", at_post: str = "") -> Registered:
    """Write the case; inside the caller's transaction, so that an idempotency row stands or falls with it.

    ``at_post`` is the post of the registrar at whose desk the person stands: the matter stays
    there unless that unit is concerned by it. The promise in the answer counts once that transaction is committed. Raises Refusal
    for an unknown or used card, an unknown choice, or when no desk can take the matter.
    """
    filing = prepared.filing
    receipt = receipts.card(card) if card else None
    drawn = prepared.drawn or (None if receipt else filing_sealed.Code(receipts.new_number(), receipts.new_code()))
    number = receipt.number if receipt else drawn.number if drawn else ""
    code = drawn.code if drawn and receipt is None else None
    body = bodies.receiving_body(filing.body)
    if body is None:
        raise Refusal("no_desk")
    place = _place(filing, body, at_post)
    version = versions.current_version(filing.procedure or default_procedure())
    now = clock.now()
    case = Case(number=number, law_id=version, subject=filing.subject, description=filing.description)
    _describe(case, filing, place, now)
    sealing = filing_sealed.begin(case, place.about, drawn=drawn, receipt=receipt)
    party = Party(
        kind="complainant",
        vault_id=prepared.vault_id,
        language=filing.language,
        needs=sealing.closed("needs", filing.needs) if sealing else filing.needs,
        has_contact=bool(
            filing.identity and filing.identity.contact().is_given and filing.confidentiality != "anonymous"
        ),
        is_minor=filing.is_minor,
        whereabouts=filing.whereabouts,
    )
    made = receipt or Receipt(number=number, verifier=receipts.verifier(number, code or ""), made_at=now)
    if sealing:
        sealing.set_in(made)
    bound: dict[str, Json] = {
        "identity_sha256": prepared.sealed_sha256, "receipt_sha256": as_kept.digest(bytes(made.verifier)),
    }  # fmt: skip
    running, event = open_case_file(case, party, place, by=by, start=case.received_on, bound=bound, sealing=sealing)
    if place.is_restricted or filing.complaint_class:
        staff.begin(case, filing.complaint_class, filing.evidence, filing.evidence_words)
    made.party = party
    if receipt is None:
        insert(made)
    else:
        made.save(update_fields=["party", "suite", "verifier"])
    if sealing:
        sealing.keep(made)
    hand_out = code if receipt is None and filing.channel in {"web", "api", "staff"} else None
    procedure = versions.procedure_of(version)
    return Registered(
        case_number=number,
        receipt_code=hand_out,
        registered_at=now,
        terms=promised(running, procedure),
        promise=event.promise().as_dict(),
        status_word=receipts.status_word(number),
        body=place.body.name,
        responsible=place.post.title,
        is_outside=place.is_restricted,
    )


def open_case_file(
    case: Case, party: Party, place: Place, *, by: Actor, start: datetime.date, kind: str = "complaint_registered",
    bound: Mapping[str, Json] | None = None, sealing: filing_sealed.Sealing | None = None,
) -> tuple[list[RunningTerm], Any]:  # fmt: skip
    """Write a new case with its party, barriers, first grant, clocks, index row and first events.

    ``bound`` are hashes of what stands elsewhere, which the first event binds too.
    """
    procedure = versions.procedure_of(case.law_id)
    state = procedure.states[procedure.start]
    case.state, case.stage = state.id, state.stage
    running = [
        terms.new_term(case, procedure.terms[each], start=start, country=place.body.calendar)
        for each in procedure.opening_terms
    ]
    terms.set_next_due(case, running)
    insert(case)
    party.case = case
    insert(party)
    if running:
        for term in running:
            term.case = case
        insert(*running)
    now = case.registered_at
    insert(Grant(post=place.post, capacity="responsible", case=case, from_at=now, why="registrar on duty"))
    if place.about:
        for row in place.about:
            row.case = case
        About.objects.bulk_create(place.about)
    barred = [Barred(case=case, officer_id=each) for each in sorted(place.barred_officers)]
    barred += [Barred(case=case, unit_id=each) for each in sorted(place.barred_units)]
    if barred:
        Barred.objects.bulk_create(barred)
    if sealing:
        sealing.write(case)
    search.add(case)
    milestones.note(case, "registered")
    details: dict[str, Json] = {
        "channel": case.channel,
        "received_on": case.received_on.isoformat(),
        "law": {"procedure": procedure.id, "version": procedure.version, "sha256": procedure.sha256},
        "confidentiality": case.confidentiality,
        "terms": [{"term": row.term, "due_on": row.due_on.isoformat()} for row in running],
        "text_sha256": text_digest(case.subject, case.description),
        "bound": {
            **as_kept.of_case(case),
            **as_kept.standing(case),
            **as_kept.of_party(party),
            **as_kept.of_named(place.about, place.barred_officers, place.barred_units),
            **(bound or {}),
        },
        **(sealing.told() if sealing else {}),
    }
    named: dict[str, Json] = {"post": place.post.code, "unit_zh": place.unit.name_zh, "unit_en": place.unit.name_en}
    events = append_events(
        ChainRef.case(case.number), [(kind, details), ("responsible_named", named)], actor=by, at=now, is_new=True
    )
    return running, events[0]


def promised(running: Iterable[RunningTerm], procedure: Procedure) -> tuple[TermPromised, ...]:
    """The office's duties as told at filing."""
    return tuple(
        TermPromised(
            duty=procedure.terms[row.term].name,
            due_on=row.due_on,
            provisional=row.is_provisional,
            rule=row.term,
            article=procedure.terms[row.term].quotable_article,
        )
        for row in sorted(running, key=lambda row: (row.due_on, row.term))
        if procedure.terms[row.term].is_duty
    )


def default_procedure() -> str:
    """The procedure of ordinary complaints in this office."""
    return str(settings.HUIYIN_PROCEDURE)


def _describe(case: Case, filing: Filing, place: Place, now: datetime.datetime) -> None:
    today = clock.today(place.body.time_zone)
    received = filing.received_on or today
    if received > today:
        raise Refusal("date_in_future", field="received_on")
    case.category = chosen(Category, filing.category, "category")
    case.area = chosen(Area, filing.area, "area")
    case.channel, case.language = filing.channel, filing.language
    case.confidentiality = filing.confidentiality
    case.officer_summary = filing.officer_summary
    case.body, case.unit, case.responsible_post = place.body, place.unit, place.post
    case.is_restricted = place.is_restricted
    case.received_on, case.registered_at, case.last_word_at = received, now, now


def _place(filing: Filing, body: Body, at_post: str) -> Place:
    is_misconduct = filing.complaint_class == "misconduct"
    if not filing.about and not is_misconduct:
        post = desk_for(body, at_post, frozenset(), frozenset())
        return Place(post=post, unit=post.unit, body=post.unit.body)
    named = whom_it_names(filing.about, with_units=bars_whole_unit(filing.complaint_class))
    is_restricted = named.is_restricted or is_misconduct
    post = desk_for(body, at_post, named.units, named.officers, is_restricted=is_restricted)
    return Place(post, post.unit, post.unit.body, named.rows, named.officers, named.units, is_restricted)


def desk_for(
    body: Body, at_post: str, units: frozenset[int], officers: frozenset[int], *, is_restricted: bool = False
) -> Post:
    """The registrar who takes a matter in: at ``at_post`` where that desk may, else whoever is on duty and not barred.

    Raises Refusal("no_desk").
    """
    if at_post and not is_restricted:
        own = Post.objects.select_related("unit__body").get(code=at_post)
        holder = bodies.holders([own.pk]).get(own.pk)
        if own.unit_id not in units and holder is not None and holder.pk not in officers:
            return own
    post = bodies.intake_post(body, barred_units=units, barred_officers=officers, is_restricted=is_restricted)
    if post is None:
        raise Refusal("no_desk")
    return post


def sweep_vault(*more: Any) -> int:
    """Remove sealed rows older than two days that nothing came to own; gives how many.

    ``more`` are tables of the stages that hold a thread to the vault without a case.
    """
    before = clock.today("UTC") - datetime.timedelta(days=2)
    return identity.sweep(partial(_owned, (*OWNERS, *more)), before)


def _owned(owners: tuple[Any, ...], vault_ids: list[UUID]) -> set[UUID]:
    owned = [kind.objects.filter(vault_id__in=vault_ids).values_list("vault_id", flat=True) for kind in owners]
    return {each for rows in owned for each in rows}
