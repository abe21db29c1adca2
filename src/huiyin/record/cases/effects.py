"""What must be carried out with a move: in the same transaction, by name, wired on one page.

The names stand in the packs; ``config/effects.py`` says which function each is.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from django.conf import settings
from django.utils.module_loading import import_string

from huiyin.record.ledger.chains import Actor


@dataclass(frozen=True, slots=True)
class Deed:
    """A move that was just made: which case, by whom, with what."""

    case_number: str
    move: str
    given: Mapping[str, str]
    actor: Actor


ALWAYS: Mapping[str, tuple[str, ...]] = {"mediation": ("dispute_moved", "table_closed")}
"""What follows every move of a kind of procedure; a pack of that kind may name no effect of its own (I16)."""

Effect = Callable[[Deed], None]


def carry_out(names: tuple[str, ...], deed: Deed) -> None:
    """Run the effects of a move in order; any failure undoes the move with them."""
    if not names:
        return
    wired: Mapping[str, Effect] = import_string(settings.HUIYIN_EFFECTS)
    for name in names:
        wired[name](deed)
