"""The pages that take over a table: choose, see, do, go on, take the rest along."""

from __future__ import annotations

import html
import io
import re
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from openpyxl import load_workbook

from huiyin.front.desk import carried
from huiyin.record.cases.models import Case
from huiyin.record.identity.models import SealedIdentity
from tests.front.conftest import SignedIn
from tests.stages.intake.tables import HEADING, WATER, csv, order, xlsx

pytestmark = pytest.mark.django_db(databases=["default", "vault"])
WHERE = "/desk/take-over/"
CANARIES = ("张三", "000-0000-1234")


def chosen(client: Client, file: io.BytesIO, name: str = "table.xlsx", **more: str) -> Any:
    typed = {"step": "choose", "system": "12345热线", "channel": "phone"} | more
    return client.post(WHERE, typed | {"file": SimpleUploadedFile(name, file.read())})


def in_hand(answer: Any) -> dict[str, str]:
    found = re.search(r'name="table" value="([^"]+)"', answer.content.decode())
    assert found is not None
    return {"table": html.unescape(found.group(1))}


def rows_of(answer: Any) -> list[tuple[Any, ...]]:
    return list(load_workbook(io.BytesIO(answer.content)).active.iter_rows(values_only=True))


def test_from_the_file_to_the_matters(signed_in: SignedIn) -> None:
    wu = signed_in("wu")
    assert wu.get(WHERE).status_code == 200
    seen = chosen(wu, xlsx([("热线办件",), HEADING, WATER, order("7", received="3/5/2026"), order("8")], empty=300))
    page = seen.content.decode()
    assert (seen.status_code, Case.scoped.count(), SealedIdentity.objects.using("vault").count()) == (200, 0, 0)
    assert seen.context["counts"] == {"wrong": 1, "taken": 0, "register": 2, "twice": 0, "there": 0}
    assert "D4, Received there on: “3/5/2026” is not a day" in html.unescape(page)
    assert "小区停水" in page
    done = wu.post(WHERE, in_hand(seen) | {"step": "do"})
    assert done.status_code == 200
    assert done.context["counts"]["taken"] == Case.scoped.count() == 2
    for number in Case.scoped.values_list("number", flat=True):
        assert f"/desk/cases/{number}/" in done.content.decode()
    again = wu.post(WHERE, in_hand(seen) | {"step": "do"})
    assert (again.context["counts"]["there"], Case.scoped.count()) == (2, 2)


def test_no_name_stands_on_any_page_of_it(signed_in: SignedIn) -> None:
    wu = signed_in("wu")
    seen = chosen(wu, xlsx([HEADING, WATER, order("7", received="?")]))
    done = wu.post(WHERE, in_hand(seen) | {"step": "do"})
    result = wu.post(WHERE, in_hand(done) | {"step": "result"})
    shown = seen.content.decode() + done.content.decode() + str(rows_of(result))
    assert [canary for canary in CANARIES if canary in shown] == []


def test_the_columns_are_put_right_by_hand(signed_in: SignedIn) -> None:
    wu = signed_in("wu")
    seen = chosen(wu, csv([("甲", "乙", "丙"), ("1", "路灯坏了", "2026-3-5")]), "table.csv")
    assert seen.context["counts"]["register"] == 0
    assert {"number", "description"} <= set(seen.context["form"].errors)
    typed = {"step": "look", "number": "0", "description": "1", "received_on": "2"}
    looked = wu.post(WHERE, in_hand(seen) | typed)
    assert looked.context["counts"]["register"] == 1
    # what is done is what was shown: another column is shown first
    changed = wu.post(WHERE, in_hand(looked) | typed | {"step": "do", "description": "2"})
    assert (changed.context["counts"]["register"], Case.scoped.count()) == (1, 0)
    assert "2026-3-5" in changed.content.decode()
    done = wu.post(WHERE, in_hand(looked) | typed | {"step": "do"})
    assert done.context["counts"]["taken"] == 1
    assert Case.scoped.get().description == "路灯坏了"
    missing = wu.post(WHERE, in_hand(seen) | {"step": "look", "number": "0", "description": ""})
    assert missing.status_code == 422


