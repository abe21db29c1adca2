"""Overlays: a procedure that inherits another and changes it key by key.

    inherits = "cn-12345"
    remove = ["moves.return_order", "terms.handle.set_by"]
    [terms.handle]
    length = 5

What an overlay says of an entry (a state, a move, a term ...) replaces that key of the entry and nothing
else; an entry the inherited pack does not have is added at the end; ``remove`` takes away what is named.
An overlay is pinned as the whole text it comes to (``written_out``), never as a reference.
"""

from __future__ import annotations

import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from huiyin.rules.faults import TOO_DEEP, Fault, not_toml
from huiyin.rules.procedure import Words
from huiyin.rules.toml_lines import Lines, Path, error_line
from huiyin.rules.toml_text import toml_text

ENTRIES = (
    "states", "terms", "moves", "guards", "notices", "reasons", "routes", "outcomes", "exclusions", "disputes", "levels",
)  # fmt: skip
_NO_BASES: Mapping[str, str] = {}


class ProcedureError(ValueError):
    """A procedure file with mistakes; ``problems`` are their English lines: ``file:line: what is wrong``."""

    def __init__(self, faults: Sequence[Fault]) -> None:
        self.faults = tuple(faults)
        self.problems = tuple(map(str, self.faults))
        super().__init__("\n".join(self.problems))


@dataclass(frozen=True, slots=True)
class Source:
    """The data of a procedure, and the files it was written in: its own first, then what it inherits."""

    data: dict[str, object]
    layers: tuple[tuple[str, Lines], ...]

    def place(self, path: Path) -> tuple[str, int]:
        """File and line of what stands at a path, or of the nearest thing around it."""
        found = [(lines.nearest(path), file) for file, lines in self.layers]
        (_, line), file = max(found, key=lambda each: each[0][0])  # the first of the deepest: the overlay's own words
        return file, line


def read_source(text: str, *, file: str = "", bases: Mapping[str, str] = _NO_BASES) -> Source:
    """The data of a procedure with everything it inherits; ``bases`` are the texts of other packs by their id."""
    return _read(text, file, bases, ())


def written_out(text: str, *, file: str = "", bases: Mapping[str, str] = _NO_BASES) -> str:
    """The text that stands alone: an overlay with what it inherits; any other text as it is."""
    source = read_source(text, file=file, bases=bases)
    return text if len(source.layers) == 1 else toml_text(source.data)


def _read(text: str, file: str, bases: Mapping[str, str], above: tuple[str, ...]) -> Source:
    try:
        data = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        raise ProcedureError([Fault(file, error_line(error, text), not_toml(error))]) from error
    except RecursionError as error:
        raise ProcedureError([Fault(file, 1, TOO_DEEP)]) from error
    lines = Lines(text)
    inherits = data.pop("inherits", None)
    if inherits is None:
        return Source(data, ((file, lines),))
    line, chain = lines.find(("inherits",)), (*above, str(data.get("id", "")))
    if not isinstance(inherits, str) or inherits not in bases:
        unknown = Words(f"没有 {inherits!r} 这个办理规则可以继承", f"unknown procedure {inherits!r} to inherit")
        raise ProcedureError([Fault(file, line, unknown)])
    if inherits in chain:
        way = " -> ".join((*chain, inherits))
        circle = Words(f"继承绕成了圈：{way}", f"the overlays go in a circle: {way}")
        raise ProcedureError([Fault(file, line, circle)])
    base = _read(bases[inherits], f"{inherits}.toml", bases, chain)
    removed = data.pop("remove", [])
    problems = _remove(base.data, removed, file, lines.find(("remove",)))
    if problems:
        raise ProcedureError(problems)
    return Source({**_merged(base.data, data), "inherited_from": inherits}, ((file, lines), *base.layers))


def _remove(data: dict[str, object], removed: object, file: str, line: int) -> list[Fault]:
    """Take away what is named ``moves.reply.sign_off``; every name must be there."""
    problems = []
    for name in removed if isinstance(removed, list) else [removed]:
        *outer, last = str(name).split(".")
        holder: object = data
        for part in outer:
            holder = holder.get(part) if isinstance(holder, dict) else None
        if isinstance(holder, dict) and last in holder:
            del holder[last]
        else:
            missing = Words(f"没有 {name!r} 可以去掉", f"there is no {name!r} to remove")
            problems.append(Fault(file, line, missing))
    return problems


def _merged(base: dict[str, object], own: dict[str, object]) -> dict[str, object]:
    merged = {**base, **own}
    for kind in ENTRIES:
        below, above = base.get(kind), own.get(kind)
        if isinstance(below, dict) and isinstance(above, dict):
            merged[kind] = {name: _entry(below.get(name), above.get(name)) for name in (*below, *_new(above, below))}
    return merged


def _new(above: dict[str, object], below: dict[str, object]) -> list[str]:
    return [name for name in above if name not in below]


def _entry(below: object, above: object) -> object:
    if isinstance(below, dict) and isinstance(above, dict):
        return {**below, **above}
    return below if above is None else above
