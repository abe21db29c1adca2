"""Who answers for which area, from when until when: kept with its history, told with who holds the post today."""

from __future__ import annotations

import datetime
from typing import Any
from zoneinfo import ZoneInfo

import pytest

from huiyin.record import clock, remembered
from huiyin.record.bodies import ground, ground_keeping
from huiyin.record.bodies.models import Appointment, AreaContact, Officer, Post, StandIn
from huiyin.record.ledger.chains import ChainRef
from huiyin.record.ledger.queries import events_of
from huiyin.rules.procedure import Words
from huiyin.rules.refusal import Refusal
from tests.cast import Office, make_office

pytestmark = pytest.mark.django_db(databases=["default", "vault"])
ZONE = ZoneInfo("Asia/Shanghai")
LONG_AGO = datetime.date(2025, 1, 1)


@pytest.fixture
def office(db: None) -> Office:
    return make_office()


def name(office: Office, **changes: Any) -> AreaContact:
    values: dict[str, Any] = {
        "area": "willow", "post": "zhao-post", "capacity": "contact_officer", "telephone": "0000-555-0112",
        "hours": Words("工作日", "working days"), "languages": ["cmn"], "from_on": LONG_AGO,
    } | changes  # fmt: skip
    return ground_keeping.name_contact(
        values.pop("area"), values.pop("post"), **values, body_code="letters", by=office.xu.actor()
    )


def kinds() -> list[str]:
    return [event.kind for event in events_of(ChainRef.body("letters"))]


def test_the_officer_of_the_village_comes_first_then_who_answers_above(office: Office) -> None:
    name(office)
    name(office, area="county", post="he-post", capacity="leader")
    name(office, post="qian-post", capacity="unit_head")
    village, county = ground.levels("willow")
    assert [each.officer.en for each in village.contacts] == ["Zhao Min", "Qian Gang"]
    assert [each.officer.en for each in county.contacts] == ["He Ping"]
    assert village.contacts[0].hours.en == "working days" and village.contacts[0].tongues[0].en == "Mandarin"
    assert kinds()[-3:] == ["area_contact_entered"] * 3


def test_a_new_entry_ends_the_old_one_the_day_before_and_nothing_is_overwritten(office: Office) -> None:
    name(office)
    today = clock.today("Asia/Shanghai")
    name(office, telephone="0000-555-0199", from_on=today)
    old, new = AreaContact.objects.order_by("id")
    assert (old.telephone, old.until_on) == ("0000-555-0112", today - datetime.timedelta(days=1))
    assert (new.telephone, new.until_on) == ("0000-555-0199", None)
    assert [each.telephone for each in ground.levels("willow")[0].contacts] == ["0000-555-0199"]
    assert [each.telephone for each in ground.history("willow")] == ["0000-555-0112"]
    with pytest.raises(Refusal, match="repeated"):
        name(office, telephone="0000-555-0199", from_on=today + datetime.timedelta(days=1))


@pytest.mark.parametrize(
    ("changes", "code"),
    [
        ({"capacity": "leader"}, "unknown_choice"),
        ({"post": "nobody"}, "unknown_choice"),
        ({"languages": ["klingon"]}, "unknown_choice"),
        ({"area": "atlantis"}, "not_found"),
        ({"telephone": ""}, "input_missing"),
    ],
)
def test_what_cannot_be_is_refused_and_leaves_nothing(office: Office, changes: dict[str, Any], code: str) -> None:
    before = kinds()
    with pytest.raises(Refusal, match=code):
        name(office, **changes)
    assert not AreaContact.objects.exists() and kinds() == before


def test_an_entry_ends_and_a_vacant_post_says_so(office: Office) -> None:
    row = name(office)
    Appointment.objects.filter(post__code="zhao-post").update(until_on=LONG_AGO)
    remembered.forget()
    (vacant,) = ground.levels("willow")[0].contacts
    assert vacant.is_vacant and vacant.unit.en == "Harbour station"
    yesterday = clock.today("Asia/Shanghai") - datetime.timedelta(days=1)
    ground_keeping.end_contact(row.pk, area="willow", on=yesterday, body_code="letters", by=office.xu.actor())
    assert ground.levels("willow")[0].contacts == ()
    assert kinds()[-1] == "area_contact_ended"
    with pytest.raises(Refusal, match="repeated"):
        ground_keeping.end_contact(row.pk, area="willow", on=yesterday, body_code="letters", by=office.xu.actor())
    with pytest.raises(Refusal, match="not_found"):
        ground_keeping.end_contact(row.pk, area="county", on=yesterday, body_code="letters", by=office.xu.actor())


