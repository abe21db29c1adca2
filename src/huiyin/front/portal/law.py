"""What the current procedure promises a resident, in words: days come from the pack, never from a page."""

from __future__ import annotations

from dataclasses import dataclass

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from huiyin.record.cases.registering.registration import default_procedure
from huiyin.record.law import versions
from huiyin.rules.procedure import Move, Procedure, Term


@dataclass(frozen=True, slots=True)
class Promises:
    """The three terms everybody asks for; None where the procedure has no such term."""

    inform: Term | None
    answer: Term | None
    window: Term | None


def current() -> Procedure:
    """The procedure under which a matter filed now would run."""
    return versions.procedure_of(versions.current_version(default_procedure()))


def promises(procedure: Procedure) -> Promises:
    """When one is told who answers, when one is answered, how long one may contest."""
    opening = [procedure.terms[name] for name in procedure.opening_terms]
    reply = answering(procedure)
    met = [procedure.terms[name] for name in reply.meets] if reply else []
    started = [procedure.terms[name] for name in reply.starts] if reply else []
    return Promises(
        inform=opening[-1] if opening else None,
        answer=met[0] if met else None,
        window=next((term for term in started if term.owed_by == "complainant"), None),
    )


def answering(procedure: Procedure) -> Move | None:
    """The move that gives the answer: it chooses an outcome and makes a document."""
    return next((move for move in procedure.moves.values() if move.outcomes and move.makes), None)


def length(term: Term) -> str:
    """How long a term is: ``15 days``, ``5 working days``."""
    count = term.length
    match term.unit:
        case "working_days":
            text = ngettext("%(count)s working day", "%(count)s working days", count)
        case "hours":
            text = ngettext("%(count)s hour", "%(count)s hours", count)
        case "weeks":
            text = ngettext("%(count)s week", "%(count)s weeks", count)
        case "months":
            text = ngettext("%(count)s month", "%(count)s months", count)
        case _:
            text = ngettext("%(count)s day", "%(count)s days", count)
    return text % {"count": count}


def origin(term: Term) -> str:
    """Where a term comes from: the article of a law, or a target the office set itself.

    An article that nobody has verified is not told as law.
    """
    if term.quotable_article:
        return _("law, article %(article)s") % {"article": term.article}
    if term.basis == "law":
        return _("law; the article has not been verified here yet")
    return _("a target the office set itself")
