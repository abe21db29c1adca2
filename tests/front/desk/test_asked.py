"""What complainants ask of a post: in its queue, answered on one page, seen by nobody else."""

from __future__ import annotations

import pytest

from huiyin.record.cases.codes import receipts
from huiyin.record.cases.deeds import looking, pressure, withdrawing
from huiyin.record.cases.models import Ask
from huiyin.record.cases.opening import access
from tests.cast import Office
from tests.front.conftest import SignedIn
from tests.front.desk.conftest import Matter

pytestmark = pytest.mark.django_db(databases=["default", "vault"])
PAPER = {"signed_on_year": "2026", "signed_on_month": "3", "signed_on_day": "1", "kept_at": "folder 3"}


def holder_of(matter: Matter) -> receipts.Holder:
    return access.open_receipt(matter.number, matter.code, source="here")


def test_a_question_about_a_look_is_answered_from_the_queue(
    signed_in: SignedIn, office: Office, with_zhao: Matter
) -> None:
    access.open_case(with_zhao.number, reader=office.zhao)
    holder = holder_of(with_zhao)
    seq = next(look.seq for look in access.open_as_complainant(holder).looks if look.name.en == "Zhao Min")
    key = looking.ask_about_look(holder, seq, text="为什么看？")
    where, zhao = f"/desk/asked/{with_zhao.number}/{key}/", signed_in("zhao")
    queue = zhao.get("/desk/queues/asked/").content.decode()
    assert where in queue
    assert "Say why the matter was opened" in queue
    assert "为什么看？" in zhao.get(where).content.decode()
    assert zhao.post(where, {"text": " "}).status_code == 422
    for other in ("zhou", "qian", "wu", "zheng"):
        assert signed_in(other).get(where).status_code == 404
        assert signed_in(other).post(where, {"text": "x"}).status_code == 404
    assert zhao.post(where, {"text": "我负责。"}).status_code == 302
    assert where not in zhao.get("/desk/queues/asked/").content.decode()
    assert "我负责。" in zhao.get(where).content.decode()
    again = zhao.post(where, {"text": "又一次，写了很久"})
    assert again.status_code == 409
    assert Ask.objects.get().answer == "我负责。"


def test_a_withdrawal_is_confirmed_outside_with_a_choice(signed_in: SignedIn, with_zhao: Matter) -> None:
    key = withdrawing.ask_to_withdraw(holder_of(with_zhao), text="够了。")
    where, zheng = f"/desk/asked/{with_zhao.number}/{key}/", signed_in("zheng")
    page = zheng.get(where).content.decode()
    assert "够了。" in page
    assert f"/desk/cases/{with_zhao.number}/" in page, "the desk may read the matter"
    assert zheng.post(where, {"text": "核实过。"}).status_code == 422
    assert zheng.post(where, {"text": "核实过。", "outcome": "confirmed"}).status_code == 302
    assert Ask.objects.get().outcome == "confirmed"
    shown = signed_in("zhao").get(f"/desk/cases/{with_zhao.number}/").content.decode()
    assert "withdraw" not in shown.lower()


def test_a_paper_is_recorded_at_a_desk_outside_alone(signed_in: SignedIn, with_zhao: Matter) -> None:
    where = "/desk/paper-withdrawal/"
    for name, status in (("zhao", 404), ("wu", 404), ("qian", 404), ("zheng", 200)):
        assert signed_in(name).get(where).status_code == status
    zheng = signed_in("zheng")
    assert zheng.post(where, PAPER | {"number": "1234-5678-95"}).status_code == 404
    assert zheng.post(where, PAPER | {"number": with_zhao.number}).status_code == 302
    assert Ask.objects.get().paper_at == "folder 3"
    assert zheng.get(f"/desk/asked/{with_zhao.number}/1/").status_code == 404, "somebody else confirms it"


def test_a_report_of_pressure_says_so_on_the_desk_outside(signed_in: SignedIn, with_zhao: Matter) -> None:
    made = pressure.report_pressure(holder_of(with_zhao), text="有人催我。")
    page = signed_in("zheng").get(f"/desk/cases/{made}/").content.decode()
    assert "A report of pressure" in page
    assert f'href="/desk/cases/{with_zhao.number}/"' in page
    assert signed_in("zhao").get(f"/desk/cases/{made}/").status_code == 404
    assert made not in signed_in("zhao").get(f"/desk/cases/{with_zhao.number}/").content.decode()


def test_an_officer_steps_aside_and_it_is_gone(signed_in: SignedIn, with_zhao: Matter) -> None:
    where, zhao = f"/desk/cases/{with_zhao.number}/step-aside/", signed_in("zhao")
    assert where in zhao.get(f"/desk/cases/{with_zhao.number}/").content.decode()
    assert zhao.get(where).status_code == 200
    assert zhao.post(where, {}).status_code == 422
    assert zhao.post(where, {"tie": "relative"}).status_code == 302
    for address in (where, f"/desk/cases/{with_zhao.number}/"):
        assert zhao.get(address).status_code == 404
    assert with_zhao.number not in zhao.get("/desk/").content.decode()
    assert with_zhao.number in signed_in("qian").get("/desk/").content.decode()


def test_only_the_desk_outside_is_offered_to_name_somebody(
    signed_in: SignedIn, with_zhao: Matter, about_qian: Matter
) -> None:
    assert signed_in("zhao").get(f"/desk/cases/{with_zhao.number}/about/").status_code == 404
    where, zheng = f"/desk/cases/{about_qian.number}/about/", signed_in("zheng")
    assert where in zheng.get(f"/desk/cases/{about_qian.number}/").content.decode()
    assert zheng.post(where, {}).status_code == 422
    assert zheng.post(where, {"about_unit": "hill"}).status_code == 302
    assert "Hill station" in zheng.get(f"/desk/cases/{about_qian.number}/").content.decode()
