"""An agreement: drafted in plain words, read aloud, signed by each side, and made by the pack's own step.

Whatever changes in its words undoes every signature. What may not stand in it is refused, and nothing typed is lost.
"""

from __future__ import annotations

import datetime
from collections.abc import Sequence
from dataclasses import dataclass, field

from django.db import transaction
from django.db.models import Max

from huiyin.record import clock
from huiyin.record.bodies.queries import Reader
from huiyin.record.cases import attaching, moves, receipts, scope, sides, texts
from huiyin.record.cases.given import Given
from huiyin.record.cases.receipts import Holder
from huiyin.record.files import attachments, store
from huiyin.rules import agreeing as rule
from huiyin.rules import guards, line, reckoning
from huiyin.rules.refusal import Refusal
from huiyin.stages.mediation import seats
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


@dataclass(frozen=True, slots=True)
class TermView:
    """One thing agreed, and where it stands by the word of the sides."""

    number: int
    side: int
    text: str
    due_on: datetime.date
    cents: int
    state: str
    said: tuple[tuple[int, str, str, datetime.datetime], ...]

    @property
    def amount(self) -> str:
        """The money as it is written, or nothing."""
        return reckoning.money(self.cents) if self.cents else ""


@dataclass(frozen=True, slots=True)
class AgreementView:
    """An agreement as all at the table read it."""

    number: int
    is_oral: bool
    is_partial: bool
    facts: str
    issues: str
    responsibility: str
    manner: str
    terms: tuple[TermView, ...]
    state: str
    signed: dict[int, str]
    read_at: datetime.datetime | None
    effective_on: datetime.date | None
    picture: int | None
    width: int
    height: int
    line: str
    line_words: str
    not_confirmable: str
    document: str
    lacking: tuple[str, ...]
    days_left: int = 0
    confirm_until: datetime.date | None = None
    points: tuple[tuple[int, int], ...] = field(default=())

    @property
    def may_be_confirmed(self) -> bool:
        """Whether a court can be asked to confirm it, and there is time."""
        return self.state == "effective" and not self.not_confirmable and self.days_left > 0

    @property
    def polyline(self) -> str:
        """The line in pixels of its picture."""
        return " ".join(f"{x * self.width // line.WHOLE},{y * self.height // line.WHOLE}" for x, y in self.points)

    @property
    def stroke(self) -> int:
        """How wide the line is drawn, in pixels of the picture."""
        return max(2, max(self.width, self.height) // 150)


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
        row = _being_written(seat)
        if row is None:
            raise Refusal("not_found")
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
        row = _being_written(seat)
        if row is None:
            raise Refusal("not_found")
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
        row = _being_written(seat)
        if row is None:
            raise Refusal("not_found")
        _must_be_whole(row)
        if row.state != "read":
            raise Refusal("read_first")
        signers = set(Signature.objects.filter(agreement=row).values_list("side", flat=True))
        if not rule.is_signed(signers, seat.sides, by_mediator=True):
            raise Refusal("not_all_signed")
        confirmed = [
            each for each in moves.to_confirm(case_number, MOVES[row.is_oral], by=by) if each in CONFIRMED[row.is_oral]
        ]
        given = Given(text=words_of(_view(row, clock.today(seat.zone)), language), confirmed=guards.written(confirmed))
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
    return tuple(_view(row, today) for row in rows.order_by("-number"))


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


def words_of(view: AgreementView, language: str) -> str:
    """The agreement in plain words, as its letter says it."""
    is_chinese = language.lower().startswith("zh")
    say = WORDS[is_chinese]
    lines = [
        f"{rule.PARTS[name].zh if is_chinese else rule.PARTS[name].en}{say['colon']}{getattr(view, name)}"
        for name in ("facts", "issues", "responsibility")
        if getattr(view, name).strip()
    ]
    lines.append(say["terms"])
    for term in view.terms:
        who = say["all"] if not term.side else say["side"].format(number=term.side)
        money = say["money"].format(amount=term.amount) if term.cents else ""
        lines.append(say["term"].format(number=term.number, who=who, text=term.text, money=money, day=term.due_on))
    if view.manner.strip():
        lines.append(f"{rule.PARTS['manner'].zh if is_chinese else rule.PARTS['manner'].en}{say['colon']}{view.manner}")
    if view.line:
        lines.append(say["line"].format(words=view.line_words))
    if view.is_partial:
        lines.append(say["partial"])
    return "\n".join([*lines, say["rights"]])


WORDS: dict[bool, dict[str, str]] = {
    True: {
        "colon": "：", "terms": "各方同意：", "all": "各方", "side": "第{number}方", "money": "（{amount}元）",
        "term": "{number}. {who}：{text}{money}，{day}前。", "line": "界线以附图上标出的线为准：{words}",
        "partial": "其余事项没有达成一致，各方可以继续调解或者走其他途径。",
        "rights": "本协议不影响任何一方投诉、申请仲裁、请求行政处理或者向人民法院起诉。",
    },
    False: {
        "colon": ": ", "terms": "All agree:", "all": "All sides", "side": "Side {number}", "money": " ({amount} yuan)",
        "term": "{number}. {who}: {text}{money}, by {day}.", "line": "The boundary is the line marked on the picture: {words}",
        "partial": "On the rest there is no agreement; all may go on with mediation or take another way.",
        "rights": "This agreement keeps nobody from a complaint, arbitration, an administrative decision or a suit.",
    },
}  # fmt: skip


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


def _new(seat: Seat, by: Reader) -> Agreement:
    number = (Agreement.objects.filter(case=seat.case_id).aggregate(last=Max("number"))["last"] or 0) + 1
    return Agreement(case_id=seat.case_id, number=number, mediator=by.officer_id, made_at=clock.now())


def _undo_signatures(row: Agreement) -> None:
    row.signatures.all().delete()
    row.state, row.read_at = "draft", None
    row.save(update_fields=["state", "read_at"])


def _must_be_whole(row: Agreement) -> None:
    lacking = _lacking(row)
    if lacking:
        raise Refusal("agreement_lacks", field=lacking[0])


def _lacking(row: Agreement) -> tuple[str, ...]:
    parts = {name: getattr(row, name) for name in rule.WRITTEN_PARTS}
    terms = [rule.Term(each.text, each.due_on, each.cents) for each in row.terms.all()]
    return rule.missing(parts, terms, is_oral=row.is_oral)


def _view(row: Agreement, today: datetime.date) -> AgreementView:
    on = row.effective_on
    return AgreementView(
        row.number, row.is_oral, row.is_partial, row.facts, row.issues, row.responsibility, row.manner,
        tuple(_term(each, today) for each in sorted(row.terms.all(), key=lambda each: each.number)), row.state,
        {each.side: each.how for each in row.signatures.all()}, row.read_at, on, row.picture, row.width, row.height,
        row.line, row.line_words, row.not_confirmable, row.document, _lacking(row),
        rule.days_left(on, today) if on else 0, rule.confirmation_until(on) if on else None, line.read(row.line),
    )  # fmt: skip


def _term(row: AgreedTerm, today: datetime.date) -> TermView:
    said: Sequence[TermWord] = sorted(row.said.all(), key=lambda each: each.pk)
    state = rule.state_of_term((each.word for each in said), row.due_on, today)
    return TermView(
        row.number, row.side, row.text, row.due_on, row.cents, state,
        tuple((each.side, each.word, each.text, each.at) for each in said),
    )  # fmt: skip
