"""Letters at the desk: looked at before they go out, opened afterwards, and how each reached the person."""

from __future__ import annotations

import datetime
import hashlib
import re
from typing import Any

import pytest
from django.test import Client

from huiyin.record import clock
from huiyin.record.cases.given import Given
from huiyin.record.cases.moving import moves
from huiyin.record.cases.opening import access
from huiyin.record.cases.papers import letters
from huiyin.record.cases.shown.case_view import CaseView
from huiyin.record.files import typesetting
from tests.cast import Office, make_move
from tests.front.conftest import SignedIn
from tests.front.desk.conftest import TO_ACCEPT, Matter

pytestmark = [
    pytest.mark.django_db(databases=["default", "vault"]),
    pytest.mark.skipif(not typesetting.is_available(), reason="no Chinese typeface here"),
]
REPLY = {"outcome": "supported", "text": "卡车已改道，夜里不再经过。", "legal_basis": "噪声污染防治法第四十三条"}
SIGNERS = ("qian", "chen", "chu", "wei")
DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"


def hidden(page: Any, name: str) -> str:
    found = re.search(rf'name="{name}" value="([^"]*)"', page.content.decode())
    assert found, f"the page carries no {name}"
    return found.group(1)


def seen_by(office: Office, who: str, number: str) -> CaseView:
    return access.open_case(number, reader=getattr(office, who))


def accepting(office: Office, number: str, **typed: str) -> dict[str, str]:
    return TO_ACCEPT | {"version": str(seen_by(office, "wu", number).version), "text": "已经受理。"} | typed


def in_draft(office: Office, number: str) -> None:
    make_move(number, "reply", by=office.zhao, given=Given(**REPLY))


def at_the_last_station(office: Office, number: str) -> None:
    in_draft(office, number)
    for name in SIGNERS[:-1]:
        moves.sign(number, by=getattr(office, name))


def test_the_letter_is_opened_before_the_move_and_goes_out_as_seen(
    signed_in: SignedIn, office: Office, new_matter: Matter
) -> None:
    wu, where = signed_in("wu"), f"/desk/cases/{new_matter.number}/moves/accept/"
    typed = accepting(office, new_matter.number)
    page = wu.post(where, typed)
    seen = hidden(page, "seen")
    assert f'formaction="{where}letter/"' in page.content.decode()
    opened = wu.post(f"{where}letter/", typed | {"seen": seen})
    assert (opened.status_code, opened["Content-Type"]) == (200, "application/pdf")
    assert hashlib.sha256(opened.content).hexdigest() == seen
    assert seen_by(office, "wu", new_matter.number).state.id == "registered"
    assert wu.post(where, typed | {"seen": seen, "step": "confirm"}).status_code == 302
    (letter,) = seen_by(office, "wu", new_matter.number).letters
    assert letter.sha256 == seen


@pytest.mark.parametrize(
    ("wanted", "media_type", "begins", "how"),
    [("large", "application/pdf", b"%PDF-", "inline"), ("docx", DOCX, b"PK", "attachment")],
)
def test_it_also_opens_in_large_print_and_to_be_worked_on(
    signed_in: SignedIn, office: Office, new_matter: Matter, wanted: str, media_type: str, begins: bytes, how: str
) -> None:
    where = f"/desk/cases/{new_matter.number}/moves/accept/letter/"
    opened = signed_in("wu").post(where, accepting(office, new_matter.number, print=wanted))
    assert (opened.status_code, opened["Content-Type"]) == (200, media_type)
    assert opened.content.startswith(begins)
    assert opened["Content-Disposition"].startswith(f"{how}; filename=")


def test_a_letter_that_changed_meanwhile_does_not_go_out_and_nothing_typed_is_lost(
    signed_in: SignedIn, office: Office, new_matter: Matter
) -> None:
    where = f"/desk/cases/{new_matter.number}/moves/accept/"
    typed = accepting(office, new_matter.number)
    seen = hidden(signed_in("wu").post(where, typed), "seen")
    with clock.story(clock.now() + datetime.timedelta(days=1)):  # the letter would bear another day
        wu = signed_in("wu")
        refused = wu.post(where, typed | {"seen": seen, "step": "confirm"})
        assert refused.status_code == 409
        page = refused.content.decode()
        assert "look at the letter again" in page and "已经受理。" in page
        assert seen_by(office, "wu", new_matter.number).state.id == "registered"
        again = hidden(wu.post(where, typed), "seen")
        assert again != seen
        assert wu.post(where, typed | {"seen": again, "step": "confirm"}).status_code == 302


