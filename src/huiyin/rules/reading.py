"""From the tables of a procedure file to frozen values; every mistake is noted with its place."""

from __future__ import annotations

from typing import cast, get_args

from huiyin.rules.contents import CONTENTS
from huiyin.rules.faults import listed
from huiyin.rules.procedure import (
    DEFAULT_REMINDERS,
    OUTCOMES,
    ROLES,
    STAGES,
    Choice,
    DisputeKind,
    Exclusion,
    Extension,
    Guard,
    Input,
    Level,
    Misconduct,
    Move,
    Procedure,
    Recurrence,
    Retaliation,
    Rung,
    SignOffStep,
    Stage,
    State,
    Stop,
    Term,
    TimeLimit,
    Transfer,
    Unit,
    Vector,
    VectorStep,
    Words,
)  # fmt: skip
from huiyin.rules.toml_table import Table

PLACES = frozenset({"officer", "unit", "body", "due", "to"})
RETALIATION_GOES_TO = ("outside_desk", "superior", "supervisor")


def read_procedure(table: Table, sha256: str) -> Procedure:
    """A whole procedure; ``table.problems`` says what is wrong with it."""
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
        law=table.words_or_none("law"),
        inherits=table.text_or_none("inherited_from"),
        guards={entry.id: _read_guard(entry) for entry in table.tables("guards")},
        notices={entry.id: _read_choice(entry) for entry in table.tables("notices")},
        retaliation=_read_retaliation(table.table_or_none("retaliation")),
        misconduct=_read_misconduct(table.table_or_none("misconduct")),
        vectors=tuple(_read_vector(entry) for entry in table.list_of_tables("vectors")),
        kind="mediation" if table.one_of_or_none("kind", ("complaint", "mediation")) == "mediation" else "complaint",
        exclusions={entry.id: _read_exclusion(entry) for entry in table.tables("exclusions")},
        disputes={entry.id: _read_dispute(entry) for entry in table.tables("disputes")},
        levels={entry.id: _read_level(entry) for entry in table.tables("levels")},
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
    maximum = table.number_or_none("maximum")
    is_set = table.has("set_by") and not table.has("length")
    term = Term(
        id=table.id,
        name=table.words("name"),
        length=(maximum or 0) if is_set else table.number("length", least=0),
        unit=_unit(table),
        count_from="same_day" if table.one_of("count_from", ("next_day", "same_day")) == "same_day" else "next_day",
        roll="none" if table.one_of("roll", ("none", "next_workday")) == "none" else "next_workday",
        owed_by=table.one_of("owed_by", ROLES),
        basis="law" if table.one_of("basis", ("law", "target")) == "law" else "target",
        article=table.text("article", default=""),
        source=table.text("source", default=""),
        verified=table.flag("verified"),
        set_by=table.one_of_or_none("set_by", ROLES),
        maximum=maximum,
        extension=_read_extension(table.table_or_none("extension")),
        length_is_set=is_set,
        is_window=table.flag("window", default=False),
        window_opens="receipt" if _opens(table) == "receipt" else "sending",
        stops=tuple(_read_stop(entry) for entry in table.list_of_tables("stops")),
        recurs=_read_recurrence(table.table_or_none("recurs")),
        on_miss=_read_ladder(table),
        reminders=_read_reminders(table),
        law=table.words_or_none("law"),
    )
    if term.basis == "law" and not (term.source and (term.article or not term.verified)):
        table.problem(
            "basis", Words("法律规定的期限应当写明条文和出处", "a term set by law names its article and its source")
        )
    if term.recurs is not None and term.recurs.unit != term.unit:
        table.problem("recurs", Words("重复的期限应当用它自己的单位", "a term comes again in its own unit"))
    if term.set_by and term.maximum is None:
        table.problem("set_by", Words("由人确定的期限应当写明上限", "a term set by somebody needs a maximum"))
    table.nothing_else()
    return term


def _opens(table: Table) -> str | None:
    return table.one_of_or_none("window_opens", ("receipt", "sending"))


def _unit(table: Table) -> Unit:
    return cast("Unit", table.one_of("unit", get_args(Unit)))


def _read_extension(table: Table | None) -> Extension | None:
    if table is None:
        return None
    extension = Extension(
        maximum=table.number("maximum", least=1),
        unit=_unit(table),
        times=table.number("times", least=1),
        approver=table.one_of("approver", ROLES),
        article=table.text("article", default=""),
        notice=table.text("notice", default=""),
        verified=table.flag("verified", default=False),
    )
    table.nothing_else()
    return extension


def _read_stop(table: Table) -> Stop:
    stop = Stop(
        table.text("id"), table.words("name"), table.text("article", default=""), table.flag("verified", default=False)
    )
    table.nothing_else()
    return stop


def _read_recurrence(table: Table | None) -> Recurrence | None:
    if table is None:
        return None
    recurrence = Recurrence(table.number("every", least=1), _unit(table))
    table.nothing_else()
    return recurrence


