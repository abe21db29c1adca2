"""The table in a browser without scripts: both sides and the mediator, from a session to an agreement that is asked after."""

from __future__ import annotations

import datetime
import io
import re

import pytest
from django.test import Client
from PIL import Image

from huiyin.front.portal import session as portal_session
from huiyin.record import clock
from huiyin.stages.mediation import agreements, later, seats
from huiyin.stages.mediation.table_models import Agreement, Paper, Session
from tests.cast import PASSWORD
from tests.mediating import begun, make_table_office, table

pytestmark = pytest.mark.django_db(transaction=True, databases=["default", "vault"])
SIDE_PAGES = (
    "sessions",
    "talk",
    "notes",
    "agreement",
    "afterwards",
    "help",
    "sheets/rights",
    "sheets/agreement",
    "sheets/confirmation",
    "sheets/aid",
)
SHEETS = (
    "invitation",
    "rights",
    "consent",
    "attendance",
    "record",
    "agreement",
    "oral",
    "money",
    "confirmation",
    "aid",
)
DESK_PAGES = (
    "",
    "sessions/",
    "notes/",
    "talk/",
    "agreement/",
    "afterwards/",
    "kit/",
    *(f"sheets/{name}/" for name in SHEETS),
)


def photo() -> bytes:
    made = io.BytesIO()
    Image.new("RGB", (640, 480), "green").save(made, "JPEG")
    return made.getvalue()


def side_client(number: str, code: str) -> Client:
    client = Client(HTTP_ACCEPT_LANGUAGE="en")
    assert client.post("/track/", {"case_number": number, "receipt_code": code}).status_code in {302, 303}
    assert portal_session.cookie_name() in client.cookies
    return client


@pytest.fixture
def room():
    office = make_table_office()
    t = begun(table(), office)
    desk = Client(HTTP_ACCEPT_LANGUAGE="en")
    desk.force_login(office.account("lan"))
    asker = side_client(t.number, t.asker_code)
    other = side_client(t.other_number, t.other_code)
    return office, t, desk, asker, other


def key_in(page: bytes) -> str:
    found = re.search(rb'name="key" value="([^"]+)"', page)
    assert found is not None
    return found[1].decode()


@pytest.mark.parametrize("language", ["zh-Hans", "en"])
def test_every_page_of_the_table_opens(room, language):
    _office, t, desk, asker, other = room
    for client, number in ((asker, t.number), (other, t.other_number)):
        client.cookies["django_language"] = language
        for name in SIDE_PAGES:
            assert client.get(f"/table/{number}/{name}/").status_code == 200, name
    for name in DESK_PAGES:
        assert desk.get(f"/desk/cases/{t.number}/room/{name}").status_code == 200, name
    assert Client().get("/calculators/").status_code == 200


def test_the_other_side_is_not_let_to_the_number_of_the_asker(room):
    _office, t, _desk, _asker, other = room
    for name in SIDE_PAGES:
        page = other.get(f"/table/{t.number}/{name}/")
        assert b"you are side 1" not in page.content, "a code opens its own side, whichever number it is shown with"
    assert Client().get(f"/table/{t.number}/sessions/").status_code == 200, "asked for the code"
    assert b"you are side" not in Client().get(f"/table/{t.number}/talk/").content


def test_strangers_of_the_office_find_no_table(room):
    office, t, _desk, _asker, _other = room
    stranger = Client()
    stranger.force_login(office.account("feng"))
    for name in DESK_PAGES:
        assert stranger.get(f"/desk/cases/{t.number}/room/{name}").status_code == 404, name


def test_a_session_from_the_poll_to_its_record(room):
    _office, t, desk, asker, other = room
    there = f"/desk/cases/{t.number}/room/sessions/"
    when = (clock.now() + datetime.timedelta(days=3)).strftime("%Y-%m-%dT09:30")
    sent = {
        "key": key_in(desk.get(there).content),
        "with_side": "0",
        "how": "on_site",
        "place": "村委会",
        "time_1": when,
        "minutes": "60",
    }
    assert desk.post(there, sent | {"time_1": "soon"}).status_code == 422
    assert desk.post(there, sent).status_code == 303 and desk.post(there, sent).status_code == 303
    assert Session.objects.count() == 1, "sent twice over a bad line, it counts once"
    for client, number in ((asker, t.number), (other, t.other_number)):
        page = client.get(f"/table/{number}/sessions/")
        assert "村委会" in page.content.decode()
        assert (
            client.post(
                f"/table/{number}/sessions/", {"session": "1", "time_1": "yes", "key": key_in(page.content)}
            ).status_code
            == 303
        )
    assert desk.post(f"{there}1/", {"do": "fix", "time": "1"}).status_code == 303
    file = other.get(f"/table/{t.other_number}/sessions/1/appointment.ics")
    assert file["Content-Type"].startswith("text/calendar") and t.number not in file.content.decode()
    held = {"do": "hold", "came": ["1", "2"], "beside": ["elder"], "record": "量了界线。", "key": "x"}
    assert desk.post(f"{there}1/", held | {"record": " "}).status_code == 422
    assert desk.post(f"{there}1/", held).status_code == 303
    assert "量了界线" in other.get(f"/table/{t.other_number}/sessions/").content.decode()


AGREEMENT = {
    "do": "draft", "facts": "界石移动过。", "issues": "界线。", "responsibility": "各半。", "manner": "当面。",
    "text_1": "把界石放回", "side_1": "2", "due_on_1_year": "2031", "due_on_1_month": "1", "due_on_1_day": "5", "amount_1": "",
}  # fmt: skip


