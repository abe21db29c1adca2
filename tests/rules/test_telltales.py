"""What tells who somebody is, is found; dates, amounts and numbers of matters are left alone."""

from __future__ import annotations

import datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from huiyin.rules.receipt import make_case_number, make_code
from huiyin.rules.telltales import MOST, Telltale, gap, is_id_number, take_out, telltales

ID = "11010519491231002X"  # the example of the standard GB 11643


def found(text: str) -> list[tuple[str, str]]:
    return [(each.kind, text[each.start : each.end]) for each in telltales(text)]


@pytest.mark.parametrize(
    ("text", "kind", "words"),
    [
        (f"我的身份证是{ID}，请查。", "id_number", ID),
        ("身份证 110105 19491231 002X", "id_number", "110105 19491231 002X"),
        ("身份证１１０１０５１９４９１２３１００２Ｘ", "id_number", "１１０１０５１９４９１２３１００２Ｘ"),
        ("请打13812345678找我", "phone", "13812345678"),
        ("请打138-1234-5678。", "phone", "138-1234-5678"),
        ("+86 138 1234 5678", "phone", "+86 138 1234 5678"),
        ("单位电话0571-87654321转3", "phone", "0571-87654321"),
        ("电话：87654321", "phone", "87654321"),
        ("Ring me on 07700 900123 please", "phone", "07700 900123"),
        ("my phone is 020 7946 0018", "phone", "020 7946 0018"),
        ("call me at +91 98765 43210.", "phone", "+91 98765 43210"),
        ("肇事车是浙A·12345，白色", "plate", "浙A·12345"),
        ("新能源车粤BD12345停在门口", "plate", "粤BD12345"),
        ("A van, AB12 CDE, blocks the road", "plate", "AB12 CDE"),
        ("我住在人民路25号", "address", "人民路25号"),
        ("阳光小区3栋2单元501室漏水", "address", "阳光小区3栋2单元501室"),
        ("I live at 12 Station Road and hear it", "address", "12 Station Road"),
        ("It is in Flat 4, 12 Station Road.", "address", "Flat 4, 12 Station Road"),
    ],
)
def test_what_tells_who_somebody_is_is_found(text: str, kind: str, words: str) -> None:
    assert found(text) == [(kind, words)]


@pytest.mark.parametrize(
    "text",
    [
        "人民路25号的工地每天夜里施工",  # a place that is complained about, nobody's home
        "110105194912310021",  # the check character is wrong
        "合同编号2024050612345678901",
        "他们收了13800000000元",
        "收费1,380.50元，2024年5月6日至2025-01-02",
        "工程款 18612345678.50",
        "12345热线和110都打过了",
        "The fee is 12,345.67 on 6 May 2024 at 10:30, room 12.",
        "Order 1234567890123456, version 3.11.2",
        "电话打了20240506那天",
        "依据《信访工作条例》第二十二条第3款",
    ],
)
def test_what_tells_nothing_is_left_alone(text: str) -> None:
    assert found(text) == []


@given(st.integers(0, 10**9 - 1), st.sampled_from(["{}", "编号{}", "编号 {} 的事", "matter {}.", "No. {}, please"]))
def test_the_number_of_a_matter_is_never_taken_for_a_phone(digits: int, around: str) -> None:
    assert found(around.format(make_case_number(f"{digits:09d}"))) == []


@given(st.integers(0, 10**18 - 1))
def test_a_receipt_code_is_never_taken_for_anything(digits: int) -> None:
    code = make_code(f"{digits:018d}")
    assert found(f"查询码 {code} 。") == []
    assert found(f"查询码 {code.replace(' ', '')} 。") == []


@given(
    st.dates(datetime.date(1900, 1, 1)),
    st.sampled_from(["%Y-%m-%d", "%Y年%m月%d日", "%Y/%m/%d", "%Y.%m.%d", "%Y%m%d", "%d-%m-%Y", "%d/%m/%Y"]),
)
def test_a_date_is_never_taken_for_anything(day: datetime.date, form: str) -> None:
    written = day.strftime(form)
    assert found(f"从{written}起，电话 {written}") == []
    assert found(f"since {written} until {written}") == []


@given(
    st.decimals(0, 10**11, places=2), st.sampled_from(["{}元", "¥{}", "RMB {}元", "{} yuan", "£{}", "{:,}元", "￥{:,}"])
)
def test_an_amount_is_never_taken_for_anything(amount: object, form: str) -> None:
    assert found(f"他们收了{form.format(amount)}。") == []


@given(st.text(max_size=300), st.lists(st.sampled_from([ID, "13812345678", "浙A12345"]), max_size=3))
def test_places_lie_in_the_text_in_order_and_never_over_each_other(text: str, more: list[str]) -> None:
    whole = " ".join([text, *more])
    places = telltales(whole)
    assert len(places) <= MOST
    last = 0
    for each in places:
        assert last <= each.start < each.end <= len(whole)
        last = each.end


@given(st.text(max_size=100), st.text(max_size=100), st.booleans())
def test_what_is_taken_out_stands_no_longer_there_and_the_rest_is_as_typed(a: str, b: str, is_kept: bool) -> None:
    text = f"{a} 13812345678 {b}"
    at = len(a) + 1
    taken = take_out(text, [Telltale("phone", at, at + 11)], is_kept=is_kept, limit=1000)
    assert taken.words == (("phone", "13812345678"),)
    language = "zh" if any("\u4e00" <= sign <= "\u9fff" for sign in text) else "en"
    assert taken.text == f"{a} {gap('phone', language, is_kept=is_kept)} {b}"


@given(st.integers(0, 20))
def test_a_gap_never_makes_a_text_longer_than_it_may_be(spare: int) -> None:
    text = "字" * 100 + "13812345678"
    taken = take_out(text, telltales(text), is_kept=True, limit=len(text) + spare)
    assert len(taken.text) <= len(text) + spare


def test_only_a_real_day_and_the_right_check_make_an_id_number() -> None:
    assert is_id_number(ID)
    assert not is_id_number("110105194913310028")
    assert not any(is_id_number(ID[:17] + sign) for sign in "0123456789")
