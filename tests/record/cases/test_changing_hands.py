"""Whichever way an officer comes to a post, what bars the officer holds there at once, for the matter, its rights and its keys."""

from __future__ import annotations

import datetime
from collections.abc import Callable, Iterator

import pytest

from huiyin.record import clock, remembered
from huiyin.record.bodies.models import Appointment, Officer, Post, StandIn
from huiyin.record.bodies.queries import reader_of
from huiyin.record.cases.deeds import classing
from huiyin.record.cases.deeds.recusing import name_as_complainant
from huiyin.record.cases.fairness import changing_hands, desks, tied
from huiyin.record.cases.fairness.keeping_away import stays_away
from huiyin.record.cases.given import Given
from huiyin.record.cases.held.verifying import verify_cases
from huiyin.record.cases.lists import queries
from huiyin.record.cases.lists.search import search
from huiyin.record.cases.models import Case, Grant, MatterWrap
from huiyin.record.cases.opening import access
from huiyin.record.cases.who.conflict import away_from
from huiyin.record.cases.who.naming import Named
from huiyin.record.cases.who.scope import current_grants, is_barred
from huiyin.record.cases.words import reader_copies
from huiyin.record.sealing import in_hand
from huiyin.rules.refusal import Refusal
from huiyin.stages.handling.actions import set_stand_in
from huiyin.stages.intake.actions import file_complaint
from tests.cast import Office, against_qian, complaint, make_move, make_office
from tests.sealed import give_key, recovery_set, unlocked

pytestmark = pytest.mark.django_db(databases=["default", "vault"])
A_MONTH = datetime.timedelta(days=30)


@pytest.fixture
def office() -> Iterator[Office]:
    with recovery_set():
        built = make_office()
        give_key(built.zheng, built.guan, built.feng, built.wu, built.he, built.han)
        yield built


def today() -> datetime.date:
    return clock.today("Asia/Shanghai")


def appointed(office: Office, post: str) -> None:
    """As an administrator's tool writes it, from today on; the clock finds it."""
    Appointment.objects.filter(post__code=post, until_on=None).update(until_on=today() - datetime.timedelta(days=1))
    Appointment.objects.create(officer_id=office.qian.officer_id, post=Post.objects.get(code=post), from_on=today())
    remembered.forget()
    changing_hands.act_on_changed_hands()


def appointed_from_a_day_on(office: Office, post: str) -> None:
    """The appointment was entered weeks ago for today: nothing happens until the day, and then the clock does it."""
    Appointment.objects.filter(post__code=post, until_on=None).update(until_on=today() + A_MONTH)
    row = Appointment.objects.create(
        officer_id=office.qian.officer_id,
        post=Post.objects.get(code=post),
        from_on=today() + A_MONTH + datetime.timedelta(1),
    )
    remembered.forget()
    assert changing_hands.act_on_changed_hands() == 0
    Appointment.objects.filter(post__code=post).exclude(pk=row.pk).update(until_on=today() - datetime.timedelta(days=1))
    Appointment.objects.filter(pk=row.pk).update(from_on=today())
    remembered.forget()
    changing_hands.act_on_changed_hands()


def stands_in(office: Office, post: str) -> None:
    by = next(reader_of(row.officer) for row in Appointment.objects.filter(post__code=post, until_on=None))
    set_stand_in(post, "qian", from_on=today(), until_on=today(), why="away", by=by)


def stands_in_from_a_day_on(office: Office, post: str) -> None:
    by = next(reader_of(row.officer) for row in Appointment.objects.filter(post__code=post, until_on=None))
    set_stand_in(post, "qian", from_on=today() + A_MONTH, until_on=today() + A_MONTH, why="away", by=by)
    assert changing_hands.act_on_changed_hands() == 0
    StandIn.objects.update(from_on=today())
    remembered.forget()
    changing_hands.act_on_changed_hands()


WAYS: list[Callable[[Office, str], None]] = [appointed, appointed_from_a_day_on, stands_in, stands_in_from_a_day_on]


def lies_with_feng(office: Office) -> str:
    """Li Mei's complaint against Chief Qian of the harbour; the desk outside gave it to Feng, of another station."""
    with in_hand.scope():
        number = file_complaint(against_qian(), key=None, digest="x").case_number
    with unlocked(office.zheng):
        classing.set_class(number, by=office.zheng, complaint_class="misconduct", why="as it was said")
        make_move(number, "accept", by=office.zheng)
        make_move(number, "assign", by=office.zheng, given=Given(to="feng-post"))
    with unlocked(office.feng):
        assert access.open_case(number, reader=office.feng).subject
    return number


def responsible_for(number: str) -> Post:
    post = Case.scoped.select_related("responsible_post__unit").get(number=number).responsible_post
    assert post is not None
    return post


