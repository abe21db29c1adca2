"""The class of a complaint about staff: set by the registrar with a reason, open to doubt, judged then by somebody else."""

from __future__ import annotations

from django.db import transaction

from huiyin.record import clock
from huiyin.record.bodies import queries as bodies
from huiyin.record.bodies.models import Post
from huiyin.record.bodies.queries import Reader
from huiyin.record.cases import as_kept
from huiyin.record.cases.asks import asking
from huiyin.record.cases.codes import late_sealing
from huiyin.record.cases.codes.receipts import Holder
from huiyin.record.cases.fairness.keeping_away import keep_away
from huiyin.record.cases.fairness.staff import EVIDENCE_WORDS, ask_for_evidence, name_desk, outside_desk_in
from huiyin.record.cases.keys import matter_keys, texts
from huiyin.record.cases.models import About, Ask, Case, StaffComplaint
from huiyin.record.cases.opening import access
from huiyin.record.cases.who import scope
from huiyin.record.cases.who.conflict import Away, away_from
from huiyin.record.cases.who.outside import outside_post, post_above
from huiyin.record.ledger.append import append_event
from huiyin.record.ledger.chains import Actor, ChainRef
from huiyin.rules import fairness
from huiyin.rules.chain import Json
from huiyin.rules.refusal import Refusal


def set_class(case_number: str, *, by: Reader, complaint_class: str, why: str) -> None:
    """Set the class, as the registrar at a desk outside the units, with a reason that the complainant reads.

    Of misconduct the units of the officers named stay out from this moment on; the other way round nobody is let back.
    Raises Refusal("not_your_move") for anybody else, "unknown_choice", "empty" without a reason, and
    "not_allowed_now" once somebody else has decided about the class, or while that is asked.
    """
    fairness.check_class(complaint_class)
    why = asking.checked(why, field="why")
    with transaction.atomic():
        case, desk = _acting_outside(case_number, by, "set_class")
        if not case.is_open or Ask.objects.filter(case=case, kind="class").exists():
            raise Refusal("not_allowed_now", move="set_class")
        row, is_new = StaffComplaint.objects.get_or_create(case=case)
        if is_new:
            name_desk(case, Post.objects.select_related("unit").get(pk=desk), row)
        _set(row, complaint_class, texts.seal(case, asking.ANSWER, why), by.officer_id)
        actor = by.actor(desk)
        append_event(ChainRef.case(case.number), "class_set", actor=actor, details=_said(row))
        _follow(case, row)


def contest_class(holder: Holder, *, case_number: str = "", text: str) -> int:
    """Say, as the complainant, that the class is wrong; somebody else than who set it answers. Gives the number.

    Raises Refusal("not_allowed_now") while no class is set, "repeated" where it was doubted before, "empty" or
    "too_long" for the words, and "no_desk".
    """
    text = asking.checked(text)
    with transaction.atomic():
        case = scope.locked(access.family_case(holder, case_number).pk)
        row = StaffComplaint.objects.filter(case=case).first()
        if not case.is_open or row is None or not row.complaint_class:
            raise Refusal("not_allowed_now")
        if Ask.objects.filter(case=case, kind="class").exists():
            raise Refusal("repeated")
        post = _second_judge(case, row)
        if post is None:
            raise Refusal("no_desk")
        return asking.ask(case, "class", of=post, actor=Actor.complainant(), text=text).number


def class_answered(case: Case, row: Ask, actor: Actor) -> None:
    """What follows: the class stays, or becomes the other one. Raises Refusal("not_your_move") for who set it."""
    kept = StaffComplaint.objects.get(case=case)
    if kept.set_by_id is not None and kept.set_by_id == actor.officer_id:
        raise Refusal("not_your_move", move="set_class")
    asking.note(row, f"class_{row.outcome}", actor, text=row.answer)
    if row.outcome == "changed":
        other = next(each for each in fairness.CLASSES if each != kept.complaint_class)
        _set(kept, other, row.answer, actor.officer_id)
        append_event(ChainRef.case(case.number), "class_set", actor=actor, details=_said(kept))
        _follow(case, kept)


def evidence_answered(_case: Case, row: Ask, actor: Actor) -> None:
    """What was secured is told before anybody is asked."""
    asking.note(row, f"evidence_{row.outcome}", actor, text=row.answer)


def _acting_outside(case_number: str, by: Reader, move: str) -> tuple[Case, int]:
    found = scope.openable_case(case_number, by, lock=True)
    if found is None:
        raise Refusal("not_found")
    desk = outside_desk_in(found[0], by)
    if desk is None:
        raise Refusal("not_your_move", move=move)
    matter_keys.must_be_open(found[0])
    return found[0], desk


def _set(row: StaffComplaint, complaint_class: str, why: str, officer: int | None) -> None:
    row.complaint_class, row.why, row.set_by_id, row.set_at = complaint_class, why, officer, clock.now()
    row.save()


def _said(row: StaffComplaint) -> dict[str, Json]:
    return {"staff_class": row.complaint_class, "bound": as_kept.of_staff(row)}


def _follow(case: Case, row: StaffComplaint) -> None:
    """Of misconduct the whole unit is out, and what can vanish is secured."""
    if row.complaint_class != "misconduct":
        return
    named = set(About.objects.filter(case=case).exclude(officer=None).values_list("officer", flat=True))
    units: set[int] = set().union(*(bodies.units_below_officer(officer) for officer in named if officer is not None))
    if not case.is_restricted:
        case.is_restricted = True
        case.save(update_fields=["is_restricted"])
    keep_away(case, officers=bodies.tied_to((), units), units=units, actor=Actor.system())
    late_sealing.seal_where_due(case)
    row.refresh_from_db()  # its words are sealed by now
    if not Ask.objects.filter(case=case, kind="evidence").exists():
        ask_for_evidence(case, row, texts.read(case, EVIDENCE_WORDS, row.evidence_words))


def _second_judge(case: Case, row: StaffComplaint) -> Post | None:
    """Somebody else than who set the class, whom the matter does not concern: above the desk, else at the next one outside."""
    away = away_from(case)
    away = Away(away.units, away.officers | ({row.set_by_id} if row.set_by_id else set()))
    start = case.responsible_post
    above = post_above(start, away) if start is not None else None
    if above is not None:
        return above
    return outside_post([bodies.receiving_body() or case.body, case.body], away)
