"""Who has duty is rung until one answers, each step a line of the history; and photos, only if one wishes."""

from __future__ import annotations

import datetime
import io

import pytest
from django.core import mail
from django.test import Client
from hypothesis import given
from hypothesis import strategies as st
from PIL import Image

from huiyin.record import clock
from huiyin.record.bodies import ground_keeping, ringing
from huiyin.record.bodies.models import Account, Appointment, Portrait, Ring
from huiyin.record.files import cleaning
from huiyin.record.ledger.models import Event
from huiyin.record.notices.rung import tell_rung
from huiyin.record.remembered import forget
from huiyin.rules.ground import RING_WAIT, next_to_ring
from huiyin.rules.procedure import Words
from huiyin.rules.refusal import Refusal
from huiyin.stages.mediation.urgent import set_urgency
from tests.cast import LONG_AGO, Office, make_office
from tests.mediating import begun, make_table_office, table
from tests.record.files.honest import jpeg, png

pytestmark = pytest.mark.django_db(databases=["default", "vault"])


@pytest.fixture
def office(db: None) -> Office:
    """Feng has duty for the county, Zhao answers for Willow village, He leads."""
    made = make_office()
    for area, post, capacity in (("willow", "zhao-post", "contact_officer"), ("county", "he-post", "leader")):
        ground_keeping.name_contact(
            area, post, capacity=capacity, telephone="0000-555-0112", hours=Words("", ""), languages=["cmn"],
            from_on=LONG_AGO, body_code="letters", by=made.xu.actor(),
        )  # fmt: skip
    for days in (-1, 0, 1):
        ground_keeping.give_duty(
            "county", "feng-post", telephone="0000-555-0177", day=clock.now().date() + datetime.timedelta(days=days),
            begins=datetime.time(8), ends=datetime.time(8), body_code="letters", by=made.xu.actor(),
        )  # fmt: skip
    return made


def rung(key: int) -> list[str]:
    return list(Ring.objects.get(pk=key).steps.order_by("number").values_list("post__code", flat=True))


@given(st.lists(st.integers(0, 5), unique=True, min_size=1), st.integers(1, 12))
def test_everybody_is_rung_before_anybody_is_rung_again(order: list[int], steps: int) -> None:
    done: list[int] = []
    for _ in range(steps):
        following = next_to_ring(order, done)
        assert following is not None
        done.append(following)
    counts = [done.count(each) for each in order]
    assert max(counts) - min(counts) <= 1 and done[: len(order)] == order[:steps]
    assert next_to_ring([], done) is None


def test_duty_first_then_who_answers_nearest_first_and_round_again_until_one_answers(office: Office) -> None:
    key = ringing.begin_ring("willow", kind="call", by=office.wu.actor())
    assert rung(key) == ["feng-post"]
    assert ringing.ring_on() == 0
    for number in range(1, 4):
        with clock.story(clock.now() + RING_WAIT * number + datetime.timedelta(seconds=number)):
            assert ringing.ring_on() == 1
    assert rung(key) == ["feng-post", "zhao-post", "he-post", "feng-post"]
    assert [each.is_mine for each in ringing.rings_of(office.zhao)] == [False]
    assert ringing.rings_of(office.qian) == []
    with pytest.raises(Refusal, match="not_found"):
        ringing.answer_ring(key, by=office.qian)
    ringing.answer_ring(key, by=office.zhao)
    with pytest.raises(Refusal, match="repeated"):
        ringing.answer_ring(key, by=office.feng)
    with clock.story(clock.now() + datetime.timedelta(hours=1)):
        assert ringing.ring_on() == 0
    kinds = [kind for kind in Event.objects.order_by("seq").values_list("kind", flat=True) if kind.startswith("ring_")]
    assert sorted(kinds) == ["ring_answered", "ring_begun", *["ring_went_on"] * 4]


def test_one_matter_rings_once_at_a_time_and_nobody_there_is_said(office: Office) -> None:
    ringing.begin_ring("willow", kind="dispute", by=office.wu.actor(), case_number="1234-5678-95")
    with pytest.raises(Refusal, match="repeated"):
        ringing.begin_ring("willow", kind="dispute", by=office.wu.actor(), case_number="1234-5678-95")
    with pytest.raises(Refusal, match="unknown_choice"):
        ringing.begin_ring("willow", kind="raid", by=office.wu.actor())
    with pytest.raises(Refusal, match="not_found"):
        ringing.begin_ring("atlantis", kind="call", by=office.wu.actor())
    Appointment.objects.filter(post__code__in=("feng-post", "zhao-post", "he-post")).update(until_on=LONG_AGO)
    forget()
    with pytest.raises(Refusal, match="no_desk"):
        ringing.begin_ring("willow", kind="call", by=office.wu.actor())


