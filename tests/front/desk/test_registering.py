"""A call, a visit, a letter: eight fields, one case, a slip, never a code."""

from __future__ import annotations

import datetime
import re
from typing import Any

import pytest

from huiyin.record import clock
from huiyin.record.cases.codes import receipts
from huiyin.record.cases.deeds.helping import Helper
from huiyin.record.cases.held.verifying import verify_cases
from huiyin.record.cases.models import Authority, Case
from huiyin.record.cases.opening import access
from huiyin.record.sealing import in_hand
from huiyin.stages.intake import actions
from tests.cast import Office, complaint, make_office
from tests.front.conftest import SignedIn
from tests.sealed import give_key, recovery_set

pytestmark = pytest.mark.django_db(databases=["default", "vault"])

TYPED = {
    "channel": "phone", "subject": "楼上漏水", "description": "楼上漏水三个月，\r\n没有人管。", "officer_summary": "漏水",
    "confidentiality": "named", "name": "李梅", "phone": "000-0000-0001", "card": "", "received_on_year": "2026",
    "received_on_month": "1", "received_on_day": "5", "key": "k1",
}  # fmt: skip


def number_in(answer: Any) -> str:
    """The number of the case that a registration led to."""
    return str(answer["Location"]).rstrip("/").rsplit("/", 1)[1]


def test_the_form_has_at_most_eight_fields(signed_in: SignedIn) -> None:
    page = signed_in("wu").get("/desk/register/").content.decode()
    form = page[page.index('action="/desk/register/"') : page.rindex("</form>")]
    shown = re.sub(r"<details.*?</details>", "", form, flags=re.S)
    fields = re.findall(r'<(?:input|select|textarea)\b[^>]*?\bname="(\w+)"', shown)
    hidden = re.findall(r'<input type="hidden" name="(\w+)"', shown)
    assert len(set(fields) - set(hidden)) <= 8
    folded = form.replace(shown, "")
    assert "about_officer" in folded


def test_a_call_becomes_a_case_in_two_requests(signed_in: SignedIn, office: Office) -> None:
    wu = signed_in("wu")
    answer = wu.post("/desk/register/", TYPED)
    assert answer.status_code == 302
    page = wu.get(answer["Location"])
    assert page.status_code == 200
    number = page.context["number"]
    view = access.open_case(number, reader=office.wu, purpose="register")
    assert view.description == "楼上漏水三个月，\n没有人管。"
    assert (view.officer_summary, view.channel, view.language) == ("漏水", "phone", "zh-hans")
    assert view.received_on.isoformat() == "2026-01-05"
    text = page.content.decode()
    assert receipts.status_word(number).en in text
    assert "李梅" not in text
    assert "000-0000-0001" not in text


def test_sent_twice_it_is_one_case(signed_in: SignedIn) -> None:
    wu = signed_in("wu")
    first = wu.post("/desk/register/", TYPED)
    again = wu.post("/desk/register/", TYPED)
    assert first["Location"] == again["Location"]


def test_sent_twice_from_two_windows_it_is_one_case(signed_in: SignedIn) -> None:
    """The second window knows nothing of the first: what was sent is found by its key, not in the session."""
    first, again = signed_in("wu").post("/desk/register/", TYPED), signed_in("wu").post("/desk/register/", TYPED)
    assert first["Location"] == again["Location"]
    assert Case.scoped.count() == 1


@pytest.mark.parametrize("with_card", [False, True])
def test_of_two_at_the_same_instant_the_second_gets_what_the_first_was_given(
    signed_in: SignedIn, monkeypatch: pytest.MonkeyPatch, with_card: bool
) -> None:
    typed = TYPED | ({"card": receipts.make_cards(1)[0][0]} if with_card else {})
    first = signed_in("wu").post("/desk/register/", typed)
    answers, real = [None], actions.recall_answer
    monkeypatch.setattr(  # the look for the key comes before the first one has committed
        actions, "recall_answer", lambda key, **more: answers.pop() if answers else real(key, **more)
    )
    again = signed_in("wu").post("/desk/register/", typed)
    assert answers == []
    assert first["Location"] == again["Location"]
    assert Case.scoped.count() == 1


def test_a_form_that_was_sent_and_changed_is_asked_about(signed_in: SignedIn) -> None:
    wu = signed_in("wu")
    number = number_in(wu.post("/desk/register/", TYPED))
    changed = wu.post("/desk/register/", TYPED | {"description": "另一位来访人说路灯坏了。"})
    assert changed.status_code == 409
    page = changed.content.decode()
    assert number in page
    assert "另一位来访人说路灯坏了。" in page
    fresh = changed.context["form"]["key"].value()
    assert fresh != TYPED["key"]
    other = wu.post("/desk/register/", TYPED | {"description": "另一位来访人说路灯坏了。", "key": fresh})
    assert number_in(other) != number


