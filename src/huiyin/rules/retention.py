"""When the words of an ended matter may be erased, and what stays of it: values in, value out.

No law read so far sets a time for the words of a petition: the office sets its own years, and whoever proposes an
erasure cites the law it rests on. Between the proposal and the erasure the complainant has thirty calendar days.
"""

from __future__ import annotations

from datetime import date, timedelta

NOTICE_DAYS = 30
"""Calendar days between a proposal and the erasure, in which the complainant can keep a copy and object."""

GOES = ("words", "files", "name", "actors", "asked")
"""What is noise or gone afterwards: the words, letters and files; the name; what each entry of the history says; what was put."""
STAYS = ("number", "days", "steps", "kinds", "hashes", "mark")
"""What stays: the number; days; steps and outcome; body, unit, kind, place and whom it names; hashes and proofs; the mark."""


def due_on(ended_on: date, years: int) -> date:
    """The first day on which the words of a matter that ended may be proposed for erasure: the same day, ``years`` later."""
    try:
        return ended_on.replace(year=ended_on.year + years)
    except ValueError:  # 29 February
        return date(ended_on.year + years, 3, 1)


def erasable_from(proposed_on: date) -> date:
    """The first day on which a second person may let it be erased."""
    return proposed_on + timedelta(days=NOTICE_DAYS + 1)