def _read_ladder(table: Table) -> tuple[Rung, ...] | None:
    """Which acts are allowed is a question of rights, not of spelling: see ``invariants``."""
    if not table.has("on_miss"):
        return None
    ladder = []
    for entry in table.list_of_tables("on_miss"):
        ladder.append(Rung(entry.number("after", least=1), _unit(entry), entry.text("act")))
        entry.nothing_else()
    return tuple(ladder)


def _read_reminders(table: Table) -> tuple[str, ...] | None:
    if not table.has("reminders"):
        return None
    return table.names("reminders", allowed=DEFAULT_REMINDERS)


def _read_move(table: Table) -> Move:
    move = Move(
        id=table.id,
        name=table.words("name"),
        from_states=table.names("from", required=True),
        to_state=table.text("to"),
        roles=table.names("roles", allowed=(*ROLES, "system"), required=True),
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
        verified=table.flag("verified", default=False),
        contents=table.names("contents", allowed=tuple(CONTENTS)),
        guards=table.names("guards"),
        extends=table.text_or_none("extends"),
        suspends=table.names("suspends"),
        resumes=table.names("resumes"),
        transfers=_transfer(table),
        law=table.words_or_none("law"),
    )
    table.nothing_else()
    return move


def _transfer(table: Table) -> Transfer:
    return cast("Transfer", table.one_of_or_none("transfers", get_args(Transfer)[1:]) or "")


def _inputs(table: Table, key: str) -> tuple[Input, ...]:
    return cast("tuple[Input, ...]", table.names(key, allowed=get_args(Input)))


def _read_step(table: Table) -> SignOffStep:
    step = SignOffStep(id=table.text("id"), name=table.words("name"), role=table.one_of("role", ROLES))
    table.nothing_else()
    return step


def _read_choice(table: Table) -> Choice:
    choice = Choice(
        table.id,
        table.words("name"),
        table.text("article", default=""),
        table.words_or_none("text"),
        verified=table.flag("verified", default=False),
        address=table.text("address", default=""),
        time_limit=_read_time_limit(table.table_or_none("time_limit")),
    )
    table.nothing_else()
    return choice


def _read_time_limit(table: Table | None) -> TimeLimit | None:
    if table is None:
        return None
    limit = TimeLimit(
        length=table.number("length", least=1),
        unit=_unit(table),
        counted_from=table.words("from"),
        article=table.text("article"),
        source=table.text("source"),
        verified=table.flag("verified"),
    )
    table.nothing_else()
    return limit


def _read_outcome(table: Table) -> Choice:
    if table.id not in OUTCOMES:
        known = listed(OUTCOMES)
        table.problem(
            "",
            Words(
                f"没有 {table.id!r} 这种结果；可以写：{known.zh}", f"unknown outcome {table.id!r}; known: {known.en}"
            ),
        )
    return _read_choice(table)


def _read_guard(table: Table) -> Guard:
    guard = Guard(
        table.id,
        table.words("name"),
        table.text("article", default=""),
        verified=table.flag("verified", default=False),
        check=table.text("check", default=""),
    )
    table.nothing_else()
    return guard


def _read_exclusion(table: Table) -> Exclusion:
    exclusion = Exclusion(
        table.id,
        table.words("name"),
        table.words("question"),
        table.text("route"),
        table.text("article", default=""),
        verified=table.flag("verified", default=False),
        law=table.words_or_none("law"),
    )
    table.nothing_else()
    return exclusion


def _read_dispute(table: Table) -> DisputeKind:
    dispute = DisputeKind(table.id, table.words("name"), table.names("routes", required=True))
    table.nothing_else()
    return dispute


def _read_level(table: Table) -> Level:
    level = Level(
        table.id, table.words("name"), table.text("state"), offers_next=table.flag("offers_next", default=False)
    )
    table.nothing_else()
    return level


def _read_retaliation(table: Table | None) -> Retaliation | None:
    if table is None:
        return None
    retaliation = Retaliation(
        to=table.one_of("to", RETALIATION_GOES_TO),
        told=table.words("told"),
        article=table.text("article", default=""),
        verified=table.flag("verified", default=False),
    )
    table.nothing_else()
    return retaliation


def _read_misconduct(table: Table | None) -> Misconduct | None:
    if table is None:
        return None
    misconduct = Misconduct(
        days={kind: table.number(f"{kind}_days", least=1) for kind in ("evidence", "put", "class")},
        article=table.text("article", default=""),
        verified=table.flag("verified", default=False),
    )
    table.nothing_else()
    return misconduct


def _read_vector(table: Table) -> Vector:
    steps = []
    for entry in table.list_of_tables("steps"):
        steps.append(
            VectorStep(entry.text("move"), entry.day("on"), entry.day_or_none("received"), entry.number_or_none("days"))
        )
        entry.nothing_else()
    vector = Vector(
        name=table.text("name"),
        filed=table.day("filed"),
        steps=tuple(steps),
        due=table.days("due"),
        refused=table.text("refused", default=""),
    )
    table.nothing_else()
    return vector
