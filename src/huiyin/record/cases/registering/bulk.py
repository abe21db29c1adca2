"""Many invented cases at once, for the bench: the same rows, chains and seals, written in batches."""

from __future__ import annotations

import datetime
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from itertools import islice

from django.db import transaction

from huiyin.record import clock
from huiyin.record.bodies.models import Post
from huiyin.record.cases.codes import receipts
from huiyin.record.cases.days import terms
from huiyin.record.cases.lists import search
from huiyin.record.cases.models import Case, Grant, Milestone, Party, Receipt, RunningTerm
from huiyin.record.identity import access as identity
from huiyin.record.identity.access import Identity
from huiyin.record.law import versions
from huiyin.record.law.calendars import calendar
from huiyin.record.ledger.append import ToldEvent, append_told_chains
from huiyin.record.ledger.chains import Actor, ChainRef
from huiyin.rules import ladder
from huiyin.rules import receipt as rule
from huiyin.rules.procedure import Term

BATCH = 2_000
FAR = 500_000_000


@dataclass(frozen=True, slots=True)
class Invented:
    """One invented matter: its words, how old it is, who holds it, where it stands.

    Without ``state`` it is newly registered; ``terms`` are those that run since it came in.
    """

    subject: str
    description: str
    days_ago: int
    post: str
    state: str = ""
    terms: tuple[str, ...] = ()


def seed(
    matters: Iterator[Invented], *, procedure: str, first: int, tell: Callable[[int], None] = lambda count: None
) -> int:
    """Write invented open cases, numbered from ``first``; refused where no story is told. Gives how many."""
    posts = {post.code: post for post in Post.objects.select_related("unit__body")}
    version = versions.current_version(procedure)
    count = 0
    while batch := list(islice(matters, BATCH)):
        _write(batch, posts, version, first + count)
        count += len(batch)
        tell(count)
    return count


def number_of(position: int) -> str:
    """The case number of the n-th invented case."""
    return rule.make_case_number(f"{position:09d}")


def _free_numbers(first: int, count: int) -> list[str]:
    """Numbers in their order; where a case filed meanwhile drew one of them, another from far away."""
    wanted = {position: number_of(position) for position in range(first, first + count)}
    taken = set(Case.scoped.filter(number__in=wanted.values()).values_list("number", flat=True))
    return [number_of(position + FAR) if number in taken else number for position, number in wanted.items()]


def _write(batch: Sequence[Invented], posts: dict[str, Post], version: int, first: int) -> None:
    vault_ids = identity.keep_many([Identity(name="某某", phone="000-0000-0000") for _ in batch])
    procedure, now = versions.procedure_of(version), clock.now()
    cases, running, told = [], [], []
    numbers = _free_numbers(first, len(batch))
    for number, matter in zip(numbers, batch, strict=True):
        post = posts[matter.post]
        at = now - datetime.timedelta(days=matter.days_ago)
        case = Case(
            number=number,
            law_id=version,
            state=matter.state or procedure.start,
            stage=procedure.states[matter.state or procedure.start].stage,
            body=post.unit.body,
            unit=post.unit,
            responsible_post=post,
            channel="web",
            confidentiality="named",
            language="zh-hans",
            subject=matter.subject,
            description=matter.description,
            received_on=at.date(),
            registered_at=at,
            last_word_at=at,
        )
        own = [
            _as_of_yesterday(case, procedure.terms[each], at.date(), now.date())
            for each in matter.terms or procedure.opening_terms
        ]
        terms.set_next_due(case, own)
        cases.append(case)
        running.append(own)
        told.append((ChainRef.case(case.number), _events(case, own, at)))
    with transaction.atomic():
        Case.scoped.bulk_create(cases, batch_size=500)
        parties = [
            Party(case=case, vault_id=vault_id, language="zh-hans", has_contact=True)
            for case, vault_id in zip(cases, vault_ids, strict=True)
        ]
        Party.objects.bulk_create(parties, batch_size=500)
        Receipt.objects.bulk_create(
            [
                Receipt(number=case.number, verifier=receipts.verifier(case.number, "0" * 20), party=party, made_at=now)
                for case, party in zip(cases, parties, strict=True)
            ],
            batch_size=500,
        )
        Grant.objects.bulk_create(
            [
                Grant(
                    post=case.responsible_post,
                    capacity="responsible",
                    case=case,
                    from_at=case.registered_at,
                    why="seed",
                )
                for case in cases
            ],
            batch_size=500,
        )
        for case, own in zip(cases, running, strict=True):
            for row in own:
                row.case = case
        RunningTerm.objects.bulk_create([row for own in running for row in own], batch_size=500)
        Milestone.objects.bulk_create(
            [
                Milestone(
                    case=case,
                    body=case.body,
                    kind="registered",
                    on=case.received_on,
                    is_restricted=False,
                    is_review=False,
                )
                for case in cases
            ],
            batch_size=500,
        )
        search.add_many((case.pk, search.indexed_text(case)) for case in cases)
        append_told_chains(told)


def _as_of_yesterday(case: Case, term: Term, start: datetime.date, today: datetime.date) -> RunningTerm:
    """A running term whose acts of past days lie behind, as if the clock had run every night."""
    country = case.body.calendar
    row = terms.new_term(case, term, start=start, country=country)
    planned = ladder.acts(term, start, row.due_on, calendar(country))
    row.acts_done = sum(act.on < today for act in planned)
    row.next_act_on = ladder.next_on(planned, row.acts_done)
    return row


def _events(case: Case, own: Sequence[RunningTerm], at: datetime.datetime) -> list[ToldEvent]:
    details = {"terms": [{"term": row.term, "due_on": row.due_on.isoformat()} for row in own]}
    return [
        ToldEvent("complaint_registered", details, Actor.complainant(), at),
        ToldEvent("responsible_named", {}, Actor.complainant(), at),
        ToldEvent("receipt_used", {"purpose": "follow", "what": "case"}, Actor.complainant(), at),
    ]