def test_other_words_than_those_looked_at_are_not_sent(signed_in: SignedIn, office: Office, new_matter: Matter) -> None:
    wu, where = signed_in("wu"), f"/desk/cases/{new_matter.number}/moves/accept/"
    typed = accepting(office, new_matter.number)
    seen = hidden(wu.post(where, typed), "seen")
    changed = wu.post(where, typed | {"text": "换了一句话。", "seen": seen, "step": "confirm"})
    assert changed.status_code == 409
    assert "换了一句话。" in changed.content.decode()


def test_where_no_typeface_is_the_page_says_so_and_the_move_goes_on(
    signed_in: SignedIn, office: Office, new_matter: Matter, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(typesetting, "is_available", lambda: False)
    wu, where = signed_in("wu"), f"/desk/cases/{new_matter.number}/moves/accept/"
    typed = accepting(office, new_matter.number)
    page = wu.post(where, typed)
    assert "No font for Chinese letters is installed" in page.content.decode()
    assert 'name="seen"' not in page.content.decode()
    assert wu.post(f"{where}letter/", typed | {"print": "docx"}).content.startswith(b"PK")
    assert wu.post(f"{where}letter/", typed).status_code == 503
    assert wu.post(where, typed | {"step": "confirm"}).status_code == 302
    shown = wu.get(f"/desk/cases/{new_matter.number}/").content.decode()
    assert "print the page instead" in shown


def test_a_part_that_the_letter_must_hold_is_asked_for_at_its_field(
    signed_in: SignedIn, office: Office, with_zhao: Matter, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The answer may leave the law open by its form; the letter may not."""
    rule = seen_by(office, "zhao", with_zhao.number).procedure.moves["reply"]
    assert "legal_basis" in rule.contents
    typed = REPLY | {"version": str(seen_by(office, "zhao", with_zhao.number).version), "legal_basis": ""}
    page = signed_in("zhao").post(f"/desk/cases/{with_zhao.number}/moves/reply/", typed)
    assert page.status_code == 422
    assert "legal_basis" in page.context["form"].errors
    assert REPLY["text"] in page.content.decode()


def test_every_signer_can_open_the_letter_and_the_complainant_sees_who_did(
    signed_in: SignedIn, office: Office, with_zhao: Matter
) -> None:
    in_draft(office, with_zhao.number)
    qian, where = signed_in("qian"), f"/desk/cases/{with_zhao.number}/sign/"
    page = qian.get(where)
    seen = hidden(page, "seen")
    opened = qian.get(f"{where}letter/")
    assert hashlib.sha256(opened.content).hexdigest() == seen
    assert qian.get(f"{where}letter/?print=large")["Content-Type"] == "application/pdf"
    assert qian.get(f"{where}letter/?print=docx")["Content-Type"] == DOCX
    for name in ("chen", "feng", "wu"):
        assert signed_in(name).get(f"{where}letter/").status_code == 404
    looks = access.open_as_complainant(access.open_receipt(with_zhao.number, with_zhao.code, source="here")).looks
    drafts = [look for look in looks if look.what.startswith("draft ")]
    assert len(drafts) == 3 and {look.purpose for look in drafts} == {"sign_off"}
    shown = signed_in("zhao").get(f"/desk/cases/{with_zhao.number}/?show=looks").content.decode()
    assert "opened the draft of letter no." in shown


def test_the_last_signature_sends_what_was_seen_or_nothing(
    signed_in: SignedIn, office: Office, with_zhao: Matter
) -> None:
    at_the_last_station(office, with_zhao.number)
    where = f"/desk/cases/{with_zhao.number}/sign/"
    page = signed_in("wei").get(where)
    typed = {"version": page.context["version"], "seen": hidden(page, "seen")}
    with clock.story(clock.now() + datetime.timedelta(days=1)):
        wei = signed_in("wei")
        refused = wei.post(where, typed)
        assert refused.status_code == 409
        assert "look at the letter again" in refused.content.decode()
        assert hidden(refused, "seen") != typed["seen"]
        assert wei.post(where, typed | {"seen": hidden(refused, "seen")}).status_code == 302
    letter = seen_by(office, "zhao", with_zhao.number).letters[-1]
    assert letter.sha256 == hidden(refused, "seen")


def posted(office: Office, number: str) -> int:
    """The acceptance notice of a matter, by the key it opens with."""
    make_move(number, "accept", by=office.wu, given=Given(text="已经受理。"))
    (letter,) = seen_by(office, "wu", number).letters
    return letter.id


def day(on: datetime.date) -> dict[str, str]:
    return {"on_year": str(on.year), "on_month": str(on.month), "on_day": str(on.day)}


def today() -> datetime.date:
    return clock.today("Asia/Shanghai")


def test_the_letters_of_a_matter_are_listed_and_open(signed_in: SignedIn, office: Office, new_matter: Matter) -> None:
    letter = posted(office, new_matter.number)
    wu = signed_in("wu")
    page = wu.get(f"/desk/cases/{new_matter.number}/").content.decode()
    where = f"/desk/cases/{new_matter.number}/letter/"
    assert "not known to have arrived" in page
    for query in ("", "?print=large", f"?letter={letter}", f"?letter={letter}&print=large"):
        assert f'href="{where}{query}"'.replace("&", "&amp;") in page
        opened = wu.get(where + query)
        assert (opened.status_code, opened["Content-Type"]) == (200, "application/pdf")
    assert wu.get(where + "?signed=1").status_code == 404
    assert wu.get(where + "?signed=x").status_code == 404


def test_how_it_reached_the_person_is_written_down_and_read_by_both(
    signed_in: SignedIn, office: Office, new_matter: Matter
) -> None:
    letter = posted(office, new_matter.number)
    wu, where = signed_in("wu"), f"/desk/cases/{new_matter.number}/letters/{letter}/service/"
    assert wu.get(where).status_code == 200
    for _ in range(2):  # a second click is no second posting
        assert wu.post(where, {"how": "post", **day(today())}).status_code == 302
    wu.post(where, {"how": "handed_over", **day(today())})
    (kept,) = seen_by(office, "wu", new_matter.number).letters
    assert [each.how for each in kept.services] == ["post", "handed_over"]
    page = wu.get(f"/desk/cases/{new_matter.number}/").content.decode()
    assert "sent by post, " in page and "handed over, " in page
    assert "not known to have arrived" not in page
    li_mei = Client(headers={"accept-language": "en"})
    li_mei.post("/track/", {"case_number": new_matter.number, "receipt_code": new_matter.code})
    hers = li_mei.get(f"/track/{new_matter.number}/").content.decode()
    assert "Posted to you on " in hers and "Handed to you on " in hers


@pytest.mark.parametrize(
    ("typed", "field", "words"),
    [
        ({"how": ""}, "how", "Please fill this in."),
        ({"how": "portal_read"}, "how", "Select a valid choice"),
        ({"on_day": "31", "on_month": "2"}, "on", "not in the calendar"),
        (day(datetime.date(2999, 1, 1)), "on", "still to come"),
        (day(datetime.date(2001, 1, 1)), "on", "the first day that can be"),
        ({"on_year": "", "on_month": "", "on_day": ""}, "on", "Give the year"),
    ],
)
def test_what_cannot_be_is_said_at_its_field(
    signed_in: SignedIn, office: Office, new_matter: Matter, typed: dict[str, str], field: str, words: str
) -> None:
    where = f"/desk/cases/{new_matter.number}/letters/{posted(office, new_matter.number)}/service/"
    answer = signed_in("wu").post(where, {"how": "post", **day(today())} | typed)
    assert answer.status_code == 422
    assert list(answer.context["form"].errors) == [field]
    assert words in answer.content.decode()
    assert seen_by(office, "wu", new_matter.number).letters[0].services == ()


def test_a_letter_of_another_matter_is_not_there(signed_in: SignedIn, office: Office, new_matter: Matter) -> None:
    posted(office, new_matter.number)
    where = f"/desk/cases/{new_matter.number}/letters/999999/service/"
    assert signed_in("wu").get(where).status_code == 404
    assert signed_in("wu").post(where, {"how": "post", **day(today())}).status_code == 404
    assert signed_in("feng").get(where.replace("999999", "1")).status_code == 404


def test_the_time_to_act_stands_beside_the_decision_that_opened_it(
    signed_in: SignedIn, office: Office, with_zhao: Matter
) -> None:
    at_the_last_station(office, with_zhao.number)
    moves.sign(with_zhao.number, by=office.wei)
    where = f"/desk/cases/{with_zhao.number}/"
    assert opened(office, with_zhao.number) == [None, None], "nobody knows that it arrived"
    assert "Time to act: " not in signed_in("zhao").get(where).content.decode()
    decision = seen_by(office, "zhao", with_zhao.number).letters[-1]
    letters.record_service(with_zhao.number, decision.id, how="handed_over", on=today(), by=office.zhao)
    assert opened(office, with_zhao.number) == [None, "XF-rev-ask"]
    assert "Time to act: " in signed_in("zhao").get(where).content.decode()


def opened(office: Office, number: str) -> list[str | None]:
    """The time limit each letter opened."""
    view = seen_by(office, "zhao", number)
    found = [view.opened_by(letter) for letter in view.letters]
    return [each.id if each else None for each in found]
