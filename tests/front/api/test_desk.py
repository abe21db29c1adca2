"""Officers' programs: what the token's owner may see and do, and nothing more."""

from __future__ import annotations

import datetime

import pytest

from huiyin.record import clock
from huiyin.record.bodies.models import Account, StaffToken
from huiyin.record.bodies.tokens import make_token, revoke, tokens_of
from huiyin.record.cases.given import Given
from huiyin.record.cases.papers import letters
from huiyin.record.ledger.chains import ChainRef
from huiyin.record.ledger.queries import events_of
from tests.front.api.program import Program, answered, officer, problem

pytestmark = pytest.mark.django_db(databases=["default", "vault"])

PRIVATE = ("desk/cases", "desk/search?q=噪音", "desk/cases/0000-0000-02")


@pytest.mark.parametrize("path", PRIVATE)
def test_no_token_no_answer(office, path):
    answer = Program().get(path)
    problem(answer, 401, "token_missing")
    assert answer["WWW-Authenticate"].startswith("Bearer")
    problem(Program(token="hy_invented").get(path), 401, "token_invalid")
    problem(Program(token="钥匙".encode().decode("latin-1")).get(path), 401, "token_invalid")
    problem(Program(token="x" * 5_000).get(path), 401, "token_invalid")
    basic = Program().client.get("/api/v1/" + path, headers={"Authorization": "Basic eDp5"})
    problem(basic, 401, "token_missing")


def test_the_token_comes_before_the_body(office):
    problem(Program().send("desk/cases/0000-0000-02/moves", b"["), 401, "token_missing")


def test_a_signed_in_browser_is_no_token(office):
    program = Program()
    program.client.force_login(office.account("wu"))
    problem(program.get("desk/cases"), 401, "token_missing")


def test_a_token_ends_when_its_owner_or_time_ends_it(office):
    account, wu = office.account("wu"), office.wu
    program = officer(office, "wu")
    assert program.get("desk/cases").status_code == 200
    revoke(tokens_of(account)[0].pk, account=account, by=wu)
    problem(program.get("desk/cases"), 401, "token_invalid")
    late = Program(make_token(account, by=wu, label="late", days=1))
    StaffToken.objects.filter(label="late").update(expires_at=clock.now() - datetime.timedelta(seconds=1))
    problem(late.get("desk/cases"), 401, "token_invalid")
    program = officer(office, "zhao")
    Account.objects.filter(username="zhao").update(is_active=False)
    problem(program.get("desk/cases"), 401, "token_invalid")


def test_a_queue_has_lines_counts_and_goes_on(office, program):
    numbers = {program.filed()["case_number"] for _ in range(3)}
    wu = officer(office, "wu")
    first = wu.get("desk/cases", {"queue": "mine", "order": "due_on", "limit": 2}).json()
    assert first["counts"]["mine"] == 3 and first["counts"]["overdue"] == 0
    second = wu.get("desk/cases", {"queue": "mine", "limit": 2, "after": first["next"]}).json()
    assert second["next"] is None
    assert {row["case_number"] for row in first["items"] + second["items"]} == numbers
    assert first["items"][0]["subject"] == "夜间施工噪音"
    assert wu.get("desk/cases", {"queue": "overdue"}).json()["items"] == []
    assert wu.get("desk/cases", {"queue": "unit"}).json()["counts"]["unit"] == 3


def test_the_place_in_a_list_tells_nothing_and_fits_no_other_list(office, program):
    for _ in range(3):
        program.filed()
    after = officer(office, "wu").get("desk/cases", {"limit": 1}).json()["next"]
    body = problem(officer(office, "wu").get("desk/cases", {"queue": "unit", "after": after}), 422, "unknown_choice")
    assert body["errors"][0]["field"] == "after"
    problem(officer(office, "he").get("desk/cases", {"after": after}), 422, "unknown_choice")


@pytest.mark.parametrize(
    ("query", "field"),
    [
        ({"limit": "0"}, "limit"),
        ({"limit": "101"}, "limit"),
        ({"limit": "9" * 20}, "limit"),
        ({"limit": "-1"}, "limit"),
        ({"limit": "１"}, "limit"),
        ({"limit": ""}, "limit"),
        ({"queue": "all"}, "queue"),
        ({"order": "subject"}, "order"),
        ({"after": "0"}, "after"),
        ({"after": "\x00é"}, "after"),
        ({"after": "9" * 5_000}, "after"),
    ],
)
def test_a_list_asked_for_in_a_way_that_does_not_exist(office, query, field):
    body = officer(office, "wu").get("desk/cases", query)
    assert body.status_code == 422, body.content
    assert body.json()["errors"][0]["field"] == field


def test_too_many_parameters_are_malformed(office):
    query = {f"p{number}": "1" for number in range(500)}
    problem(officer(office, "wu").get("desk/cases", query), 400, "malformed")


