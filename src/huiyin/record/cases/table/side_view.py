"""What one side of a dispute sees: where it stands, who mediates, what the others released, its own words, who looked.

Never another side's name, contact, needs, private words, or what it was asked alone.
"""

from __future__ import annotations

import datetime
from dataclasses import dataclass, replace

from django.db import transaction

from huiyin.record import clock
from huiyin.record.bodies.queries import holders
from huiyin.record.cases.codes.receipts import COMPLAINANT, Holder
from huiyin.record.cases.days import service
from huiyin.record.cases.models import Case, Side
from huiyin.record.cases.models.case import NO_DATE
from huiyin.record.cases.opening import viewing
from huiyin.record.cases.parties import consenting, sides
from huiyin.record.cases.shown import side_events, timeline
from huiyin.record.cases.shown.case_view import DocumentView, LookView, OfficerShown, TermView, TimelineEntry
from huiyin.record.cases.table import side_letters
from huiyin.record.files.store import LetterView, letters_of
from huiyin.record.law.versions import procedure_of
from huiyin.record.ledger.append import append_event
from huiyin.record.ledger.chains import ChainRef
from huiyin.record.ledger.queries import events_of
from huiyin.rules import consenting as rule
from huiyin.rules.lifecycle import Offer, moves_from
from huiyin.rules.procedure import Level, Procedure, State, Words


@dataclass(frozen=True, slots=True)
class OtherSeen:
    """Another side, as far as it lets itself be seen."""

    number: int
    state: str
    released: str
    is_minor: bool


@dataclass(frozen=True, slots=True)
class StepSeen:
    """Something all sides are asked about now: what this side said last, and which sides said yes."""

    step: str
    own_answer: str
    agreed: tuple[int, ...]
    refused: tuple[int, ...]
    waits_for: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class SideView:
    """The table as one side sees it. ``number`` is that of its own receipt."""

    number: str
    side: int
    kind: str
    side_state: str
    procedure: Procedure
    state: State
    stage: str
    is_open: bool
    version: int
    subject: str
    own_description: str
    own_released: str
    own_words: str
    due_on: datetime.date | None
    is_provisional: bool
    terms: tuple[TermView, ...]
    unit: Words
    body: Words
    body_code: str
    zone: str
    mediator: OfficerShown | None
    level: Level | None
    levels: tuple[Level, ...]
    others: tuple[OtherSeen, ...]
    steps: tuple[StepSeen, ...]
    offers: tuple[Offer, ...]
    documents: tuple[DocumentView, ...]
    letters: tuple[LetterView, ...]
    timeline: tuple[TimelineEntry, ...]
    looks: tuple[LookView, ...]
    received_on: datetime.date
    closed_at: datetime.datetime | None
    has_contact: bool
    is_minor: bool
    guardian: str
    language: str
    erase_on: datetime.date | None
    is_helper: bool


def open_as_side(holder: Holder, case_number: str = "") -> SideView:
    """Read a dispute as one of its sides; the use of the receipt is written down first.

    Raises Refusal("not_found") or "helper_may_not". Must not run inside another transaction.
    """
    with transaction.atomic(durable=True):
        side = sides.of_holder(holder, case_number)
        append_event(
            ChainRef.case(side.case.number),
            "receipt_used",
            actor=sides.actor_of(side, holder),
            details={"purpose": "follow", "what": "case"},
        )
        if side.party.kind == COMPLAINANT and side.case.version > 1 and not holder.helper:
            service.serve_what_is_read(side.case)
    return build(side, holder)


def build(side: Side, holder: Holder) -> SideView:
    """The view of a side whose look is written down already."""
    case, procedure = side.case, procedure_of(side.case.law_id)
    rows = viewing.terms_of(case)
    today = clock.today(case.body.time_zone)
    standing = viewing.standing(case, procedure, rows, today)
    offers = moves_from(procedure, state=case.state, roles=frozenset({side.party.kind}), standing=standing)
    is_asker = side.number == 1
    events = side_events.told_to(events_of(ChainRef.case(case.number)), side.number)
    level = rule.level_of(procedure, case.state)
    return SideView(
        number=side.receipt.number if side.receipt and not is_asker else case.number,
        side=side.number,
        kind=side.party.kind,
        side_state=side.state,
        procedure=procedure,
        state=procedure.states[case.state],
        stage=case.stage,
        is_open=case.is_open,
        version=case.version,
        subject=case.subject if is_asker else "",
        own_description=case.description if is_asker else "",
        own_released=side.released,
        own_words=side.words,
        due_on=None if case.due_on == NO_DATE else case.due_on,
        is_provisional=case.is_provisional,
        terms=viewing.shown_terms(case, procedure, rows),
        unit=case.unit.name,
        body=case.body.name,
        body_code=case.body.code,
        zone=case.body.time_zone,
        mediator=_mediator(case),
        level=procedure.levels.get(level),
        levels=tuple(procedure.levels.values()),
        others=_others(case, side),
        steps=_steps(case, procedure, side) if side.state != "out" else (),
        offers=tuple(offers) if side.state != "out" else (),
        documents=tuple(
            replace(each, number=side_letters.own_number(side, each.number))
            for each in viewing.shown_documents(case, procedure)
        ),
        letters=tuple(
            replace(each, number=side_letters.own_number(side, each.number), services=each.services if is_asker else ())
            for each in letters_of(case.pk)
        ),
        timeline=timeline.story(events, procedure),
        looks=timeline.looks(events),
        received_on=case.received_on,
        closed_at=case.closed_at,
        has_contact=side.party.has_contact,
        is_minor=side.party.is_minor,
        guardian=side.guardian,
        language=side.party.language,
        erase_on=side.erase_on,
        is_helper=bool(holder.helper),
    )


def _mediator(case: Case) -> OfficerShown | None:
    """Who mediates; before somebody does, nobody."""
    if case.stage not in {"mediation", "followup"} or case.responsible_post is None:
        return None
    post = case.responsible_post
    if "mediator" not in post.roles and case.stage == "mediation" and case.state == "consented":
        return None
    return viewing.shown_officer(post, holders([post.pk]))


def _others(case: Case, own: Side) -> tuple[OtherSeen, ...]:
    return tuple(
        OtherSeen(each.number, each.state, each.released, each.is_minor)
        for each in sides.shown(case)
        if each.number != own.number
    )


def _steps(case: Case, procedure: Procedure, own: Side) -> tuple[StepSeen, ...]:
    said: dict[str, dict[int, str]] = {}
    for each in consenting.consents_of(case):
        if not each.is_spent:
            said.setdefault(each.step, {})[each.side] = each.answer
    staying = [side.number for side in sides.sides_of(case) if side.state != "out"]
    return tuple(
        StepSeen(
            step,
            said.get(step, {}).get(own.number, ""),
            tuple(number for number in staying if said.get(step, {}).get(number) == "yes"),
            tuple(number for number in staying if said.get(step, {}).get(number) == "no"),
            tuple(number for number in staying if number not in said.get(step, {})),
        )
        for step in rule.steps_from(procedure, case.state)
    )
