"""Search tokens: what the text contains is found, what it does not contain is not."""

import re

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from huiyin.rules.bigrams import encode, index_terms, matches, normalise, query_tokens, tokens
from huiyin.rules.refusal import Refusal

MIXED = st.text(
    st.sampled_from("夜间噪音反映，。！ \n\t\u3000ABab１２3456789ÄßﬁÉ\u0301\u200b\ufe0f😀𠮷हिन्दीⅣ㈱")
    | st.characters(codec="utf-8"),
    max_size=60,
)


@given(MIXED, st.data())
def test_every_part_of_a_text_is_found_in_it(text: str, data: st.DataObject) -> None:
    normal = normalise(text)
    start = data.draw(st.integers(0, len(normal)))
    part = normal[start : data.draw(st.integers(start, len(normal)))]
    assume(normalise(part) in normal)
    assert matches(text, part)
    assert tokens(part) <= tokens(text)


@given(MIXED, MIXED)
def test_index_and_check_agree(text: str, query: str) -> None:
    if matches(text, query):
        assert tokens(query) <= tokens(text)
    assert {encode(token) for token in tokens(text)} == set(index_terms(text))


@given(MIXED)
def test_terms_are_safe_in_every_index(text: str) -> None:
    assert all(re.fullmatch("[0-9a-z]{6,10}", term) for term in index_terms(text))


@given(st.characters(), st.characters(), st.characters(), st.characters())
def test_no_two_pairs_share_a_term(a: str, b: str, c: str, d: str) -> None:
    assert (encode(a + b) == encode(c + d)) == (a + b == c + d)


@pytest.mark.parametrize(
    ("text", "query", "found"),
    [
        ("楼下烧烤店夜间噪音很大", "噪音", True),
        ("楼下烧烤店夜间噪音很大", "音噪", False),
        ("夜间，噪音", "夜间 噪音", True),
        ("夜间，噪音", "夜间噪音", False),
        ("Noise at NIGHT", "night", True),
        ("ＮＯＩＳＥ", "noise", True),
        ("2026年3月", "2026", True),
        ("\u200b夜\u200b间", "夜间", True),
    ],
)
def test_what_is_found(text: str, query: str, found: bool) -> None:
    assert matches(text, query) is found
    assert (query_tokens(query) <= tokens(text)) is found


@pytest.mark.parametrize("query", ["", "夜", " 夜 ", "，。", "a b"])
def test_less_than_two_characters_side_by_side_are_refused(query: str) -> None:
    with pytest.raises(Refusal) as refused:
        query_tokens(query)
    assert refused.value.code == "search_too_short"


@pytest.mark.parametrize(
    "query", ["13800138000", "138 0013 8000", "张三 1234567", "１２３４５６７", "0571-88889999", "139—0013－8000"]
)
def test_nobody_is_looked_up_by_number(query: str) -> None:
    with pytest.raises(Refusal) as refused:
        query_tokens(query)
    assert refused.value.code == "search_number"


@given(st.from_regex(r"[0-9]{7,20}", fullmatch=True))
def test_a_long_number_leaves_no_trace_in_the_index(number: str) -> None:
    assert tokens(f"电话{number}打不通") == tokens("电话 打不通")
    assert tokens(f"电话{number[:6]}打不通") > tokens("电话 打不通")


@pytest.mark.parametrize("written", ["138 0013 8000", "138-0013-8000", "１３８－００１３－８０００", "138\n0013\n8000"])
def test_a_mobile_number_in_groups_leaves_no_trace_either(written: str) -> None:
    assert not matches(f"打{written}找我", "0013")
    assert tokens(f"打{written}找我") == tokens("打 找我")


def test_dates_and_sums_are_found() -> None:
    for words in ("2025-09-26", "1,200,000", "201 202 203 204", "3.14"):
        assert query_tokens(words) <= tokens(f"自{words}起")
        assert matches(f"自{words}起", words)
