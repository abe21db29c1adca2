"""The words of the pages: in both languages, and those of the glossary."""

from __future__ import annotations

import re
from functools import cache
from pathlib import Path

import pytest

from tools.message_files import Message, read_po
from tools.message_sources import found_in
from tools.messages import CATALOG, complaints, contradictions, find_rooms, merge

ROOT = Path(__file__).resolve().parents[2]
ROW = re.compile(r"^\| ([^|]+?) \| ([^|]+?) \| ([^|]*?)\s*\|$", re.M)
NEVER_ON_A_PAGE = {
    "案件": "to a police service that is a crime",
    "息诉": "nobody is asked to promise silence",
    "罢访": "nobody is asked to promise silence",
}


def glossary() -> dict[str, set[str] | None]:
    """English term: the Chinese words that are right for it; None where the word is too common to be checked."""
    table: dict[str, set[str] | None] = {}
    for english, chinese, also in ROW.findall((ROOT / "docs" / "glossary.md").read_text(encoding="utf-8")):
        if english in {"English", "---"}:
            continue
        term = re.sub(r"\s*\(.*\)", "", english)
        table[term] = None if "…" in also else {*re.split("、", chinese), *filter(None, re.split("、", also))}
    return table


GLOSSARY = glossary()
ROOMS = {room.relative_to(ROOT).as_posix(): room for room in find_rooms()}


@cache
def words_of(room: str) -> tuple[list[Message], list[Message]]:
    """What a room says, and what its catalogue knows; read when a test asks."""
    return found_in(ROOMS[room]), read_po(ROOMS[room] / CATALOG)


def wrong_words(message: Message) -> list[str]:
    """Terms of the glossary whose Chinese is another than the glossary's; the longest term in a place counts."""
    found, rest = [], message.msgid.lower()
    for term in sorted(GLOSSARY, key=len, reverse=True):
        pattern = re.compile(rf"(?<![\w-]){re.escape(term)}s?(?![\w-])")
        if not pattern.search(rest):
            continue
        rest = pattern.sub(" ", rest)
        right = GLOSSARY[term]
        if right and not any(word in text for word in right for text in message.msgstr):
            found.append(f"{term} is {'、'.join(sorted(right))}: “{message.msgid}” → {''.join(message.msgstr)}")
    return found


def test_the_glossary_is_read():
    assert len(GLOSSARY) > 60
    assert GLOSSARY["receipt code"] == {"查询码"}
    assert GLOSSARY["look"] is None


@pytest.mark.parametrize("room", ROOMS)
def test_every_sentence_of_a_room_is_translated(room):
    found, known = words_of(room)
    assert complaints(merge(found, known, {}, prune=True)) == []


@pytest.mark.parametrize("room", ROOMS)
def test_the_chinese_uses_the_words_of_the_glossary(room):
    assert [line for message in words_of(room)[1] if message.is_translated for line in wrong_words(message)] == []


def test_one_sentence_has_one_chinese():
    assert list(contradictions({ROOT / room: words_of(room)[1] for room in ROOMS})) == []


@pytest.mark.parametrize("room", ROOMS)
def test_some_words_stand_on_no_page(room):
    said = [text for message in words_of(room)[1] for text in message.msgstr]
    assert [(word, text) for word in NEVER_ON_A_PAGE for text in said if word in text] == []


def test_a_wrong_word_would_be_found():
    assert wrong_words(Message("", "Your receipt code", msgstr=("您的密码",)))
    assert not wrong_words(Message("", "Your receipt code", msgstr=("您的查询码",)))
    assert not wrong_words(Message("", "Make-up working day", msgstr=("调休上班日",)))
