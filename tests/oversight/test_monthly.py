"""The monthly report: whose, of which month, with what withheld; and as a file."""

from __future__ import annotations

import csv
import datetime
import io
from dataclasses import replace

import pytest
from django.test import Client
from openpyxl import load_workbook

from huiyin.oversight.statistics.monthly import FIGURES, Month, bodies_of, current_month, months, report
from huiyin.record import clock
from huiyin.record.bodies.models import Post
from huiyin.record.cases.given import Given
from huiyin.record.cases.moving import moves
from huiyin.rules.refusal import Refusal
from huiyin.stages.intake.actions import file_complaint
from tests.cast import Office, against_qian, complaint, make_move, make_office

pytestmark = pytest.mark.django_db(databases=["default", "vault"])
WHERE = "/desk/report/"


@pytest.fixture
def office(db: None) -> Office:
    return make_office()


def signed_in(office: Office, name: str) -> Client:
    client = Client(headers={"accept-language": "en"})
    client.force_login(office.account(name))
    return client


def this_month() -> Month:
    return current_month("Asia/Shanghai")


def file_some(count: int, **changes: object) -> list[str]:
    return [file_complaint(complaint(**changes), key=None, digest=f"{n}").case_number for n in range(count)]


def test_one_reports_on_the_own_body_and_those_below(office: Office) -> None:
    assert [body.code for body in bodies_of(office.he)] == ["letters"]
    assert [body.code for body in bodies_of(office.shen)] == ["city-police", "police"]
    assert [body.code for body in bodies_of(office.han)] == ["city-letters", "letters"]
    assert bodies_of(office.wu) == bodies_of(office.qian) == []
    with pytest.raises(Refusal) as refused:
        report("police", this_month(), reader=office.he)
    assert refused.value.code == "not_found"


def test_the_figures_of_an_answered_and_a_declined_matter(office: Office) -> None:
    answered, declined, waiting = file_some(3)
    make_move(answered, "accept", by=office.wu)
    make_move(answered, "assign", by=office.wu, given=Given(to="zhao-post"))
    reply = Given(text="已处理。", outcome="supported", legal_basis="规则")
    make_move(answered, "reply", by=office.zhao, given=reply)
    for signer in (office.qian, office.chen, office.chu, office.wei):
        moves.sign(answered, by=signer)
    no = Given(text="请走诉讼。", reason="litigation", route="court", legal_basis="第三十一条")
    make_move(declined, "decline", by=office.wu, given=no)
    here, there = (
        report(code, this_month(), reader=getattr(office, who)) for code, who in (("letters", "he"), ("police", "chu"))
    )
    expected = dict.fromkeys(FIGURES, 0)
    assert here.figures == expected | {
        "received": 3, "left": 1, "accepted": 1, "declined": 1, "in_time": 1, "ended": 1, "open_at_end": 1,
    }  # fmt: skip
    assert there.figures == expected | {"came": 1, "answered": 1, "in_time": 1, "open_at_end": 1}
    assert (there.on_time.part, there.on_time.whole, there.on_time.percent) == (1, 1, None)
    assert waiting


def test_a_breakdown_of_few_is_withheld_and_of_many_shown(office: Office) -> None:
    file_some(4)
    found = report("letters", this_month(), reader=office.he)
    assert (found.channels.total, found.channels.parts) == (4, None)
    file_some(11)
    found = report("letters", this_month(), reader=office.he)
    assert found.channels.parts == {"web": 15}
    page = signed_in(office, "he").get(WHERE, {"month": this_month().name}).content.decode()
    assert "online" in page and "Noise" in page


def test_what_concerns_staff_is_for_the_supervisor_and_not_for_whom_it_names(office: Office) -> None:
    for number in range(11):
        file_complaint(against_qian(), key=None, digest=f"{number}")
    Post.objects.filter(code="zheng-post").update(roles=["registrar", "supervisor"])
    Post.objects.filter(code="qian-post").update(roles=["unit_head", "supervisor", "body_head"])
    head = report("letters", this_month(), reader=office.he)
    assert (head.figures["received"], head.has_restricted, head.restricted) == (0, False, 0)
    outside = report("letters", this_month(), reader=office.zheng)
    assert (outside.figures["received"], outside.has_restricted, outside.restricted) == (0, True, 10)
    named = report("police", this_month(), reader=office.qian)
    assert (named.has_restricted, named.restricted) == (True, 0)
    page = signed_in(office, "he").get(WHERE, {"month": this_month().name}).content.decode()
    assert "supervising level alone" not in page
    shown = signed_in(office, "zheng").get(WHERE, {"month": this_month().name}).content.decode()
    assert "supervising level alone" in shown


def test_who_gets_the_page(office: Office) -> None:
    Post.objects.filter(code="wei-post").update(roles=["administrator"])
    expected = {"he": 200, "chu": 200, "han": 200, "wei": 200, "wu": 404, "zhao": 404, "qian": 404, "zheng": 404}
    assert {name: signed_in(office, name).get(WHERE).status_code for name in expected} == expected
    he = signed_in(office, "he")
    for wrong in ({"body": "police"}, {"body": "nowhere"}, {"month": "2026-13"}, {"month": "1999-01"}, {"as": "pdf"}):
        assert he.get(WHERE, wrong).status_code == 404
    assert Client().get(WHERE).status_code == 302


def test_it_is_taken_along_as_a_table(office: Office) -> None:
    file_some(12, category="")
    he = signed_in(office, "he")
    asked = {"body": "letters", "month": this_month().name}
    sheet = load_workbook(io.BytesIO(he.get(WHERE, asked | {"as": "xlsx"}).content)).active
    text = he.get(WHERE, asked | {"as": "csv"}).content.decode("utf-8-sig")
    from_xlsx = [[str(cell) for cell in row if cell is not None] for row in sheet.iter_rows(values_only=True)]
    from_csv = [[cell for cell in row if cell] for row in csv.reader(io.StringIO(text))]
    assert from_xlsx == from_csv
    values = {row[1]: row[2] for row in from_csv if len(row) > 2}
    assert values["Received"] == "12"
    assert values["online"] == "10"
    assert values["no category yet"] == "10"
    assert "County letters office" in text


def test_the_last_month_that_is_over_comes_first(office: Office) -> None:
    with clock.story(datetime.datetime(2026, 3, 15, 4, tzinfo=datetime.UTC)):
        page = signed_in(office, "he").get(WHERE)
        month = page.context["report"].month
        assert (month.name, month.last, month.is_over) == ("2026-02", datetime.date(2026, 2, 28), True)
        running = this_month()
        assert (running.last, running.is_over) == (datetime.date(2026, 3, 15), False)
        assert [each.name for each in months(running.today, 4)] == ["2026-03", "2026-02", "2026-01", "2025-12"]
        assert replace(running, today=datetime.date(2027, 1, 1)).last == datetime.date(2026, 3, 31)
