"""A dispute is opened: by one side or both, by an officer who heard of it, or out of a complaint. And it is followed."""

from __future__ import annotations

import datetime
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace

from django.db import transaction

from huiyin.record.bodies.queries import Reader
from huiyin.record.cases.codes.receipts import Holder
from huiyin.record.cases.effects import Deed
from huiyin.record.cases.lists.queries import law_and_state_of
from huiyin.record.cases.registering import registration
from huiyin.record.cases.registering.registration import Filing, Identity, Prepared, Registered
from huiyin.record.cases.table import disputing
from huiyin.record.cases.table.disputing import OtherSide
from huiyin.record.ledger.chains import Actor
from huiyin.rules import consenting as rule
from huiyin.rules.procedure import Procedure
from huiyin.rules.refusal import Refusal
from huiyin.stages.mediation import asked_alone, choosing, urgent
from huiyin.stages.mediation.models import Dispute

OPENED_BY = ("complainant", "both", "officer", "complaint")
DESK_CHANNELS = ("phone", "counter", "letter")


@dataclass(frozen=True, slots=True)
class Asking:
    """What somebody says who asks for mediation. ``words`` stay between them and the mediator; ``released`` is for all.

    ``excluded`` names what mediation cannot do and yet is the case. ``consents`` is for an officer: how each side, by its
    number, said yes (``rules.consenting.HOW``). ``is_both``: both sides ask together.
    """

    kind: str
    subject: str
    words: str
    released: str
    others: tuple[OtherSide, ...]
    identity: Identity | None = None
    language: str = "zh-hans"
    needs: str = ""
    area: str = ""
    is_minor: bool = False
    guardian: str = ""
    is_both: bool = False
    excluded: tuple[str, ...] = ()
    heard_at: str = ""
    channel: str = "web"
    received_on: datetime.date | None = None
    consents: Mapping[int, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class OtherCode:
    """The number and code of another side, shown once."""

    side: int
    number: str
    code: str


@dataclass(frozen=True, slots=True)
class Opened:
    """What whoever asked takes home; ``registered`` is empty where the dispute stands under the receipt of a complaint."""

    case_number: str
    registered: Registered | None = None
    others: tuple[OtherCode, ...] = ()


def open_dispute(
    asking: Asking, *, by: Reader | None = None, holder: Holder | None = None, complaint: str = "", card: str = ""
) -> Opened:
    """Open a dispute: a resident asks, alone or with the other side; ``by`` is an officer who heard of it; ``holder`` and
    ``complaint`` open it out of a complaint, which goes on with its clocks.

    Raises Refusal("not_for_mediation", exclusion=...), "consent_missing" where an officer opens it and the side that
    wants it has not said yes, "unknown_choice", "empty" or "too_long" naming the field, and what registering refuses.
    """
    if holder is not None:
        return _out_of_complaint(asking, holder, complaint)
    filing, register = opening(asking, by=by, card=card)
    prepared = registration.prepare(filing)
    with transaction.atomic():
        registered = register(prepared)
    others = tuple(OtherCode(*each) for each in registered.other_sides)
    return Opened(registered.case_number, registered, others)


def opening(
    asking: Asking, *, by: Reader | None = None, card: str = ""
) -> tuple[Filing, Callable[[Prepared], Registered]]:
    """What is filed, and what writes it in the caller's transaction: for a form that may be sent twice.

    The names of the other sides are sealed when this returns. Raises what ``open_dispute`` raises for what was typed.
    """
    pack = disputing.pack()
    _check(asking, pack)
    if by is not None and 1 not in asking.consents:
        raise Refusal("consent_missing", field="consent_1")
    words = disputing.checked_words(asking.words, field="words", is_needed=True)
    released = disputing.checked_words(asking.released, field="released", is_needed=True)
    filing = _filing(asking, pack, words, at_desk=by is not None)
    actor, at_post = _who_opens(by)
    others = disputing.prepare_sides(asking.others)

    def register(prepared: Prepared) -> Registered:
        made = disputing.register_dispute(
            prepared, others, by=actor, released=released, guardian=asking.guardian, card=card, at_post=at_post
        )
        opened_by = "officer" if by is not None else "both" if asking.is_both else "complainant"
        _write(asking, made.case_number, opened_by)
        return replace(made, is_dispute=True, other_sides=_heard(asking, made.case_number, actor, by))

    return filing, register


def dispute_moved(deed: Deed) -> None:
    """Effect of every move of a mediation: the line of the register follows, and what ends with a dispute ends."""
    key, procedure, state, on = law_and_state_of(deed.case_number)
    row = Dispute.objects.filter(case=key).first()
    if row is None:
        return
    move = procedure.moves[deed.move]
    row.level = rule.level_of(procedure, state) or row.level
    row.complexity = rule.complexity_of(move) or row.complexity
    row.result = rule.result_of(procedure, move) or row.result
    if procedure.states[state].stage == "mediation":
        row.begun_on = row.begun_on or on
        row.result = ""
    row.ended_on = on if procedure.states[state].is_final else None
    row.save()
    if move.assigns and deed.given.get("to"):
        choosing.must_be_free(deed.case_number, deed.given["to"])
    if procedure.states[state].is_final:
        urgent.erase(key)
        asked_alone.erase(key)


def _check(asking: Asking, pack: Procedure) -> None:
    """What mediation cannot do is asked first; each has its right way."""
    for name in asking.excluded:
        if name not in pack.exclusions:
            raise Refusal("unknown_choice", field="excluded")
        raise Refusal("not_for_mediation", exclusion=name, route=pack.exclusions[name].route)
    if asking.kind not in pack.disputes:
        raise Refusal("unknown_choice", field="kind")


def _filing(asking: Asking, pack: Procedure, words: str, *, at_desk: bool) -> Filing:
    if at_desk and asking.channel not in DESK_CHANNELS:
        raise Refusal("unknown_choice", field="channel")
    subject = asking.subject.strip() or pack.disputes[asking.kind].name.in_language(asking.language)
    return Filing(
        subject=subject, description=words, channel=asking.channel, language=asking.language, confidentiality="named",
        area=asking.area, identity=asking.identity, needs=asking.needs, is_minor=asking.is_minor,
        received_on=asking.received_on, procedure=pack.id,
    )  # fmt: skip


def _who_opens(by: Reader | None) -> tuple[Actor, str]:
    if by is None:
        return Actor.complainant(), ""
    post = next((post for post in by.posts if {"registrar", "mediator"} & post.roles), None)
    if post is None:
        raise Refusal("not_your_move", move="register")
    return by.actor(post.id), post.code if "registrar" in post.roles else ""


def _heard(asking: Asking, number: str, actor: Actor, by: Reader | None) -> tuple[tuple[int, str, str], ...]:
    """Who asks has said yes; an officer writes down what each side said. Those who ask together get their codes at once."""
    if by is None and not (asking.is_minor and not asking.guardian):
        disputing.say_yes(number, 1, "own_channel", by=actor)
    for side, how in sorted(asking.consents.items()) if by is not None else ():
        if how not in {"in_person", "phone"}:
            raise Refusal("unknown_choice", field="how")
        disputing.say_yes(number, side, how, by=actor)
    if not asking.is_both or by is not None:
        return ()
    sides = range(2, len(asking.others) + 2)
    return tuple((side, *disputing.give_code(number, side, by=actor)) for side in sides)


def _out_of_complaint(asking: Asking, holder: Holder, complaint: str) -> Opened:
    pack = disputing.pack()
    _check(asking, pack)
    words = disputing.checked_words(asking.words, field="words", is_needed=True)
    released = disputing.checked_words(asking.released, field="released", is_needed=True)
    subject = asking.subject.strip() or pack.disputes[asking.kind].name.in_language(asking.language)
    others = disputing.prepare_sides(asking.others)
    with transaction.atomic():
        number = disputing.dispute_of_complaint(
            holder, others, case_number=complaint, procedure=pack.id, subject=subject, words=words, released=released
        )
        _write(asking, number, "complaint")
        disputing.say_yes(number, 1, "own_channel", by=Actor.complainant(holder.helper))
    return Opened(number)


def _write(asking: Asking, number: str, opened_by: str) -> None:
    key, _procedure, _state, today = law_and_state_of(number)
    Dispute.objects.create(
        case_id=key, kind=asking.kind, opened_by=opened_by, heard_at=asking.heard_at,
        opened_on=asking.received_on or today,
    )  # fmt: skip
