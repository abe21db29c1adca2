"""The words of letters: in both languages, filled from places that exist, for every letter any pack makes."""

from __future__ import annotations

import string
import tomllib
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from huiyin.record.files import words
from huiyin.record.files.words import Wording, families
from huiyin.rules.catalogue import load_procedure
from huiyin.rules.letters import BY_WRITER, KINDS, required_contents
from huiyin.rules.procedure import Procedure

FOLDER = Path(__file__).resolve().parents[3] / "procedures"
TEXTS = {path.stem: path.read_text("utf-8") for path in sorted(FOLDER.glob("*.toml"))}
PLACES = {
    "body", "unit", "officer", "received", "case_number", "due", "old_due", "date", "last_day", "reviewer", "number",
    "title", "duty_number", "phone", "page", "pages", "name", "count", "length", "start", "count_from", "roll",
    "article", "law", "counted_from", "kind", "text", "place", "address", "telephone", "hours", "web", "leaf", "key",
}  # fmt: skip


def entries(table: dict[str, Any], path: str = "") -> Iterator[tuple[str, dict[str, str]]]:
    for name, value in table.items():
        if isinstance(value, dict) and set(value) & {"zh", "en"}:
            yield f"{path}{name}", value
        else:
            yield from entries(value, f"{path}{name}.")


ENTRIES = dict(entries(tomllib.loads(words.FILE.read_text("utf-8"))))


@pytest.mark.parametrize("path", ENTRIES)
def test_every_sentence_stands_in_both_languages_with_the_same_places(path):
    both = ENTRIES[path]
    assert set(both) == {"zh", "en"}
    named = {
        tongue: {name for _, name, _, _ in string.Formatter().parse(text) if name} for tongue, text in both.items()
    }
    assert named["zh"] | named["en"] <= PLACES
    if path.split(".")[-2:-1] != ["openings"]:
        assert named["zh"] == named["en"]


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("language", ["zh-hans", "en"])
def test_every_kind_of_letter_has_a_title_and_a_beginning(kind, language):
    for procedure in TEXTS:
        spoken = Wording(procedure, language)
        assert spoken.text(f"titles.{kind}") and spoken.text(f"openings.{kind}")


@pytest.fixture(scope="module", params=TEXTS)
def pack(request: pytest.FixtureRequest) -> Procedure:
    return load_procedure(TEXTS[request.param], file=request.param, bases=TEXTS)


def test_every_letter_of_a_pack_can_be_written(pack):
    """What a letter must hold comes with its move, or the program fills it in: no move makes a letter that cannot be."""
    for move in pack.moves.values():
        if not move.makes:
            continue
        takes = {*move.requires, *move.accepts}
        filled = {"request", "due", "responsible", "legal_basis"} | (BY_WRITER - takes)
        filled |= {"review_route"} if pack.review_route.zh else set()
        filled |= {"window"} if any(pack.terms[term].owed_by == "complainant" for term in move.starts) else set()
        filled |= {"old_due"} if move.extends else set()
        assert set(required_contents(move.makes, move.contents)) <= takes | filled, move.id


def test_every_letter_of_a_pack_has_words_of_its_own(pack):
    for kind in {move.makes for move in pack.moves.values() if move.makes}:
        assert Wording(pack.id, "zh-hans").text(f"titles.{kind}") and Wording(pack.id, "en").text(f"openings.{kind}")


def test_a_pack_takes_what_it_does_not_say_from_its_family():
    assert families("cn-xinfang-review") == ["cn-xinfang-review", "cn-xinfang", "cn", "default"]
    assert Wording("cn-xinfang-review", "zh-hans").text("salutation") == "信访人："
    assert Wording("uk-police", "en").text("titles.reply") == "Answer to your complaint"
    assert "复查请求" in Wording("cn-xinfang-review", "zh").text("openings.acceptance_notice")


def test_a_sentence_whose_place_is_empty_is_left_out():
    spoken = Wording("generic", "en")
    assert spoken.say("officer_line", officer="Zhao", title="", duty_number="1", unit="U", phone=" ") == ""
