"""Pressure or reprisal because of a complaint: reported from every state on the same receipt, taken up outside the unit.

The units that have or had the matter, and those whom it names, must stay away and learn nothing: nothing is
written into the history of the matter that they read, and its link and the looks that follow are not shown to them.
"""

from __future__ import annotations

from collections.abc import Sequence

from django.db import transaction

from huiyin.record.bodies import queries as bodies
from huiyin.record.bodies.models import Body
from huiyin.record.cases.codes.receipts import Holder
from huiyin.record.cases.given import TEXT_LIMIT
from huiyin.record.cases.keys import texts
from huiyin.record.cases.models import Case
from huiyin.record.cases.opening import access
from huiyin.record.cases.registering.linked import register_linked_case, sent_before
from huiyin.record.cases.registering.registration import SUBJECT_LIMIT, default_procedure
from huiyin.record.cases.who import scope
from huiyin.record.cases.who.conflict import Away, away_from
from huiyin.record.cases.who.naming import Named, whom_it_names
from huiyin.record.cases.who.outside import Post, outside_post, units_that_handled, without_outside_desks
from huiyin.record.cases.who.responsible import line_before
from huiyin.record.law.versions import current_version, procedure_of
from huiyin.record.ledger.append import append_event
from huiyin.record.ledger.chains import Actor, ChainRef
from huiyin.rules.procedure import Words
from huiyin.rules.refusal import Refusal
from huiyin.rules.text import storable

PROCEDURE = "pressure"
SUBJECT = Words(zh="因投诉受到压力：{subject}", en="Pressure because of a complaint: {subject}")


def report_pressure(holder: Holder, *, case_number: str = "", text: str, about: Sequence[Named] = ()) -> str:
    """Open a matter for the pressure, with a clock of its own; gives its number. The same words sent twice arrive once.

    From every state, also when the matter has ended. ``about`` are those who put the pressure, where they are named.
    Raises Refusal("empty") or "too_long" for the words, "unknown_choice" for ``about``, and "no_desk" where
    everybody who could take it is concerned.
    """
    words = storable(text)
    if not words.strip():
        raise Refusal("empty", field="text")
    if len(words) > TEXT_LIMIT:
        raise Refusal("too_long", field="text", maximum=TEXT_LIMIT)
    with transaction.atomic():
        case = scope.locked(access.family_case(holder, case_number).pk)
        by = Actor.complainant(holder.helper)
        return sent_before(case, "retaliation", words) or _register(case, words, about, by)


def _register(case: Case, words: str, about: Sequence[Named], by: Actor) -> str:
    named = whom_it_names(about)
    known = away_from(case)
    concerned = units_that_handled([case.pk, *line_before(case)]) | named.units
    away = Away(known.units | concerned, known.officers | named.officers)
    post = _desk(case, away, named.units | known.units)
    if post is None:
        raise Refusal("no_desk")
    because_of = texts.read(case, "cases_case.subject", case.subject) or case.number
    subject = SUBJECT.in_language(case.language).format(subject=because_of)[:SUBJECT_LIMIT]
    made = register_linked_case(
        case, kind="retaliation", channel="pressure", procedure=_procedure(), subject=subject, grounds=words,
        by=by, also_barred=away.units - {post.unit_id}, barred_officers=named.officers, about=named.rows, post=post,
    )  # fmt: skip
    append_event(ChainRef.case(made.number), "pressure_reported", actor=by, details={"number": case.number})
    return made.number


def _desk(case: Case, away: Away, named: frozenset[int]) -> Post | None:
    """A post outside everything that had the matter; an outside desk that had it only where no other is left."""
    start = _first_body(case)
    if start is None:
        return None
    lenient = Away(without_outside_desks(away.units) | named, away.officers)
    return outside_post([start], away) or outside_post([start], lenient)


def _first_body(case: Case) -> Body | None:
    """Where the search for a desk begins: the pack says to whom pressure is reported."""
    rule = procedure_of(case.law_id).retaliation
    if rule is not None and rule.to == "superior" and case.body.superior_id:
        return Body.objects.get(pk=case.body.superior_id)
    return bodies.receiving_body() or case.body


def _procedure() -> str:
    """The pack for reports of pressure, or the ordinary one where that is not in force."""
    try:
        current_version(PROCEDURE)
    except Refusal:
        return default_procedure()
    return PROCEDURE
