"""From the text of a procedure file to a checked ``Procedure``, or every mistake with its line.

What cannot be checked here is only what the file does not say: whether the law says so too.
"""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from functools import lru_cache

from huiyin.rules.faults import Fault
from huiyin.rules.invariants import breaches
from huiyin.rules.overlay import ProcedureError, Source, read_source
from huiyin.rules.procedure import Procedure
from huiyin.rules.reading import read_procedure
from huiyin.rules.soundness import loose_ends, misnamed, unwieldy
from huiyin.rules.toml_table import Problems, Table
from huiyin.rules.toml_text import toml_text

KNOWN_EFFECTS = frozenset({"open_review", "review_decided"})
_NO_BASES: Mapping[str, str] = {}

__all__ = ["KNOWN_EFFECTS", "ProcedureError", "load_procedure"]


def load_procedure(
    text: str,
    *,
    file: str = "",
    effects: frozenset[str] = KNOWN_EFFECTS,
    bases: Mapping[str, str] = _NO_BASES,
    is_pinned: bool = False,
) -> Procedure:
    """Read and check a procedure; ``effects`` are the names that ``config.effects`` carries out.

    ``bases`` are the texts it may inherit, by their id. A pinned text was checked when it was adopted: what has been
    demanded since is not asked of it, for a case keeps the law under which it was filed.
    """
    if is_pinned:
        return _load(text, file, effects, is_pinned=True)
    source = read_source(text, file=file, bases=bases)
    if len(source.layers) == 1:
        return _load(text, file, effects, is_pinned=False)
    return _checked(source, toml_text(source.data), effects, is_pinned=False)


@lru_cache(maxsize=64)
def _load(text: str, file: str, effects: frozenset[str], *, is_pinned: bool) -> Procedure:
    return _checked(read_source(text, file=file), text, effects, is_pinned=is_pinned)


def _checked(source: Source, whole: str, effects: frozenset[str], *, is_pinned: bool) -> Procedure:
    problems: Problems = []
    procedure = read_procedure(Table(source.data, (), problems), hashlib.sha256(whole.encode("utf-8")).hexdigest())
    problems = problems or misnamed(procedure, effects) or ([] if is_pinned else unwieldy(procedure))
    if not problems:
        problems = loose_ends(procedure)
        if not is_pinned:
            problems += breaches(procedure)
    if problems:
        raise ProcedureError(_located(problems, source))
    return procedure


def _located(problems: Problems, source: Source) -> list[Fault]:
    found = {Fault(*source.place(path), message) for path, message in problems}
    return sorted(found, key=lambda fault: (fault.file, fault.line, fault.message.en))
