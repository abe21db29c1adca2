"""One matter as its complainant reads it: the first sentence, the way, the story, who looked, what can be done now."""

from __future__ import annotations

import datetime
from dataclasses import dataclass
from typing import Generic, Literal, TypeVar

from django.urls import reverse
from django.utils.translation import gettext as _

from huiyin.front.portal.labels import EARLIER, LINKS, OPENED, PURPOSES, said
from huiyin.record.cases.shown.case_view import CaseView, DocumentView, LinkView, LookView, TermView
from huiyin.rules.lifecycle import Offer, way_to_review
from huiyin.rules.procedure import Stage, Words
from huiyin.ui.dates import as_day, long_date, plain_date
from huiyin.ui.languages import page_tag
from huiyin.ui.names import DOCUMENTS, ROLE_NAMES, STAGE_NAMES, paper_opened
from huiyin.ui.parts import Entry, Look, Step

WAY: tuple[Stage, ...] = ("intake", "acceptance", "handling", "mediation", "followup", "review", "ended")
OWN_LOOKS = "complainant"
HELPER = "helper"
NO_OFFICERS = frozenset({OWN_LOOKS, HELPER, "system"})
T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Deeds:
    """What the complainant may do now; ``window`` is the time to contest, whether it runs or is over.

    ``is_late``: the time is over, and asking is still open; a person decides whether the review is taken up.
    """

    contest: Offer | None
    content: Offer | None
    window: TermView | None
    is_late: bool = False

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


def looks(view: CaseView, *, own: bool) -> list[Look]:
    """Who looked: everybody else, with what was asked about it; or the complainant's own receipt."""
    return [
        Look(
            **_asked_about(look, view),
            mark=_("must stay away now; this was before") if look.is_by_named else "",
            at=look.at,
            role=" · ".join(filter(None, (_in(look.name), str(ROLE_NAMES.get(look.role, look.role))))),
            unit=_in(look.unit) or _in(look.body),
            duty_number=look.duty_number,
            purpose=said(PURPOSES, look.purpose),
            what=paper_opened(look.what) or _opened(look.what),
        )
        for look in view.looks
        if (look.role == OWN_LOOKS) == own
    ]


def _asked_about(look: LookView, view: CaseView) -> dict[str, str]:
    """Where one can ask about a look of an officer, or what was asked and answered."""
    if look.role in NO_OFFICERS:
        return {}
    asked = view.asked_about(look)
    if asked is None:
        return {"ask_url": reverse("portal:look", args=[view.number, look.seq])}
    if asked.state == "answered" and asked.answered_at is not None:
        said_by = _in(asked.officer) if asked.officer else _in(asked.owed_by)
        words = _("You asked why. %(who)s answered on %(day)s:") % {
            "who": said_by,
            "day": plain_date(asked.answered_at),
        }
    else:
        words = _("You asked why. %(unit)s must answer by %(day)s.") % {
            "unit": _in(asked.owed_by),
            "day": plain_date(asked.due_on),
        }
    return {"asked": words, "answer": asked.answer, "language": view.language}


def _opened(what: str) -> str:
    """What was opened; of a notice its number too."""
    kind, _space, number = what.partition(" ")
    if kind == "notice":
        return _("the address for notices, if you left one (notice %(number)s)") % {"number": number}
    return said(OPENED, what)


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
    """Other cases of the family: the matter itself, its reviews, and what came after its end."""
    return [Titled(said(LINKS if link.is_later else EARLIER, link.kind), link) for link in view.links]


def may_come_back(view: CaseView) -> bool:
    """Whether what is new starts a matter of its own: this one has ended, and is no review of another."""
    return not view.is_open and view.channel != "review"


def deeds(view: CaseView) -> Deeds:
    """The complainant's own moves: the one that opens a review, in time or late, and the one that agrees."""
    own = [offer for offer in view.offers if "complainant" in offer.move.roles]
    asking = [offer for offer in own if offer.move.asks_for_review]
    contest = way_to_review(own)
    content = next((offer for offer in own if offer not in asking and offer.refusal is None), None)
    names = {name for offer in asking for name in (offer.move.before, *offer.move.only_after) if name}
    window = next((term for term in reversed(view.terms) if term.id in names), None)
    return Deeds(
        contest, content, window, is_late=bool(contest and contest.refusal is None and contest.move.only_after)
    )


def _side(kind: str, who: Words | None) -> Literal["ours", "theirs", "system"]:
    if kind in {"term_lapsed", "notice_sent", "notice_undelivered"}:
        return "system"
    return "ours" if who is not None or kind == "responsible_named" else "theirs"


def _in(words: Words) -> str:
    return words.in_language(page_tag())
