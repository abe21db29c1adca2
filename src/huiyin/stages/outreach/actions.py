"""What is done going out: plan an office hour, say how many came, answer an invitation, hear and answer a suggestion.

Each deed is an event of the body's chain, without anybody's words: what was withdrawn must be gone.
"""

from __future__ import annotations

import datetime
import hmac
from dataclasses import dataclass, field
from typing import TypeVar

from django.db import IntegrityError, transaction
from django.db.models import Q

from huiyin.record import clock
from huiyin.record.bodies import ground
from huiyin.record.bodies.models import Area, Post
from huiyin.record.bodies.queries import Reader, receiving_body
from huiyin.record.cases.codes import receipts, slow_answer
from huiyin.record.cases.table import invited
from huiyin.record.ledger.append import append_event
from huiyin.record.ledger.chains import Actor, ChainRef
from huiyin.rules import outreach as rule
from huiyin.rules import receipt as digits
from huiyin.rules.chain import Json
from huiyin.rules.procedure import Words
from huiyin.rules.refusal import Refusal
from huiyin.rules.text import storable
from huiyin.stages.outreach.models import Invitation, InvitationLook, OfficeHour, Suggestion
from huiyin.stages.outreach.queries import Invited, post_in, served

_Row = TypeVar("_Row", OfficeHour, Invitation, Suggestion)

KEPT_DAYS = 30  # after the day of a visit, until who invited is forgotten
ERASED_AT_ONCE = frozenset({"declined", "withdrawn"})


@dataclass(frozen=True, slots=True)
class Slip:
    """Number and code of something sent in without an account: made with the form, in force once it is sent."""

    number: str
    code: str = field(repr=False)


@dataclass(frozen=True, slots=True)
class Visit:
    """What whoever invites tells; all but area, day and part of day is sealed."""

    area: str
    wished_on: datetime.date
    part: str
    name: str = field(repr=False)
    telephone: str = field(repr=False)
    where: str = field(repr=False)
    note: str = field(repr=False)
    language: str = "zh-hans"


def new_slip() -> Slip:
    """A number nobody has, and a code."""
    return Slip(receipts.new_number(), receipts.new_code())


def plan_office_hour(
    area: str, *, place: Words, starts_at: datetime.datetime, ends_at: datetime.datetime, by: Reader
) -> OfficeHour:
    """Somebody who answers for an area is to be met there.

    Raises Refusal("not_found") for an area one does not answer for, "input_missing", "too_long", "repeated" for one
    that overlaps another of the same post, and what ``rules.outreach.check_planned`` raises.
    """
    if not (place.zh.strip() and place.en.strip()):
        raise Refusal("input_missing", field="place")
    if max(len(place.zh), len(place.en)) > rule.PLACE_LIMIT:
        raise Refusal("too_long", field="place", maximum=rule.PLACE_LIMIT)
    now = clock.now()
    rule.check_planned(starts_at, ends_at, now)
    with transaction.atomic():
        here, post = _served_area(area, by)
        Post.objects.select_for_update().get(pk=post.pk)
        own = OfficeHour.objects.filter(post=post, called_off_at=None)
        if own.filter(starts_at__lt=ends_at, ends_at__gt=starts_at).exists():
            raise Refusal("repeated")
        row = OfficeHour.objects.create(
            area=here, post=post, place_zh=place.zh, place_en=place.en, starts_at=starts_at, ends_at=ends_at,
            planned_at=now,
        )  # fmt: skip
        _tell(
            post, "office_hour_planned", by, office_hour=row.pk, area=area, starts_at=starts_at.isoformat(),
            ends_at=ends_at.isoformat(), place={"zh": place.zh, "en": place.en},
        )  # fmt: skip
    return row


def call_off(key: int, *, by: Reader) -> None:
    """An office hour is not held after all; residents read that. Raises Refusal("not_found") or "repeated"."""
    with transaction.atomic():
        row, post = _own_hour(key, by)
        if row.called_off_at is not None or row.entered_at is not None:
            raise Refusal("repeated")
        row.called_off_at = clock.now()
        row.save(update_fields=["called_off_at"])
        _tell(post, "office_hour_called_off", by, office_hour=key, area=row.area.code)


