"""A dispute as one side reads it: the first sentence, the levels, what is asked, the mediators, the story, who looked."""

from __future__ import annotations

import datetime
from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from huiyin.front.portal.labels import OPENED, PURPOSES, said
from huiyin.record.cases.shown.case_view import DocumentView, TermView
from huiyin.record.cases.table.side_view import SideView, StepSeen
from huiyin.record.files.store import LetterView
from huiyin.rules.procedure import Words
from huiyin.stages.mediation.choosing import CandidateView
from huiyin.ui.dates import long_date
from huiyin.ui.languages import page_tag
from huiyin.ui.names import DOCUMENTS, ROLE_NAMES, paper_opened
from huiyin.ui.parts import Entry, Look, Step

ASKED: dict[str, Promise] = {
    "begin": gettext_lazy("Do you want mediation?"),
    "raise": gettext_lazy("Do you want to go to the next level?"),
    "go_on": gettext_lazy("Do you want to go on?"),
    "agree": gettext_lazy("Do you agree to what was written down?"),
    "confirm": gettext_lazy("Do you want to ask the court, together, to confirm it?"),
}


@dataclass(frozen=True, slots=True)
class AskedNow:
    """One question to this side, with how the others stand."""

    step: str
    question: str
    own: str
    others: str


@dataclass(frozen=True, slots=True)
class Paper:
    """What this side was told in writing, and the letter in which it stands."""

    name: str
    document: DocumentView
    letter: LetterView | None


@dataclass(frozen=True, slots=True)
class Chooseable:
    """One mediator, as this side may choose."""

    view: CandidateView
    own: str
    says: str
    may_accept: bool


def sentence(view: SideView) -> str:
    """Where it stands, by whom and by when: the pack's sentence with its places filled."""
    officer = view.mediator
    duty = owed(view)
    places = {
        "officer": _in(officer.name) if officer else _in(view.unit),
        "unit": _in(view.unit),
        "body": _in(view.body),
        "due": long_date(duty.due_on) if duty else _("the day given below"),
    }
    return _in(view.state.told).format_map(_Places(places))


def owed(view: SideView) -> TermView | None:
    """What the office owes next, with its day."""
    return next((term for term in view.terms if term.state == "running" and term.owed_by != "complainant"), None)


def overdue(view: SideView, today: datetime.date) -> TermView | None:
    """What the office should have done by now. The time of a level that is over is no delay: one goes on, goes up or ends."""
    duty = owed(view)
    is_of_a_level = duty is not None and duty.owed_by == "mediator" and view.stage == "mediation"
    return duty if duty is not None and duty.due_on < today and not is_of_a_level else None


def levels(view: SideView) -> list[Step]:
    """The levels of the pack, with where this dispute is."""
    here = view.levels.index(view.level) if view.level is not None else -1
    steps = []
    for at, level in enumerate(view.levels):
        steps.append(Step(_in(level.name), "here" if at == here else "done" if at < here else "ahead"))
    return steps if here >= 0 else []


def asked(view: SideView, step: StepSeen) -> AskedNow:
    """One question, in words."""
    own = _("You said yes.") if step.own_answer == "yes" else _("You said no.") if step.own_answer == "no" else ""
    yes = [_side(number) for number in step.agreed if number != view.side]
    no = [_side(number) for number in step.refused if number != view.side]
    waits = [_side(number) for number in step.waits_for if number != view.side]
    parts = [
        _("Yes: %(sides)s") % {"sides": _list(yes)} if yes else "",
        _("No: %(sides)s") % {"sides": _list(no)} if no else "",
        _("Not answered yet: %(sides)s") % {"sides": _list(waits)} if waits else "",
    ]
    return AskedNow(step.step, str(ASKED[step.step]), own, " · ".join(filter(None, parts)))


def candidate(view: CandidateView, side: int) -> Chooseable:
    """One mediator, with what this side said and how it stands."""
    own = view.answers.get(side, "")
    if view.is_void:
        says = _("A tie was found late: this person does not mediate.")
    elif view.has_told and not view.may_mediate:
        says = _("Cannot mediate here.")
    elif "object" in view.answers.values():
        says = _("A side asked for somebody else.")
    elif view.is_chosen:
        says = _("Accepted by all sides.")
    elif not view.has_told:
        says = _("Has not said yet whether there is any tie.")
    else:
        says = ""
    may = view.has_told and view.may_mediate and not view.is_void
    return Chooseable(view, own, says, may)


def papers(view: SideView) -> list[Paper]:
    """What this side was told in writing, newest first, each in the pack's own name."""
    found = {each.number: each for each in view.letters}
    return [
        Paper(_in(notice.name) if notice else said(DOCUMENTS, each.kind), each, found.get(each.number))
        for each in reversed(view.documents)
        for notice in (view.procedure.notices.get(each.kind),)
    ]


def left_contact(view: SideView) -> bool:
    """Whether this side said itself how to reach it; what somebody else said of it serves the invitation alone."""
    return any(each.kind in {"side_contact_given", "sides_joined"} for each in view.timeline)


def story(view: SideView) -> list[Entry]:
    """What happened, newest first."""
    return [Entry(each.at, _in(each.sentence), _in(each.who) if each.who else "") for each in view.timeline]


def looks(view: SideView) -> list[Look]:
    """Who looked at this side's matter."""
    return [
        Look(
            at=look.at,
            role=" · ".join(filter(None, (_in(look.name), str(ROLE_NAMES.get(look.role, look.role))))),
            unit=_in(look.unit) or _in(look.body),
            duty_number="" if look.role in {"other_party", "helper"} else look.duty_number,
            purpose=said(PURPOSES, look.purpose),
            what=paper_opened(look.what) or (said(OPENED, look.what) if look.what in OPENED else look.what),
        )
        for look in view.looks
    ]


def _side(number: int) -> str:
    return _("side %(number)s") % {"number": number}


def _list(names: list[str]) -> str:
    return "、".join(names) if page_tag().startswith("zh") else ", ".join(names)


def _in(words: Words) -> str:
    return words.in_language(page_tag())


class _Places(dict[str, str]):
    """A place that a newer pack invents stays visible instead of breaking the page."""

    def __missing__(self, key: str) -> str:
        return "{" + key + "}"