def test_a_matter_is_read_with_the_moves_that_are_open(office, program):
    number = program.filed()["case_number"]
    body = officer(office, "wu").get(f"desk/cases/{number}").json()
    assert body["case_number"] == number and body["version"] == 1
    moves = {each["move"]: each for each in body["moves"]}
    assert moves["accept"]["allowed"] and moves["decline"]["requires"] == ["reason", "route", "legal_basis", "text"]
    assert "court" in moves["decline"]["routes"] and "litigation" in moves["decline"]["reasons"]
    assert not moves["close"]["allowed"] and moves["close"]["why_not"]
    assert "contest" not in moves
    assert body["contact_given"] is True and "李梅" not in str(body) and "000-0000-0001" not in str(body)


@pytest.mark.parametrize("number", ["0000-0000-02", "0000-0000-00", "x", "%00", "1" * 300, "钥匙"])
def test_a_matter_that_does_not_exist(office, number):
    wu = officer(office, "wu")
    one = problem(wu.get(f"desk/cases/{number}"), 404, "not_found")
    other = problem(wu.move(number, "accept", 1), 404, "not_found")
    assert one == other


def test_a_matter_that_is_not_mine(office, program):
    number = program.filed()["case_number"]
    feng = officer(office, "feng")
    assert feng.get(f"desk/cases/{number}").content == feng.get("desk/cases/0000-0000-02").content
    problem(feng.move(number, "accept", 1), 404, "not_found")


def test_a_move_once_and_not_twice(office, program):
    number = program.filed()["case_number"]
    wu = officer(office, "wu")
    done = wu.move(number, "accept", 1)
    assert done.status_code == 200
    assert done.json() == {"case_number": number, "state": "accepted", "version": 2, "waiting_for_signature": False}
    problem(wu.move(number, "accept", 1), 409, "stale")
    problem(wu.move(number, "accept", 2), 409, "not_allowed_now")
    assert wu.get(f"desk/cases/{number}").json()["version"] == 2


def test_a_program_too_sends_the_letter_that_was_looked_at_or_none(office, program):
    if not letters.are_available():
        pytest.skip("no Chinese typeface here")
    number = program.filed()["case_number"]
    seen = letters.ahead(
        number, "accept", Given(text="已经受理。", confirmed="pending_elsewhere recusal"), by=office.wu
    ).sha256
    wu = officer(office, "wu")
    problem(wu.move(number, "accept", 1, text="换了一句话。", seen=seen), 409, "stale")
    problem(wu.move(number, "accept", 1, text="已经受理。", seen="0" * 65), 422, "too_long")
    assert wu.move(number, "accept", 1, text="已经受理。", seen=seen).status_code == 200


@pytest.mark.parametrize(
    ("given", "status", "code"),
    [
        ({"move": "fly", "version": 1}, 422, "unknown_move"),
        ({"move": "reply", "version": 1}, 409, "not_your_move"),
        ({"move": "contest", "version": 1}, 409, "not_your_move"),
        ({"move": "close", "version": 1}, 409, "not_allowed_now"),
        ({"move": "sign", "version": 1}, 409, None),
        ({"move": "return_draft", "version": 1, "text": "x"}, 409, None),
        ({"move": "return_draft", "version": 1}, 422, "input_missing"),
        ({"move": "decline", "version": 1}, 422, "input_missing"),
        ({"move": "accept"}, 422, "input_missing"),
        ({"version": 1}, 422, "input_missing"),
        ({"move": "accept", "version": "1"}, 422, "invalid"),
        ({"move": "accept", "version": 0}, 422, "unknown_choice"),
        ({"move": "accept", "version": 10**40}, 422, "unknown_choice"),
        ({"move": "accept", "version": 1, "class": "nonsense"}, 422, "unknown_choice"),
        ({"move": "accept", "version": 1, "text": "长" * 20_001}, 422, "too_long"),
        ({"move": "accept", "version": 1, "confirmed": []}, 422, "not_confirmed"),
        ({"move": "accept", "version": 1, "confirmed": ["unsaid", "recusal"]}, 422, "not_confirmed"),
        ({"move": "accept", "version": 1, "confirmed": ["recusal"]}, 422, "not_confirmed"),
        ({"move": "accept", "version": 1, "confirmed": "recusal"}, 422, "invalid"),
        ({"move": "assign", "version": 1, "to": "no-such-post"}, 409, "not_allowed_now"),
        ({"move": "triage", "version": 1, "to": "no-such-post"}, 422, "unknown_choice"),
        ({"move": "accept", "version": 1, "colour": "red"}, 422, "input_unwanted"),
    ],
)
def test_a_move_that_cannot_be_made(office, program, given, status, code):
    number = program.filed()["case_number"]
    answer = officer(office, "wu").post(f"desk/cases/{number}/moves", given)
    problem(answer, status, code or answer.json()["code"])
    assert officer(office, "wu").get(f"desk/cases/{number}").json()["version"] == 1


