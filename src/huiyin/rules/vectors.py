"""The worked examples of a pack: tried whenever a pack is checked, so that no edit moves a date unseen."""

from __future__ import annotations

from collections.abc import Iterator

from huiyin.rules.procedure import Procedure, Vector, Words
from huiyin.rules.refusal import Refusal
from huiyin.rules.toml_lines import Path
from huiyin.rules.toml_table import Problems
from huiyin.rules.trial import Trial
from huiyin.rules.workdays import Calendar


def failures(procedure: Procedure, calendar: Calendar) -> Problems:
    """Every example that does not come out as written, with its place in the file."""
    return [
        (("vectors", position, *where), Words(f"{vector.name!r}：{message.zh}", f"{vector.name!r}: {message.en}"))
        for position, vector in enumerate(procedure.vectors)
        for where, message in _failed(procedure, calendar, vector)
    ]


def tried(procedure: Procedure, calendar: Calendar, vector: Vector) -> tuple[Trial, str]:
    """The case after all deeds of an example, and the code with which the last was refused, if it was."""
    trial = Trial.filed(procedure, calendar, vector.filed)
    for step in vector.steps:
        try:
            trial.move(step.move, on=step.on, received=step.received, days=step.days)
        except Refusal as refusal:
            return trial, refusal.code if step is vector.steps[-1] else f"{refusal.code} at {step.move}"
    return trial, ""


def _failed(procedure: Procedure, calendar: Calendar, vector: Vector) -> Iterator[tuple[Path, Words]]:
    trial, refused = tried(procedure, calendar, vector)
    if refused != vector.refused:
        found, wanted = refused or "nothing", vector.refused or "nothing"
        yield ("refused",), Words(f"退回的原因是 {found}，不是 {wanted}", f"refused with {found}, not with {wanted}")
        return
    due = trial.due()
    for name, day in vector.due.items():
        if due.get(name) != day:
            yield (
                ("due",),
                Words(
                    f"{name} 的到期日是 {due.get(name, '没有：它不在走')}，不是 {day}",
                    f"{name} is due {due.get(name, 'at no time: it does not run')}, not {day}",
                ),
            )
