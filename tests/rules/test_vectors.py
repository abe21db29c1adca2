"""The worked examples of every pack come out as written; one that is wrong is found."""

from __future__ import annotations

import pytest

from huiyin.rules.catalogue import load_procedure
from huiyin.rules.procedure import Procedure
from huiyin.rules.vectors import failures, tried
from tests.rules.conftest import calendar_of
from tests.rules.test_catalogue import PACKS, TEXTS


@pytest.mark.parametrize("pack", PACKS.values(), ids=PACKS)
def test_the_worked_examples_of_a_pack_come_out_as_written(pack: Procedure) -> None:
    assert pack.vectors
    assert failures(pack, calendar_of(pack.calendar)) == []


def test_the_hard_cases_are_among_them() -> None:
    names = [vector.name.lower() for pack in PACKS.values() for vector in pack.vectors]
    for words in ("friday", "worked: they end there", "received, not from its sending", "no extension any more",
                  "a hearing of ten days in the middle", "change of clocks"):  # fmt: skip
        assert any(words in name for name in names), words


@pytest.mark.parametrize(
    ("right", "wrong", "words"),
    [
        ("triage = 2025-10-10", "triage = 2025-10-09", "triage is due 2025-10-10, not 2025-10-09"),
        ("triage = 2025-10-10", "decide = 2025-10-09", "at no time: it does not run"),
        ('refused = "window_closed"', 'refused = "too_early"', "refused with window_closed, not with too_early"),
        ("on = 2025-04-01, days", "on = 2025-03-28, days", "refused with nothing, not with window_closed"),
        ('{ move = "accept", on = 2025-03-03 }, ', '{ move = "close", on = 2025-03-03 }, ', "not_allowed_now at close"),
    ],
)
def test_an_example_that_is_wrong_is_found(right: str, wrong: str, words: str) -> None:
    assert right in TEXTS["generic"]
    pack = load_procedure(TEXTS["generic"].replace(right, wrong))
    found = failures(pack, calendar_of(pack.calendar))
    assert len(found) == 1
    assert words in found[0][1].en
    assert found[0][0][0] == "vectors"


def test_an_extension_is_bounded_and_the_first_date_is_not_lost() -> None:
    pack = PACKS["cn-xinfang"]
    vector = next(each for each in pack.vectors if each.name.startswith("Thirty days more"))
    trial, refused = tried(pack, calendar_of("CN"), vector)
    assert refused == ""
    clock = trial.clocks["XF-handle"]
    assert clock.history.extensions[0].length == 30
    assert clock.due.days[0].day.isoformat() == "2025-12-18"
