"""What is said against an officer is put to that officer: after evidence is secured, by the desk outside, with a day.

The officer reads what is put and nothing else: no number, no words of the matter, no date of it, nobody's name.
Nobody is found at fault of misconduct unheard; who lets the day pass was heard in so far.
"""

from __future__ import annotations

import secrets
from collections.abc import Iterable
from dataclasses import dataclass

from django.db import transaction

from huiyin.record.bodies import queries as bodies
from huiyin.record.bodies.models import Officer, Post
from huiyin.record.bodies.queries import Reader
from huiyin.record.cases.asks import asking
from huiyin.record.cases.asks.ask_views import view_of
from huiyin.record.cases.fairness import staff
from huiyin.record.cases.given import Given
from huiyin.record.cases.models import About, Ask, Case, PutToOfficer, StaffComplaint
from huiyin.record.cases.shown.case_view import AskView
from huiyin.record.cases.who import scope
from huiyin.record.cases.who.responsible import line_before
from huiyin.record.ledger.chains import Actor
from huiyin.rules import asking as rule
from huiyin.rules import fairness
from huiyin.rules.procedure import Move
from huiyin.rules.refusal import Refusal


@dataclass(frozen=True, slots=True)
class PutView:
    """What was put to the reader: the words, who put them, by when; nothing else of the matter."""

    key: str
    view: AskView
    desk: str


def put_to_officer(case_number: str, *, by: Reader, officer: str, text: str) -> int:
    """Put something to an officer whom the matter concerns. Gives the number of what was asked.

    Of misconduct the desk outside alone does it; of a service also whoever is responsible. Raises
    Refusal("not_your_move") for others, "evidence_first" while what can vanish is not secured, "unknown_choice" for
    an officer whom the matter does not concern, "repeated" while the same officer is asked, "empty" and "too_long".
    """
    text = asking.checked(text)
    with transaction.atomic():
        found = scope.openable_case(case_number, by, lock=True)
        if found is None:
            raise Refusal("not_found")
        case = found[0]
        desk = may_put_through(case, by, StaffComplaint.objects.filter(case=case).first())
        if desk is None:
            raise Refusal("not_your_move", move="put")
        fairness.check_may_put(evidence_open=Ask.objects.filter(case=case, kind="evidence", state="open").exists())
        row = next((each for each in concerned(case) if each.code == officer), None)
        if row is None:
            raise Refusal("unknown_choice", field="officer")
        if PutToOfficer.objects.filter(ask__case=case, ask__state="open", officer=row).exists():
            raise Refusal("repeated")
        post = Post.objects.select_related("unit").get(pk=desk)
        ask = asking.ask(case, "put", of=post, actor=by.actor(desk), text=text)
        PutToOfficer.objects.create(ask=ask, officer=row, key=secrets.token_urlsafe(16))
        return ask.number


def may_put_through(case: Case, by: Reader, row: StaffComplaint | None) -> int | None:
    """The post through which the reader may put something to an officer; None where there is none."""
    if row is None or not case.is_open:
        return None
    if staff.class_of(row) == "service" and case.responsible_post_id in by.post_ids:
        return case.responsible_post_id
    return staff.outside_desk_in(case, by)


def concerned(case: Case) -> list[Officer]:
    """The officers whom a matter names, and those of the units it names."""
    named = set(About.objects.filter(case=case, kind="officer").exclude(officer=None).values_list("officer", flat=True))
    units = About.objects.filter(case=case, kind="unit").exclude(unit=None).values_list("unit", flat=True)
    posts = Post.objects.filter(unit__in=list(units)).values_list("pk", flat=True)
    named |= {officer.pk for officer in bodies.holders(posts).values()}
    return list(Officer.objects.filter(pk__in=named).order_by("id"))


def put_to(reader: Reader) -> tuple[PutView, ...]:
    """What was put to an officer in person, newest first; stand-ins and leaders have no way here."""
    rows = PutToOfficer.objects.select_related("ask__owed_by__unit__body").filter(officer=reader.officer_id)
    return tuple(_shown(row) for row in rows.order_by("-id")[:50])


def one_put_to(reader: Reader, key: str) -> PutView:
    """One of them. Raises Refusal("not_found")."""
    return _shown(_of(reader, key))


def answer_put(reader: Reader, key: str, text: str) -> None:
    """Answer, as the officer to whom it was put. Raises Refusal("not_found"), "repeated", "empty" or "too_long"."""
    text = asking.checked(text)
    with transaction.atomic():
        found = _of(reader, key).ask
        case, row = asking.locked(found.case.number, found.number)
        actor = reader.actor()
        asking.set_answer(row, "answered", text, actor)
        put_answered(case, row, actor)


def put_answered(_case: Case, row: Ask, actor: Actor) -> None:
    """The answer stands on the complainant's page: from the officer, or as the desk wrote down what the officer said."""
    asking.note(row, "put_answered", actor, text=row.answer)


def not_answered(row: Ask) -> None:
    """The day passed and nothing came: that is what is written, and the matter goes on."""
    row.state, row.outcome, row.next_act_on = "ended", rule.NOT_ANSWERED, None
    row.save(update_fields=["state", "outcome", "next_act_on"])
    asking.note(row, "put_not_answered", Actor.system())


def check_finding(case: Case, move: Move, given: Given) -> None:
    """Before a draft goes round, and at its end. Raises Refusal("unheard") where somebody unheard would be found at fault."""
    outcome = move.outcome or given.outcome
    if not case.is_restricted or outcome not in fairness.FOUND:
        return
    line = [case.pk, *line_before(case)]
    about = About.objects.filter(case__in=line)
    heard = PutToOfficer.objects.filter(ask__case__in=line).exclude(ask__state="open").values_list("officer", flat=True)
    fairness.check_finding(
        outcome,
        staff.class_of(staff.complaint_of(case)),
        accused=_keys(about.filter(kind="officer").values_list("officer", flat=True)),
        heard=_keys(heard),
        anybody=about.filter(kind="unit").exclude(unit=None).exists(),
    )


def _keys(keys: Iterable[int | None]) -> set[int]:
    return {key for key in keys if key is not None}


def _of(reader: Reader, key: str) -> PutToOfficer:
    rows = PutToOfficer.objects.select_related("ask__owed_by__unit__body", "ask__case")
    row = rows.filter(officer=reader.officer_id, key=key).first()
    if row is None:
        raise Refusal("not_found")
    return row


def _shown(row: PutToOfficer) -> PutView:
    return PutView(row.key, view_of(row.ask), row.ask.owed_by.unit.phone)
