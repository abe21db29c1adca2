"""What is said at the table: private notes, offers and counter-offers, the page of facts. Concessions are closed away.

Who never reached an agreement leaves no word of what was offered: it reaches no decision, no dossier and no court.
"""

from __future__ import annotations

import datetime
from collections.abc import Mapping
from dataclasses import dataclass

from django.db import transaction
from django.db.models import Max

from huiyin.record import clock
from huiyin.record.bodies.queries import Reader
from huiyin.record.cases.codes.receipts import Holder
from huiyin.record.cases.effects import Deed
from huiyin.record.cases.lists.queries import law_and_state_of
from huiyin.record.ledger.append import append_event
from huiyin.record.ledger.chains import Actor, ChainRef
from huiyin.rules import offering as rule
from huiyin.rules.refusal import Refusal
from huiyin.stages.mediation import binding, seats
from huiyin.stages.mediation.seats import Seat
from huiyin.stages.mediation.table_models import Agreement, Fact, Offer, PrivateNote

AT_THE_TABLE = ("intake", "mediation")
WORDLESS = ("facts", "issues", "responsibility", "manner", "line", "line_words")


@dataclass(frozen=True, slots=True)
class NoteView:
    """A private note for its reader."""

    side: int
    text: str
    at: datetime.datetime


@dataclass(frozen=True, slots=True)
class OfferView:
    """An offer as the sides and the mediator see it; its words are empty once they were closed away."""

    number: int
    side: int
    answers: int | None
    text: str
    state: str
    taken_by: tuple[int, ...]
    made_at: datetime.datetime
    is_mine: bool
    may_answer: bool


@dataclass(frozen=True, slots=True)
class FactView:
    """A fact on the joint page: agreed, disputed or open; what I said of it."""

    number: int
    side: int
    text: str
    state: str
    said: Mapping[int, bool]
    mine: bool | None


def note_as_side(holder: Holder, case_number: str, text: str, *, key: str = "") -> None:
    """Words of a side for the mediator alone. Raises Refusal("input_missing"), "too_long", "not_allowed_now"."""
    with transaction.atomic():
        seat = seats.of_side(holder, case_number)
        _keep_note(seat, text, key, officer=None)


def note_as_mediator(case_number: str, text: str, *, by: Reader, key: str = "") -> None:
    """The mediator's own note: nobody else reads it, and it is destroyed when mediation ends."""
    with transaction.atomic():
        seat = seats.of_office(case_number, by)
        _keep_note(seat, text, key, officer=by.officer_id)


def _keep_note(seat: Seat, text: str, key: str, *, officer: int | None) -> None:
    seats.must_be(seat, *AT_THE_TABLE)
    if seats.once(key):
        sealed = seats.seal(seat.number, seats.checked(text, "text"))
        PrivateNote.objects.create(case_id=seat.case_id, side=seat.side, officer=officer, sealed=sealed, at=clock.now())


def notes_of(seat: Seat) -> tuple[NoteView, ...]:
    """The notes that somebody at the table may read: a side its own; whoever mediates those of the sides and the own ones.

    Whoever else may act in the dispute (a registrar, the head of the unit) reads what they wrote themselves.
    """
    rows = PrivateNote.objects.filter(case=seat.case_id)
    if seat.side:
        rows = rows.filter(side=seat.side)
    else:
        own = rows.filter(officer=seat.officer)
        rows = rows.exclude(side=0) | own if seat.mediates else own
    return tuple(NoteView(row.side, seats.opened(seat.number, row.sealed), row.at) for row in rows.order_by("id"))


def offer(holder: Holder, case_number: str, text: str, *, answers: int | None = None, key: str = "") -> int:
    """Offer something to the others, or answer an offer by another. Gives its number, 0 for a form that came before.

    Raises Refusal("input_missing"), "not_found", and what ``rules.offering.answer`` refuses.
    """
    with transaction.atomic():
        seat = seats.of_side(holder, case_number)
        seats.must_be(seat, "mediation")
        if not seats.once(key):
            return 0
        text = seats.checked(text, "text")
        if answers is not None:
            _answer(seat, answers, "counter")
        number = (Offer.objects.filter(case=seat.case_id).aggregate(last=Max("number"))["last"] or 0) + 1
        Offer.objects.create(
            case_id=seat.case_id, number=number, side=seat.side, answers=answers, sealed=seats.seal(seat.number, text),
            made_at=clock.now(),
        )  # fmt: skip
        seats.tell(seat, "offer_made")
        return number


def answer_offer(holder: Holder, case_number: str, number: int, deed: str, *, key: str = "") -> None:
    """Take an offer, decline it, or take the own one back. Raises what ``rules.offering.answer`` refuses."""
    with transaction.atomic():
        seat = seats.of_side(holder, case_number)
        seats.must_be(seat, "mediation")
        if deed == "counter":
            raise Refusal("unknown_choice", field="deed")
        if seats.once(key):
            _answer(seat, number, deed)
            seats.tell(seat, "offer_answered")