def test_who_wants_mail_gets_one_for_each_ring_and_no_word_of_the_matter(office: Office, settings: object) -> None:
    settings.HUIYIN_MAIL_SERVER = "localhost"  # type: ignore[attr-defined]
    Account.objects.filter(username="feng").update(morning_mail="feng@example.org")
    ringing.begin_ring("willow", kind="dispute", by=office.wu.actor(), case_number="1234-5678-95")
    waiting = ringing.steps_to_tell()
    assert [each[1:] for each in waiting] == [("feng@example.org", "en", "Willow village", "an urgent dispute")]
    assert ringing.was_told(waiting[0][0]) and not ringing.was_told(waiting[0][0])
    assert ringing.steps_to_tell() == [] and tell_rung() == 0 and not mail.outbox


def test_help_needed_at_once_rings_and_a_week_after_the_answer_nothing_tells_which_matter_it_was() -> None:
    made = make_table_office()
    at = begun(table(), made)
    ground_keeping.name_contact(
        "willow", "zhao-post", capacity="contact_officer", telephone="0000-555-0112", hours=Words("", ""),
        languages=["cmn"], from_on=LONG_AGO, body_code="letters", by=made.xu.actor(),
    )  # fmt: skip
    for colour in ("blue", "red", "red"):
        set_urgency(at.number, colour=colour, reason="有人受伤", help_needed=("injury",), involved=(), by=made.lan)
    row = Ring.objects.get()
    assert (row.case_number, row.kind, rung(row.pk)) == (at.number, "dispute", ["zhao-post"])
    zhao = Client(headers={"accept-language": "en"})
    zhao.force_login(made.account("zhao"))
    assert f"/desk/cases/{at.number}/" not in zhao.get("/desk/rings/").content.decode()
    ringing.answer_ring(row.pk, by=made.zhao)
    assert ringing.forget_whose() == 0
    with clock.story(clock.now() + datetime.timedelta(days=8)):
        assert ringing.forget_whose() == 1
    assert not [each for each in Event.objects.filter(kind__startswith="ring_") if at.number in str(each.private)]


def test_one_answers_from_the_desk(office: Office) -> None:
    wu, zhao = Client(headers={"accept-language": "en"}), Client(headers={"accept-language": "en"})
    wu.force_login(office.account("wu"))
    zhao.force_login(office.account("zhao"))
    assert wu.post("/desk/rings/", {"area": "willow"}).status_code == 422
    assert wu.post("/desk/rings/", {"area": "willow", "kind": "call"}).status_code == 302
    assert "Somebody on duty is wanted" in zhao.get("/desk/").content.decode()
    key = Ring.objects.get().pk
    assert wu.post("/desk/rings/", {"step": "answer", "key": key}).status_code == 404
    assert zhao.post("/desk/rings/", {"step": "answer", "key": "x"}).status_code == 404
    assert zhao.post("/desk/rings/", {"step": "answer", "key": key}).status_code == 302
    assert "Somebody on duty is wanted" not in zhao.get("/desk/").content.decode()


def test_a_photo_is_shown_by_wish_small_and_without_anything_else_and_gone_when_taken_away(office: Office) -> None:
    zhao, visitor = Client(headers={"accept-language": "en"}), Client(headers={"accept-language": "en"})
    zhao.force_login(office.account("zhao"))
    sent = io.BytesIO(jpeg())
    sent.name = "我.jpg"
    assert zhao.post("/desk/photo/", {"photo": sent}).status_code == 302
    page = visitor.get("/areas/willow/").content.decode()
    key = Portrait.objects.get().key
    assert f"/areas/photos/{key}" in page and "Photo of Zhao Min" in page
    assert f"/areas/photos/{key}" in visitor.get("/areas/willow/poster/").content.decode()
    assert "photos" not in visitor.get("/open/hsds/services").content.decode()
    answer = visitor.get(f"/areas/photos/{key}")
    shown = Image.open(io.BytesIO(answer.content))
    assert shown.size == (96, 120) and not shown.getexif() and len(answer.content) < 12_000
    assert zhao.post("/desk/photo/", {"step": "away"}).status_code == 302
    assert visitor.get(f"/areas/photos/{key}").status_code == 404
    assert zhao.post("/desk/photo/", {"step": "away"}).status_code == 404
    assert zhao.post("/desk/photo/", {}).status_code == 422


def test_what_is_no_picture_becomes_no_photo() -> None:
    assert cleaning.portrait(png())[:3] == b"\xff\xd8\xff"
    for data in (b"%PDF-1.7 x", b"MZ\x00", b"\x89PNG\r\n\x1a\nbroken"):
        with pytest.raises(Refusal):
            cleaning.portrait(data)
