"""A move from the desk: looked at first, made once, and never at the cost of what was typed."""

from __future__ import annotations

import pytest
from django.test import Client

from huiyin.front.desk.forms.moving import MoveForm
from huiyin.record.cases.given import Given
from huiyin.record.cases.moving import moves
from huiyin.record.cases.opening import access
from huiyin.record.law.versions import current_version, procedure_of
from huiyin.rules.lifecycle import most_days
from tests.cast import Office, make_move
from tests.front.conftest import SignedIn
from tests.front.desk.conftest import TO_ACCEPT, TO_REPLY, Matter

pytestmark = pytest.mark.django_db(databases=["default", "vault"])

REPLY = {"outcome": "supported", "text": "卡车已改道。\r\n<b>谢谢</b>", "legal_basis": "本县公开的办理规则"} | TO_REPLY


def version_of(number: str, office: Office, who: str = "zhao") -> int:
    return access.open_case(number, reader=getattr(office, who)).version


def test_a_look_comes_before_the_deed(signed_in: SignedIn, office: Office, new_matter: Matter) -> None:
    wu = signed_in("wu")
    where = f"/desk/cases/{new_matter.number}/moves/accept/"
    version = version_of(new_matter.number, office, "wu")
    seen = wu.post(where, TO_ACCEPT | {"version": version, "text": "已经受理。"})
    assert seen.status_code == 200
    assert "已经受理。" in seen.content.decode()
    assert seen.context["told"].sentence.zh == "接访科受理了您的事项。"
    assert access.open_case(new_matter.number, reader=office.wu).state.id == "registered"
    done = wu.post(where, TO_ACCEPT | {"version": version, "text": "已经受理。", "step": "confirm"})
    assert done.status_code == 302
    assert access.open_case(new_matter.number, reader=office.wu).state.id == "accepted"


def test_a_reply_goes_through_every_hand(signed_in: SignedIn, office: Office, with_zhao: Matter) -> None:
    zhao = signed_in("zhao")
    where = f"/desk/cases/{with_zhao.number}/moves/reply/"
    seen = zhao.post(where, REPLY | {"version": version_of(with_zhao.number, office)})
    assert [step.id for step in seen.context["told"].stations] == ["section_head", "legal_check", "head", "number"]
    assert "<b>谢谢</b>" not in seen.content.decode()
    assert (
        zhao.post(where, REPLY | {"version": version_of(with_zhao.number, office), "step": "confirm"}).status_code
        == 302
    )
    for name in ("qian", "chen", "chu", "wei"):
        signer = signed_in(name)
        assert with_zhao.number in signer.get("/desk/queues/sign/").content.decode()
        page = signer.get(f"/desk/cases/{with_zhao.number}/sign/")
        assert page.status_code == 200
        assert "卡车已改道。" in page.content.decode()
        done = signer.post(f"/desk/cases/{with_zhao.number}/sign/", {"version": page.context["version"]})
        assert (done.status_code, done["Location"]) == (302, "/desk/")
    view = access.open_case(with_zhao.number, reader=office.zhao)
    assert view.state.id == "replied"
    assert view.answer is not None
    assert view.answer.text == "卡车已改道。\n<b>谢谢</b>"
    assert {look.purpose for look in view.looks} >= {"sign_off", "handle"}


def test_a_draft_sent_back_keeps_its_text(signed_in: SignedIn, office: Office, with_zhao: Matter) -> None:
    make_move(
        with_zhao.number, "reply", by=office.zhao, given=Given("旧的草稿", outcome="supported", legal_basis="规则")
    )
    qian = signed_in("qian")
    form = qian.get(f"/desk/cases/{with_zhao.number}/return/")
    empty = qian.post(f"/desk/cases/{with_zhao.number}/return/", {"version": form.context["version"], "text": " "})
    assert empty.status_code == 422
    done = qian.post(
        f"/desk/cases/{with_zhao.number}/return/", {"version": form.context["version"], "text": "写明日期"}
    )
    assert done.status_code == 302
    page = signed_in("zhao").get(f"/desk/cases/{with_zhao.number}/moves/reply/").content.decode()
    assert "旧的草稿" in page
    assert "写明日期" in page


