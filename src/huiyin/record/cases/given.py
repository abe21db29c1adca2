"""What comes with a move, and what comes out of it."""

from __future__ import annotations

from dataclasses import dataclass, fields

from huiyin.rules import duties
from huiyin.rules.refusal import Refusal
from huiyin.rules.text import storable

TEXT_LIMIT = 20_000  # characters


@dataclass(frozen=True, slots=True)
class Given:
    """What comes with a move: words, and choices from the pack's lists.

    ``duties`` are what an answer binds to, as ``rules.duties.written`` writes them; ``confirmed`` the guards that
    whoever makes the move says to hold, as ``rules.guards.written`` writes them.
    """

    text: str = ""
    reason: str = ""
    route: str = ""
    to: str = ""
    legal_basis: str = ""
    outcome: str = ""
    matter_class: str = ""
    days: str = ""
    duties: str = ""
    confirmed: str = ""

    def as_inputs(self) -> dict[str, str]:
        """By the names the packs use; empty ones left out."""
        values = _values(self)
        values["class"] = values.pop("matter_class")
        return {name: value for name, value in values.items() if value.strip()}


@dataclass(frozen=True, slots=True)
class Moved:
    """Where the case stands after a move. ``waiting`` is set when the move became a draft that waits for signature."""

    case_number: str
    state: str
    version: int
    is_waiting_for_signature: bool = False


def _values(given: Given) -> dict[str, str]:
    """Every field by its name: they are all text, so nothing has to be copied."""
    return {each.name: getattr(given, each.name) for each in fields(given)}


def checked(given: Given) -> Given:
    """The inputs with what XML cannot carry taken out. Raises Refusal("too_long", field=...), or what a duty lacks."""
    values = {name: storable(value) for name, value in _values(given).items()}
    values["duties"] = duties.written(duties.read(values["duties"]))
    for name, value in values.items():
        if name == "duties":
            continue  # counted as they were read
        limit = TEXT_LIMIT if name in {"text", "reason"} else 400
        if len(value) > limit:
            raise Refusal("too_long", field=name, maximum=limit)
    return Given(**values)