def must_hold(number: str, officer: str) -> None:
    """Everything that keeps somebody away, whichever way they came."""
    case = Case.scoped.select_related("responsible_post__unit__body").get(number=number)
    away, reader = away_from(case), reader_of(Officer.objects.get(code=officer))
    assert is_barred(reader, case)
    assert not stays_away(case.responsible_post, away), "somebody can go on with it"
    rights = Grant.objects.filter(current_grants(), case=case).select_related("post__unit")
    assert [row.post.code for row in rights if stays_away(row.post, away)] == []
    for name in queries.QUEUES:
        assert number not in {row.number for row in queries.queue(name, reader=reader).items}
    assert search(number, reader=reader).items == ()
    with pytest.raises(Refusal, match="not_found"):
        access.open_case(number, reader=reader)
    newest = MatterWrap.objects.filter(key__case=case, key__epoch=case.key_epoch)
    assert not newest.filter(kind="desk", unit__in=reader.unit_ids).exists(), "a key of that desk would open for them"
    assert not newest.filter(officer=reader.officer_id).exists()
    assert [each.what for each in verify_cases(lambda *_: None)] == []


@pytest.mark.parametrize("way", WAYS, ids=lambda way: way.__name__)
@pytest.mark.parametrize("post", ["feng-post", "chen-post"])
def test_the_one_named_comes_to_a_post_and_the_matter_leaves_it(
    office: Office, way: Callable[[Office, str], None], post: str
) -> None:
    number = lies_with_feng(office)
    epoch = Case.scoped.get(number=number).key_epoch
    way(office, post)
    must_hold(number, "qian")
    if post == "feng-post":
        assert Case.scoped.get(number=number).key_epoch == epoch + 1, "a new key for what is written from now on"
        assert responsible_for(number).unit.code == "letters-outside"
    assert changing_hands.act_on_changed_hands() == 0, "run again it finds nothing to do"


def test_by_a_desk_that_is_lent_it_holds_in_the_same_transaction(office: Office) -> None:
    """Qian is to hold the desk outside that has the matter: he gets the post, and the matter has risen already."""
    number = lies_with_feng(office)
    proposal = desks.propose(
        "outside", body="letters", holder="qian", why="x", by=office.guan.actor(), body_code="letters"
    )
    desks.approve(proposal, by=office.xu.actor())
    assert "letters-outside" in {post.unit_code for post in office.qian.posts}
    must_hold(number, "qian")


def test_of_a_service_the_unit_stays_and_the_post_alone_loses_it(office: Office) -> None:
    with in_hand.scope():
        filed = file_complaint(complaint(), key=None, digest="y")
        number = filed.case_number
    make_move(number, "accept", by=office.wu)
    make_move(number, "assign", by=office.wu, given=Given(to="feng-post"))
    tied.declare(office.feng, officer="qian")
    assert responsible_for(number).code == "feng-post", "nobody is named yet"
    with in_hand.scope():
        holder = access.open_receipt(number, filed.receipt_code or "", source="here")
        name_as_complainant(holder, [Named("officer", id="qian")])
    must_hold(number, "feng")
    must_hold(number, "qian")


def test_a_tie_declared_later_holds_at_once(office: Office) -> None:
    number = lies_with_feng(office)
    tied.declare(office.feng, unit="harbour")
    assert responsible_for(number).code == "feng-post", "the matter names the officer, not the unit"
    tied.declare(office.feng, officer="qian")
    must_hold(number, "feng")


def test_who_must_stay_away_for_another_post_is_no_stand_in_that_can_act(office: Office) -> None:
    """Zhou sits in the unit that is out; standing in for Feng he could not open it, so it goes on to somebody who can."""
    number = lies_with_feng(office)
    set_stand_in("feng-post", "zhou", from_on=today(), until_on=today(), why="away", by=office.feng)
    must_hold(number, "zhou")


def test_where_nobody_else_could_take_it_the_barrier_holds_and_the_appointment_tells_nothing(office: Office) -> None:
    number = lies_with_feng(office)
    Appointment.objects.exclude(officer__code__in=("feng", "qian", "xu", "guan")).update(
        until_on=today() - datetime.timedelta(days=1)
    )
    remembered.forget()
    set_stand_in("feng-post", "qian", from_on=today(), until_on=today(), why="away", by=office.feng)
    case = Case.scoped.get(number=number)
    assert is_barred(office.qian, case)
    with pytest.raises(Refusal, match="not_found"):
        access.open_case(number, reader=office.qian)


def test_the_original_words_go_on_with_whoever_is_responsible(office: Office) -> None:
    with in_hand.scope():
        filed = file_complaint(complaint(confidentiality="confidential"), key=None, digest="z")
    number = filed.case_number
    with unlocked(office.wu):
        make_move(number, "accept", by=office.wu)
        reader_copies.make(number, ["柳村"], by=office.wu)
        make_move(number, "assign", by=office.wu, given=Given(to="feng-post"))
    with in_hand.scope():
        holder = access.open_receipt(number, filed.receipt_code or "", source="here")
        name_as_complainant(holder, [Named("unit", id="letters-intake")])
    with unlocked(office.wu), pytest.raises(Refusal, match="not_found"):
        reader_copies.open_original(number, reader=office.wu)
    with unlocked(office.feng):
        assert any("柳村" in text for text in reader_copies.open_original(number, reader=office.feng).texts)
    assert [each.what for each in verify_cases(lambda *_: None)] == []