@pytest.mark.parametrize("step", ["preview", "confirm"])
def test_two_officers_at_once_and_nothing_typed_is_lost(
    signed_in: SignedIn, office: Office, new_matter: Matter, step: str
) -> None:
    typed = {
        "version": version_of(new_matter.number, office, "wu"), "reason": "litigation", "route": "court",
        "legal_basis": "第三十一条", "text": "写了很久的一封信", "step": step,
    }  # fmt: skip
    make_move(new_matter.number, "inform", by=office.wu, given=Given(text="正在核实。"))
    answer = signed_in("wu").post(f"/desk/cases/{new_matter.number}/moves/decline/", typed)
    assert answer.status_code == 409
    page = answer.content.decode()
    assert "写了很久的一封信" in page
    assert "第三十一条" in page
    assert "正在核实。" in page
    assert answer.context["form"]["version"].value() == version_of(new_matter.number, office, "wu")


def test_a_case_that_has_moved_on_still_gives_the_words_back(
    signed_in: SignedIn, office: Office, with_zhao: Matter
) -> None:
    typed = REPLY | {"version": version_of(with_zhao.number, office), "step": "confirm"}
    moves.hand_over(with_zhao.number, by=office.zhao, to="zhou-post", why="下班")
    answer = signed_in("zhao").post(f"/desk/cases/{with_zhao.number}/moves/reply/", typed)
    assert answer.status_code == 404
    assert "卡车已改道。" in answer.content.decode()
    message = signed_in("zhao").post(f"/desk/cases/{with_zhao.number}/message/", {"text": "写好的留言"})
    assert message.status_code == 404
    assert "写好的留言" in message.content.decode()


def test_a_move_made_twice_is_refused_with_the_words_kept(
    signed_in: SignedIn, office: Office, new_matter: Matter
) -> None:
    wu = signed_in("wu")
    typed = TO_ACCEPT | {"version": version_of(new_matter.number, office, "wu"), "text": "受理说明", "step": "confirm"}
    assert wu.post(f"/desk/cases/{new_matter.number}/moves/accept/", typed).status_code == 302
    again = wu.post(f"/desk/cases/{new_matter.number}/moves/accept/", typed)
    assert again.status_code == 409
    assert "受理说明" in again.content.decode()


MISSING = (
    ({"text": ""}, "text"),
    ({"reason": "because"}, "reason"),
    ({"route": ""}, "route"),
    ({"text": "长" * 20_001}, "text"),
)


@pytest.mark.parametrize("step", ["preview", "confirm"])
def test_what_is_missing_stands_at_its_field(
    signed_in: SignedIn, office: Office, new_matter: Matter, step: str
) -> None:
    wu = signed_in("wu")
    typed = {
        "version": str(version_of(new_matter.number, office, "wu")), "reason": "litigation", "route": "court",
        "legal_basis": "第三十一条", "text": "信", "step": step,
    }  # fmt: skip
    for changed, field in MISSING:
        answer = wu.post(f"/desk/cases/{new_matter.number}/moves/decline/", typed | changed)
        assert answer.status_code == 422
        assert field in answer.context["form"].errors
        assert "第三十一条" in answer.content.decode()


def test_a_move_that_is_anothers_says_whose(signed_in: SignedIn, with_zhao: Matter) -> None:
    zhao = signed_in("zhao")
    assert zhao.get(f"/desk/cases/{with_zhao.number}/moves/accept/").status_code == 409
    assert zhao.get(f"/desk/cases/{with_zhao.number}/moves/no_such_move/").status_code == 404
    page = zhao.get(f"/desk/cases/{with_zhao.number}/").content.decode()
    assert "This step is for the complainant." in page


def test_only_whom_it_waits_for_signs(signed_in: SignedIn, office: Office, with_zhao: Matter) -> None:
    make_move(with_zhao.number, "reply", by=office.zhao, given=Given("草稿", outcome="supported", legal_basis="规则"))
    where = f"/desk/cases/{with_zhao.number}/sign/"
    assert signed_in("zhao").get(where).status_code == 409
    assert signed_in("zhao").post(where, {"version": "1"}).status_code == 409
    assert signed_in("chen").get(where).status_code == 404
    stale = signed_in("qian").post(where, {"version": "1"})
    assert stale.status_code == 409
    assert "草稿" in stale.content.decode()


