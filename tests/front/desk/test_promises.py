"""Promises on the desk: written with the answer, kept in a queue, said to be done, and never lost while typed."""

from __future__ import annotations

import datetime
from typing import Any

import pytest
from django.test import Client

from huiyin.record import clock
from huiyin.record.cases.deeds import duties
from huiyin.record.cases.given import Given
from huiyin.record.cases.models import Duty
from huiyin.record.cases.moving import moves
from huiyin.record.cases.opening import access
from huiyin.rules import duties as rule
from tests.cast import Office, make_move
from tests.front.conftest import SignedIn
from tests.front.desk.conftest import TO_REPLY, Matter

pytestmark = pytest.mark.django_db(databases=["default", "vault"])
REPLY = {"outcome": "supported", "text": "卡车已改道。", "legal_basis": "本县公开的办理规则"} | TO_REPLY


def in_days(count: int) -> datetime.date:
    return clock.today("Asia/Shanghai") + datetime.timedelta(days=count)


def line(number: int, kind: str, day: datetime.date | None, text: str) -> dict[str, str]:
    """One line of the form, as a browser sends it."""
    boxes = {part: str(getattr(day, part)) if day else "" for part in ("year", "month", "day")}
    days = {f"duty_due_on_{number}_{part}": value for part, value in boxes.items()}
    return {f"duty_kind_{number}": kind, f"duty_text_{number}": text} | days


def reply(client: Client, matter: Matter, office: Office, **typed: Any) -> Any:
    version = access.open_case(matter.number, reader=office.zhao).version
    return client.post(f"/desk/cases/{matter.number}/moves/reply/", REPLY | {"version": version} | typed)


def hidden(page: Any) -> dict[str, str]:
    """What the page of the preview carries on."""
    return {bound.html_name: str(bound.value() or "") for bound in page.context["form"]}


@pytest.fixture
def promised(office: Office, with_zhao: Matter) -> Matter:
    """Zhao's answer is out: a repair in ten days, and another look in a hundred."""
    written = rule.written(
        [
            rule.Duty("repair", in_days(10), "修好河边的隔音墙。"),
            rule.Duty(rule.LOOK_AGAIN, in_days(100), "河堤还没有完工。"),
        ]
    )
    given = Given("已处理。", outcome="supported", legal_basis="规则", duties=written)
    make_move(with_zhao.number, "reply", by=office.zhao, given=given)
    for signer in (office.qian, office.chen, office.chu, office.wei):
        moves.sign(with_zhao.number, by=signer)
    return with_zhao


def test_an_answer_promises_what_its_form_says(signed_in: SignedIn, office: Office, with_zhao: Matter) -> None:
    zhao = signed_in("zhao")
    typed = line(0, "", None, "") | line(1, "payment", in_days(20), "退还三百元。")
    seen = reply(zhao, with_zhao, office, **typed)
    assert [(name.en, each.text) for name, each in seen.context["told"].promised] == [("A payment", "退还三百元。")]
    done = zhao.post(f"/desk/cases/{with_zhao.number}/moves/reply/", hidden(seen) | {"step": "confirm"})
    assert done.status_code == 302
    assert "退还三百元。" in signed_in("qian").get(f"/desk/cases/{with_zhao.number}/sign/").content.decode()
    moves.return_draft(with_zhao.number, by=office.qian, note="再早几天。")
    again = zhao.get(f"/desk/cases/{with_zhao.number}/moves/reply/")
    assert again.context["form"]["duty_text_0"].value() == "退还三百元。"
    assert again.context["form"]["duty_due_on_0"].value() == in_days(20)


def test_more_lines_keep_everything_typed_and_judge_nothing(
    signed_in: SignedIn, office: Office, with_zhao: Matter
) -> None:
    zhao = signed_in("zhao")
    typed = {"text": "写了一半", "outcome": ""} | line(0, "repair", None, "修墙") | {"duty_due_on_0_day": "7"}
    page = reply(zhao, with_zhao, office, step="lines", **typed)
    assert page.status_code == 200
    form = page.context["form"]
    assert len(form.promise_lines) == 6
    assert (form["text"].value(), form["duty_text_0"].value()) == ("写了一半", "修墙")
    assert 'value="7"' in str(page.content.decode())
    assert not form.errors
    typed["duty_lines"] = "6"
    assert len(reply(zhao, with_zhao, office, step="lines", **typed).context["form"].promise_lines) == 9
    typed["duty_lines"] = "99"
    last = reply(zhao, with_zhao, office, step="lines", **typed).context["form"]
    assert len(last.promise_lines) == 10
    assert not last.may_have_more


WRONG = (
    (line(1, "payment", None, "退还三百元。"), "duty_due_on_1"),
    (line(1, "", datetime.date(2999, 1, 1), "退还三百元。"), "duty_kind_1"),
    (line(1, "payment", datetime.date(2020, 1, 1), "退还三百元。"), "duty_due_on_1"),
    (line(1, "payment", datetime.date(2999, 1, 1), "退还三百元。"), "duty_due_on_1"),
    (line(2, "payment", datetime.date(2999, 1, 1), " "), "duty_text_2"),
    (line(1, "bribe", datetime.date(2999, 1, 1), "退还三百元。"), "duty_kind_1"),
)


