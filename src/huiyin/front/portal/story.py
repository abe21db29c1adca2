"""One matter as its complainant reads it: the first sentence, the way, the story, who looked, what can be done now."""

from __future__ import annotations

import datetime
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Generic, Literal, TypeVar

from django.utils.translation import gettext as _

from huiyin.front.portal.labels import DOCUMENTS, LINKS, OPENED, PURPOSES, said
from huiyin.record.cases.case_view import CaseView, DocumentView, LinkView, LookView, TermView
from huiyin.rules.lifecycle import Offer
from huiyin.rules.procedure import Stage, Words
from huiyin.ui.dates import as_day, long_date, plain_date
from huiyin.ui.languages import page_tag
from huiyin.ui.names import ROLE_NAMES, STAGE_NAMES
from huiyin.ui.parts import Entry, Look, Step

WAY: tuple[Stage, ...] = ("intake", "acceptance", "handling", "mediation", "followup", "review", "ended")
OWN_LOOKS = "complainant"
T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Deeds:
    """What the complainant may do now; ``window`` is the time to contest, whether it runs or is over."""

    contest: Offer | None
    content: Offer | None
    window: TermView | None

    @property
    def may_contest(self) -> bool:
        """Whether a review can be asked for now."""
        return self.contest is not None and self.contest.refusal is None

    @property
    def is_too_late(self) -> bool:
        """Whether the time for it is over."""
        return bool(self.contest and self.contest.refusal and self.contest.refusal.code == "window_closed")


class _Places(dict[str, str]):
    """A place that a newer pack invents stays visible instead of breaking the page."""

    def __missing__(self, key: str) -> str:
        return "{" + key + "}"


def sentence(view: CaseView) -> str:
    """What happens next, by whom and by when: the pack's sentence with its places filled."""
    officer = view.responsible
    term = clock_shown(view)
    places = {
        "officer": _in(officer.name) if officer else _in(view.unit),
        "unit": _in(officer.unit) if officer else _in(view.unit),
        "body": _in(view.body),
        "due": long_date(term.due_on) if term else _("the day given below"),
    }
    return _in(view.state.told).format_map(_Places(places))


def clock_shown(view: CaseView) -> TermView | None:
    """The term the first sentence speaks of: the office's nearest duty, else the complainant's own time."""
    own = [term for term in view.running if term.owed_by == "complainant"]
    return view.next_term or (own[0] if own else None)


def way(view: CaseView) -> list[Step]:
    """The stations of the matter, with "you are here"; those it did not pass are left out."""
    procedure = view.procedure
    reached: dict[Stage, datetime.date] = {procedure.states[procedure.start].stage: view.received_on}
    for entry in reversed(view.timeline):
        state = procedure.states.get(entry.to_state)
        if state is not None:
            reached[state.stage] = as_day(entry.at)
    known = {state.stage for state in procedure.states.values()}
    stations = [stage for stage in WAY if stage in known]
    here = next(at for at, stage in enumerate(stations) if stage == view.stage)
    steps = []
    for position, stage in enumerate(stations):
        name = str(STAGE_NAMES[stage])
        if position == here:
            steps.append(Step(name, "here", reached.get(stage)))
        elif position < here and stage in reached:
            steps.append(Step(name, "done", reached[stage]))
        elif position > here and stage != "review":
            steps.append(Step(name, "ahead"))
    return steps


def story(view: CaseView) -> list[Entry]:
    """What happened, newest first."""
    return [
        Entry(entry.at, _in(entry.sentence), _in(entry.who) if entry.who else "", side=_side(entry.kind, entry.who))
        for entry in view.timeline
    ]


def looks(views: Iterable[LookView], *, own: bool) -> list[Look]:
    """Who looked: everybody else, or the complainant's own receipt."""
    return [
        Look(
            at=look.at,
            role=" · ".join(filter(None, (_in(look.name), str(ROLE_NAMES.get(look.role, look.role))))),
            unit=_in(look.unit) or _in(look.body),
            duty_number=look.duty_number,
            purpose=said(PURPOSES, look.purpose),
            what=said(OPENED, look.what),
        )
        for look in views
        if (look.role == OWN_LOOKS) == own
    ]


@dataclass(frozen=True, slots=True)
class Titled(Generic[T]):
    """A part of the matter with its heading."""

    title: str
    view: T


def letters(view: CaseView) -> list[Titled[DocumentView]]:
    """Every letter but the answer itself, newest first."""
    rest = [each for each in reversed(view.documents) if each is not view.answer]
    return [Titled(f"{said(DOCUMENTS, each.kind)} · {plain_date(each.at)}", each) for each in rest]


def links(view: CaseView) -> list[Titled[LinkView]]:
    """Other cases of the family: the matter itself, and its reviews."""
    return [Titled(said(LINKS, link.kind) if link.is_later else _("Your matter"), link) for link in view.links]


def deeds(view: CaseView) -> Deeds:
    """The complainant's own moves: the one that opens a review, and the one that agrees."""
    own = [offer for offer in view.offers if "complainant" in offer.move.roles]
    contest = next((offer for offer in own if "open_review" in offer.move.effects), None)
    content = next((offer for offer in own if offer is not contest and offer.refusal is None), None)
    name = contest.move.before if contest else None
    window = next((term for term in reversed(view.terms) if term.id == name), None)
    return Deeds(contest, content, window)


def _side(kind: str, who: Words | None) -> Literal["ours", "theirs", "system"]:
    if kind == "term_lapsed":
        return "system"
    return "ours" if who is not None or kind == "responsible_named" else "theirs"


def _in(words: Words) -> str:
    return words.in_language(page_tag())
