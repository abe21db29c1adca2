"""Is a procedure's text sound? Its words, its paths, its worked examples; every mistake with file and line."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from huiyin.rules import vectors
from huiyin.rules.catalogue import ProcedureError, load_procedure
from huiyin.rules.faults import Fault
from huiyin.rules.overlay import read_source
from huiyin.rules.procedure import Words
from huiyin.rules.toml_table import Problems
from huiyin.rules.workdays import Calendar, CalendarError

CalendarOf = Callable[[str], Calendar | None]


def problems(text: str, *, file: str, bases: Mapping[str, str], calendar_of: CalendarOf, name: str = "") -> list[Fault]:
    """What is wrong with a text, each with file and line; nothing: it may be switched on.

    ``bases`` are the texts it may inherit, ``name`` is the id it must have where its file gives one.
    """
    try:
        procedure, source = load_procedure(text, file=file, bases=bases), read_source(text, file=file, bases=bases)
        calendar = calendar_of(procedure.calendar)
    except ProcedureError as problem:
        return list(problem.faults)
    except CalendarError as problem:
        return [problem.fault]
    found: Problems = []
    if name and procedure.id != name:
        other = Words(
            f"id 是 {procedure.id!r}，而文件名是 {name!r}；两者必须相同",
            f"the id is {procedure.id!r}, but the file is named {name!r}; they must be the same",
        )
        found.append((("id",), other))
    if calendar is None:
        none = Words(
            f"办理规则旁边的 workdays 文件夹里没有日历 {procedure.calendar!r}",
            f"there is no calendar {procedure.calendar!r} in a folder workdays beside the packs",
        )
        found.append((("calendar",), none))
    else:
        found += vectors.failures(procedure, calendar)
    return [Fault(*source.place(path), message) for path, message in found]
