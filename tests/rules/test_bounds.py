"""No text of a pack, however it is written, makes the check run for ever or the record choke on a name."""

from __future__ import annotations

import pytest

from huiyin.rules import paths
from huiyin.rules.catalogue import ProcedureError, load_procedure
from huiyin.rules.workdays import CalendarError, load_calendar
from tests.rules.test_catalogue import TEXTS

GENERIC = TEXTS["generic"]
LONG = "x" * 41


@pytest.mark.parametrize(
    ("right", "wrong", "words"),
    [
        ('id = "generic"', 'id = "Our Town"', "an id is made of small letters, figures and hyphens"),
        ('id = "generic"', f'id = "{"x" * 61}"', "is too long: at most 60 characters"),
        ('version = "2026.2"', f'version = "{LONG}"', "is too long: at most 40 characters"),
        ("[states.closed]", f"[states.{LONG}]", "unknown state 'closed'"),
        ("[reasons.complex]", f"[reasons.complex]\nname = {{ zh = '甲', en = 'a' }}\n[reasons.{'x' * 61}]", "at most 60"),
        ('makes = "reply"', f'makes = "{"x" * 25}"', "is too long: at most 24 characters"),
        ("length = 20", "length = 6001", "6001 working days are too long: at most 6000"),
        ("length = 28", "length = 9001", "9001 calendar days are too long: at most 9000"),
        ("maximum = 20", "maximum = 6001", "6001 working days are too long: at most 6000"),
        ("filed = 2025-09-26", "filed = 9999-12-31", "9999-12-31 lies outside all calendars"),
        ("on = 2025-04-01", "on = 0001-01-01", "0001-01-01 lies outside all calendars"),
    ],
)  # fmt: skip
def test_what_no_record_could_keep_and_no_count_could_end_is_refused(right: str, wrong: str, words: str) -> None:
    assert right in GENERIC
    with pytest.raises(ProcedureError) as refused:
        load_procedure(GENERIC.replace(right, wrong, 1), file="generic.toml")
    assert any(words in problem for problem in refused.value.problems), refused.value.problems


def test_a_matter_keeps_the_law_it_was_filed_under_whatever_is_demanded_since() -> None:
    text = GENERIC.replace('id = "generic"', 'id = "our_town"')
    assert load_procedure(text, is_pinned=True).id == "our_town"


def test_what_lies_too_deep_is_refused() -> None:
    with pytest.raises(ProcedureError, match="too deep"):
        load_procedure("a = " + "[" * 5000)
    with pytest.raises(CalendarError, match="too deep"):
        load_calendar("a = " + "[" * 5000)


@pytest.mark.parametrize("years", ["5", '"x"', "[1]", "[[]]"])
def test_years_that_are_none_are_refused(years: str) -> None:
    with pytest.raises(CalendarError, match="years must be tables"):
        load_calendar(f'country = "CN"\nyears = {years}\n', file="CN.toml")


def test_a_fraction_in_an_overlay_is_named_with_its_line() -> None:
    text = 'inherits = "generic"\nid = "own"\nversion = "1"\nname = { zh = "甲", en = "a" }\n[terms.decide]\nlength = 1.5\n'
    with pytest.raises(ProcedureError, match=r"own.toml:6: length must be a whole number"):
        load_procedure(text, file="own.toml", bases=TEXTS)


def test_ways_too_many_to_search_prove_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(paths, "MOST_POINTS", 3)
    with pytest.raises(ProcedureError, match="too many to be searched"):
        load_procedure(GENERIC + "\n# searched anew\n")
