"""An agreement: drafted in plain words, read aloud, signed by each side, and made by the pack's own step.

Whatever changes in its words undoes every signature. What may not stand in it is refused, and nothing typed is lost.
"""

from __future__ import annotations

import datetime
from dataclasses import dataclass

from django.db import transaction
from django.db.models import Max

from huiyin.record import clock
from huiyin.record.bodies.queries import Reader
from huiyin.record.cases.codes import receipts
from huiyin.record.cases.codes.receipts import Holder
from huiyin.record.cases.given import Given
from huiyin.record.cases.keys import texts
from huiyin.record.cases.moving import moves
from huiyin.record.cases.papers import attaching
from huiyin.record.cases.parties import sides
from huiyin.record.cases.who import scope
from huiyin.record.files import attachments, store
from huiyin.rules import agreeing as rule
from huiyin.rules import guards, line
from huiyin.rules.refusal import Refusal
from huiyin.stages.mediation import seats
from huiyin.stages.mediation.agreement_views import AgreementView as AgreementView
from huiyin.stages.mediation.agreement_views import lacking_of, view_of, words_of
from huiyin.stages.mediation.seats import Seat
from huiyin.stages.mediation.table_models import AgreedTerm, Agreement, Signature, TermWord

WRITTEN = ("draft", "read")  # not in force yet
MOVES = {False: "agree_in_writing", True: "agree_orally"}
CONFIRMED = {False: ("read_aloud", "all_signed"), True: ("read_aloud",)}
AGREE = "agree"


@dataclass(frozen=True, slots=True)
class TermGiven:
    """One thing to be agreed: what, by whom (a side; 0: all of them), by when, how much money in cents."""

    text: str
    due_on: datetime.date
    side: int = 0
    cents: int = 0


@dataclass(frozen=True, slots=True)
class Draft:
    """The words of an agreement as its writer gives them."""

    facts: str = ""
    issues: str = ""
    responsibility: str = ""
    manner: str = ""
    terms: tuple[TermGiven, ...] = ()
    is_oral: bool = False
    is_partial: bool = False
    not_confirmable: str = ""


def draft(case_number: str, given: Draft, *, by: Reader, key: str = "") -> None:
    """Write an agreement down, or change the one that is being written; signatures under other words are gone.

    Raises Refusal("agreement_bars") for words that bar a complaint, a review or a suit, what ``rules.agreeing``
    refuses, "unknown_choice" for a side that is not there, "not_allowed_now" outside mediation.
    """
    with transaction.atomic():
        seat = seats.of_office(case_number, by)
        seats.must_be(seat, "mediation")
        if not seats.once(key):
            return
        words = {name: seats.checked(getattr(given, name), name, is_needed=False) for name in rule.WRITTEN_PARTS}
        rule.check_text({**words, "terms": "\n".join(term.text for term in given.terms)})
        terms = [
            rule.Term(seats.checked(each.text, "text", limit=1_000), each.due_on, each.cents) for each in given.terms
        ]
        rule.check_terms(terms, today=clock.today(seat.zone))
        if any(each.side and each.side not in seat.sides for each in given.terms):
            raise Refusal("unknown_choice", field="side")
        if given.not_confirmable and given.not_confirmable not in rule.NOT_CONFIRMED:
            raise Refusal("unknown_choice", field="not_confirmable")
        row = _being_written(seat) or _new(seat, by)
        for name, text in words.items():
            setattr(row, name, text)
        row.is_oral, row.is_partial, row.not_confirmable = given.is_oral, given.is_partial, given.not_confirmable
        row.mediator = by.officer_id
        row.save()
        row.terms.all().delete()
        for number, each in enumerate(given.terms, start=1):
            AgreedTerm.objects.create(
                agreement=row, number=number, side=each.side, text=each.text, due_on=each.due_on, cents=each.cents
            )
        _undo_signatures(row)
        seats.tell(seat, "agreement_drafted")


