"""No letter goes out that cannot be checked or contested."""

from __future__ import annotations

import pytest

from huiyin.rules.letters import BY_WRITER, FILLED_IN, KINDS, check_contents, required_contents
from huiyin.rules.refusal import Refusal

DECISIONS = ("reply", "decision", "review_opinion", "recheck_opinion", "decline_notice")


@pytest.mark.parametrize("kind", DECISIONS)
def test_every_decision_says_what_law_and_where_to_go_next(kind):
    assert {"text", "legal_basis", "review_route"} <= set(required_contents(kind))


@pytest.mark.parametrize("kind", KINDS)
def test_each_missing_part_is_named(kind):
    parts = required_contents(kind)
    check_contents(kind, parts)
    for missing in parts:
        with pytest.raises(Refusal) as refused:
            check_contents(kind, set(parts) - {missing})
        assert refused.value == Refusal("input_missing", field=missing)


def test_a_pack_may_ask_for_more_and_never_for_less():
    assert required_contents("reply", ()) == required_contents("reply")
    assert set(required_contents("acceptance_notice", ("window", "facts"))) == {"due", "responsible", "window", "text"}


def test_an_unknown_letter_still_holds_the_words_of_its_writer():
    assert required_contents("something_new") == ("text",)


def test_what_the_writer_gives_is_part_of_what_is_filled_in():
    assert BY_WRITER < FILLED_IN
