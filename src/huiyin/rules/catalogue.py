"""From the text of a procedure file to a checked ``Procedure``, or every mistake with its line.

What cannot be checked here is only what the file does not say: whether the law says so too.
"""

from __future__ import annotations

import hashlib
import tomllib
from typing import cast, get_args

from huiyin.rules.procedure import (
    OUTCOMES,
    ROLES,
    STAGES,
    Choice,
    Extension,
    Input,
    Move,
    Procedure,
    SignOffStep,
    Stage,
    State,
    Term,
    Unit,
)  # fmt: skip
from huiyin.rules.soundness import unsound
from huiyin.rules.toml_lines import Lines, error_line
from huiyin.rules.toml_table import Problems, Table

KNOWN_EFFECTS = frozenset({"open_review", "review_decided"})

PLACES = frozenset({"officer", "unit", "body", "due", "to"})


class ProcedureError(ValueError):
    """A procedure file with mistakes, one a line: ``file:line: what is wrong``."""

    def __init__(self, problems: list[str]) -> None:
        super().__init__("\n".join(problems))
        self.problems = tuple(problems)


def load_procedure(text: str, *, file: str = "", effects: frozenset[str] = KNOWN_EFFECTS) -> Procedure:
    """Read and check a procedure; ``effects`` are the names that ``config.effects`` carries out."""
    try:
        data = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        raise ProcedureError([f"{file}:{error_line(error, text)}: {error}"]) from error
    problems: Problems = []
    procedure = _read_procedure(Table(data, (), problems), hashlib.sha256(text.encode("utf-8")).hexdigest())
    if not problems:
        problems = unsound(procedure, effects)
    if problems:
        raise ProcedureError(_located(problems, Lines(text), file))
    return procedure


def _located(problems: Problems, lines: Lines, file: str) -> list[str]:
    found = sorted({(lines.find(path), message) for path, message in problems})
    return [f"{file}:{line}: {message}" for line, message in found]


def _read_procedure(table: Table, sha256: str) -> Procedure:
    procedure = Procedure(
        id=table.text("id"),
        version=table.text("version"),
        name=table.words("name"),
        calendar=table.text("calendar"),
        start=table.text("start"),
        opening_terms=table.names("opening_terms"),
        states={entry.id: _read_state(entry) for entry in table.tables("states", required=True)},
        moves={entry.id: _read_move(entry) for entry in table.tables("moves", required=True)},
        terms={entry.id: _read_term(entry) for entry in table.tables("terms", required=True)},
        reasons={entry.id: _read_choice(entry) for entry in table.tables("reasons")},
        routes={entry.id: _read_choice(entry) for entry in table.tables("routes")},
        outcomes={entry.id: _read_outcome(entry) for entry in table.tables("outcomes", required=True)},
        review_procedure=table.text_or_none("review_procedure"),
        review_route=table.words("review_route"),
        sha256=sha256,
    )
    table.nothing_else()
    return procedure


def _read_state(table: Table) -> State:
    state = State(
        id=table.id,
        name=table.words("name"),
        stage=cast("Stage", table.one_of("stage", STAGES)),
        is_final=table.flag("final", default=False),
        told=table.words("told", places=PLACES),
    )
    table.nothing_else()
    return state


def _read_term(table: Table) -> Term:
    term = Term(
        id=table.id,
        name=table.words("name"),
        length=table.number("length", least=0),
        unit=cast("Unit", table.one_of("unit", get_args(Unit))),
        count_from="same_day" if table.one_of("count_from", ("next_day", "same_day")) == "same_day" else "next_day",
        roll="none" if table.one_of("roll", ("none", "next_workday")) == "none" else "next_workday",
        owed_by=table.one_of("owed_by", ROLES),
        basis="law" if table.one_of("basis", ("law", "target")) == "law" else "target",
        article=table.text("article", default=""),
        source=table.text("source", default=""),
        verified=table.flag("verified"),
        set_by=table.one_of_or_none("set_by", ROLES),
        maximum=table.number_or_none("maximum"),
        extension=_read_extension(table.table_or_none("extension")),
    )
    if term.basis == "law" and not (term.article and term.source):
        table.problem("basis", "a term set by law names its article and its source")
    if term.set_by and term.maximum is None:
        table.problem("set_by", "a term set by somebody needs a maximum")
    table.nothing_else()
    return term


def _read_extension(table: Table | None) -> Extension | None:
    if table is None:
        return None
    extension = Extension(
        maximum=table.number("maximum", least=1),
        unit=cast("Unit", table.one_of("unit", get_args(Unit))),
        times=table.number("times", least=1),
        approver=table.one_of("approver", ROLES),
        article=table.text("article", default=""),
    )
    table.nothing_else()
    return extension


def _read_move(table: Table) -> Move:
    move = Move(
        id=table.id,
        name=table.words("name"),
        from_states=table.names("from", required=True),
        to_state=table.text("to"),
        roles=table.names("roles", allowed=ROLES, required=True),
        requires=_inputs(table, "requires"),
        accepts=_inputs(table, "accepts"),
        starts=table.names("starts"),
        meets=table.names("meets"),
        ends=table.names("ends"),
        only_after=table.names("only_after"),
        before=table.text_or_none("before"),
        outcome=table.one_of_or_none("outcome", OUTCOMES),
        outcomes=table.names("outcomes", allowed=OUTCOMES),
        makes=table.text_or_none("makes"),
        effects=table.names("effects"),
        sign_off=tuple(_read_step(step) for step in table.list_of_tables("sign_off")),
        assigns=table.flag("assigns", default=False),
        article=table.text("article", default=""),
        told=table.words("told", places=PLACES),
        help=table.words("help"),
        reasons=table.names("reasons"),
    )
    table.nothing_else()
    return move


def _inputs(table: Table, key: str) -> tuple[Input, ...]:
    return cast("tuple[Input, ...]", table.names(key, allowed=get_args(Input)))


def _read_step(table: Table) -> SignOffStep:
    step = SignOffStep(id=table.text("id"), name=table.words("name"), role=table.one_of("role", ROLES))
    table.nothing_else()
    return step


def _read_choice(table: Table) -> Choice:
    choice = Choice(table.id, table.words("name"), table.text("article", default=""), table.words_or_none("text"))
    table.nothing_else()
    return choice


def _read_outcome(table: Table) -> Choice:
    if table.id not in OUTCOMES:
        table.problem("", f"unknown outcome {table.id!r}; known: {', '.join(OUTCOMES)}")
    return _read_choice(table)