def test_rows_to_correct_come_back_with_the_reason_and_can_be_sent_again(signed_in: SignedIn) -> None:
    wu = signed_in("wu")
    bad = order("=1+1", text="+86 的电话打不通", received="明天")
    seen = chosen(wu, csv([HEADING, WATER, bad]), "table.csv")
    table = rows_of(wu.post(WHERE, in_hand(seen) | {"step": "wrong"}))
    assert table[0][: len(HEADING)] == HEADING
    assert len(table) == 2
    assert table[1][0] == "'=1+1"
    assert "D3" in table[1][-1]
    corrected = [[*row] for row in table]
    corrected[1][3] = "2026-03-05"
    again = chosen(wu, xlsx(corrected))
    assert again.context["counts"]["register"] == 1
    wu.post(WHERE, in_hand(again) | {"step": "do"})
    case = Case.scoped.get()
    assert (case.description, case.external_references.get().number) == ("+86 的电话打不通", "=1+1")


def test_the_result_names_every_row(signed_in: SignedIn) -> None:
    wu = signed_in("wu")
    seen = chosen(wu, xlsx([HEADING, WATER, WATER, order("7", about="钱所长"), order("")]))
    done = wu.post(WHERE, in_hand(seen) | {"step": "do"})
    table = rows_of(wu.post(WHERE, in_hand(done) | {"step": "result"}))
    assert [row[0] for row in table[1:]] == [2, 3, 4, 5]
    numbers = dict(Case.scoped.values_list("external_references__number", "number"))
    assert [row[2] for row in table[1:]] == [numbers["2026030512345"], numbers["2026030512345"], numbers["7"], None]
    assert "outside" in table[3][3] and "empty" in table[4][3]


def test_a_file_that_is_no_table_says_what_to_do(signed_in: SignedIn) -> None:
    wu = signed_in("wu")
    for data, word in ((b"\xd0\xcf\x11\xe0" + bytes(99), ".xlsx"), (b"", "empty"), (b"<html>", "web page")):
        answer = chosen(wu, io.BytesIO(data), "old.xls")
        assert answer.status_code == 422
        assert word in str(answer.context["form"].errors["file"])
        assert "12345热线" in answer.content.decode()
    assert chosen(wu, xlsx([HEADING, WATER]), system=" ").status_code == 422


def test_the_table_in_the_page_is_one_officers_and_grows_old(
    signed_in: SignedIn, monkeypatch: pytest.MonkeyPatch
) -> None:
    wu, zheng = signed_in("wu"), signed_in("zheng")
    held = in_hand(chosen(wu, xlsx([HEADING, WATER])))
    assert zheng.post(WHERE, held | {"step": "do"}).status_code == 409
    assert wu.post(WHERE, {"table": held["table"][:-8] + "AAAAAAAA", "step": "do"}).status_code == 409
    assert wu.post(WHERE, {"step": "do"}).status_code == 409
    monkeypatch.setattr(carried, "OPEN_FOR", carried.OPEN_FOR * -1)
    assert wu.post(WHERE, held | {"step": "do"}).status_code == 409
    assert Case.scoped.count() == 0


def test_a_table_with_too_much_text_is_refused_before_anything_is_done(
    signed_in: SignedIn, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(carried, "LONGEST", 500)
    answer = chosen(signed_in("wu"), xlsx([HEADING, WATER, order("2"), order("3")]))
    assert answer.status_code == 422
    assert "too much" in str(answer.context["form"].errors) or "more text" in str(answer.context["form"].errors)


def test_it_is_for_registrars(signed_in: SignedIn) -> None:
    expected = {"wu": 200, "zheng": 200, "zhao": 404, "qian": 404, "chu": 404}
    assert {name: signed_in(name).get(WHERE).status_code for name in expected} == expected
