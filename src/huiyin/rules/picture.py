"""A procedure as a picture: every state, what leads from it to where, and by when. SVG text, nothing else.

One column, so that it can be read at 320 pixels; the words are real text in reading order, so that it can be
read aloud; colors are those of the page around it. The lines at the side only repeat what the words say.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from html import escape

from huiyin.rules.procedure import Move, Procedure, State, Term, Words
from huiyin.rules.wording import length, long_day

WIDTH = 320
EDGE = 6
LANE = 7
STAGE_ORDER = ("intake", "acceptance", "handling", "mediation", "followup", "review", "ended")
HERE = Words("您在这里", "You are here")
SINCE = Words("自{day}", "since {day}")
UNTIL = Words("{name}：最迟{day}", "{name}: by {day}")
RUNS = Words("{length}：{name}", "{length}: {name}")
NOT_VERIFIED = Words("（未核对）", " (not verified)")
DESCRIPTION = Words(
    "{count}个状态，从“{start}”开始。每个状态下面写明可以做什么、到哪个状态、期限多长。",
    "{count} states, beginning with “{start}”. Below each state stands what can be done, to which state it leads, and the time allowed.",
)
_NO_DATES: Mapping[str, date] = {}


@dataclass(frozen=True, slots=True)
class Line:
    """One line of text in a block."""

    text: str
    size: int
    indent: int = 0
    is_bold: bool = False
    kind: str = ""


@dataclass(frozen=True, slots=True)
class Block:
    """A state with its lines: those inside its box, then those below it."""

    state: State
    top: int
    inside: tuple[Line, ...]
    below: tuple[Line, ...]

    @property
    def bottom_of_box(self) -> int:
        """Where the box ends."""
        return self.top + 12 + _height(self.inside)

    @property
    def bottom(self) -> int:
        """Where the next block may begin."""
        return self.bottom_of_box + _height(self.below) + (8 if self.below else 0) + 14


def draw(
    procedure: Procedure,
    *,
    language: str,
    here: str = "",
    dates: Mapping[str, date] = _NO_DATES,
    due: Mapping[str, date] = _NO_DATES,
    prefix: str = "procedure",
) -> str:
    """The picture as SVG. ``here`` is the state of a matter, ``dates`` when it reached each state, ``due`` its running
    terms with their last days. ``prefix`` keeps the ids of several pictures on one page apart.
    """
    states = sorted(procedure.states.values(), key=lambda state: STAGE_ORDER.index(state.stage))
    lanes = _lanes(procedure, states)
    left = EDGE + LANE * (1 + max(lanes.values(), default=0)) + 6
    numbers = {state.id: number for number, state in enumerate(states, start=1)}
    writer = _Writer(procedure, language, numbers, left, here, dates, due)
    blocks = list(writer.blocks(states))
    height = blocks[-1].bottom
    parts = [_drawn(block, left, prefix if block.state.id == here else "") for block in blocks]
    tops = {block.state.id: block for block in blocks}
    lines = [_connection(tops[start], tops[end], lane, left) for (start, end), lane in lanes.items()]
    return "\n".join([*_head(procedure, language, height, prefix, states[0]), *lines, "</g>", *parts, "</svg>"]) + "\n"


def _head(procedure: Procedure, language: str, height: int, prefix: str, first: State) -> list[str]:
    tag = "zh-Hans" if language.lower().startswith("zh") else "en"
    start = procedure.states.get(procedure.start, first).name.in_language(language)
    described = DESCRIPTION.in_language(language).format(count=len(procedure.states), start=start)
    return [
        f'<svg xmlns="http://www.w3.org/2000/svg" class="procedure-picture" lang="{tag}" role="group"'
        f' viewBox="0 0 {WIDTH} {height}" width="{WIDTH}" height="{height}" font-family="sans-serif"'
        f' aria-labelledby="{prefix}-title" aria-describedby="{prefix}-description">',
        f'<title id="{prefix}-title">{escape(procedure.name.in_language(language))}</title>',
        f'<desc id="{prefix}-description">{escape(described)}</desc>',
        '<g class="procedure-picture__lines" aria-hidden="true" fill="none" stroke="currentColor"'
        ' stroke-width="1" stroke-opacity="0.55">',
    ]


@dataclass(frozen=True, slots=True)
class _Writer:
    """Puts the words of a procedure into lines that fit."""

    procedure: Procedure
    language: str
    numbers: Mapping[str, int]
    left: int
    here: str
    dates: Mapping[str, date]
    due: Mapping[str, date]

    def blocks(self, states: list[State]) -> Iterator[Block]:
        """The states from top to bottom."""
        top = EDGE
        for state in states:
            block = Block(state, top, tuple(self._inside(state)), tuple(self._below(state)))
            yield block
            top = block.bottom

    def _say(self, words: Words, **places: str) -> str:
        text = words.in_language(self.language)
        return text.format(**places) if places else text

    def _inside(self, state: State) -> Iterator[Line]:
        yield from self._lines(f"{self.numbers[state.id]}  {self._say(state.name)}", 15, is_bold=True)
        reached = self.dates.get(state.id)
        since = self._say(SINCE, day=self._say(long_day(reached))) if reached else ""
        if state.id == self.here:
            yield from self._lines(" · ".join(filter(None, ("● " + self._say(HERE), since))), 13, kind="here")
            for name, day in sorted(self.due.items(), key=lambda each: each[1]):
                if name in self.procedure.terms:
                    term = self._say(self.procedure.terms[name].name)
                    yield from self._lines(self._say(UNTIL, name=term, day=self._say(long_day(day))), 13, kind="due")
        elif since:
            yield from self._lines(since, 13, kind="since")

    def _below(self, state: State) -> Iterator[Line]:
        for move in self.procedure.moves.values():
            if state.id in move.from_states:
                yield from self._lines(self._arrow(move, state), 13, indent=8, kind="move")
                for name in move.starts:
                    yield from self._lines(self._runs(self.procedure.terms[name]), 12, indent=20, kind="term")

    def _arrow(self, move: Move, state: State) -> str:
        if move.to_state == state.id:
            return self._say(move.name)
        return f"{self._say(move.name)}\u00a0→\u00a0{self.numbers[move.to_state]}"

    def _runs(self, term: Term) -> str:
        text = self._say(RUNS, length=self._say(length(term)), name=self._say(term.name))
        return text + self._say(NOT_VERIFIED) if term.basis == "law" and not term.verified else text

    def _lines(self, text: str, size: int, *, indent: int = 0, is_bold: bool = False, kind: str = "") -> Iterator[Line]:
        room = (WIDTH - EDGE - self.left - 10 - indent) / (size * (1.06 if is_bold else 1.0))
        for wrapped in wrap(text, room):
            yield Line(wrapped, size, indent, is_bold, kind)


def wrap(text: str, room: float) -> Iterator[str]:
    """Lines of at most so many ems: Chinese breaks anywhere, other words between them."""
    line, used = "", 0.0
    for word in _words(text):
        width = sum(_width(each) for each in word)
        if line and used + width > room:
            yield line.rstrip()
            line, used, word = "", 0.0, word.lstrip()
            width = sum(_width(each) for each in word)
        line, used = line + word, used + width
    if line.strip():
        yield line.rstrip()


def _words(text: str) -> Iterator[str]:
    """Pieces that stay together: one Chinese character with the mark that follows it, or a word with its space."""
    piece = ""
    for each in text:
        is_wide, is_mark = _width(each) > 0.9, each in "，。：；、）”"
        if piece and not is_mark and (is_wide or _width(piece[-1]) > 0.9 or piece[-1] == " "):
            yield piece
            piece = ""
        piece += each
    if piece:
        yield piece


def _width(character: str) -> float:
    """In ems, on the safe side."""
    if ord(character) > 0x2E7F or character in "“”→●·":
        return 1.0
    return 0.34 if character in " \u00a0.,:;'()iIljtfr" else 0.58


def _height(lines: tuple[Line, ...]) -> int:
    return sum(round(line.size * 1.35) for line in lines)


def _lanes(procedure: Procedure, states: list[State]) -> dict[tuple[str, str], int]:
    """A lane for each pair of states that a move connects, so that no two lines lie on each other."""
    place = {state.id: number for number, state in enumerate(states)}
    pairs = {
        (start, move.to_state): None
        for move in procedure.moves.values()
        for start in move.from_states
        if start != move.to_state
    }
    taken: list[list[tuple[int, int]]] = []
    lanes: dict[tuple[str, str], int] = {}
    for start, end in sorted(pairs, key=lambda pair: (abs(place[pair[0]] - place[pair[1]]), place[pair[0]])):
        low, high = sorted((place[start], place[end]))
        lane = next((n for n, used in enumerate(taken) if all(high < a or b < low for a, b in used)), len(taken))
        if lane == len(taken):
            taken.append([])
        taken[lane].append((low, high))
        lanes[(start, end)] = lane
    return lanes


def _connection(start: Block, end: Block, lane: int, left: int) -> str:
    """From the foot of one box to the head of another; a way back is dashed."""
    x = left - 8 - LANE * lane
    leaves, arrives = start.bottom_of_box - 7, end.top + 9
    dashes = ' stroke-dasharray="3 2"' if end.top < start.top else ""
    return (
        f'<path d="M{left} {leaves}H{x}V{arrives}H{left - 4}"{dashes}/>'
        f'<path d="M{left - 5} {arrives - 3}L{left} {arrives}L{left - 5} {arrives + 3}Z"'
        ' fill="currentColor" stroke="none"/>'
    )


def _drawn(block: Block, left: int, here: str) -> str:
    """A state; ``here`` is the prefix of ids where the matter stands in it, so that a page can lead there."""
    is_here = bool(here)
    width, height = WIDTH - EDGE - left, block.bottom_of_box - block.top
    classes = "procedure-picture__state" + (" procedure-picture__state--here" if is_here else "")
    fill = 'fill="currentColor" fill-opacity="0.08"' if is_here else 'fill="none"'
    corner, stroke = (12, 1) if block.state.is_final else (3, 1)
    parts = [
        f'<g class="{classes}"{_current(here)}>',
        f'<rect x="{left}" y="{block.top}" width="{width}" height="{height}" rx="{corner}" {fill}'
        f' stroke="currentColor" stroke-width="{3 if is_here else stroke}"/>',
    ]
    parts += _texts(block.inside, left + 8, block.top + 4)
    parts += _texts(block.below, left, block.bottom_of_box + 6)
    return "\n".join([*parts, "</g>"])


def _current(here: str) -> str:
    return f' id="{here}-here" aria-current="step"' if here else ""


def _texts(lines: tuple[Line, ...], x: int, top: int) -> Iterator[str]:
    baseline = top
    for line in lines:
        baseline += round(line.size * 1.35)
        weight = ' font-weight="bold"' if line.is_bold else ""
        kind = f' class="procedure-picture__{line.kind}"' if line.kind else ""
        yield (
            f'<text x="{x + line.indent}" y="{baseline}" font-size="{line.size}" fill="currentColor"{weight}{kind}>'
            f"{escape(line.text)}</text>"
        )
