"""The whole way of a matter as a picture, with the same in words; for everybody without "you are here"."""

from __future__ import annotations

import re

import pytest
from django.test import Client

from huiyin.record.cases.given import Given
from huiyin.record.law import versions
from huiyin.record.law.versions import adopt_folder
from huiyin.stages.intake.actions import file_complaint
from tests.cast import Office, complaint, make_move, make_office
from tests.front.portal.visits import words

pytestmark = pytest.mark.django_db(databases=["default", "vault"])

PICTURE = re.compile(r"<svg[^>]*procedure-picture.*?</svg>", re.DOTALL)


@pytest.fixture
def office(db: None) -> Office:
    return make_office(with_accounts=False)


def followed(office: Office) -> tuple[Client, str]:
    filed = file_complaint(complaint(), key=None, digest="")
    make_move(filed.case_number, "accept", by=office.wu, given=Given(text="已经受理。"))
    client = Client(headers={"accept-language": "en"})
    client.post("/track/", {"case_number": filed.case_number, "receipt_code": filed.receipt_code})
    return client, filed.case_number


def test_the_tracking_page_leads_to_the_whole_way(office: Office) -> None:
    client, number = followed(office)
    assert f'href="/track/{number}/way/"' in client.get(f"/track/{number}/").content.decode()
    page = client.get(f"/track/{number}/way/").content.decode()
    picture = PICTURE.search(page)
    assert picture
    assert picture[0].count('aria-current="step"') == 1 and "You are here" in picture[0]
    assert 'lang="en"' in picture[0] and 'id="procedure-here"' in picture[0]


def test_the_same_stands_there_in_words(office: Office) -> None:
    client, number = followed(office)
    page = client.get(f"/track/{number}/way/")
    listed = page.content.decode().split('<h2 id="words">')[1]
    assert listed.count('aria-current="step"') == 1
    said = words(page)
    assert "Accepted · you are here · since" in said
    assert "Handle the matter and answer in writing: by" in said
    assert "Registered · since" in said


def test_nobody_without_the_code_sees_it(office: Office) -> None:
    _, number = followed(office)
    assert b"receipt_code" in Client().get(f"/track/{number}/way/").content
    assert b'<svg class="procedure' not in Client().get(f"/track/{number}/way/").content


def test_the_law_is_shown_without_a_matter(office: Office) -> None:
    for language, tag in (("en", "en"), ("zh-hans", "zh-Hans")):
        page = Client(headers={"accept-language": language}).get("/procedure/").content.decode()
        picture = PICTURE.search(page)
        assert picture and f'lang="{tag}"' in picture[0]
        assert "aria-current" not in picture[0]


def test_an_article_nobody_verified_is_not_told_as_law(office: Office, settings: object) -> None:
    adopt_folder()
    settings.HUIYIN_PROCEDURE = "cn-xinfang-simple"  # type: ignore[attr-defined]
    said = words(Client(headers={"accept-language": "en"}).get("/procedure/"))
    simple = versions.procedure_of(versions.current_version("cn-xinfang-simple"))
    unverified = [term for term in simple.terms.values() if term.basis == "law" and not term.verified]
    assert unverified
    assert said.count("law; the article has not been verified here yet") == len(unverified)