def enter_held(key: int, came: int, *, by: Reader) -> None:
    """It was held, and so many came: one number, nobody's name; corrected by entering it again.

    Raises Refusal("not_found"), "repeated" for one that was called off, and what ``rules.outreach.check_came`` raises.
    """
    with transaction.atomic():
        row, post = _own_hour(key, by)
        if row.called_off_at is not None:
            raise Refusal("repeated")
        rule.check_came(came, row.starts_at, clock.now())
        row.came, row.entered_at = came, clock.now()
        row.save(update_fields=["came", "entered_at"])
        _tell(post, "office_hour_held", by, office_hour=key, area=row.area.code, came=came)


def invite(slip: Slip, visit: Visit) -> None:
    """Ask for a visit on a date of one's own; sent twice with the same slip it is one invitation.

    Raises Refusal("unknown_choice"), "input_missing", "too_long", and what ``rules.outreach.check_wish`` raises.
    """
    area = _any_area(visit.area)
    body = _receiving()
    rule.check_wish(visit.wished_on, visit.part, clock.today(body[1]))
    words = [storable(each) for each in (visit.name, visit.telephone, visit.where, visit.note)]
    if not words[2].strip():
        raise Refusal("input_missing", field="where")
    if max(map(len, words)) > rule.WORDS_LIMIT:
        raise Refusal("too_long", field="text", maximum=rule.WORDS_LIMIT)
    if Invitation.objects.filter(number=slip.number).exists():
        return
    vault_id = invited.keep(*words)
    try:
        with transaction.atomic():
            Invitation.objects.create(
                number=slip.number, verifier=receipts.verifier(slip.number, slip.code), area=area, vault_id=vault_id,
                wished_on=visit.wished_on, part=visit.part, language=visit.language, asked_at=clock.now(),
            )  # fmt: skip
            _tell_public(body[0], "visit_invited", invitation=slip.number, area=area.code)
    except IntegrityError:  # the same slip at the same time: one of the two is kept, the other's sealed row is swept
        return


def answer_invitation(number: str, *, agrees: bool, answer: str, by: Reader) -> None:
    """Say whether somebody comes, in words for whoever invited. Raises Refusal("not_found"), "repeated", "empty"."""
    answer = _checked(answer)
    with transaction.atomic():
        row, post = _own_invitation(number, by)
        if row.state != "asked":
            raise Refusal("repeated")
        now = clock.now()
        row.state, row.post, row.answer, row.answered_at = "agreed" if agrees else "declined", post, answer, now
        row.ended_at = None if agrees else now
        row.save()
        _tell(post, f"visit_{row.state}", by, invitation=number, area=row.area.code)
    _forget(row)


def visit_made(number: str, *, by: Reader) -> None:
    """The visit took place. Raises Refusal("not_found") or "repeated", "too_early" before the day wished for."""
    with transaction.atomic():
        row, post = _own_invitation(number, by)
        if row.state != "agreed":
            raise Refusal("repeated")
        if clock.today(by.zone) < row.wished_on:
            raise Refusal("too_early", last_day=row.wished_on)
        row.state, row.ended_at = "made", clock.now()
        row.save(update_fields=["state", "ended_at"])
        _tell(post, "visit_made", by, invitation=number, area=row.area.code)


def open_invitation(number: str, *, by: Reader) -> Invited:
    """Who invites, where to and what about, for who answers for the area; written down first, and shown to whoever invited.

    Raises Refusal("not_found").
    """
    with transaction.atomic():
        row, post = _own_invitation(number, by)
    if row.erased_at is not None or row.state in ERASED_AT_ONCE:
        raise Refusal("not_found")

    def write_look() -> None:
        InvitationLook.objects.create(invitation=row, at=clock.now(), post=post, duty_number=by.duty_number)

    found = invited.open_for_visit(
        row.vault_id, number=number, body_code=post.unit.body.code, by=by.actor(post.pk), write_look=write_look
    )
    return Invited(found.name, found.phone, found.address, found.note)


