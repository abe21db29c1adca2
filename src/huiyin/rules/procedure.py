"""What a procedure is: the law of one kind of matter, as frozen values.

A procedure is written as TOML (``procedures/*.toml``), checked by
``catalogue`` and never changed afterwards: a case cites the hash of the text
under which it was filed.
"""

from __future__ import annotations

import datetime
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal

Unit = Literal["calendar_days", "working_days", "hours", "weeks", "months"]
Stage = Literal["intake", "acceptance", "handling", "mediation", "review", "followup", "ended"]
Input = Literal["text", "reason", "route", "to", "legal_basis", "outcome", "class", "days"]
ProcedureKind = Literal["complaint", "mediation"]
Transfer = Literal["", "send", "object", "refuse", "return", "settle"]

STAGES: tuple[Stage, ...] = ("intake", "acceptance", "handling", "mediation", "review", "followup", "ended")
OUTCOMES = ("supported", "partly_supported", "explained", "not_supported", "settled", "routed", "withdrawn")
ROLES = (
    "complainant", "other_party", "stranger", "registrar", "handler", "unit_head", "body_head", "reviewer",
    "supervisor", "vault_keeper", "withdrawal_desk", "procedure_editor", "administrator", "mediator", "lawyer",
    "auditor", "api_client",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Words:
    """The same words in both languages."""

    zh: str
    en: str

    def in_language(self, language: str) -> str:
        """The words for a language tag; Chinese for every tag that begins with ``zh``."""
        return self.zh if language.lower().startswith("zh") else self.en


@dataclass(frozen=True, slots=True)
class Extension:
    """How far a term may be extended, by whom, how often.

    ``notice`` is the kind of document that tells the complainant before the old date; the old date stays visible.
    """

    maximum: int
    unit: Unit
    times: int
    approver: str
    article: str
    notice: str = ""
    verified: bool = False


@dataclass(frozen=True, slots=True)
class Stop:
    """A reason for which a term stands still; a term stops for no other."""

    id: str
    name: Words
    article: str
    verified: bool = False


@dataclass(frozen=True, slots=True)
class Rung:
    """What happens by the clock alone so many ``unit`` after a duty was missed: one step of the ladder."""

    after: int
    unit: Unit
    act: str


@dataclass(frozen=True, slots=True)
class Recurrence:
    """A duty that comes again, counted from the day it was last done, until a move ends it."""

    every: int
    unit: Unit


LADDER_ACTS = ("reminder", "superior", "supervision")
DEFAULT_LADDER = (
    Rung(1, "working_days", "reminder"), Rung(5, "working_days", "superior"), Rung(10, "working_days", "supervision"),
)  # fmt: skip
DEFAULT_REMINDERS = ("50%", "80%", "due", "overdue")
OUTSIDERS = frozenset({"complainant", "other_party", "stranger"})


@dataclass(frozen=True, slots=True)
class Term:
    """One time limit: so many ``unit`` from its start, owed by a role.

    Where ``length_is_set`` the law gives no days: ``set_by`` sets them when the term starts, ``length`` is
    the ``maximum`` and holds when nobody did. ``is_window`` is a time in which something may be done;
    when it is over nobody is late. ``window_opens`` says whether a term started by a letter runs from its receipt.
    ``on_miss`` and ``reminders`` are None where the file says nothing: see ``ladder`` and ``reminded_at``.
    ``law`` is named where the article is not one of the procedure's own law: see ``Procedure.law_of``.
    """

    id: str
    name: Words
    length: int
    unit: Unit
    count_from: Literal["next_day", "same_day"]
    roll: Literal["none", "next_workday"]
    owed_by: str
    basis: Literal["law", "target"]
    article: str
    source: str
    verified: bool
    set_by: str | None = None
    maximum: int | None = None
    extension: Extension | None = None
    length_is_set: bool = False
    is_window: bool = False
    window_opens: Literal["receipt", "sending"] = "sending"
    stops: tuple[Stop, ...] = ()
    recurs: Recurrence | None = None
    on_miss: tuple[Rung, ...] | None = None
    reminders: tuple[str, ...] | None = None
    law: Words | None = None

    @property
    def quotable_article(self) -> str:
        """The article a resident may be told; what nobody has verified is never quoted as law."""
        return self.article if self.verified else ""

    @property
    def is_duty(self) -> bool:
        """Does the office owe something by the last day? Else it is somebody's time to act, and nobody is late."""
        return not self.is_window and self.owed_by not in OUTSIDERS

    @property
    def ladder(self) -> tuple[Rung, ...]:
        """What happens by itself when the duty is missed."""
        if not self.is_duty:
            return ()
        return DEFAULT_LADDER if self.on_miss is None else self.on_miss

    @property
    def reminded_at(self) -> tuple[str, ...]:
        """When somebody is reminded: ``50%`` of the time, ``due`` (the last day), ``overdue`` (the day after)."""
        if self.reminders is not None:
            return self.reminders
        return DEFAULT_REMINDERS if self.is_duty else ("80%",)


@dataclass(frozen=True, slots=True)
class State:
    """Where a matter can stand, and what the complainant is told there.

    ``told`` is the one sentence at the top of the tracking page; it may name
    ``{officer}``, ``{unit}``, ``{body}``, ``{due}``.
    """

    id: str
    name: Words
    stage: Stage
    is_final: bool
    told: Words


@dataclass(frozen=True, slots=True)
class SignOffStep:
    """One station between draft and delivered document."""

    id: str
    name: Words
    role: str


@dataclass(frozen=True, slots=True)
class Move:
    """One deed that changes a matter: from which states, to which, by whom.

    ``requires`` are inputs that must be given, ``accepts`` may be given.
    ``starts`` terms begin on the day of the move, ``meets`` terms are fulfilled by it,
    ``ends`` terms fall away. ``only_after`` names terms that must have lapsed.
    ``before`` names a term that must not have lapsed (a window).
    ``makes`` is the kind of document written from ``text``; ``effects`` are names of ``config.effects``.
    ``outcome`` is set by the move, or chosen from ``outcomes`` when that is not empty.
    ``reason`` is chosen from ``reasons``; where that is empty it is free words (the grounds of a contest).
    ``told`` is the line in the complainant's timeline; may name ``{officer}``, ``{unit}``, ``{to}``.
    ``contents`` are what the document must hold, words of ``rules.contents``. ``guards`` must hold before.
    ``extends`` is a term that gets longer; ``suspends`` terms stand still, ``resumes`` terms run on.
    ``transfers``: ``send`` to another body, ``object`` to it; the sender answers by ``return`` (takes it back) or
    ``refuse`` (leaves it there), the common superior by ``settle``.
    """

    id: str
    name: Words
    from_states: tuple[str, ...]
    to_state: str
    roles: tuple[str, ...]
    requires: tuple[Input, ...]
    accepts: tuple[Input, ...]
    starts: tuple[str, ...]
    meets: tuple[str, ...]
    ends: tuple[str, ...]
    only_after: tuple[str, ...]
    before: str | None
    outcome: str | None
    outcomes: tuple[str, ...]
    makes: str | None
    effects: tuple[str, ...]
    sign_off: tuple[SignOffStep, ...]
    assigns: bool
    article: str
    told: Words
    help: Words
    reasons: tuple[str, ...] = ()
    verified: bool = False
    contents: tuple[str, ...] = ()
    guards: tuple[str, ...] = ()
    extends: str | None = None
    suspends: tuple[str, ...] = ()
    resumes: tuple[str, ...] = ()
    transfers: Transfer = ""
    law: Words | None = None

    @property
    def decides(self) -> bool:
        """Is this the answer, or a reasoned refusal: a document with an outcome, written by the office?"""
        return bool(self.makes and (self.outcome or self.outcomes)) and not OUTSIDERS.issuperset(self.roles)

    @property
    def asks_for_review(self) -> bool:
        """Is this the complainant's step to another body, that opens a review?"""
        return "complainant" in self.roles and "open_review" in self.effects

    @property
    def is_by_complainant(self) -> bool:
        """Is this a step that only somebody outside the office takes?"""
        return OUTSIDERS.issuperset(self.roles)


@dataclass(frozen=True, slots=True)
class TimeLimit:
    """How long a route stays open: a fact for the reader, not a clock of ours."""

    length: int
    unit: Unit
    counted_from: Words
    article: str
    source: str
    verified: bool


@dataclass(frozen=True, slots=True)
class Choice:
    """An entry of a list in the pack: a reason, a route, an outcome, a kind of letter.

    ``address`` is a key of the directory that the office keeps. An unverified ``time_limit`` is for the
    operator's eyes: it is never told to a resident as law.
    """

    id: str
    name: Words
    article: str = ""
    text: Words | None = None
    verified: bool = False
    address: str = ""
    time_limit: TimeLimit | None = None


@dataclass(frozen=True, slots=True)
class Guard:
    """What must hold before a move. With a ``check`` the program sees to it, else the officer confirms it."""

    id: str
    name: Words
    article: str = ""
    verified: bool = False
    check: str = ""


@dataclass(frozen=True, slots=True)
class Retaliation:
    """Where pressure or reprisal is reported, from every state: to whom, and what is said about it."""

    to: str
    told: Words
    article: str = ""
    verified: bool = False


@dataclass(frozen=True, slots=True)
class Misconduct:
    """Times in a matter of misconduct, in working days: ``days`` by kind of what is asked (``rules.asking.KINDS``)."""

    days: Mapping[str, int]
    article: str = ""
    verified: bool = False


@dataclass(frozen=True, slots=True)
class VectorStep:
    """One dated deed of a test vector."""

    move: str
    on: datetime.date
    received: datetime.date | None = None
    days: int | None = None


@dataclass(frozen=True, slots=True)
class Vector:
    """A worked example in the pack: filed on a day, these deeds, these due dates.

    ``refused`` is the code with which the last step must be refused.
    """

    name: str
    filed: datetime.date
    steps: tuple[VectorStep, ...]
    due: dict[str, datetime.date]
    refused: str = ""


@dataclass(frozen=True, slots=True)
class Exclusion:
    """What mediation cannot do: asked before anything else, as a question, with the ``route`` that is right instead."""

    id: str
    name: Words
    question: Words
    route: str
    article: str = ""
    verified: bool = False
    law: Words | None = None


@dataclass(frozen=True, slots=True)
class DisputeKind:
    """A kind of dispute, with the ``routes`` that are open where mediation ends without an agreement."""

    id: str
    name: Words
    routes: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Level:
    """One of the levels at which a dispute is mediated, lowest first.

    ``state`` is where the dispute stands meanwhile. Where ``offers_next``, the next level is offered when the time
    here is over; going there takes the consent of all in any case.
    """

    id: str
    name: Words
    state: str
    offers_next: bool = False


@dataclass(frozen=True, slots=True)
class Procedure:
    """The whole law of one kind of matter."""

    id: str
    version: str
    name: Words
    calendar: str
    start: str
    opening_terms: tuple[str, ...]
    states: dict[str, State]
    moves: dict[str, Move]
    terms: dict[str, Term]
    reasons: dict[str, Choice]
    routes: dict[str, Choice]
    outcomes: dict[str, Choice]
    review_procedure: str | None
    review_route: Words
    sha256: str
    law: Words | None = None
    inherits: str | None = None
    guards: dict[str, Guard] = field(default_factory=dict)
    notices: dict[str, Choice] = field(default_factory=dict)
    retaliation: Retaliation | None = None
    misconduct: Misconduct | None = None
    vectors: tuple[Vector, ...] = ()
    kind: ProcedureKind = "complaint"
    exclusions: dict[str, Exclusion] = field(default_factory=dict)
    disputes: dict[str, DisputeKind] = field(default_factory=dict)
    levels: dict[str, Level] = field(default_factory=dict)

    def law_of(self, entry: Term | Move) -> Words | None:
        """The name of the law whose article a term or a move cites."""
        return entry.law or self.law
