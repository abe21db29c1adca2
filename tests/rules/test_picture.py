"""The picture of a procedure: sound SVG, every state and step in words, narrow enough for a small phone."""

from __future__ import annotations

import re
from datetime import date
from xml.etree import ElementTree

import pytest

from huiyin.rules.picture import WIDTH, draw, wrap
from huiyin.rules.procedure import Procedure
from tests.rules.test_catalogue import PACKS

SVG = "{http://www.w3.org/2000/svg}"
BOTH = [(pack, language) for pack in PACKS.values() for language in ("zh", "en")]


def parsed(picture: str) -> ElementTree.Element:
    return ElementTree.fromstring(picture)


@pytest.mark.parametrize(("pack", "language"), BOTH, ids=[f"{pack.id}-{language}" for pack, language in BOTH])
def test_every_state_and_step_stands_in_the_picture_in_words(pack: Procedure, language: str) -> None:
    root = parsed(draw(pack, language=language))
    said = re.sub(r"\s", "", "".join("".join(text.itertext()) for text in root.iter(f"{SVG}text")))
    names = [state.name for state in pack.states.values()] + [move.name for move in pack.moves.values()]
    for name in names:
        assert re.sub(r"\s", "", name.in_language(language)) in said
    assert [root.find(f"{SVG}title") is not None, root.find(f"{SVG}desc") is not None] == [True, True]


@pytest.mark.parametrize(("pack", "language"), BOTH, ids=[f"{pack.id}-{language}" for pack, language in BOTH])
def test_nothing_stands_outside_320_pixels_or_on_top_of_something_else(pack: Procedure, language: str) -> None:
    root = parsed(draw(pack, language=language))
    assert root.get("viewBox") == f"0 0 {WIDTH} {root.get('height')}"
    rows = [int(text.get("y", "0")) for text in root.iter(f"{SVG}text")]
    assert rows == sorted(set(rows))
    assert rows[-1] < int(root.get("height", "0"))
    numbers = [int(each) for path in root.iter(f"{SVG}path") for each in re.findall(r"[MHL](\d+)", path.get("d", ""))]
    assert all(0 <= each <= WIDTH for each in numbers)
    for box in root.iter(f"{SVG}rect"):
        assert int(box.get("x", "0")) + int(box.get("width", "0")) <= WIDTH


def test_it_holds_no_script_no_style_and_no_address() -> None:
    for pack in PACKS.values():
        picture = draw(pack, language="en")
        assert not re.search(r"<script|<style|style=|on\w+=|href|url\(", picture)
        assert picture.count("http") == 1  # the name of the format


def test_you_are_here_with_dates() -> None:
    picture = draw(
        PACKS["cn-xinfang"], language="en", here="assigned", prefix="way",
        dates={"registered": date(2025, 9, 26), "assigned": date(2025, 10, 9)}, due={"XF-handle": date(2025, 12, 8)},
    )  # fmt: skip
    root = parsed(picture)
    here = [group for group in root.iter(f"{SVG}g") if group.get("aria-current") == "step"]
    assert len(here) == 1
    words = " ".join("".join(text.itertext()) for text in here[0].iter(f"{SVG}text"))
    for part in ("Being handled", "You are here", "9 October 2025", "8 December 2025"):
        assert part in words
    assert "26 September 2025" in picture
    assert root.find(f"{SVG}title").get("id") == "way-title"  # type: ignore[union-attr]
    zh = draw(PACKS["cn-xinfang"], language="zh-hans", here="assigned", dates={"assigned": date(2025, 10, 9)})
    assert "您在这里" in zh
    assert "2025年10月9日" in zh


def test_what_is_not_verified_says_so() -> None:
    assert "（未核对）" in draw(PACKS["cn-police"], language="zh")
    assert "not verified" not in draw(PACKS["cn-xinfang"], language="en").replace("\n", "")


@pytest.mark.parametrize(
    "text", ["办理并书面答复，最迟在十月九日前。", "Handle the matter and answer in writing", "混合 mixed 文字 words"]
)
def test_wrapping_loses_nothing_and_begins_no_line_with_a_mark(text: str) -> None:
    for room in (4, 8, 16, 40):
        lines = list(wrap(text, room))
        assert "".join(lines).replace(" ", "") == text.replace(" ", "")
        assert not any(line[0] in "，。、）" for line in lines)
