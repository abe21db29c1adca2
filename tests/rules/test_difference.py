"""What a new version changes is said in whole sentences, in both languages."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from huiyin.rules.catalogue import load_procedure
from huiyin.rules.difference import differences
from tests.rules.test_catalogue import PACKS, TEXTS


def changed(*pairs: tuple[str, str]) -> list[str]:
    text = TEXTS["generic"].replace("[[vectors]]", "[[vectors_gone]]")
    text = text[: text.index("[[vectors_gone]]")]
    old = load_procedure(text)
    for right, wrong in pairs:
        assert right in text
        text = text.replace(right, wrong, 1)
    return [change.en for change in differences(old, load_procedure(text))]


def test_a_shorter_term_is_said_in_days() -> None:
    assert changed(("length = 20", "length = 15")) == [
        "The term “Answer” (decide): 20 working days becomes 15 working days."
    ]


def test_a_new_reason_and_one_that_is_gone() -> None:
    found = changed(
        ('reasons = ["other_body", "legal_procedure", "already_handled"]', 'reasons = ["other_body", "elsewhere"]'),
        ("[reasons.legal_procedure]", "[reasons.elsewhere]"),
    )
    assert "New reason: “The law gives it a procedure of its own” (elsewhere)." in found
    assert "The reason “The law gives it a procedure of its own” (legal_procedure) is gone." in found
    assert any(line.startswith("The step “Decline” (decline), reasons to choose from:") for line in found)


def test_nothing_changed_is_said_by_silence() -> None:
    assert changed() == []
    assert changed(("# A small neutral", "# A very small neutral")) == []


@given(st.sampled_from(sorted(PACKS)), st.sampled_from(sorted(PACKS)))
def test_any_two_packs_can_be_compared_in_both_languages(old: str, new: str) -> None:
    found = differences(PACKS[old], PACKS[new])
    assert bool(found) == (old != new)
    for change in found:
        assert change.zh.endswith("。")
        assert change.en.endswith(".")
        assert "Words(" not in change.en + change.zh
