"""The mediator's form of an agreement begins as its kind of dispute wants it, and nothing typed is lost."""

from __future__ import annotations

from typing import Any

import pytest
from django.test import Client

from huiyin.stages.mediation import agreements, seats
from huiyin.stages.mediation.agreements import Draft, TermGiven
from tests.cast import Office
from tests.mediating import Table, begun, make_table_office, table
from tests.stages.mediation.test_at_the_table import in_days

pytestmark = pytest.mark.django_db(transaction=True, databases=["default", "vault"])
WAGES, NEIGHBOURS = "约定每天______元", "保持安静"


def _desk(kind: str) -> tuple[Office, Table, Client, str]:
    office = make_table_office()
    at = begun(table(kind=kind), office)
    client = Client(headers={"accept-language": "zh"})
    client.force_login(office.account("lan"))
    return office, at, client, f"/desk/cases/{at.number}/room/agreement/"


def _page(client: Client, address: str, **typed: Any) -> str:
    answer = client.post(address, typed) if typed else client.get(address)
    assert answer.status_code == 200, answer.status_code
    return answer.content.decode()


def test_the_kind_of_the_dispute_is_taken_and_the_mediator_may_take_another() -> None:
    _office, _at, client, address = _desk("wages")
    assert "约定一天或者一月多少" in _page(client, address)
    other = _page(client, f"{address}?kind=neighbours")
    assert "几点到几点安静" in other and "约定一天或者一月多少" not in other
    assert "约定一天或者一月多少" in _page(client, f"{address}?kind=nothing")


def test_sentences_to_begin_with_stand_where_nothing_was_typed_and_nowhere_else() -> None:
    _office, at, client, address = _desk("wages")
    typed = {
        "do": "suggest",
        "facts": "自己写的事实",
        "text_2": "自己写的一项",
        "due_on_2_year": "2030",
        "is_partial": "on",
    }
    page = _page(client, address, **typed)
    assert "自己写的事实" in page and WAGES not in page
    assert "还欠工资______元" in page and "支付第一期工资" in page
    assert "自己写的一项" in page and 'value="2030"' in page
    assert agreements.agreements_of(seats.read_by_office(at.number, _office.lan)) == (), "nothing is kept by asking"
    assert NEIGHBOURS in _page(client, f"{address}?kind=neighbours", do="suggest")


def test_words_to_look_at_twice_and_a_blank_are_shown_and_refuse_nothing() -> None:
    office, at, client, address = _desk("wages")
    term = TermGiven("本人放弃社保，付______元", in_days(9), 2)
    agreements.draft(at.number, Draft("干了活。", "没有付。", "老板付。", "转账。", (term,)), by=office.lan)
    page = _page(client, address)
    assert "社会保险依法应当参加" in page and "横线" in page
    agreements.read_out(at.number, by=office.lan)
    assert "社会保险依法应当参加" not in _page(client, f"{address}?kind=debt")


def test_another_kind_stays_taken_when_a_draft_was_kept() -> None:
    office, at, client, address = _desk("other")
    typed = {
        "do": "draft",
        "facts": "一",
        "issues": "二",
        "responsibility": "三",
        "manner": "四",
        "not_confirmable": "",
    }
    answer = client.post(f"{address}?kind=debt", typed)
    assert answer.status_code == 303 and answer["Location"] == f"{address}?kind=debt"
    (view,) = agreements.agreements_of(seats.read_by_office(at.number, office.lan))
    assert view.facts == "一"
    refused = client.post(f"{address}?kind=debt", typed | {"facts": "保证不上访"})
    assert refused.status_code == 422 and "保证不上访" in refused.content.decode()
