"""The register of disputes has a word for everything that a dispute can come to."""

from __future__ import annotations

from huiyin.front.desk.register_labels import RESULTS
from huiyin.rules import consenting


def test_every_result_of_the_rules_has_its_word_in_the_register() -> None:
    assert set(RESULTS) == {"", *consenting.RESULTS}
