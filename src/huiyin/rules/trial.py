"""A made-up case under a procedure: filed on this Friday, what is due when? Nothing is kept.

The clocks move as the record moves them on its rows; both count with ``running``.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime, time

from huiyin.rules.deadline import Due
from huiyin.rules.guards import CHECKS, to_confirm, written
from huiyin.rules.lifecycle import Standing, may_move
from huiyin.rules.procedure import ROLES, Move, Procedure, Term, VectorStep
from huiyin.rules.refusal import Refusal
from huiyin.rules.running import History, due_now, is_stopped, may_extend, may_stop, resumed
from huiyin.rules.workdays import Calendar


@dataclass(frozen=True, slots=True)
class Clock:
    """One running term: since when, and what happened to it."""

    term: Term
    start: date
    due: Due
    history: History = field(default_factory=History)

    @property
    def is_stopped(self) -> bool:
        """Does it stand still now? Its date is then only the one it had before."""
        return is_stopped(self.history)


@dataclass(slots=True)
class Trial:
    """Where the made-up case stands."""

    procedure: Procedure
    calendar: Calendar
    state: str
    clocks: dict[str, Clock] = field(default_factory=dict)

    @classmethod
    def filed(cls, procedure: Procedure, calendar: Calendar, on: date) -> Trial:
        """A matter received on a day."""
        trial = cls(procedure, calendar, procedure.start)
        for name in procedure.opening_terms:
            trial.start(procedure.terms[name], on)
        return trial

    def move(self, move_id: str, *, on: date, received: date | None = None, days: int | None = None) -> Move:
        """Make a move; ``received`` is the day its letter came into the complainant's hands.

        Everybody holds every role and every check holds. Raises Refusal for what the law does not allow on that day.
        """
        move = self.procedure.moves.get(move_id)
        given = full_input(self.procedure, move, days) if move else {}
        roles = frozenset(ROLES)
        rule = may_move(self.procedure, move_id, state=self.state, roles=roles, given=given, standing=self.standing(on))
        self._run_on(rule, on, days)
        for name in {*rule.meets, *rule.ends} & self.clocks.keys():
            recurs = self.clocks.pop(name).term.recurs
            if recurs is not None and name not in rule.ends:
                self.start(self.procedure.terms[name], on, days=recurs.every)
        for name in rule.starts:
            term = self.procedure.terms[name]
            opens = received if received and term.window_opens == "receipt" else on
            self.start(term, opens, days=days if term.length_is_set else None)
        self.state = rule.to_state
        if self.procedure.states[self.state].is_final:
            self.clocks = {name: clock for name, clock in self.clocks.items() if not clock.term.is_duty}
        return rule

    def start(self, term: Term, on: date, days: int | None = None) -> None:
        """A term begins; ``days`` is what was set where the pack leaves it open, never more than its maximum."""
        self._count(Clock(term, on, Due(on, False, ()), History(length=days)))

    def standing(self, on: date) -> Standing:
        """How the case stands on a day, for the rules of moves."""
        running = {name: clock for name, clock in self.clocks.items() if not clock.is_stopped}
        return Standing(
            lapsed=frozenset(name for name, clock in running.items() if clock.due.on < on),
            stopped=frozenset(self.clocks.keys() - running.keys()),
            extended={name: len(clock.history.extensions) for name, clock in self.clocks.items()},
            checks=frozenset(CHECKS),
        )

    def due(self) -> Mapping[str, date]:
        """What is due when, by the names of the terms."""
        return {name: clock.due.on for name, clock in self.clocks.items()}

    def _run_on(self, rule: Move, on: date, days: int | None) -> None:
        if rule.extends in self.clocks:
            clock = self.clocks[rule.extends]
            most = clock.term.extension.maximum if clock.term.extension else 0
            more = may_extend(clock.term, clock.history, length=days or most, due_on=clock.due.on, on=on)
            self._keep(clock, replace(clock.history, extensions=(*clock.history.extensions, more)))
        for clock in [self.clocks[name] for name in rule.suspends if name in self.clocks]:
            stop = may_stop(clock.term, clock.history, reason=clock.term.stops[0].id, on=on)
            self._keep(clock, replace(clock.history, stops=(*clock.history.stops, stop)))
        for clock in [self.clocks[name] for name in rule.resumes if name in self.clocks]:
            self._keep(clock, resumed(clock.history, on=on))

    def _keep(self, clock: Clock, history: History) -> None:
        self._count(replace(clock, history=history))

    def _count(self, clock: Clock) -> None:
        begun = datetime.combine(clock.start, time(), UTC) if clock.term.unit == "hours" else None
        found = due_now(clock.start, clock.term, self.calendar, clock.history, started_at=begun)
        self.clocks[clock.term.id] = replace(clock, due=found)


@dataclass(frozen=True, slots=True)
class Scene:
    """How the made-up case stands after a deed (None: after the filing), or why the deed was refused."""

    deed: VectorStep | None
    refusal: Refusal | None
    state: str
    clocks: tuple[Clock, ...]

    @property
    def missed(self) -> tuple[Clock, ...]:
        """The duties whose last day was past on the day of the deed."""
        on = self.deed.on if self.deed else None
        return tuple(
            each for each in self.clocks if on and each.term.is_duty and not each.is_stopped and each.due.on < on
        )


def told(procedure: Procedure, calendar: Calendar, filed: date, deeds: Sequence[VectorStep]) -> list[Scene]:
    """A made-up case scene by scene; the first deed that is refused is the last scene, and changes nothing."""
    trial = Trial.filed(procedure, calendar, filed)
    scenes = [_scene(trial, None, None)]
    for deed in deeds:
        refusal = None
        try:
            trial.move(deed.move, on=deed.on, received=deed.received, days=deed.days)
        except Refusal as why:
            refusal = why
        scenes.append(_scene(trial, deed, refusal))
        if refusal is not None:
            break
    return scenes


def _scene(trial: Trial, deed: VectorStep | None, refusal: Refusal | None) -> Scene:
    clocks = sorted(trial.clocks.values(), key=lambda clock: (clock.due.on, clock.term.id))
    return Scene(deed, refusal, trial.state, tuple(clocks))


def full_input(procedure: Procedure, move: Move, days: int | None = None) -> dict[str, str]:
    """Something for everything a move requires, and what it wants confirmed."""
    values = {
        "text": "-", "reason": (*move.reasons, "-")[0], "route": next(iter(procedure.routes), ""), "to": "-",
        "legal_basis": "-", "outcome": (*move.outcomes, "")[0], "class": "claim", "days": str(days or 1),
    }  # fmt: skip
    confirmed = written([guard.id for guard in to_confirm(procedure, move)])
    return {name: values[name] for name in move.requires} | ({"confirmed": confirmed} if confirmed else {})