def test_what_may_not_stand_in_an_agreement_is_said_and_nothing_typed_is_lost(room):
    _office, t, desk, _asker, _other = room
    page = desk.post(f"/desk/cases/{t.number}/room/agreement/", AGREEMENT | {"manner": "双方保证不再上访。"})
    assert page.status_code == 422 and "界石移动过。" in page.content.decode() and "不再上访" in page.content.decode()
    assert not Agreement.objects.exists()


def test_an_agreement_with_a_marked_line_is_signed_kept_and_asked_after(room):
    office, t, desk, asker, other = room
    there = f"/desk/cases/{t.number}/room/agreement/"
    assert desk.post(there, AGREEMENT).status_code == 303
    marked = {"drawn": "100,200 800,240", "words": "从界石到老树", "attached": io.BytesIO(photo())}
    marked["attached"].name = "stone.jpg"
    assert desk.post(f"{there}line/", marked).status_code == 303
    assert b'viewBox="0 0 640 480"' in desk.get(f"{there}line/").content
    for client, at in ((desk, f"{there}picture/"), (other, f"/table/{t.other_number}/agreement/picture/")):
        file = client.get(at)
        assert (
            file.status_code == 200
            and file["Content-Type"] == "image/jpeg"
            and t.number not in (file["Content-Disposition"] if client is other else "")
        )
    assert desk.post(there, {"do": "conclude"}).status_code == 409
    assert desk.post(there, {"do": "read"}).status_code == 303
    assert asker.post(f"/table/{t.number}/agreement/", {"do": "sign", "agreement": "1"}).status_code == 422
    assert (
        asker.post(f"/table/{t.number}/agreement/", {"do": "sign", "agreement": "1", "has_read": "on"}).status_code
        == 303
    )
    assert desk.post(there, {"do": "code", "receipt": t.other_number, "code": t.asker_code}).status_code == 404
    assert desk.post(there, {"do": "code", "receipt": t.other_number, "code": t.other_code}).status_code == 303
    assert desk.post(there, {"do": "conclude"}).status_code == 303
    page = other.get(f"/table/{t.other_number}/agreement/").content.decode()
    assert "days are left" in page and "<polyline" in page
    assert (
        other.post(
            f"/table/{t.other_number}/agreement/",
            {"do": "word", "agreement": "1", "term": "1", "word": "kept", "key": "k"},
        ).status_code
        == 303
    )
    with clock.story(clock.now() + datetime.timedelta(days=80)):
        assert later.ask_all() == 1
        later.answer(t.other, t.other_number, holds="yes")
        later.sit_down_again(t.asker, t.number, "又挪了")
    assert agreements.agreements_of(seats.read_by_office(t.number, office.lan))[0].terms[0].state == "kept"


def test_a_photographed_sheet_is_typed_later(room):
    _office, t, desk, _asker, _other = room
    there = f"/desk/cases/{t.number}/room/kit/"
    file = io.BytesIO(photo())
    file.name = "sheet.jpg"
    assert desk.post(there, {"do": "photo", "sheet": "record", "attached": file}).status_code == 303
    row = Paper.objects.get()
    assert desk.post(there, {"do": "type", "paper": str(row.pk), "text": "当天的记录。"}).status_code == 303
    assert "当天的记录。" in desk.get(there).content.decode()


def test_the_calculators_are_exact(room):
    page = Client(HTTP_ACCEPT_LANGUAGE="en").get(
        "/calculators/", {"sum": "wages", "rate": "180.50", "units": "21", "paid": "1,000"}
    )
    assert "2,790.50" in page.content.decode()
    parts = {
        "sum": "parts",
        "amount": "1000",
        "parts": "3",
        "first_on_year": "2026",
        "first_on_month": "1",
        "first_on_day": "31",
        "every": "month",
    }
    page = Client().get("/calculators/", parts).content.decode()
    assert "333.34" in page and page.count("333.33") >= 2
    assert Client().get("/calculators/", {"sum": "wages", "rate": "many", "units": "1"}).status_code == 200


def test_private_words_are_on_no_page_of_the_other_side_or_the_dossier(room):
    office, t, desk, asker, other = room
    assert desk.post(f"/desk/cases/{t.number}/room/notes/", {"text": "CANARY-M", "key": "1"}).status_code == 303
    assert other.post(f"/table/{t.other_number}/notes/", {"text": "CANARY-S", "key": "2"}).status_code == 303
    assert "CANARY-M" in desk.get(f"/desk/cases/{t.number}/room/notes/").content.decode()
    pages = [asker.get(f"/table/{t.number}/{name}/") for name in SIDE_PAGES]
    pages += [asker.get(f"/track/{t.number}/"), asker.get(f"/track/{t.number}/way/")]
    pages += [desk.get(f"/desk/cases/{t.number}/room/{name}") for name in DESK_PAGES if name != "notes/"]
    pages += [desk.get(f"/desk/cases/{t.number}/{name}") for name in ("", "print/", "platform/", "platform.txt")]
    pages += [desk.get("/desk/search/", {"q": "CANARY"})]
    clerk = Client()
    clerk.force_login(office.account("wu"))
    notes = clerk.get(f"/desk/cases/{t.number}/room/notes/").content.decode()
    assert "CANARY-M" not in notes, "the mediator's own"
    for page in pages:
        held = page.content.decode().replace('value="CANARY"', "")
        assert "CANARY-M" not in held and "CANARY-S" not in held, page.request["PATH_INFO"]
    assert PASSWORD
