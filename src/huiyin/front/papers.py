"""The letters of a matter, in the words of one front."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from django.utils.functional import Promise

from huiyin.record.cases.shown.case_view import CaseView, PaperView, TermView
from huiyin.ui.dates import plain_date


@dataclass(frozen=True, slots=True)
class Paper:
    """A letter to open: what it is, of which day, how it came to its reader, and the time to act that it opened."""

    view: PaperView
    name: str
    on: str
    ways: tuple[str, ...]
    opened: TermView | None


def papers_of(view: CaseView, kinds: Mapping[str, Promise], served: Mapping[str, Promise]) -> list[Paper]:
    """The letters as they were sent, oldest first."""
    return [
        Paper(
            view=each,
            name=str(kinds.get(each.kind, each.kind)),
            on=plain_date(each.made_at),
            ways=tuple(
                str(served.get(way.how, way.how)) % {"on": plain_date(way.on)}
                for way in (each.letter.services if each.letter else ())
            ),
            opened=view.opened_by(each.letter) if each.letter else None,
        )
        for each in view.papers
    ]
