"""Chief Qian is complained about: he and his unit find nothing, anywhere, and can do nothing."""

from __future__ import annotations

import pytest
from django.test import Client

from huiyin.record.cases.lists import queries
from tests.cast import Office
from tests.front.conftest import SignedIn
from tests.front.desk.conftest import Matter

pytestmark = pytest.mark.django_db(databases=["default", "vault"])
LISTS = ("", *(f"queues/{name}/" for name in queries.QUEUES), "search/?q=态度", "hand-over/")


def pages(client: Client, number: str) -> str:
    found = [client.get(f"/desk/{address}").content.decode() for address in LISTS]
    found.append(client.get("/desk/search/", {"q": number}).content.decode())
    return "\n".join(found)


def test_they_find_it_in_no_list_and_no_search(signed_in: SignedIn, about_qian: Matter) -> None:
    for name in ("qian", "zhao", "zhou"):
        shown = pages(signed_in(name), about_qian.number)
        assert "所长态度恶劣" not in shown
        assert f"cases/{about_qian.number}" not in shown


def test_no_count_grows_by_it(office: Office, about_qian: Matter) -> None:
    assert set(queries.counts(office.qian).values()) == {0}
    assert queries.counts(office.zheng)["new"] == 1


def test_the_registrar_outside_finds_it(signed_in: SignedIn, about_qian: Matter) -> None:
    assert "所长态度恶劣" in signed_in("zheng").get("/desk/").content.decode()


def test_they_can_do_nothing(signed_in: SignedIn, about_qian: Matter) -> None:
    typed = {"text": "x", "version": "1", "step": "confirm", "reason": "ask_back", "description": "x"}
    deeds = ("moves/accept/", "message/", "summary/", "complete/", "sign/", "return/", "identity/",
             "moves/accept/letter/", "letters/1/service/")  # fmt: skip
    qian = signed_in("qian")
    found = {each: qian.post(f"/desk/cases/{about_qian.number}/{each}", typed).status_code for each in deeds}
    assert found == dict.fromkeys(deeds, 404)


def test_by_phone_they_learn_nothing_either(signed_in: SignedIn, about_qian: Matter) -> None:
    word = signed_in("zheng").get(f"/desk/slip/{about_qian.number}/").context["kept"]["status_word"]
    answer = signed_in("qian").post("/desk/enquiry/", {"number": about_qian.number, "word": word.zh})
    assert answer.status_code == 404
    assert answer.context["told"] is None


def test_colleagues_see_number_stage_and_clock_alone(signed_in: SignedIn, with_zhao: Matter) -> None:
    shown = signed_in("zhou").get("/desk/queues/unit/").content.decode()
    assert with_zhao.number in shown
    assert "夜间卡车轰鸣" not in shown
    assert f"cases/{with_zhao.number}" not in shown
    assert "Zhao Min" not in shown
