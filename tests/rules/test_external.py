"""Numbers of other systems: one spelling, and never a key to a person."""

from __future__ import annotations

import datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from huiyin.rules.external import is_personal, matter_number, system_name, written
from huiyin.rules.refusal import Refusal

WEIGHTS = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)
LETTERS = "ABCDEFGHJKLMNPQRSTUVWXYZ0123456789-"
DAYS = st.dates(datetime.date(1930, 1, 1), datetime.date(2020, 12, 31))
BLANKS = st.sampled_from(["", "", " ", "\t", "\u3000", "\u200b", "\ufeff", "\u00a0"])


def identity_number(area: str, born: datetime.date, order: str) -> str:
    """Worked out here again, by the standard (GB 11643)."""
    digits = f"{area}{born:%Y%m%d}{order}"
    rest = sum(int(digit) * weight for digit, weight in zip(digits, WEIGHTS, strict=True)) % 11
    return digits + "10X98765432"[rest]


@given(st.text(LETTERS, min_size=1, max_size=20), st.data())
def test_a_number_is_one_however_it_is_typed(number: str, data: st.DataObject) -> None:
    wide = {ord(letter): ord(letter) + 0xFEE0 for letter in LETTERS}
    typed = "".join(
        data.draw(BLANKS) + (letter.translate(wide) if data.draw(st.booleans()) else letter) for letter in number
    )
    assert written(typed) == number


@given(st.from_regex(r"[1-8]\d{5}", fullmatch=True), DAYS, st.from_regex(r"\d{3}", fullmatch=True))
def test_no_identity_number_is_a_matter_number(area: str, born: datetime.date, order: str) -> None:
    number = identity_number(area, born, order)
    for typed in (number, number.lower(), f"{number[:6]} {number[6:14]} {number[14:]}", number[:6] + "-" + number[6:]):
        with pytest.raises(Refusal) as refused:
            matter_number(typed)
        assert refused.value.code == "external_personal"


@given(st.from_regex(r"1[3-9]\d{9}", fullmatch=True), st.sampled_from(["", "+86", "86", "(+86)"]))
def test_no_mobile_number_is_a_matter_number(number: str, before: str) -> None:
    assert is_personal(written(before + number))
    assert is_personal(written(f"{before} {number[:3]}-{number[3:7]}-{number[7:]}"))


@pytest.mark.parametrize(
    "number", ["2026030512345", "XF-2026-000123", "20260305123456789", "202603051234567890", "JB〔2026〕12号"]
)
def test_numbers_of_hotlines_and_platforms_are_taken(number: str) -> None:
    assert matter_number(number)


def test_too_long_and_empty_are_refused() -> None:
    for typed, code in (("", "empty"), (" \u200b\t", "empty"), ("9" * 61, "too_long")):
        with pytest.raises(Refusal) as refused:
            matter_number(typed)
        assert refused.value.code == code
    with pytest.raises(Refusal):
        system_name("\u3000")
    assert system_name(" 市\u200b12345\u3000 热线 ") == "市12345 热线"