def suggest(slip: Slip, area: str, text: str, *, language: str) -> None:
    """Send in a suggestion without an account; sent twice with the same slip it is one.

    Raises Refusal("unknown_choice"), "empty" or "too_long".
    """
    text, here = _checked(text), _any_area(area)
    if Suggestion.objects.filter(number=slip.number).exists():
        return
    try:
        with transaction.atomic():
            Suggestion.objects.create(
                number=slip.number, verifier=receipts.verifier(slip.number, slip.code), area=here, language=language,
                text=text, made_at=clock.now(),
            )  # fmt: skip
            _tell_public(_receiving()[0], "suggestion_heard", suggestion=slip.number, area=here.code)
    except IntegrityError:
        return


def hear_suggestion(key: int, text: str, *, language: str, by: Reader) -> str:
    """Write down what was suggested at an office hour; gives its number. Raises Refusal("not_found"), "empty", "too_long"."""
    text = _checked(text)
    with transaction.atomic():
        hour, post = _own_hour(key, by)
        rule.check_came(0, hour.starts_at, clock.now())
        row = Suggestion.objects.create(
            number=receipts.new_number(), area=hour.area, office_hour=hour, language=language, text=text,
            made_at=clock.now(),
        )  # fmt: skip
        _tell(post, "suggestion_heard", by, suggestion=row.number, area=hour.area.code, office_hour=key)
    return row.number


def answer_suggestion(number: str, *, released: str, answer: str, by: Reader) -> None:
    """Answer it in public, with the suggestion as it may be read; without ``released`` the author alone reads the answer.

    Can be said again, in better words. Raises Refusal("not_found"), "empty", "too_long", "repeated" once withdrawn.
    """
    answer, released = _checked(answer), storable(released)
    if len(released) > rule.WORDS_LIMIT:
        raise Refusal("too_long", field="released", maximum=rule.WORDS_LIMIT)
    with transaction.atomic():
        row, post = _own_suggestion(number, by)
        if row.state == "withdrawn":
            raise Refusal("repeated")
        row.state = "answered" if released.strip() else "kept_back"
        row.released = released if released.strip() else ""
        row.answer, row.post, row.answered_at = answer, post, clock.now()
        row.save()
        _tell(post, f"suggestion_{row.state}", by, suggestion=number, area=row.area.code)


def withdraw_for_author(number: str, *, by: Reader) -> None:
    """The author wished it, face to face. Raises Refusal("not_found") or "repeated"."""
    with transaction.atomic():
        row, post = _own_suggestion(number, by)
        _withdraw(row)
        _tell(post, "suggestion_withdrawn", by, suggestion=number, area=row.area.code)


def withdraw(number: str, code: str, *, source: str) -> None:
    """With number and code: what was sent in is gone. Raises Refusal("check_digits"), "busy" or "repeated"."""
    row = find(number, code, source=source)
    with transaction.atomic():
        if isinstance(row, Suggestion):
            row = Suggestion.objects.select_for_update().select_related("area").get(pk=row.pk)
            _withdraw(row)
            _tell_public(_receiving()[0], "suggestion_withdrawn", suggestion=row.number, area=row.area.code)
            return
        row = Invitation.objects.select_for_update().select_related("area").get(pk=row.pk)
        if row.state not in {"asked", "agreed"}:
            raise Refusal("repeated")
        row.state, row.ended_at = "withdrawn", clock.now()
        row.save(update_fields=["state", "ended_at"])
        _tell_public(_receiving()[0], "visit_withdrawn", invitation=row.number, area=row.area.code)
    _forget(row)