def draw(case_number: str, *, by: Reader, drawn: str, words: str, picture: tuple[int, int, int] | None = None) -> None:
    """Mark a line on the picture of the agreement, or another picture (its attachment, width and height in pixels).

    Raises Refusal("not_found") where nothing is being written, "invalid" for no line, "input_missing" for its words.
    """
    points = line.read(drawn)
    with transaction.atomic():
        seat = seats.of_office(case_number, by)
        row = _written_here(seat)
        if picture is not None:
            row.picture, row.width, row.height = picture
        row.line = line.written(points)
        row.line_words = seats.checked(words, "words", is_needed=bool(points))
        rule.check_text({"words": row.line_words})
        row.save()
        _undo_signatures(row)
        seats.tell(seat, "agreement_drafted")


def read_out(case_number: str, *, by: Reader) -> None:
    """It was read aloud to all, word for word. Raises Refusal("agreement_lacks") for a part that is missing."""
    with transaction.atomic():
        seat = seats.of_office(case_number, by)
        row = _written_here(seat)
        _must_be_whole(row)
        row.state, row.read_at = "read", clock.now()
        row.save(update_fields=["state", "read_at"])
        seats.tell(seat)


def sign_as_side(holder: Holder, case_number: str, *, number: int, has_read: bool) -> None:
    """A side signs on screen, with its own code, and says yes to the agreement.

    Raises Refusal("input_missing", field="has_read"), "read_first" before it was read out, "stale" for other words.
    """
    if not has_read:
        raise Refusal("input_missing", field="has_read")
    with transaction.atomic():
        seat = seats.of_side(holder, case_number)
        _sign(seat, seat.side, number, "screen")
        moves.consent_as_side(holder, AGREE, "yes", case_number=case_number)


def sign_by_code(case_number: str, *, by: Reader, receipt: str, code: str, number: int, source: str) -> int:
    """A side signs in person, on the mediator's device, with its own number and code; gives the side.

    Raises Refusal("check_digits") for a wrong code or one of another matter, and what ``sign_as_side`` refuses.
    """
    holder = receipts.check(receipt, code, source=source)
    try:
        side = sides.of_holder(holder, case_number).number
    except Refusal:
        raise Refusal("check_digits") from None
    with transaction.atomic():
        seat = seats.of_office(case_number, by)
        if side not in seat.sides:
            raise Refusal("check_digits")
        _sign(seat, side, number, "code")
        moves.record_consent(case_number, side, AGREE, "yes", "in_person", by=by)
    return side


def sign_on_paper(case_number: str, *, by: Reader, side: int, how: str, number: int, scan: int | None) -> None:
    """A side signed on paper, by name or thumbprint; ``scan`` is the attachment that shows it.

    Raises Refusal("unknown_choice"), and what ``sign_as_side`` refuses.
    """
    if how not in {"paper", "thumbprint"}:
        raise Refusal("unknown_choice", field="how")
    with transaction.atomic():
        seat = seats.of_office(case_number, by)
        if side not in seat.sides:
            raise Refusal("unknown_choice", field="side")
        _sign(seat, side, number, how, scan)
        moves.record_consent(case_number, side, AGREE, "yes", "in_person", by=by)


def _sign(seat: Seat, side: int, number: int, how: str, scan: int | None = None) -> None:
    row = _being_written(seat)
    if row is None or row.number != number:
        raise Refusal("stale")
    if row.state != "read" and not row.is_oral:
        raise Refusal("read_first")
    if Signature.objects.filter(agreement=row, side=side).exists():
        return
    Signature.objects.create(agreement=row, side=side, how=how, scan=scan, at=clock.now())
    seats.tell(seat, "agreement_signed")


def conclude(case_number: str, *, by: Reader, language: str) -> str:
    """The mediator signs, and the pack's step makes the agreement with its letter; gives the number of the letter.

    Raises Refusal("agreement_lacks"), "read_first", "not_all_signed", and what ``moves.move`` refuses.
    """
    with transaction.atomic():
        seat = seats.of_office(case_number, by)
        row = _written_here(seat)
        _must_be_whole(row)
        if row.state != "read":
            raise Refusal("read_first")
        signers = set(Signature.objects.filter(agreement=row).values_list("side", flat=True))
        if not rule.is_signed(signers, seat.sides, by_mediator=True):
            raise Refusal("not_all_signed")
        confirmed = [
            each for each in moves.to_confirm(case_number, MOVES[row.is_oral], by=by) if each in CONFIRMED[row.is_oral]
        ]
        given = Given(
            text=words_of(view_of(row, clock.today(seat.zone)), language), confirmed=guards.written(confirmed)
        )
        moves.move(case_number, MOVES[row.is_oral], by=by, given=given)
        row.state, row.effective_on = "effective", clock.today(seat.zone)
        row.document = _newest_letter(seat)
        row.save(update_fields=["state", "effective_on", "document"])
        seats.tell(seat)
        return row.document


