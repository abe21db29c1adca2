"""What a procedure is: the law of one kind of matter, as frozen values.

A procedure is written as TOML (``procedures/*.toml``), checked by
``catalogue`` and never changed afterwards: a case cites the hash of the text
under which it was filed.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

Unit = Literal["calendar_days", "working_days", "hours", "weeks", "months"]
Stage = Literal["intake", "acceptance", "handling", "mediation", "review", "followup", "ended"]
Input = Literal["text", "reason", "route", "to", "legal_basis", "outcome", "class"]

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
    """How far a term may be extended, by whom, how often."""

    maximum: int
    unit: Unit
    times: int
    approver: str
    article: str


@dataclass(frozen=True, slots=True)
class Term:
    """One time limit: so many ``unit`` from its start, owed by a role."""

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


@dataclass(frozen=True, slots=True)
class Choice:
    """An entry of a list in the pack: a reason, a route, an outcome."""

    id: str
    name: Words
    article: str = ""
    text: Words | None = None


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