@pytest.mark.parametrize("step", ["preview", "confirm"])
@pytest.mark.parametrize(("typed", "field"), WRONG)
def test_what_is_wrong_stands_at_its_line(
    signed_in: SignedIn, office: Office, with_zhao: Matter, step: str, typed: dict[str, str], field: str
) -> None:
    answer = reply(signed_in("zhao"), with_zhao, office, step=step, **typed)
    assert answer.status_code == 422
    assert field in answer.context["form"].errors
    assert "卡车已改道。" in answer.content.decode()
    assert Duty.objects.count() == 0


def test_who_says_no_promises_nothing(signed_in: SignedIn, office: Office, with_zhao: Matter) -> None:
    typed = line(0, "payment", in_days(9), "退还三百元。") | {"outcome": "not_supported"}
    answer = reply(signed_in("zhao"), with_zhao, office, **typed)
    assert answer.status_code == 422
    assert "duty_kind_0" in answer.context["form"].errors


def test_a_step_that_decides_nothing_has_no_lines(signed_in: SignedIn, new_matter: Matter) -> None:
    page = signed_in("wu").get(f"/desk/cases/{new_matter.number}/moves/decline/")
    assert page.context["form"].promise_lines == []


def test_promises_stand_in_a_queue_until_they_are_said_to_be_done(
    signed_in: SignedIn, office: Office, promised: Matter
) -> None:
    zhao = signed_in("zhao")
    assert "Promises to keep" in zhao.get("/desk/").content.decode()
    page = zhao.get("/desk/queues/promises/").content.decode()
    assert page.count(promised.number) >= 2
    assert "修好河边的隔音墙。" in page
    assert "A repair" in page
    case = zhao.get(f"/desk/cases/{promised.number}/").content.decode()
    assert f"/desk/cases/{promised.number}/duties/1/done/" in case
    assert f"/desk/cases/{promised.number}/duties/1/later/" not in case
    assert f"/desk/cases/{promised.number}/duties/2/later/" in case
    where = f"/desk/cases/{promised.number}/duties/1/done/"
    assert zhao.get(where).status_code == 200
    assert zhao.post(where, {"text": " "}).status_code == 422
    assert zhao.post(where, {"text": "墙修好了。"}).status_code == 302
    again = zhao.post(where, {"text": "又写了一遍。"})
    assert again.status_code == 409
    assert "又写了一遍。" in again.content.decode()
    assert zhao.get(where).status_code == 409
    assert "修好河边的隔音墙。" not in zhao.get("/desk/queues/promises/").content.decode()
    assert "墙修好了。" in zhao.get(f"/desk/cases/{promised.number}/print/").content.decode()


def test_another_day_to_look_again(signed_in: SignedIn, promised: Matter) -> None:
    zhao, where = signed_in("zhao"), f"/desk/cases/{promised.number}/duties/2/later/"
    day = in_days(200)
    typed = {"text": "河堤延期。"} | {f"due_on_{part}": str(getattr(day, part)) for part in ("year", "month", "day")}
    past = zhao.post(where, typed | {"due_on_year": "2020"})
    assert past.status_code == 422
    assert "due_on" in past.context["form"].errors
    assert "河堤延期。" in past.content.decode()
    assert zhao.post(where, typed).status_code == 302
    assert Duty.objects.get(number=2).due_on == day


def test_who_gets_the_page_of_a_promise(signed_in: SignedIn, office: Office, promised: Matter) -> None:
    where = f"/desk/cases/{promised.number}/duties/1/done/"
    expected = {"zhao": 200, "qian": 200, "feng": 404, "wu": 404, "zhou": 404, "chen": 404, "sun": 404}
    assert {name: signed_in(name).get(where).status_code for name in expected} == expected
    zhao = signed_in("zhao")
    for nothing in ("duties/9/done/", "duties/1/forget/", "duties/0/done/"):
        assert zhao.get(f"/desk/cases/{promised.number}/{nothing}").status_code == 404
    assert zhao.get(f"/desk/cases/{promised.number}/duties/1/found/").status_code == 409
    lost = signed_in("feng").post(where, {"text": "写好的话"})
    assert lost.status_code == 404
    assert "写好的话" in lost.content.decode()


def test_the_case_tells_what_the_complainant_said(signed_in: SignedIn, office: Office, promised: Matter) -> None:
    duties.say_done(promised.number, 1, by=office.zhao, text="墙修好了。")
    holder = access.open_receipt(promised.number, promised.code, source="here")
    duties.deny_done(holder, 1, text="只修了一半。")
    page = signed_in("zhao").get(f"/desk/cases/{promised.number}/").content.decode()
    assert "只修了一半。" in page
    assert "The complainant says it is not done" in page