def find(number_typed: str, code_typed: str, *, source: str) -> Invitation | Suggestion:
    """What belongs to a number and code. Everything wrong alike: Refusal("check_digits"); Refusal("busy")."""
    number, code = digits.parse_case_number(number_typed), digits.parse_code(code_typed)
    if number is None or code is None:
        raise Refusal("check_digits")
    given = receipts.verifier(number, code)
    row: Invitation | Suggestion | None = (
        Invitation.objects.select_related("area", "post__unit__body").filter(number=number).first()
        or Suggestion.objects.select_related("area", "post__unit__body").filter(number=number).first()
    )
    if row is None or row.verifier is None or not hmac.compare_digest(bytes(row.verifier), given):
        slow_answer.spend(source)
        raise Refusal("check_digits")
    return row


def forget_who_invited() -> int:
    """Who invited is forgotten thirty days after the day of the visit; at once where nobody came. Gives how many."""
    before = clock.newest_day() - datetime.timedelta(days=KEPT_DAYS)
    over = Q(wished_on__lt=before) | Q(state__in=ERASED_AT_ONCE)
    rows = list(Invitation.objects.filter(over, erased_at=None).order_by("pk")[:200])
    for row in rows:
        _forget(row, at_once=True)
    return len(rows)


def _forget(row: Invitation, *, at_once: bool = False) -> None:
    """Outside the transaction of the deed: the vault is another database, and the sweep does it where this process dies."""
    if at_once or row.state in ERASED_AT_ONCE:
        invited.forget(row.vault_id)
        Invitation.objects.filter(pk=row.pk).update(erased_at=clock.now())


def _withdraw(row: Suggestion) -> None:
    if row.state == "withdrawn":
        raise Refusal("repeated")
    row.state, row.text, row.released, row.answer = "withdrawn", "", "", ""
    row.save(update_fields=["state", "text", "released", "answer"])


def _own_hour(key: int, by: Reader) -> tuple[OfficeHour, Post]:
    rows = OfficeHour.objects.select_for_update(of=("self",)).select_related("area", "post__unit__body")
    return _own(rows.filter(pk=key).first(), by)


def _own_invitation(number: str, by: Reader) -> tuple[Invitation, Post]:
    rows = Invitation.objects.select_for_update(of=("self",)).select_related("area")
    return _own(rows.filter(number=number).first(), by)


def _own_suggestion(number: str, by: Reader) -> tuple[Suggestion, Post]:
    rows = Suggestion.objects.select_for_update(of=("self",)).select_related("area")
    return _own(rows.filter(number=number).first(), by)


def _own(row: _Row | None, by: Reader) -> tuple[_Row, Post]:
    """What lies in an area for which the reader answers, with the post that does. Raises Refusal("not_found")."""
    if row is None or row.area_id not in served(by):
        raise Refusal("not_found")
    return row, _post_of(by, row.area)


def _served_area(code: str, by: Reader) -> tuple[Area, Post]:
    here = Area.objects.filter(code=code).first()
    if here is None or here.pk not in served(by):
        raise Refusal("not_found")
    return here, _post_of(by, here)


def _post_of(by: Reader, area: Area) -> Post:
    return Post.objects.select_related("unit__body").get(pk=post_in(by, area.code))


def _any_area(code: str) -> Area:
    here = ground.area_named(code)
    if here is None:
        raise Refusal("unknown_choice", field="area")
    return Area.objects.get(pk=here.id)


def _receiving() -> tuple[str, str]:
    """Code and time zone of the body that receives what is sent in."""
    body = receiving_body()
    if body is None:
        raise Refusal("no_desk")
    return body.code, body.time_zone


def _checked(text: str) -> str:
    text = storable(text)
    if not text.strip():
        raise Refusal("empty", field="text")
    if len(text) > rule.WORDS_LIMIT:
        raise Refusal("too_long", field="text", maximum=rule.WORDS_LIMIT)
    return text


def _tell(post: Post, event: str, by: Reader, /, **details: Json) -> None:
    append_event(ChainRef.body(post.unit.body.code), event, actor=by.actor(post.pk), details=details)


def _tell_public(body_code: str, event: str, /, **details: Json) -> None:
    append_event(ChainRef.body(body_code), event, actor=Actor.complainant(), details=details)
