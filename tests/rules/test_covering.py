"""What is covered is gone, everything else is as it was, and the count is the number of marks."""

from __future__ import annotations

from hypothesis import assume, given
from hypothesis import strategies as st

from huiyin.rules.covering import MARKS, cover

LETTERS = "abc李梅 "


@given(st.text(LETTERS, max_size=60), st.lists(st.text(LETTERS, min_size=1, max_size=4), max_size=4))
def test_no_passage_is_left(text: str, passages: list[str]) -> None:
    covered = cover(text, passages)
    mark = MARKS["zh" if any("\u4e00" <= sign <= "\u9fff" for sign in text) else "en"]
    rest = covered.text.split(mark)
    assert covered.count == len(rest) - 1
    for passage in passages:
        if passage.strip():
            assert not any(passage in part for part in rest)


@given(st.text(LETTERS, max_size=60), st.lists(st.text(LETTERS, min_size=1, max_size=4), max_size=4))
def test_the_rest_stands_in_its_order(text: str, passages: list[str]) -> None:
    mark = MARKS["zh" if any("\u4e00" <= sign <= "\u9fff" for sign in text) else "en"]
    at = 0
    for part in cover(text, passages).text.split(mark):
        found = text.find(part, at)
        assert found >= 0
        at = found + len(part)


@given(st.text(LETTERS, max_size=60), st.text("xyz", min_size=1))
def test_what_does_not_stand_there_covers_nothing(text: str, passage: str) -> None:
    assume(passage not in text)
    assert cover(text, [passage, "", "  "]) == cover(text, [])
    assert cover(text, []).text == text


def test_places_that_touch_become_one_mark() -> None:
    covered = cover("我是李梅李梅，住三楼", ["李梅", "住三楼"])
    assert (covered.text, covered.count) == ("我是［已隐去］，［已隐去］", 2)
