"""Who is there for me: an area says who answers for it, and how to complain about that very officer."""

from __future__ import annotations

import datetime
import re

import pytest
from django.test import Client

from huiyin.record import clock, remembered
from huiyin.record.bodies import ground_keeping
from huiyin.record.bodies.models import Appointment
from huiyin.rules.procedure import Words
from tests.cast import IN_FORCE, LONG_AGO, Office, make_office
from tests.front.office.test_procedures import words

pytestmark = pytest.mark.django_db(databases=["default", "vault"])
FORM = re.compile(r'<form method="post" action="(/file/where/)">.*?name="(about_\w+)" value="([\w-]+)".*?</form>', re.S)


@pytest.fixture
def office() -> Office:
    made = make_office(with_accounts=False)
    for area, post, capacity in (("willow", "qian-post", "contact_officer"), ("county", "he-post", "leader")):
        ground_keeping.name_contact(
            area, post, capacity=capacity, telephone="0000-555-0112", hours=Words("周二上午", "Tuesday mornings"),
            languages=["cmn", "csl"], from_on=LONG_AGO, body_code="letters", by=made.xu.actor(),
        )  # fmt: skip
    return made


def english(client: Client, address: str) -> str:
    return client.get(address, headers={"accept-language": "en"}).content.decode()


def test_one_walks_down_to_the_village_and_reads_who_answers(office: Office, client: Client) -> None:
    assert '<a class="options__link" href="/areas/willow/">' in english(client, "/areas/")
    assert "/areas/willow/" in english(client, "/areas/county/")
    said = words(client.get("/areas/willow/", headers={"accept-language": "en"}))
    assert "Qian Gang" in said and "Tuesday mornings" in said and "Chinese Sign Language" in said
    assert "One level up: Lin county" in said and "He Ping" in said
    assert "60 days" in said and "Nobody has duty for this area at this hour" in said
    assert client.get("/areas/atlantis/").status_code == 404


def test_who_has_duty_stands_at_the_top(office: Office, client: Client) -> None:
    now = clock.now()
    yesterday = (now - datetime.timedelta(days=1)).date()
    for day in (yesterday, now.date(), now.date() + datetime.timedelta(days=1)):
        ground_keeping.give_duty(
            "county", "feng-post", telephone="0000-555-0177", day=day, begins=datetime.time(8), ends=datetime.time(8),
            body_code="letters", by=office.xu.actor(),
        )  # fmt: skip
    said = words(client.get("/areas/willow/", headers={"accept-language": "en"}))
    assert "To be reached now" in said and "0000-555-0177 · Feng Yan" in said and "for all of Lin county" in said


def test_a_complaint_about_that_very_officer_begins_here_and_no_address_tells_whom(
    office: Office, client: Client
) -> None:
    """The form goes to the first question, with the officer named; walking on, the outside desk is promised."""
    action, field, value = FORM.findall(english(client, "/areas/willow/"))[0]
    assert (field, value) == ("about_officer", "qian")
    first = client.post(action, {field: value, "back": "1"}, headers={"accept-language": "en"})
    page = first.content.decode()
    assert first.status_code == 200 and 'name="subject"' in page
    assert 'name="about_officer" value="qian"' in page and "Step 1 of" in page and 'name="to_check"' not in page
    checked = client.post(
        "/file/check/", {field: value, "subject": "态度", "description": "骂人", "change": "check"},
        headers={"accept-language": "en"},
    )  # fmt: skip
    assert "Qian Gang" in english_of(checked)


def english_of(answer: object) -> str:
    return answer.content.decode()  # type: ignore[attr-defined,no-any-return]


def test_where_the_post_is_vacant_one_complains_about_the_unit(office: Office, client: Client) -> None:
    Appointment.objects.filter(post__code="qian-post").update(until_on=LONG_AGO)
    remembered.forget()
    assert FORM.findall(english(client, "/areas/willow/"))[0][1:] == ("about_unit", "harbour")


def test_the_poster_stands_in_both_languages_with_the_address(office: Office, client: Client) -> None:
    for page in (english(client, "/areas/willow/poster/"), client.get("/areas/willow/poster/").content.decode()):
        assert "柳村" in page and "Willow village" in page and "钱所长" in page and "Qian Gang" in page
        assert "/areas/willow/</p>" in page and "/areas/willow/qr.svg" in page
    assert client.get("/areas/willow/qr.svg")["Content-Type"] == "image/svg+xml"


def test_the_card_of_a_school_carries_its_name_and_ends_with_it(office: Office, client: Client) -> None:
    row = ground_keeping.hang_poster(
        "willow", kind="school", place=Words("柳村小学", "Willow School"), from_on=LONG_AGO, body_code="letters",
        by=office.xu.actor(),
    )  # fmt: skip
    assert "柳村小学" in english(client, f"/areas/willow/card/{row.pk}/")
    assert client.get(f"/areas/county/card/{row.pk}/").status_code == 404
    ground_keeping.take_poster_down(row.pk, area="willow", on=LONG_AGO, body_code="letters", by=office.xu.actor())
    assert client.get(f"/areas/willow/card/{row.pk}/").status_code == 404


def test_the_page_stays_small(office: Office, client: Client) -> None:
    assert len(client.get("/areas/willow/").content) < 60_000


def test_mediation_says_first_what_it_cannot_do_and_asks_nobody_to_give_anything_up(client: Client) -> None:
    made = make_office(with_accounts=False, procedures=(*IN_FORCE, "cn-people-mediation"))
    said = words(client.get("/mediation/", headers={"accept-language": "en"}))
    assert "First: what mediation cannot do" in said
    assert "Has anybody been beaten" in said and "Ask for protection" in said
    assert said.index("Has anybody been beaten") < said.index("Who mediates")
    assert "Mediate: 30 days a target the office set itself" in said
    assert "Ask together for judicial confirmation: 30 days law, article 33" in said
    assert "No mediator has been named here yet." in said
    ground_keeping.name_contact(
        "willow", "feng-post", capacity="mediator", telephone="0000-555-0154", hours=Words("", ""), languages=["cmn"],
        from_on=LONG_AGO, body_code="letters", by=made.xu.actor(),
    )  # fmt: skip
    said = words(client.get("/mediation/", headers={"accept-language": "en"}))
    assert "Willow village : Feng Yan" in said or "Willow village: Feng Yan" in said
    assert "0000-555-0154" in said


def test_where_no_mediation_is_in_force_the_page_promises_none(office: Office, client: Client) -> None:
    said = words(client.get("/mediation/", headers={"accept-language": "en"}))
    assert "How long it takes" not in said and "No mediator has been named here yet." in said
