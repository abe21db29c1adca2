"""What must always hold: each of the eighteen sentences is whole, and each test it names exists."""

from __future__ import annotations

import ast
import datetime
from functools import cache
from pathlib import Path

import pytest
from django.test import Client

from huiyin.front.portal.promised import promised
from huiyin.record.cases.held import checking
from huiyin.rules.rights import RightsError, load_rights

ROOT = Path(__file__).resolve().parents[2]
FILE = ROOT / "rights" / "invariants.toml"
WHOLE = '[[rights]]\nid = "I1"\nzh = "一"\nen = "one"\nlaw = ""\nstands = true\ntests = ["tests/a.py::test_b"]\n'


@cache
def functions_in(file: Path) -> frozenset[str]:
    if not file.is_file():
        return frozenset()
    tree = ast.parse(file.read_text(encoding="utf-8"))
    return frozenset(node.name for node in ast.walk(tree) if isinstance(node, ast.FunctionDef))


def missing(node_ids: tuple[str, ...]) -> list[str]:
    """Those node ids that no file holds."""
    return [node for node in node_ids if node.partition("::")[2] not in functions_in(ROOT / node.partition("::")[0])]


def test_all_eighteen_are_there() -> None:
    assert [right.id for right in promised()] == [f"I{number}" for number in range(1, 19)]


@pytest.mark.parametrize("right", load_rights(FILE.read_text("utf-8")), ids=lambda right: right.id)
def test_every_test_that_a_right_names_exists(right) -> None:
    assert missing(right.tests) == []
    assert right.sentence.zh and right.sentence.en


def test_a_test_that_is_gone_would_be_found() -> None:
    assert missing(("tests/house/test_rights.py::test_that_was_taken_out",))
    assert missing(("tests/house/no_such_file.py::test_x",))
    assert missing(("tests/house/test_rights.py::test_all_eighteen_are_there",)) == []


@pytest.mark.parametrize(
    "change",
    [("zh = ", "# "), ("stands = true", "stands = false"), ('tests = ["tests/a.py::test_b"]', "tests = []"),
     ('law = ""', 'law = ""\nscore = 1'), ("stands = true", 'stands = true\nwaits_zh = "一"\nwaits_en = "one"')],
)  # fmt: skip
def test_half_a_promise_is_refused(change: tuple[str, str]) -> None:
    assert len(load_rights(WHOLE)) == 1
    with pytest.raises(RightsError, match="I1"):
        load_rights(WHOLE.replace(*change))


@pytest.mark.django_db
def test_everybody_can_read_them_and_when_they_were_checked(monkeypatch) -> None:
    page = Client(headers={"accept-language": "en"}).get("/rights/").content.decode()
    assert "No check has run here yet" in page
    assert all(right.sentence.en.replace("'", "&#x27;") in page for right in promised())
    assert all(right.waits.en in page for right in promised() if right.waits)
    for findings, words in ((0, "found nothing wrong"), (2, "2 things in the history do not hold")):
        found = checking.Check(at=datetime.datetime.now(datetime.UTC), events=1200, matters=30, findings=findings)
        monkeypatch.setattr("huiyin.front.portal.promised.last_check", lambda found=found: found)
        assert words in Client(headers={"accept-language": "en"}).get("/rights/").content.decode()
