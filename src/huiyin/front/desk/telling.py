"""What the complainant will read once a move is made, put together before it is."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from huiyin.record.bodies.queries import Reader
from huiyin.record.cases.given import Given
from huiyin.record.cases.shown.case_view import CaseView
from huiyin.record.law.routes import Place, place
from huiyin.rules import duties, guards
from huiyin.rules.duties import Duty
from huiyin.rules.procedure import Choice, Guard, Move, SignOffStep, Term, Words


@dataclass(frozen=True, slots=True)
class Telling:
    """A move as its complainant will see it, and what it does to the clocks."""

    sentence: Words
    document: str
    text: str
    outcome: Choice | None
    legal_basis: str
    reason: Choice | None
    reason_words: str
    route: Choice | None
    place: Place | None
    starts: tuple[Term, ...]
    meets: tuple[Term, ...]
    stations: tuple[SignOffStep, ...]
    language: str
    promised: tuple[tuple[Words, Duty], ...]
    to: Words | None
    confirmed: tuple[Guard, ...]
    unsaid: tuple[Guard, ...]

    @property
    def next_station(self) -> SignOffStep | None:
        """Who has it next, when somebody must sign."""
        return self.stations[0] if self.stations else None


class _Places(dict[str, Any]):
    def __missing__(self, key: str) -> str:
        return "{" + key + "}"


def telling(
    view: CaseView, rule: Move, given: Given, *, by: Reader, posts: Sequence[tuple[str, str, str]] = ()
) -> Telling:
    """What comes of ``rule`` with ``given``; nothing is changed."""
    to = next((post for post in posts if post[0] == given.to), ("", "", ""))
    running = {term.id for term in view.terms if term.state == "running"}
    route = view.procedure.routes.get(given.route)
    has_document = bool(rule.makes and (given.text or given.reason))
    return Telling(
        sentence=Words(
            zh=_filled(rule.told.zh, "zh", view, by, to[1]), en=_filled(rule.told.en, "en", view, by, to[2])
        ),
        document=rule.makes or "" if has_document else "",
        text=given.text if has_document else "",
        outcome=view.procedure.outcomes.get(rule.outcome or given.outcome),
        legal_basis=given.legal_basis,
        reason=view.procedure.reasons.get(given.reason),
        reason_words="" if rule.reasons else given.reason,
        route=route,
        place=place(route.address) if route else None,
        starts=tuple(view.procedure.terms[name] for name in rule.starts),
        meets=tuple(view.procedure.terms[name] for name in rule.meets if name in running),
        stations=rule.sign_off[1:],
        language=view.language,
        promised=tuple((duties.name_of(each.kind), each) for each in duties.read(given.duties)),
        to=Words(zh=to[1], en=to[2]) if to[0] else None,
        confirmed=tuple(view.procedure.guards[name] for name in given.confirmed.split() if name in rule.guards),
        unsaid=guards.to_confirm(view.procedure, rule) if given.confirmed == guards.UNSAID else (),
    )


def of_draft(view: CaseView, *, by: Reader) -> Telling | None:
    """What the waiting draft will say, and the stations still ahead of it."""
    if view.draft is None:
        return None
    rule = view.procedure.moves[view.draft.move]
    told = telling(view, rule, Given(**view.draft.given), by=by)
    ahead = rule.sign_off[view.draft.waiting.step_number + 1 :]
    values = {name: getattr(told, name) for name in Telling.__slots__}
    return Telling(**(values | {"stations": ahead}))


def _filled(text: str, tongue: str, view: CaseView, by: Reader, to: str) -> str:
    post = next((post for post in by.posts if post.unit == view.unit), by.posts[0] if by.posts else None)
    places = {
        "officer": by.name.in_language(tongue),
        "unit": post.unit.in_language(tongue) if post else view.unit.in_language(tongue),
        "body": post.body.in_language(tongue) if post else view.body.in_language(tongue),
        "to": to,
        "due": "",
    }
    return text.format_map(_Places(places))
