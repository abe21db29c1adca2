"""The directory of routes: entered by one person, kept with its history, and read wherever somebody is sent on."""

from __future__ import annotations

import datetime
import re

import pytest
from django.test import Client

from huiyin.record.cases.given import Given
from huiyin.record.cases.moving import moves
from huiyin.record.law import routes
from huiyin.record.ledger.chains import ChainRef
from huiyin.record.ledger.queries import events_of
from huiyin.rules.refusal import Refusal
from huiyin.stages.intake.actions import file_complaint
from tests.cast import Office, complaint, make_move
from tests.front.conftest import SignedIn
from tests.front.office.test_procedures import words

pytestmark = pytest.mark.django_db(databases=["default", "vault"])

COURT = "/desk/office/routes/court/"
TYPED = {
    "name_zh": "临县人民法院", "name_en": "Lin County Court", "address_zh": "临县正衡路 1 号", "address_en": "1 Zhengheng Road",
    "hours_zh": "工作日", "hours_en": "Working days", "telephone": "0000-555-0301", "web": "https://court.example.org",
    "since_year": "2026", "since_month": "1", "since_day": "1",
}  # fmt: skip
DECLINED = Given(
    text="这件事要由法院来定。", reason="litigation", route="court", legal_basis="《信访工作条例》第三十一条"
)


def entered(office: Office, **changes: str) -> None:
    values = {name: TYPED[name] for name in routes.FIELDS} | changes
    routes.enter("court", values, since=datetime.date(2026, 1, 1), body_code="letters", by=office.xu.actor())


def test_a_route_that_packs_name_and_nobody_filled_in_is_marked(xu: Client) -> None:
    said = words(xu.get("/desk/office/routes/"))
    assert "court nobody has filled it in" in said
    assert "cn-xinfang: Go to the people's court" in said
    assert "routes are named by procedures, and nobody has filled them in" in words(xu.get("/desk/office/"))


def test_one_person_enters_an_address_and_the_old_one_stays(office: Office, xu: Client) -> None:
    assert xu.post(COURT, TYPED).status_code == 302
    assert xu.post(COURT, TYPED | {"telephone": "0000-555-0399"}).status_code == 302
    assert routes.place("court").telephone == "0000-555-0399"  # type: ignore[union-attr]
    said = words(xu.get(COURT))
    assert "0000-555-0301" in said and "0000-555-0399" in said and "Xu Gui" in said
    events = [event for event in events_of(ChainRef.body("letters")) if event.kind == "route_entered"]
    assert [event.details["telephone"] for event in events] == ["0000-555-0301", "0000-555-0399"]
    assert events[0].actor["name"]["en"] == "Xu Gui"
    assert xu.post(COURT, TYPED | {"telephone": "0000-555-0399"}).status_code == 409


@pytest.mark.parametrize(
    ("changes", "part"),
    [
        ({"name_en": " "}, "Please fill this in."),
        ({"address_en": ""}, "Write it in both languages, or in neither."),
        ({"telephone": "call me"}, "This is no telephone number."),
        ({"web": "javascript:alert(1)"}, "web"),
        ({"address_zh": "", "address_en": "", "telephone": "", "web": ""}, "Give an address, a telephone number or a web page."),
        ({"since_day": "31", "since_month": "2"}, "since"),
    ],
)  # fmt: skip
def test_an_entry_nobody_could_use_is_refused_and_stays_typed(xu: Client, changes: dict[str, str], part: str) -> None:
    answer = xu.post(COURT, TYPED | changes)
    assert answer.status_code == 422
    assert part in answer.content.decode()
    assert "Lin County Court" in answer.content.decode() or "name_en" in changes
    assert routes.place("court") is None


def test_whoever_is_sent_on_reads_where_to_go(office: Office, signed_in: SignedIn, client: Client) -> None:
    entered(office)
    filed = file_complaint(complaint(language="en"), key=None, digest="")
    wu = signed_in("wu")
    form = words(wu.get(f"/desk/cases/{filed.case_number}/moves/decline/"))
    assert "Lin County Court · 1 Zhengheng Road · 0000-555-0301" in form
    assert "The directory has no address for it yet: write it into the text." in form
    typed = {"step": "preview", "version": "0", "text": DECLINED.text, "reason": "litigation", "route": "court",
             "legal_basis": DECLINED.legal_basis}  # fmt: skip
    page = wu.get(f"/desk/cases/{filed.case_number}/moves/decline/").content.decode()
    typed["version"] = re.search(r'name="version" value="(\d+)"', page)[1]  # type: ignore[index]
    preview = wu.post(f"/desk/cases/{filed.case_number}/moves/decline/", typed)
    assert "1 Zhengheng Road" in words(preview)
    make_move(filed.case_number, "decline", by=office.wu, given=DECLINED)
    client.post("/track/", {"case_number": filed.case_number, "receipt_code": filed.receipt_code})
    tracked = words(client.get(f"/track/{filed.case_number}/", headers={"accept-language": "en"}))
    assert "Lin County Court" in tracked and "1 Zhengheng Road" in tracked and "0000-555-0301" in tracked
    guide = words(client.get("/guide/", headers={"accept-language": "en"}))
    assert "Lin County Court" in guide and "Working days" in guide


def test_the_letter_says_where_to_go(office: Office) -> None:
    entered(office)
    filed = file_complaint(complaint(language="en"), key=None, digest="")
    content = moves.letter_ahead(filed.case_number, "decline", by=office.wu, given=DECLINED)
    assert content is not None
    (route,) = [part for part in content.parts if part.id == "route"]
    assert route.lines[-2:] == (
        "Lin County Court, 1 Zhengheng Road",
        "Telephone 0000-555-0301; Hours: Working days; https://court.example.org",
    )


def test_the_letter_does_without_what_nobody_entered(office: Office) -> None:
    entered(office, address_zh="", address_en="", telephone="", hours_zh="", hours_en="", web="")
    filed = file_complaint(complaint(language="en"), key=None, digest="")
    content = moves.letter_ahead(filed.case_number, "decline", by=office.wu, given=DECLINED)
    assert content is not None
    (route,) = [part for part in content.parts if part.id == "route"]
    assert route.lines[-1] == "Lin County Court"


def test_a_time_limit_that_nobody_verified_is_told_to_no_resident(office: Office, client: Client) -> None:
    """The court's six months and the arbitration's twelve are in the pack, not verified."""
    entered(office)
    filed = file_complaint(complaint(language="en"), key=None, digest="")
    make_move(filed.case_number, "decline", by=office.wu, given=DECLINED)
    client.post("/track/", {"case_number": filed.case_number, "receipt_code": filed.receipt_code})
    for page in ("/guide/", "/procedure/", f"/track/{filed.case_number}/", f"/track/{filed.case_number}/way/"):
        for language in ("en", "zh-hans"):
            said = words(client.get(page, headers={"accept-language": language}))
            for limit in ("6 months", "12 months", "6个月", "12个月", "行政诉讼法", "the day you knew"):
                assert limit not in said, (page, limit)


def test_the_same_entry_twice_is_no_entry(office: Office) -> None:
    entered(office)
    with pytest.raises(Refusal, match="repeated"):
        entered(office)
    assert len(routes.history("court")) == 1
