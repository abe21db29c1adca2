"""Conflict of interest: an officer steps aside, a complainant asks for it, somebody is named later. All take hold at once.

A request for recusal is answered with reasons by somebody above the officer; while it waits the work goes on
(公安机关办理行政案件程序规定, articles 17 to 20, has the same order and sets no days: the three working days are a target).
"""

from __future__ import annotations

from collections.abc import Sequence

from django.db import transaction

from huiyin.record.bodies.queries import Reader
from huiyin.record.cases.asks import asking
from huiyin.record.cases.codes import late_sealing
from huiyin.record.cases.codes.receipts import Holder
from huiyin.record.cases.fairness.keeping_away import bound, holder_of, keep_away
from huiyin.record.cases.keys import matter_keys
from huiyin.record.cases.models import About, Ask, Case
from huiyin.record.cases.opening import access
from huiyin.record.cases.who import scope
from huiyin.record.cases.who.conflict import away_from
from huiyin.record.cases.who.naming import Named, whom_it_names
from huiyin.record.cases.who.outside import post_above
from huiyin.record.ledger.append import append_event
from huiyin.record.ledger.chains import Actor, ChainRef
from huiyin.rules.chain import Json
from huiyin.rules.refusal import Refusal

TIES = ("relative", "close", "interest", "earlier_part", "other")


def step_aside(case_number: str, *, by: Reader, tie: str) -> None:
    """Step aside from a matter one has a part in, for a tie to it; one loses it at once, and others read no reason.

    Raises Refusal("not_found") for a matter that is not the officer's to open, "not_your_move" without a part
    in it, "unknown_choice" for the tie and "no_desk" where nobody else could take it.
    """
    if tie not in TIES:
        raise Refusal("unknown_choice", field="tie")
    with transaction.atomic():
        case, acting = scope.in_hand(case_number, by, deed="step_aside")
        append_event(ChainRef.case(case.number), "stepped_aside", actor=by.actor(acting[0]), details={"tie": tie})
        keep_away(case, officers=[by.officer_id], actor=Actor.system())


def ask_for_recusal(holder: Holder, *, case_number: str = "", text: str) -> int:
    """Ask, as the complainant, that the responsible officer step aside; somebody above answers. Gives the number.

    Raises Refusal("not_allowed_now") where nobody is responsible any more, "repeated" while one waits, "empty" or
    "too_long" for the reasons, and "no_desk".
    """
    text = asking.checked(text)
    with transaction.atomic():
        case = scope.locked(access.family_case(holder, case_number).pk)
        post = case.responsible_post
        if not case.is_open or post is None:
            raise Refusal("not_allowed_now")
        if Ask.objects.filter(case=case, kind="recusal", state="open").exists():
            raise Refusal("repeated")
        above = post_above(post, away_from(case))
        if above is None:
            raise Refusal("no_desk")
        return asking.ask(
            case, "recusal", of=above, actor=Actor.complainant(holder.helper), text=text, about_post=post
        ).number


def recusal_answered(case: Case, row: Ask, actor: Actor) -> None:
    """What follows from the answer: the officer of then loses the matter at once, or keeps it."""
    asking.note(row, f"recusal_{row.outcome}", actor, text=row.answer)
    officer = holder_of(row.about_post)
    if row.outcome == "granted" and officer is not None:
        keep_away(case, officers=[officer.pk], actor=Actor.system())


def name_as_complainant(holder: Holder, named: Sequence[Named], *, case_number: str = "") -> None:
    """Say, later, whom the matter is about: they lose it in this transaction. Their looks of before stay shown.

    Raises Refusal("empty") where nobody is named, "unknown_choice" for one who does not exist, and "no_desk".
    """
    with transaction.atomic():
        case = scope.locked(access.family_case(holder, case_number).pk)
        _name(case, named, Actor.complainant(holder.helper))


def name_at_desk(case_number: str, named: Sequence[Named], *, by: Reader) -> None:
    """The same by a registrar who has the matter at a desk outside the units. Raises Refusal("not_your_move") else."""
    with transaction.atomic():
        case, acting = scope.in_hand(case_number, by, deed="name")
        desk = next((post.id for post in by.posts if post.id in acting and post.is_outside), None)
        if desk is None:
            raise Refusal("not_your_move", move="name")
        matter_keys.must_be_open(case)  # whoever is to have it next gets the old key from this desk
        _name(case, named, by.actor(desk))


def _name(case: Case, named: Sequence[Named], actor: Actor) -> None:
    if not named:
        raise Refusal("empty", field="about")
    found = whom_it_names(named)
    for row in found.rows:
        row.case = case
    About.objects.bulk_create(found.rows)
    if found.is_restricted and not case.is_restricted:
        case.is_restricted = True
        case.save(update_fields=["is_restricted"])
    kinds = sorted({row.kind for row in found.rows})
    details: dict[str, Json] = {"kinds": list(kinds), "bound": bound(case)}
    append_event(ChainRef.case(case.number), "named_later", actor=actor, details=details)
    keep_away(case, officers=found.officers, units=found.units, actor=Actor.system())
    late_sealing.seal_where_due(case)
