"""The whole way of one matter: where it was and since when, where it is, by when what is due, what can come."""

from __future__ import annotations

import datetime
from dataclasses import dataclass

from django.utils.safestring import SafeString

from huiyin.record.cases.shown.case_view import CaseView
from huiyin.rules.picture import STAGE_ORDER
from huiyin.rules.procedure import State, Words
from huiyin.ui.dates import as_day
from huiyin.ui.pictures import picture


@dataclass(frozen=True, slots=True)
class Onward:
    """A step that leads from a station to another, or leaves it where it is (None)."""

    name: Words
    to: State | None


@dataclass(frozen=True, slots=True)
class Station:
    """One state of the procedure as this matter sees it."""

    state: State
    since: datetime.date | None
    is_here: bool
    due: tuple[tuple[Words, datetime.date], ...]
    onward: tuple[Onward, ...]


def stations(view: CaseView) -> list[Station]:
    """The picture in words: every state in its order, with the dates of this matter."""
    procedure, reached = view.procedure, _reached(view)
    due = tuple((term.name, term.due_on) for term in view.running)
    return [
        Station(
            state=state,
            since=reached.get(state.id),
            is_here=state.id == view.state.id,
            due=due if state.id == view.state.id else (),
            onward=tuple(
                Onward(move.name, procedure.states[move.to_state] if move.to_state != state.id else None)
                for move in procedure.moves.values()
                if state.id in move.from_states
            ),
        )
        for state in sorted(procedure.states.values(), key=lambda each: STAGE_ORDER.index(each.stage))
    ]


def drawn(view: CaseView) -> SafeString:
    """The same as a picture."""
    due = {term.id: term.due_on for term in view.running}
    return picture(view.procedure, here=view.state.id, dates=_reached(view), due=due)


def _reached(view: CaseView) -> dict[str, datetime.date]:
    """When the matter last came to each state."""
    reached = {view.procedure.start: view.received_on}
    for entry in reversed(view.timeline):
        if entry.to_state:
            reached[entry.to_state] = as_day(entry.at)
    return reached