def test_a_message_and_a_summary(signed_in: SignedIn, office: Office, with_zhao: Matter) -> None:
    zhao = signed_in("zhao")
    assert zhao.post(f"/desk/cases/{with_zhao.number}/message/", {"text": "  "}).status_code == 422
    assert zhao.post(f"/desk/cases/{with_zhao.number}/message/", {"text": "几点开始？"}).status_code == 302
    assert zhao.post(f"/desk/cases/{with_zhao.number}/summary/", {"text": "夜间卡车"}).status_code == 302
    view = access.open_case(with_zhao.number, reader=office.zhao)
    assert view.messages[-1].text == "几点开始？"
    assert view.officer_summary == "夜间卡车"
    assert view.description.startswith("柳村河边工地")


def looks(client: Client, number: str) -> str:
    return client.get(f"/desk/cases/{number}/?show=looks").content.decode()


def test_the_name_opens_for_a_reason_and_the_complainant_sees_it(
    signed_in: SignedIn, office: Office, with_zhao: Matter
) -> None:
    zhao = signed_in("zhao")
    assert "李梅" not in zhao.get(f"/desk/cases/{with_zhao.number}/").content.decode()
    assert zhao.post(f"/desk/cases/{with_zhao.number}/identity/", {"reason": ""}).status_code == 422
    opened = zhao.post(f"/desk/cases/{with_zhao.number}/identity/", {"reason": "ask_back"})
    assert opened.status_code == 200
    assert "李梅" in opened.content.decode()
    assert opened["Cache-Control"] == "no-store"
    assert "opened the sealed name" in looks(zhao, with_zhao.number)
    assert signed_in("qian").post(f"/desk/cases/{with_zhao.number}/identity/", {"reason": "ask_back"}).status_code in {
        403,
        404,
        409,
    }


def test_matters_are_handed_over_each_with_its_result(signed_in: SignedIn, office: Office, with_zhao: Matter) -> None:
    zhao = signed_in("zhao")
    assert zhao.post("/desk/hand-over/", {"to": "zhou-post", "why": "下班"}).status_code == 422
    kept = zhao.post("/desk/hand-over/", {"to": "", "why": "下班", "number": [with_zhao.number]})
    assert kept.status_code == 422
    assert "checked" in kept.content.decode()
    done = zhao.post(
        "/desk/hand-over/", {"to": "zhou-post", "why": "下班", "number": [with_zhao.number, "0000-0000-00"]}
    )
    assert [bool(each["refusal"]) for each in done.context["results"]] == [False, True]
    assert access.open_case(with_zhao.number, reader=office.zhou).responsible is not None


def test_a_stand_in_is_set_and_ended(signed_in: SignedIn, office: Office) -> None:
    qian = signed_in("qian")
    typed = {
        "post": "zhao-post", "officer": "zhou", "why": "休假", "from_on_year": "2026", "from_on_month": "11",
        "from_on_day": "1", "until_on_year": "2099", "until_on_month": "12", "until_on_day": "30",
    }  # fmt: skip
    assert qian.post("/desk/stand-ins/", typed | {"until_on_year": "2020"}).status_code == 422
    assert qian.post("/desk/stand-ins/", typed).status_code == 302
    rule = qian.get("/desk/stand-ins/").context["rules"][0]
    assert signed_in("feng").post(f"/desk/stand-ins/{rule.id}/end/").status_code == 404
    assert qian.post(f"/desk/stand-ins/{rule.id}/end/").status_code == 302
    assert list(qian.get("/desk/stand-ins/").context["rules"]) == []


def test_days_are_asked_for_and_bounded(office: Office) -> None:
    procedure = procedure_of(current_version("cn-xinfang"))
    for rule in procedure.moves.values():
        if "days" in {*rule.requires, *rule.accepts}:
            most = most_days(procedure, rule)
            form = MoveForm({"version": "1", "days": str(most + 1)}, rule=rule, procedure=procedure)
            assert "days" in form.errors
            assert str(most) in str(form["days"].help_text)