def test_a_key_is_the_officers_own(signed_in: SignedIn) -> None:
    mine, theirs = signed_in("wu").post("/desk/register/", TYPED), signed_in("zheng").post("/desk/register/", TYPED)
    assert mine["Location"] != theirs["Location"]


def test_the_slip_names_the_number_and_the_days_but_no_person(signed_in: SignedIn) -> None:
    wu = signed_in("wu")
    number = number_in(wu.post("/desk/register/", TYPED))
    slip = wu.get(f"/desk/slip/{number}/").content.decode()
    assert number in slip
    assert f"/track/{number}" in slip
    assert "<svg" in slip
    assert "李梅" not in slip


def test_with_a_card_the_officer_sees_the_serial_and_never_the_code(signed_in: SignedIn) -> None:
    serial, number, code = receipts.make_cards(1)[0]
    wu = signed_in("wu")
    answer = wu.post("/desk/register/", TYPED | {"card": serial, "key": "k2"})
    assert answer["Location"] == f"/desk/registered/{number}/"
    shown = wu.get(answer["Location"]).content.decode() + wu.get(f"/desk/slip/{number}/").content.decode()
    assert code not in shown
    assert code[:4] + " " + code[4:8] not in shown
    assert access.open_receipt(number, code, source="here").number == number
    used = wu.post("/desk/register/", TYPED | {"card": serial, "key": "k3"})
    assert used.status_code == 409
    assert "card" in used.context["form"].errors


WRONG = (
    ({"subject": ""}, "subject"),
    ({"description": "   "}, "description"),
    ({"description": "长" * 20_001}, "description"),
    ({"card": "1234-5678"}, "card"),
    ({"received_on_year": "2999"}, "received_on"),
    ({"received_on_day": "99"}, "received_on"),
    ({"channel": "web"}, "channel"),
    ({"about_unit": "no-such-unit"}, "about_unit"),
)


def test_what_is_wrong_stands_at_its_field_and_nothing_is_lost(signed_in: SignedIn) -> None:
    wu = signed_in("wu")
    for changed, field in WRONG:
        answer = wu.post("/desk/register/", TYPED | changed)
        assert (answer.status_code, list(answer.context["form"].errors)) == (422, [field])
        assert "漏水" in answer.content.decode()


ODD = ("\x00\x01<script>alert(1)</script>", "\u202eعربي\u202c 👵🏽\t　全角", "{{ x }} {% y %}")


def test_odd_characters_are_kept_and_inert(signed_in: SignedIn, office: Office) -> None:
    wu = signed_in("wu")
    for number, odd in enumerate(ODD):
        answer = wu.post("/desk/register/", TYPED | {"description": odd, "subject": "a" + odd, "key": f"odd{number}"})
        assert answer.status_code == 302
        view = access.open_case(number_in(answer), reader=office.wu, purpose="register")
        assert view.description == odd.replace("\x00", "").replace("\x01", "")
        assert "<script>alert" not in wu.get(f"/desk/cases/{view.number}/").content.decode()


def test_about_the_own_unit_it_goes_to_the_desk_outside(signed_in: SignedIn) -> None:
    wu = signed_in("wu")
    answer = wu.post("/desk/register/", TYPED | {"about_unit": "letters-intake", "key": "k5"})
    told = wu.get(answer["Location"])
    assert told.status_code == 200  # what to tell the person
    assert "漏水" not in told.content.decode()
    assert wu.get(f"/desk/cases/{number_in(answer)}/").status_code == 404
    assert signed_in("zheng").get(f"/desk/cases/{number_in(answer)}/").status_code == 200


def test_an_officer_is_known_by_name_or_duty_number(signed_in: SignedIn) -> None:
    wu = signed_in("wu")
    for number, words in enumerate(("钱所长", "Qian Gang", "070006")):
        answer = wu.post("/desk/register/", TYPED | {"about_officer": words, "key": f"about{number}"})
        view = signed_in("zheng").get(f"/desk/cases/{number_in(answer)}/").context["view"]
        assert view.about[0].name.en == "Qian Gang"


def test_another_officer_cannot_open_the_page_after(signed_in: SignedIn) -> None:
    where = signed_in("wu").post("/desk/register/", TYPED)["Location"]
    assert signed_in("zhao").get(where).status_code == 404


