"""The office keeps its ground: keepers enter, jurists read, nothing is overwritten, what was typed is never lost."""

from __future__ import annotations

import pytest
from django.test import Client

from huiyin.record.bodies import ground
from huiyin.record.ledger.chains import ChainRef
from huiyin.record.ledger.queries import events_of
from tests.cast import Office
from tests.front.conftest import SignedIn
from tests.front.office.test_procedures import words

pytestmark = pytest.mark.django_db(databases=["default", "vault"])
WILLOW = "/desk/office/areas/willow/"
CONTACT = {
    "step": "contact", "contact-post": "zhao-post", "contact-capacity": "contact_officer",
    "contact-telephone": "0000-555-0112", "contact-hours_zh": "周二", "contact-hours_en": "Tuesdays",
    "contact-languages": ["cmn", "csl"], "contact-from_on_year": "2026", "contact-from_on_month": "1",
    "contact-from_on_day": "1",
}  # fmt: skip
DUTY = {
    "step": "duty", "duty-post": "zhao-post", "duty-telephone": "0000-555-0110", "duty-day_year": "2099",
    "duty-day_month": "4", "duty-day_day": "1", "duty-begins": "20:00", "duty-ends": "8:00",
}  # fmt: skip
POSTER = {
    "step": "poster", "poster-kind": "firm", "poster-place_zh": "柳村砖厂", "poster-place_en": "Willow Brickworks",
    "poster-from_on_year": "2026", "poster-from_on_month": "1", "poster-from_on_day": "1",
}  # fmt: skip


def last_event() -> str:
    return events_of(ChainRef.body("letters"))[-1].kind


def test_one_names_who_answers_and_ends_it(office: Office, xu: Client) -> None:
    assert "nobody answers for it yet" in words(xu.get("/desk/office/areas/"))
    assert xu.post(WILLOW, CONTACT).status_code == 302
    said = words(xu.get(WILLOW))
    assert "Zhao Min" in said and "contact officer" in said and "The entry is kept." in said
    (entry,) = ground.levels("willow")[0].contacts
    assert entry.languages == ("cmn", "csl") and last_event() == "area_contact_entered"
    assert xu.post(WILLOW, CONTACT).status_code == 409
    assert xu.post(WILLOW, {"step": "end-contact", "key": str(entry.id)}).status_code == 302
    assert xu.post(WILLOW, {"step": "end-contact", "key": str(entry.id)}).status_code == 409
    assert last_event() == "area_contact_ended"


def test_a_duty_is_given_and_taken_back(office: Office, xu: Client) -> None:
    assert xu.post(WILLOW, DUTY).status_code == 302
    (given,) = ground.roster("willow")
    assert (given.ends_at - given.starts_at).total_seconds() == 12 * 3600
    assert "0000-555-0110" in words(xu.get(WILLOW))
    assert xu.post(WILLOW, {"step": "end-duty", "key": str(given.id)}).status_code == 302
    assert ground.roster("willow") == [] and last_event() == "duty_taken_back"


def test_a_card_for_a_firm_that_asked(office: Office, xu: Client, client: Client) -> None:
    assert xu.post(WILLOW, POSTER).status_code == 302
    (card,) = ground.posters("willow")
    assert "Willow Brickworks" in client.get(f"/areas/willow/card/{card.id}/").content.decode()
    assert xu.post(WILLOW, {"step": "end-poster", "key": str(card.id)}).status_code == 302
    assert last_event() == "poster_ended"


def test_the_tree_grows_from_the_top(office: Office, xu: Client) -> None:
    typed = {
        "step": "area", "area-kind": "town", "area-name_zh": "榆镇", "area-name_en": "Elm Town", "area-code": "elm-town",
    }  # fmt: skip
    assert xu.post("/desk/office/areas/county/", typed).status_code == 302
    assert xu.post("/desk/office/areas/county/", typed).status_code == 409
    assert [each.code for each in ground.below("county")] == ["willow", "elm-town"]
    top = typed | {"area-kind": "county", "area-code": "next-county"}
    assert xu.post("/desk/office/areas/", top).status_code == 302
    assert [each.code for each in ground.below()] == ["county", "next-county"]
    assert xu.post(WILLOW, typed | {"area-code": "shed"}).status_code == 422  # nothing lies below a village


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        (CONTACT | {"contact-telephone": "call me"}, "This is no telephone number."),
        (CONTACT | {"contact-hours_en": ""}, "Write it in both languages, or in neither."),
        (CONTACT | {"contact-capacity": "leader"}, "contact-capacity"),
        (DUTY | {"duty-begins": "soon"}, "Write the hour like 8:30 or 22:00."),
        (POSTER | {"poster-place_en": ""}, "Write for whom the card is."),
        ({"step": "end-contact", "key": "9" * 30}, ""),
        ({"step": "nonsense"}, ""),
    ],
)
def test_what_nobody_could_use_is_refused_and_stays_typed(
    office: Office, xu: Client, typed: dict[str, str], said: str
) -> None:
    answer = xu.post(WILLOW, typed)
    assert answer.status_code == 422
    assert said in answer.content.decode()
    if "contact-telephone" in typed:
        assert f'value="{typed["contact-telephone"]}"' in answer.content.decode()


def test_who_only_reads_enters_nothing(office: Office, signed_in: SignedIn) -> None:
    chen = signed_in("chen")
    assert (
        chen.get(WILLOW).status_code == 200
        and '<form method="post" action="/desk/office' not in chen.get(WILLOW).content.decode()
    )
    assert chen.post(WILLOW, CONTACT).status_code == 403
    assert ground.levels("willow")[0].contacts == ()
    for name in ("wu", "zhao", "qian"):
        assert signed_in(name).get(WILLOW).status_code == 404
