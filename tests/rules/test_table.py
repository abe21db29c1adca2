"""Finding the heading of a table, below titles and among strange columns."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from huiyin.rules.cells import Unreadable
from huiyin.rules.table import HEADINGS, Line, field_of, find_heading, letter, recognised, values

WORDS = [(field, word) for field, words in HEADINGS.items() for word in words]
OTHER = st.text("甲乙丙丁戊己庚辛", min_size=1, max_size=6)


def lines(*rows: tuple[str, ...]) -> list[Line]:
    return [Line(number, cells) for number, cells in enumerate(rows, start=1)]


@pytest.mark.parametrize(("field", "word"), WORDS)
def test_a_heading_is_known_in_both_languages_and_dirty(field: str, word: str) -> None:
    for typed in (
        word,
        f" {word}\u3000",
        word.upper(),
        f"{word}：",
        f"*{word}",
        "\u200b".join(word),
        f"{word}（必填）",
    ):
        assert field_of(typed) == field


def test_no_heading_stands_for_two_things() -> None:
    assert len({word for _, word in WORDS}) == len(WORDS)


@given(st.permutations(list(HEADINGS)), st.lists(OTHER, max_size=4), st.integers(0, 5), st.data())
def test_the_heading_is_found_below_titles(
    fields: list[str], strange: list[str], titles: int, data: st.DataObject
) -> None:
    chosen = fields[: data.draw(st.integers(2, len(fields)))]
    heading = tuple(data.draw(st.permutations([*(HEADINGS[field][0] for field in chosen), *strange])))
    above = [(f"某县热线办件汇总表 {number}",) for number in range(titles)]
    below = [tuple(f"值{row}" for _ in heading) for row in range(3)]
    table = find_heading(lines(*above, heading, *below))
    assert table.heading.cells == heading
    assert [line.row for line in table.lines] == [titles + 2, titles + 3, titles + 4]
    mapping = recognised(table.heading)
    assert set(mapping) == set(chosen)
    assert values(table.lines[0], mapping) == dict.fromkeys(chosen, "值0")


def test_where_nothing_is_known_the_first_wide_row_is_taken() -> None:
    table = find_heading(lines(("汇总",), ("甲", "乙", "丙"), ("1", "2", "3")))
    assert table.heading.cells == ("甲", "乙", "丙")
    assert recognised(table.heading) == {}


def test_a_file_without_rows_or_headings_says_so() -> None:
    for rows, code in (([], "empty"), (lines(("只有一格",), ("又一格",)), "no_heading")):
        with pytest.raises(Unreadable) as refused:
            find_heading(rows)
        assert refused.value.code == code


def test_empty_columns_at_the_end_are_dropped_and_the_others_keep_their_letters() -> None:
    table = find_heading(lines(("编号", "", "内容", "", ""), ("1", "", "水", "", "")))
    assert table.heading.cells == ("编号", "", "内容")
    assert recognised(table.heading) == {"number": 0, "description": 2}


@given(st.integers(0, 20_000))
def test_letters_count_on(place: int) -> None:
    name, back = letter(place), 0
    for each in name:
        back = back * 26 + ord(each) - ord("A") + 1
    assert back == place + 1