def test_a_stand_in_is_named_in_the_place_of_who_is_away(office: Office) -> None:
    name(office)
    today = clock.today("Asia/Shanghai")
    StandIn.objects.create(
        post=Post.objects.get(code="zhao-post"), officer=Officer.objects.get(code="feng"),
        from_on=today, until_on=today, why="培训",
    )  # fmt: skip
    remembered.forget()
    assert ground.levels("willow")[0].contacts[0].officer.en == "Feng Yan"


def duty(office: Office, area: str, post: str, begins: str, ends: str) -> None:
    ground_keeping.give_duty(
        area, post, telephone="0000-555-0110", day=datetime.date(2026, 4, 1), begins=datetime.time.fromisoformat(begins),
        ends=datetime.time.fromisoformat(ends), body_code="letters", by=office.xu.actor(),
    )  # fmt: skip


def test_who_has_duty_is_nearest_and_over_midnight_too(office: Office) -> None:
    duty(office, "county", "feng-post", "08:00", "08:00")
    duty(office, "willow", "zhao-post", "20:00", "02:00")

    def who(day: int, hour: int, minute: int = 0) -> list[str]:
        at = datetime.datetime(2026, 4, day, hour, minute, tzinfo=ZONE)
        return [each.officer.en for each in ground.reached("willow", at=at)]

    assert who(1, 7, 59) == []
    assert who(1, 8) == ["Feng Yan"]
    assert who(1, 20) == ["Zhao Min"]
    assert who(2, 1, 59) == ["Zhao Min"]
    assert who(2, 2) == ["Feng Yan"]
    assert who(2, 8) == []
    with pytest.raises(Refusal, match="repeated"):
        duty(office, "willow", "zhao-post", "19:00", "21:00")


def test_a_duty_taken_back_is_told_no_longer_and_its_row_stays(office: Office) -> None:
    duty(office, "willow", "zhao-post", "08:00", "20:00")
    noon = datetime.datetime(2026, 4, 1, 12, tzinfo=ZONE)
    (before,) = ground.reached("willow", at=noon)
    ground_keeping.take_back_duty(before.id, area="willow", body_code="letters", by=office.xu.actor())
    assert ground.reached("willow", at=noon) == []
    assert kinds()[-2:] == ["duty_given", "duty_taken_back"]
    duty(office, "willow", "zhao-post", "08:00", "20:00")  # the hours are free again


def test_areas_grow_where_they_may(office: Office) -> None:
    ground_keeping.add_area(
        "old-town",
        kind="town",
        name=Words("老镇", "Old Town"),
        above="county",
        body_code="letters",
        by=office.xu.actor(),
    )
    ground_keeping.add_area(
        "elm", kind="village", name=Words("榆村", "Elm"), above="old-town", body_code="letters", by=office.xu.actor()
    )
    assert [level.area.code for level in ground.levels("elm")] == ["elm", "old-town", "county"]
    assert [(depth, here.code) for depth, here in ground.all_areas()] == [
        (0, "county"), (1, "willow"), (1, "old-town"), (2, "elm"),
    ]  # fmt: skip
    for code, kind, above, refused in (
        ("elm", "village", "old-town", "repeated"), ("ash", "town", "old-town", "unknown_choice"),
        ("ash", "village", "nowhere", "not_found"),
    ):  # fmt: skip
        with pytest.raises(Refusal, match=refused):
            ground_keeping.add_area(
                code, kind=kind, name=Words("某", "Some"), above=above, body_code="letters", by=office.xu.actor()
            )


def test_a_card_names_the_firm_that_asked_and_a_poster_nobody(office: Office) -> None:
    by = office.xu.actor()
    ground_keeping.hang_poster("willow", kind="area", place=Words("", ""), from_on=LONG_AGO, body_code="letters", by=by)
    with pytest.raises(Refusal, match="input_missing"):
        ground_keeping.hang_poster(
            "willow", kind="firm", place=Words("厂", ""), from_on=LONG_AGO, body_code="letters", by=by
        )
    row = ground_keeping.hang_poster(
        "willow", kind="school", place=Words("柳村小学", "Willow School"), from_on=LONG_AGO, body_code="letters", by=by
    )
    assert [each.place.en for each in ground.posters("willow")] == ["", "Willow School"]
    ground_keeping.take_poster_down(row.pk, area="willow", on=LONG_AGO, body_code="letters", by=by)
    assert [each.kind for each in ground.posters("willow")] == ["area"]
    assert kinds()[-3:] == ["poster_entered", "poster_entered", "poster_ended"]