def _answer(seat: Seat, number: int, deed: str) -> None:
    row = Offer.objects.filter(case=seat.case_id, number=number).first()
    if row is None:
        raise Refusal("not_found")
    others = [side for side in seat.sides if side != row.side]
    row.state = rule.answer(row.state, deed, by=seat.side, maker=row.side, taken_by=row.taken_by, others=others)
    if deed == "take":
        row.taken_by = sorted({*row.taken_by, seat.side})
    row.save(update_fields=["state", "taken_by"])


def offers_of(seat: Seat) -> tuple[OfferView, ...]:
    """The offers, newest first."""
    return tuple(
        OfferView(
            row.number, row.side, row.answers, seats.opened(seat.number, row.sealed), row.state, tuple(row.taken_by),
            row.made_at, row.side == seat.side,
            row.state == "open" and 0 < seat.side != row.side and seat.side not in row.taken_by and seat.stage == "mediation",
        )
        for row in Offer.objects.filter(case=seat.case_id).order_by("-number")
    )  # fmt: skip


def fact_as_side(holder: Holder, case_number: str, text: str, *, key: str = "") -> None:
    """Put a fact on the joint page; who writes it says so."""
    with transaction.atomic():
        _keep_fact(seats.of_side(holder, case_number), text, key)


def fact_as_mediator(case_number: str, text: str, *, by: Reader, key: str = "") -> None:
    """The same by the mediator, for the sides to say yes or no to."""
    with transaction.atomic():
        _keep_fact(seats.of_office(case_number, by), text, key)


def _keep_fact(seat: Seat, text: str, key: str) -> None:
    seats.must_be(seat, "mediation")
    if not seats.once(key):
        return
    number = (Fact.objects.filter(case=seat.case_id).aggregate(last=Max("number"))["last"] or 0) + 1
    Fact.objects.create(
        case_id=seat.case_id, number=number, side=seat.side, made_at=clock.now(),
        sealed=seats.seal(seat.number, seats.checked(text, "text")),
        said={str(seat.side): True} if seat.side else {},
    )  # fmt: skip
    seats.tell(seat)


def say_fact(holder: Holder, case_number: str, number: int, *, is_so: bool) -> None:
    """Say of a fact that it is so, or is not; the last word counts. Raises Refusal("not_found")."""
    with transaction.atomic():
        seat = seats.of_side(holder, case_number)
        seats.must_be(seat, "mediation")
        row = Fact.objects.filter(case=seat.case_id, number=number).first()
        if row is None:
            raise Refusal("not_found")
        if row.said.get(str(seat.side)) != is_so:
            row.said = {**row.said, str(seat.side): is_so}
            row.save(update_fields=["said"])
            seats.tell(seat)


def facts_of(seat: Seat) -> tuple[FactView, ...]:
    """The joint page, in order."""
    found = []
    for row in Fact.objects.filter(case=seat.case_id).order_by("number"):
        said = {int(side): bool(is_so) for side, is_so in row.said.items()}
        state, text = rule.fact_state(said, seat.sides), seats.opened(seat.number, row.sealed)
        found.append(FactView(row.number, row.side, text, state, said, said.get(seat.side)))
    return tuple(found)


def close_tables() -> int:
    """Destroy private notes where mediation is over, and close away what was conceded where it came to nothing.

    The ending step does it at once (``after_move``); this finds what is left. Gives how many disputes.
    """
    notes = PrivateNote.objects.exclude(case__stage__in=AT_THE_TABLE).values_list("case__number", "case__stage")
    offers = Offer.objects.filter(case__stage="ended").exclude(sealed=b"").values_list("case__number", "case__stage")
    facts = Fact.objects.filter(case__stage="ended").exclude(sealed=b"").values_list("case__number", "case__stage")
    found = sorted({*notes, *offers, *facts})
    for number, stage in found:
        with transaction.atomic():
            after_move(number, stage=stage)
    return len(found)


def table_closed(deed: Deed) -> None:
    """Effect of every move of a mediation: what must not outlive it goes with the step that ends it."""
    _key, procedure, state, _on = law_and_state_of(deed.case_number)
    after_move(deed.case_number, stage=procedure.states[state].stage)


def after_move(case_number: str, *, stage: str) -> None:
    """What a step of a dispute means for what lies on its table; in the transaction of the step."""
    if stage in AT_THE_TABLE:
        return
    PrivateNote.objects.filter(case__number=case_number).delete()
    if stage != "ended":
        return
    offers = Offer.objects.filter(case__number=case_number).exclude(sealed=b"")
    facts = Fact.objects.filter(case__number=case_number).exclude(sealed=b"")
    drafts = Agreement.objects.filter(case__number=case_number, state__in=("draft", "read"))
    keys = {key for rows in (offers, facts, drafts) for key in rows.values_list("case_id", flat=True)}
    if not keys:
        return
    offers.update(sealed=b"")
    facts.update(sealed=b"", said={})
    for draft in drafts:
        draft.terms.all().delete()
        draft.signatures.all().delete()
    drafts.update(state="closed", **dict.fromkeys(WORDLESS, ""))
    bound = {binding.KEY: binding.digest(keys.pop())}
    append_event(ChainRef.case(case_number), "concessions_closed", actor=Actor.system(), details={"bound": bound})
