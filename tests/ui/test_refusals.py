"""Every no has a status, a sentence in both languages, and tells what to do."""

from __future__ import annotations

import re
from datetime import date
from pathlib import Path

import pytest
from django.utils import translation

from huiyin.rules.procedure import Words
from huiyin.rules.refusal import Refusal
from huiyin.ui import refusals
from huiyin.ui.field_names import FIELD_NAMES

SOURCE = Path(refusals.__file__).parents[1]
CODE = re.compile(r'Refusal\(\s*"([a-z_]+)"')
FIELD = re.compile(r'Refusal\([^)]*field="([a-z_]+)"')
LANGUAGES = ("zh-hans", "en")


def said(pattern: re.Pattern[str]) -> set[str]:
    """Every word of this kind in our own source."""
    return {word for file in SOURCE.rglob("*.py") for word in pattern.findall(file.read_text(encoding="utf-8"))}


def test_every_refusal_in_the_house_has_its_sentence() -> None:
    assert said(CODE) <= refusals.SAYINGS.keys()


def test_every_field_a_refusal_names_has_a_name_for_people() -> None:
    assert said(FIELD) <= FIELD_NAMES.keys()


def test_an_unknown_code_is_our_mistake() -> None:
    with pytest.raises(KeyError):
        refusals.sentence(Refusal("never_heard_of"))


@pytest.mark.parametrize("code", refusals.SAYINGS)
@pytest.mark.parametrize("language", LANGUAGES)
def test_a_refusal_is_a_whole_sentence_even_when_the_rule_tells_little(code: str, language: str) -> None:
    with translation.override(language):
        sentence = refusals.sentence(Refusal(code))
    assert "%(" not in sentence
    assert sentence[-1] in "。."
    assert "!" not in sentence
    assert 400 <= refusals.status(Refusal(code)) <= 503


def test_the_places_are_filled_in_the_readers_language() -> None:
    refusal = Refusal("not_allowed_now", move=Words("受理", "accept"))
    with translation.override("zh-hans"):
        assert "“受理”" in refusals.sentence(refusal)
        assert "“标题”太长：最多 200 个字" in refusals.sentence(Refusal("too_long", field="subject", maximum=200))
    with translation.override("en"):
        assert "“accept”" in refusals.sentence(refusal)
        assert "Tuesday 27 January 2026" in refusals.sentence(Refusal("window_closed", last_day=date(2026, 1, 27)))


def test_an_inner_name_is_never_shown_to_people() -> None:
    with translation.override("zh-hans"):
        assert "hand_over" not in refusals.sentence(Refusal("not_allowed_now", move="hand_over", state="replied"))


def test_a_wrong_code_and_a_barred_matter_are_not_found_and_the_digits_are_named() -> None:
    assert refusals.status(Refusal("barred")) == refusals.status(Refusal("not_found")) == 404
    assert refusals.sentence(Refusal("barred", move="x")) == refusals.sentence(Refusal("not_found"))
    with translation.override("en"):
        assert "Check the digits" in refusals.sentence(Refusal("check_digits"))
