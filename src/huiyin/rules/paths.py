"""Every way a matter can go: a full search of a procedure's graph, with the shortest path to each point.

A point is more than a state: which terms run, which stand still, whether the matter has had its answer, and
which duties were used up on the way to it.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Iterator
from dataclasses import dataclass

from huiyin.rules.procedure import Move, Procedure

WORKING = frozenset({"intake", "acceptance", "handling", "mediation"})
MOST_POINTS = 20_000  # the largest pack of ours has a hundred
_NONE: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Point:
    """Where a matter can stand."""

    state: str
    running: frozenset[str]
    stopped: frozenset[str] = _NONE
    is_answered: bool = False
    spent: frozenset[str] = _NONE


@dataclass(frozen=True, slots=True)
class Edge:
    """One move from one point to another."""

    start: Point
    move: Move
    end: Point


class Paths:
    """All points that can be reached from the beginning, and all moves between them."""

    def __init__(self, procedure: Procedure, moves: frozenset[str] | None = None) -> None:
        self.procedure = procedure
        self.elsewhere = under_review_elsewhere(procedure)
        self.moves = [move for move in procedure.moves.values() if moves is None or move.id in moves]
        self.first = Point(procedure.start, frozenset(procedure.opening_terms))
        self.came_by: dict[Point, Edge | None] = {self.first: None}
        self.edges: list[Edge] = []
        waiting = deque([self.first])
        while waiting and len(self.came_by) <= MOST_POINTS:
            for edge in self._from(waiting.popleft()):
                self.edges.append(edge)
                if edge.end not in self.came_by:
                    self.came_by[edge.end] = edge
                    waiting.append(edge.end)

    @property
    def is_whole(self) -> bool:
        """Was every way searched? Where the clocks of a text have too many combinations, nothing is proved."""
        return len(self.came_by) <= MOST_POINTS

    def path(self, point: Point, last: Move | None = None) -> str:
        """The shortest way to a point in words: ``registered -accept-> accepted``; ``last`` is one move further."""
        words = [] if last is None else [f"-{last.id}-> {last.to_state}"]
        here: Point | None = point
        while here is not None:
            edge = self.came_by[here]
            words.append(f"-{edge.move.id}-> {here.state}" if edge else here.state)
            here = edge.start if edge else None
        return " ".join(reversed(words))

    def is_working(self, state: str) -> bool:
        """Is an answer still owed here, by this case and no other?"""
        stage = self.procedure.states[state].stage
        return stage in WORKING or (stage == "review" and state not in self.elsewhere)

    def answerable(self) -> set[Point]:
        """Points from which an answer or a reasoned refusal can be reached without the matter having ended before."""
        before: dict[Point, list[Point]] = {}
        waiting: deque[Point] = deque()
        for edge in self.edges:
            if self.is_working(edge.end.state):
                before.setdefault(edge.end, []).append(edge.start)
            if edge.move.decides:
                waiting.append(edge.start)
        found = set(waiting)
        while waiting:
            for point in before.get(waiting.popleft(), ()):
                if point not in found:
                    found.add(point)
                    waiting.append(point)
        return found

    def _from(self, point: Point) -> Iterator[Edge]:
        for move in self.moves:
            if point.state in move.from_states:
                yield Edge(point, move, self._after(point, move))

    def _after(self, point: Point, move: Move) -> Point:
        """As the engine does it: an ending drops the office's duties, not the complainant's own time."""
        terms = self.procedure.terms
        recurring = {term for term in move.meets if terms[term].recurs and term in point.running}
        running = (point.running - {*move.meets, *move.ends}) | set(move.starts) | (recurring - set(move.ends))
        if self.procedure.states[move.to_state].is_final:
            running = frozenset(term for term in running if not terms[term].is_duty)
        is_reopened = self.is_working(move.to_state) and not self.is_working(point.state)
        is_answered = move.decides or (point.is_answered and not is_reopened)
        gone = {term for term in point.running - running if terms[term].is_duty}
        spent = _NONE if is_answered or is_reopened else point.spent | gone
        stopped = ((point.stopped - set(move.resumes)) | set(move.suspends)) & running
        return Point(move.to_state, frozenset(running), frozenset(stopped), is_answered, frozenset(spent))


def under_review_elsewhere(procedure: Procedure) -> frozenset[str]:
    """States entered only by opening a review: its clock runs in the linked case."""
    into: dict[str, list[Move]] = {}
    for move in procedure.moves.values():
        into.setdefault(move.to_state, []).append(move)
    return frozenset(
        state.id
        for state in procedure.states.values()
        if state.stage == "review"
        and state.id in into
        and state.id != procedure.start
        and all("open_review" in move.effects for move in into[state.id])
    )
