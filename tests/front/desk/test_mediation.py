"""The table on the desk: opened by who heard of it, slips, consents, mediators; nobody else comes in."""

from __future__ import annotations

import re

import pytest
from django.test import Client

from huiyin.record.cases.opening import access
from huiyin.stages.intake.actions import file_complaint
from huiyin.stages.mediation import asked_alone, choosing, passing_on, urgent
from huiyin.stages.mediation.models import Dispute, Urgency
from tests.cast import Office, complaint
from tests.mediating import OTHER_NAME, OTHER_PHONE, OWN_WORDS, RELEASED, make_table_office, opened, table

pytestmark = pytest.mark.django_db(transaction=True, databases=["default", "vault"])
HEARD = {
    "key": "k" * 30,
    "channel": "counter",
    "kind": "land",
    "area": "willow",
    "words": OWN_WORDS,
    "released": RELEASED,
    "name": "李梅",
    "other_name": OTHER_NAME,
    "consent_1": "in_person",
}


@pytest.fixture
def wu() -> Client:
    """Registrar Wu at her desk, with mediation in force."""
    office = make_table_office()
    client = Client()
    client.force_login(office.account("wu"))
    return client


def test_who_heard_of_a_quarrel_opens_it_once_with_the_consent_that_was_heard(wu: Client) -> None:
    assert wu.get("/desk/disputes/new/").status_code == 200
    assert wu.post("/desk/disputes/new/", {**HEARD, "consent_1": ""}).status_code == 422
    refused = wu.post("/desk/disputes/new/", {**HEARD, "excluded": ["abuse"]})
    assert refused.status_code == 422 and OWN_WORDS in refused.content.decode(), "what was typed stays"
    for _time in range(2):
        assert wu.post("/desk/disputes/new/", HEARD).status_code == 302
    assert Dispute.objects.get().opened_by == "officer"


def test_the_slip_shows_number_and_code_once_and_nothing_of_the_matter(wu: Client) -> None:
    number = opened(is_both=False).case_number
    slip = wu.post(f"/desk/cases/{number}/table/invite/", {"side": "2", "how": "slip"}).content.decode()
    code = re.search(r"\d{4}( \d{4}){4}", slip)
    theirs = re.search(r"code__digits[^>]*>(\d{4}-\d{4}-\d{2})", slip)
    assert code is not None and theirs is not None and theirs.group(1) != number
    for secret in (RELEASED, OWN_WORDS, OTHER_NAME, "李梅"):
        assert secret not in slip
    assert access.open_receipt(theirs.group(1), code.group(), source="x").side == "other_party"
    assert wu.post(f"/desk/cases/{number}/table/not-reached/", {"side": "2"}).status_code == 302
    page = wu.get(f"/desk/cases/{number}/table/").content.decode()
    assert code.group() not in page and OTHER_PHONE not in page and OTHER_NAME not in page


def test_how_to_reach_a_side_is_opened_with_a_look_that_this_side_alone_sees(wu: Client) -> None:
    at = table()
    page = wu.post(f"/desk/cases/{at.number}/table/reach/", {"side": "2"}).content.decode()
    assert OTHER_PHONE in page and OTHER_NAME in page


def test_everything_on_the_page_can_be_done(wu: Client) -> None:
    at = table(kind="family")
    here = f"/desk/cases/{at.number}/table/"

    def do(deed: str, **typed: object) -> None:
        assert wu.post(f"{here}{deed}/", typed).status_code == 302, deed

    do("consent", side="2", step="begin", answer="yes", how="phone")
    do("safety", side="1", safe="yes")
    do("safety", side="2", safe="unsure")
    do("offer", post="lan-post", kind="elder")
    do("tie", post="lan-post", tie="knows", tie_words="同村")
    do("urgency", colour="yellow", reason="拖了四年", help_needed=["long"], involved=["village"])
    do("look-again")
    do("hand-over", body_name="县自然资源局")
    do("accepted", key=str(passing_on.passed_on(at.number)[0].id))
    do("parallel", kind="administrative", body_name="镇司法所")
    assert wu.get(here).status_code == 200
    key = Urgency.objects.get().case_id
    found = urgent.of_case(key)
    assert found is not None and found.colour == "yellow" and not asked_alone.may_sit_together(key, 2)
    assert choosing.candidates(at.number)[0].tie == "knows"
    assert wu.post(f"{here}urgency/", {"colour": "red", "reason": ""}).status_code == 422


def test_two_disputes_are_joined_from_the_page(wu: Client) -> None:
    first, second = opened(is_both=False), opened(is_both=False)
    typed = {"side": "2", "other_number": second.case_number, "text": "合并办理。"}
    assert wu.post(f"/desk/cases/{first.case_number}/table/join/", typed).status_code == 302
    assert sorted(Dispute.objects.values_list("result", flat=True)) == ["", "joined"]


@pytest.mark.parametrize("who", ["zhao", "feng", "sun", "guan"])
def test_nobody_else_comes_to_the_table(wu: Client, who: str) -> None:
    at = table()
    client = Client()
    client.force_login(Office().account(who))
    assert client.get(f"/desk/cases/{at.number}/table/").status_code == 404
    typed = {"side": "2", "how": "slip"}
    assert client.post(f"/desk/cases/{at.number}/table/invite/", typed).status_code == 404


def test_a_complaint_has_no_table(wu: Client) -> None:
    number = file_complaint(complaint(), key=None, digest="").case_number
    assert wu.get(f"/desk/cases/{number}/table/").status_code == 404