def say_term(
    holder: Holder, case_number: str, *, agreement: int, term: int, word: str, text: str = "", key: str = ""
) -> None:
    """A side says of one thing agreed whether it was kept. It alone does; no clock says that anything is broken.

    Raises Refusal("not_found"), "unknown_choice", "too_long", "not_allowed_now" once the matter has ended.
    """
    with transaction.atomic():
        seat = seats.of_side(holder, case_number)
        seats.must_be(seat, "followup")
        row = AgreedTerm.objects.filter(
            agreement__case=seat.case_id, agreement__number=agreement, agreement__state="effective", number=term
        ).first()
        if row is None:
            raise Refusal("not_found")
        if not seats.once(key):
            return
        said = rule.word_of(word, on=clock.today(seat.zone), due_on=row.due_on)
        text = seats.checked(text, "text", is_needed=False, limit=1_000)
        TermWord.objects.create(term=row, side=seat.side, word=said, text=text, at=clock.now())
        seats.tell(seat, "agreement_word")


def agreements_of(seat: Seat) -> tuple[AgreementView, ...]:
    """The agreements of a dispute, newest first; those closed away are not there."""
    rows = (
        Agreement.objects.filter(case=seat.case_id)
        .exclude(state="closed")
        .prefetch_related("terms__said", "signatures")
    )
    today = clock.today(seat.zone)
    return tuple(view_of(row, today) for row in rows.order_by("-number"))


def picture_of(seat: Seat) -> int:
    """The attachment on which the newest agreement marks a line. Raises Refusal("not_found")."""
    found = next((each.picture for each in agreements_of(seat) if each.picture), None)
    if found is None:
        raise Refusal("not_found")
    return found


def picture_as_side(seat: Seat) -> tuple[bytes, str]:
    """The cleaned copy of that picture, with its media type; nothing else of the matter opens this way."""
    case, row = scope.case_by_key(seat.case_id), attachments.find(seat.case_id, picture_of(seat))
    if case is None or row is None or not row.stored_shown:
        raise Refusal("not_found")
    return attachments.data_of(row, case.number, "copy", texts.opener(case)), row.shown_type


def size_of(case_number: str, attachment: int, *, by: Reader) -> tuple[int, int, int]:
    """An attachment as a picture: its number, width and height. Raises Refusal("not_a_picture")."""
    file = attaching.open_as_officer(case_number, attachment, "copy", reader=by)
    size = line.size_of(file.data)
    if size is None:
        raise Refusal("not_a_picture")
    return (attachment, *size)


def _newest_letter(seat: Seat) -> str:
    letters = store.letters_of(seat.case_id)
    return letters[-1].number if letters else ""


def _being_written(seat: Seat) -> Agreement | None:
    return Agreement.objects.filter(case=seat.case_id, state__in=WRITTEN).first()


def _written_here(seat: Seat) -> Agreement:
    row = _being_written(seat)
    if row is None:
        raise Refusal("not_found")
    return row


def _new(seat: Seat, by: Reader) -> Agreement:
    number = (Agreement.objects.filter(case=seat.case_id).aggregate(last=Max("number"))["last"] or 0) + 1
    return Agreement(case_id=seat.case_id, number=number, mediator=by.officer_id, made_at=clock.now())


def _undo_signatures(row: Agreement) -> None:
    row.signatures.all().delete()
    row.state, row.read_at = "draft", None
    row.save(update_fields=["state", "read_at"])


def _must_be_whole(row: Agreement) -> None:
    lacking = lacking_of(row)
    if lacking:
        raise Refusal("agreement_lacks", field=lacking[0])
