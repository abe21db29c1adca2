"""The page that teaches how to write a pack names every key there is, and the pack written from it is sound."""

from __future__ import annotations

import re
import tomllib
from pathlib import Path

import pytest

from huiyin.rules import reading
from huiyin.rules.catalogue import load_procedure
from huiyin.rules.contents import CONTENTS
from huiyin.rules.guards import CHECKS
from huiyin.rules.procedure import LADDER_ACTS, OUTCOMES, STAGES
from huiyin.rules.vectors import failures
from tests.rules.conftest import calendar_of
from tests.rules.test_catalogue import TEXTS

DOCS = Path(__file__).parents[2] / "docs"
PAGE = (DOCS / "procedures.md").read_text(encoding="utf-8")
EXAMPLE = (DOCS / "example-town.toml").read_text(encoding="utf-8")
BLOCKS = re.findall(r"```toml\n(.*?)```", PAGE, re.DOTALL)
KEYS = set(
    re.findall(
        r'(?:table|entry)\.(?:text|text_or_none|words|words_or_none|names|number|number_or_none|flag|one_of|one_of_or_none|'
        r'tables|list_of_tables|table_or_none|day|day_or_none|days|has)\(\s*"(\w+)"',
        Path(reading.__file__).read_text(encoding="utf-8"),
    )
)  # fmt: skip


def test_the_pack_written_from_the_page_is_sound() -> None:
    pack = load_procedure(EXAMPLE, file="example-town.toml")
    assert failures(pack, calendar_of(pack.calendar)) == []
    assert pack.review_procedure in TEXTS


def test_the_first_overlay_of_the_page_is_sound() -> None:
    first = next(block for block in BLOCKS if block.startswith("inherits"))
    assert load_procedure(first, bases=TEXTS).terms["decide"].length == 10


@pytest.mark.parametrize("block", BLOCKS, ids=[block.splitlines()[0] for block in BLOCKS])
def test_every_example_on_the_page_can_be_read(block: str) -> None:
    assert tomllib.loads(block)


def test_every_key_and_every_word_of_a_list_stands_on_the_page() -> None:
    assert len(KEYS) > 60
    told = set(re.findall(r"[\w%]+", PAGE))
    silent = {"inherited_from"}
    assert {*KEYS, *STAGES, *OUTCOMES, *LADDER_ACTS, *CONTENTS, *CHECKS} - told - silent == set()
