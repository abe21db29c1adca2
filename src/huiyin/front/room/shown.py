"""What lies on the table, with its words in the language of the page."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext as _

from huiyin.front.room.words import (
    FACT_STATES,
    HELP,
    HELP_OUTCOMES,
    SESSION_STATES,
    TERM_STATES,
    named,
    said,
    side_name,
)
from huiyin.rules import agreeing, offering, sitting
from huiyin.stages.mediation import agreements, later, meetings, talks
from huiyin.stages.mediation.seats import Seat


def sessions_shown(seat: Seat) -> list[dict[str, Any]]:
    """Sessions with their words."""
    return [
        {
            "view": each, "state": SESSION_STATES[each.state], "how": said(sitting.HOW, each.how),
            "with": side_name(each.with_side),
            "came": [side_name(side) for side in each.came],
            "times": [
                {"time": time, "mine": time.said.get(seat.side, ""), "said": [(side_name(side), said(sitting.SUITS, suits)) for side, suits in time.said.items()]}
                for time in each.times
            ],
        }
        for each in meetings.sessions_of(seat)
    ]  # fmt: skip


def offers_shown(seat: Seat) -> list[dict[str, Any]]:
    """Offers with their words."""
    return [
        {"view": each, "state": said(offering.OFFER_STATES, each.state), "who": side_name(each.side)}
        for each in talks.offers_of(seat)
    ]


def facts_shown(seat: Seat) -> list[dict[str, Any]]:
    """Facts with their words."""
    return [{"view": each, "state": FACT_STATES[each.state]} for each in talks.facts_of(seat)]


def agreements_shown(seat: Seat, picture_url: str) -> list[dict[str, Any]]:
    """Agreements with their words and lines."""
    return [
        {
            "view": each, "picture_url": picture_url if each.picture else "",
            "parts": [(words, getattr(each, name)) for name, words in named(agreeing.PARTS) if getattr(each, name)],
            "terms": [
                {
                    "view": term, "who": side_name(term.side), "state": TERM_STATES[term.state],
                    "said": [(side_name(side), said(agreeing.WORDS_OF_TERMS, word), text, at) for side, word, text, at in term.said],
                }
                for term in each.terms
            ],
            "signed": [(side_name(side), said(agreeing.HOW_SIGNED, how)) for side, how in sorted(each.signed.items())],
            "waits": [side_name(side) for side in seat.sides if side not in each.signed],
            "lacking": [said(agreeing.PARTS, name) if name in agreeing.PARTS else _("what each will do, and by when") for name in each.lacking],
            "not_confirmed": said(agreeing.NOT_CONFIRMED, each.not_confirmable) if each.not_confirmable else "",
        }
        for each in agreements.agreements_of(seat)
    ]  # fmt: skip


def help_shown(seat: Seat) -> list[dict[str, Any]]:
    """Help with its words."""
    return [
        {
            "view": each,
            "kind": HELP[each.kind],
            "who": side_name(each.side),
            "outcome": HELP_OUTCOMES.get(each.outcome, ""),
        }
        for each in later.help_of(seat)
    ]
