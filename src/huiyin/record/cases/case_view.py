"""What a page may know of a case: frozen values, never a table row, never a name."""

from __future__ import annotations

import datetime
from dataclasses import dataclass

from huiyin.record.files.store import LetterView
from huiyin.rules.deadline import Due
from huiyin.rules.lifecycle import Offer
from huiyin.rules.procedure import Choice, Procedure, State, Term, Words


@dataclass(frozen=True, slots=True)
class OfficerShown:
    """An officer as residents see one: name, number, post, unit and body."""

    name: Words
    duty_number: str
    title: Words
    unit: Words
    body: Words
    post: str = ""
    phone: str = ""


@dataclass(frozen=True, slots=True)
class TermView:
    """One clock: who owes what by when, under which rule, and the count day by day."""

    id: str
    name: Words
    owed_by: str
    starts_on: datetime.date
    due_on: datetime.date
    due_at: datetime.datetime | None
    first_due_on: datetime.date
    is_provisional: bool
    state: str
    ended_on: datetime.date | None
    rule: Term
    counted: Due


@dataclass(frozen=True, slots=True)
class MessageView:
    """A word from one side to the other."""

    id: int
    sender: str
    kind: str
    text: str
    language: str
    at: datetime.datetime
    officer: Words | None


@dataclass(frozen=True, slots=True)
class DocumentView:
    """A reply or notice as delivered."""

    id: int
    kind: str
    number: str
    text: str
    outcome: Choice | None
    legal_basis: str
    reason: Choice | None
    route: Choice | None
    language: str
    at: datetime.datetime
    officer: Words | None


@dataclass(frozen=True, slots=True)
class TimelineEntry:
    """One thing that happened, in both languages, as a whole sentence."""

    seq: int
    at: datetime.datetime
    kind: str
    sentence: Words
    who: Words | None
    to_state: str = ""


@dataclass(frozen=True, slots=True)
class LookView:
    """One reading of the case: who, in which duty, why, and what was opened."""

    at: datetime.datetime
    role: str
    name: Words
    unit: Words
    body: Words
    duty_number: str
    purpose: str
    what: str


@dataclass(frozen=True, slots=True)
class LinkView:
    """Another case of the same family."""

    number: str
    kind: str
    is_later: bool
    state: Words
    stage: str
    body: Words
    is_open: bool


@dataclass(frozen=True, slots=True)
class WaitingView:
    """Where a draft waits, and since when."""

    move: str
    step: Words
    step_number: int
    steps: tuple[Words, ...]
    officer: OfficerShown
    since: datetime.datetime


@dataclass(frozen=True, slots=True)
class DraftView:
    """The draft itself, for those who sign."""

    move: str
    given: dict[str, str]
    note: str
    signed: tuple[dict[str, str], ...]
    waiting: WaitingView
    may_sign: bool


@dataclass(frozen=True, slots=True)
class AboutView:
    """Whom or what the matter names."""

    kind: str
    name: Words


@dataclass(frozen=True, slots=True)
class CaseView:
    """Everything one reader may know of one case."""

    number: str
    procedure: Procedure
    law_version: str
    state: State
    stage: str
    is_open: bool
    outcome: Choice | None
    version: int
    subject: str
    description: str
    officer_summary: str
    category: Words | None
    area: Words | None
    channel: str
    confidentiality: str
    matter_class: str
    language: str
    needs: str
    has_contact: bool
    is_minor: bool
    is_restricted: bool
    received_on: datetime.date
    registered_at: datetime.datetime
    due_on: datetime.date | None
    is_provisional: bool
    body: Words
    body_code: str
    zone: str
    unit: Words
    responsible: OfficerShown | None
    terms: tuple[TermView, ...]
    messages: tuple[MessageView, ...]
    documents: tuple[DocumentView, ...]
    timeline: tuple[TimelineEntry, ...]
    looks: tuple[LookView, ...]
    links: tuple[LinkView, ...]
    about: tuple[AboutView, ...]
    waiting: WaitingView | None
    draft: DraftView | None
    offers: tuple[Offer, ...]
    may_unseal: bool
    letters: tuple[LetterView, ...] = ()

    @property
    def running(self) -> tuple[TermView, ...]:
        """The clocks that run now, nearest first."""
        return tuple(term for term in self.terms if term.state in {"running", "lapsed"})

    @property
    def next_term(self) -> TermView | None:
        """The office's nearest duty that still runs."""
        return next((term for term in self.running if term.owed_by != "complainant"), None)

    @property
    def answer(self) -> DocumentView | None:
        """The latest document that decides: it has an outcome."""
        return next((each for each in reversed(self.documents) if each.outcome is not None), None)