def test_it_is_completed_later(signed_in: SignedIn, office: Office) -> None:
    wu = signed_in("wu")
    number = number_in(wu.post("/desk/register/", TYPED))
    done = wu.post(
        f"/desk/cases/{number}/complete/", {"category": "noise", "area": "willow", "description": "还有一点"}
    )
    assert done.status_code == 302
    view = access.open_case(number, reader=office.wu)
    assert view.category is not None
    assert view.description.endswith("还有一点")
    assert view.description.startswith("楼上漏水")


def test_by_phone_state_day_and_name_and_nothing_else(signed_in: SignedIn, office: Office) -> None:
    wu = signed_in("wu")
    number = number_in(wu.post("/desk/register/", TYPED))
    word = receipts.status_word(number).zh
    told = signed_in("feng").post("/desk/enquiry/", {"number": number.replace("-", " "), "word": word.replace(" ", "")})
    assert told.status_code == 200
    assert told.context["told"]["state"].en == "Registered"
    assert "漏水" not in told.content.decode()
    wrong = signed_in("feng").post("/desk/enquiry/", {"number": number, "word": "青山 青山"})
    assert wrong.status_code == 404
    assert wrong.context["told"] is None
    view = access.open_case(number, reader=office.wu)
    assert "status" in {look.what for look in view.looks}


def on_day(name: str, day: datetime.date) -> dict[str, str]:
    return {f"{name}_year": str(day.year), f"{name}_month": str(day.month), f"{name}_day": str(day.day)}


def test_who_helps_is_taken_down_with_a_card_of_their_own(signed_in: SignedIn) -> None:
    """A daughter comes for her mother who lies in a hospital: who, how far, until when, and a second card."""
    wu = signed_in("wu")
    (own, number, code), (other, helper_number, helper_code) = receipts.make_cards(2)
    day = clock.today("Asia/Shanghai") + datetime.timedelta(days=90)
    form = TYPED | {"channel": "counter", "card": own}
    helped = {"helper_who": "relative", "helper_label": "我女儿", "whereabouts": "hospital"}
    without = wu.post("/desk/register/", form | helped)
    assert without.status_code == 422
    assert "helper_may" in without.context["form"].errors
    assert wu.post("/desk/register/", form | {"helper_card": other}).status_code == 422
    past = wu.post(
        "/desk/register/",
        form | helped | {"helper_may": "write"} | on_day("helper_until_on", datetime.date(2020, 1, 1)),
    )
    assert "helper_until_on" in past.context["form"].errors
    same = wu.post("/desk/register/", form | helped | {"helper_may": "write", "helper_card": own})
    assert "helper_card" in same.context["form"].errors, "one card is not two"
    assert not Authority.objects.exists() and not Case.scoped.exists()
    sent = form | helped | {"helper_may": "write", "helper_card": other} | on_day("helper_until_on", day)
    done = wu.post("/desk/register/", sent)
    assert done.status_code == 302, done.context["form"].errors
    page = wu.get(done["Location"]).content.decode()
    assert code not in page and helper_code not in page and "我女儿" not in page
    row = Authority.objects.get()
    assert (row.who, row.may, row.until_on, row.party.receipt.number) == ("relative", "write", day, helper_number)
    assert row.party.case.parties.get(kind="complainant").whereabouts == "hospital"
    helper = access.open_receipt(helper_number, helper_code, source="there")
    assert (helper.helper, access.open_as_complainant(helper).number) == (1, number)
    mine = access.open_as_complainant(access.open_receipt(number, code, source="here"))
    assert [(each.label, each.has_code) for each in mine.helpers] == [("我女儿", True)]
    assert verify_cases(lambda *_: None) == []
    assert wu.post("/desk/register/", sent).status_code == 302
    assert Authority.objects.count() == 1, "sent twice it is still one"


def test_of_a_sealed_matter_the_helpers_card_opens_it_too() -> None:
    with recovery_set(), in_hand.scope():
        office = make_office()
        give_key(office.wu)
        (own, _number, _code), (other, helper_number, helper_code) = receipts.make_cards(2)
        filing = complaint(channel="counter", confidentiality="confidential", description="院子里的水表坏了")
        actions.register_at_desk(filing, by=office.wu, card=own, helper=Helper("lawyer", may="read", card=other))
    with in_hand.scope():
        helper = access.open_receipt(helper_number, helper_code, source="there")
        assert (helper.helper, access.open_as_complainant(helper).description) == (1, "院子里的水表坏了")