def test_a_program_of_the_first_contract_says_nothing_of_guards_and_the_record_keeps_that(office, program):
    number = program.filed()["case_number"]
    wu = officer(office, "wu")
    assert wu.post(f"desk/cases/{number}/moves", {"move": "accept", "version": 1}).status_code == 200
    assert [each.details["confirmed"] for each in events_of(ChainRef.case(number)) if each.kind == "case_moved"] == [
        "unsaid"
    ]
    assert wu.post(f"desk/cases/{number}/moves", {"move": "triage", "version": 2, "to": "x"}).status_code == 409


def test_a_class_comes_with_acceptance(office, program):
    number = program.filed()["case_number"]
    assert officer(office, "wu").move(number, "accept", 1, **{"class": "claim"}).status_code == 200
    assert officer(office, "wu").get(f"desk/cases/{number}").json()["matter_class"] == "claim"


def test_an_answer_waits_for_its_signatures(office, program):
    receipt = program.filed()
    number = receipt["case_number"]
    wu, zhao, qian = (officer(office, name) for name in ("wu", "zhao", "qian"))
    wu.move(number, "accept", 1)
    wu.move(number, "assign", 2, to="zhao-post")
    draft = {"text": "已停止。", "outcome": "supported", "legal_basis": "规则"}
    done = zhao.move(number, "reply", 3, **draft).json()
    assert done["waiting_for_signature"] is True and done["state"] == "assigned"
    seen = qian.get(f"desk/cases/{number}").json()
    assert seen["draft"]["may_sign"] and seen["draft"]["given"]["text"] == "已停止。"
    waiting = program.post("track", receipt).json()
    assert waiting["waiting"]["officer"]["name"] == "钱所长" and "draft" not in waiting
    assert "已停止" not in str(waiting)
    back = qian.move(number, "return_draft", done["version"], text="请写明依据").json()
    assert back["waiting_for_signature"] is True
    assert zhao.get(f"desk/cases/{number}").json()["draft"]["note"] == "请写明依据"


def test_the_whole_way_to_an_answer(office, program):
    receipt = program.filed()
    answered(office, receipt)
    body = program.post("track", receipt).json()
    assert body["state"] == "replied" and body["outcome"] == "supported"
    assert body["answer"]["text"] == "夜间施工已停止。" and body["answer"]["officer"]


def test_chief_qian_finds_no_trace_of_what_concerns_him(office, program):
    about = [{"kind": "officer", "id": "qian"}]
    number = program.filed(subject="所长态度恶劣", about=about)["case_number"]
    for name in ("qian", "zhao"):
        named = officer(office, name)
        assert named.get(f"desk/cases/{number}").content == named.get("desk/cases/0000-0000-02").content
        problem(named.move(number, "accept", 1), 404, "not_found")
        for queue in ("mine", "unit", "overdue", "new"):
            page = named.get("desk/cases", {"queue": queue}).json()
            assert page["items"] == [] and set(page["counts"].values()) == {0}
        assert named.get("desk/search", {"q": "态度恶劣"}).json()["items"] == []
        assert named.get("desk/search", {"q": number}).json()["items"] == []


def test_search_finds_exactly_and_goes_on(office, program):
    numbers = [program.filed()["case_number"] for _ in range(3)]
    program.filed(subject="别的", description="全然不同")
    wu = officer(office, "wu")
    first = wu.get("desk/search", {"q": "噪音", "limit": 2}).json()
    second = wu.get("desk/search", {"q": "噪音", "limit": 2, "after": first["next"]}).json()
    assert [row["case_number"] for row in first["items"] + second["items"]] == numbers[::-1]
    assert second["next"] is None and first["counts"] == {"shown": 2}
    assert wu.get("desk/search", {"q": "音噪"}).json()["items"] == []
    assert [row["case_number"] for row in wu.get("desk/search", {"q": numbers[0]}).json()["items"]] == numbers[:1]
    assert officer(office, "feng").get("desk/search", {"q": "噪音"}).json()["items"] == []


@pytest.mark.parametrize(
    ("query", "code"),
    [
        ({}, "search_too_short"),
        ({"q": ""}, "search_too_short"),
        ({"q": "音"}, "search_too_short"),
        ({"q": "\x00"}, "search_too_short"),
        ({"q": "13800000000"}, "search_number"),
        ({"q": "字" * 201}, "too_long"),
        ({"q": "噪音", "limit": "0"}, "unknown_choice"),
        ({"q": "噪音", "after": "5"}, "unknown_choice"),
    ],
)
def test_a_search_that_is_none(office, query, code):
    problem(officer(office, "wu").get("desk/search", query), 422, code)


def test_refusals_in_both_languages(office, program):
    number = program.filed()["case_number"]
    english = officer(office, "wu").move(number, "accept", 9).json()["detail"]
    chinese = officer(office, "wu", language="zh").move(number, "accept", 9).json()["detail"]
    assert english.isascii() and not chinese.isascii()
