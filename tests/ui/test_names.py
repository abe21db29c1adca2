"""What the record keeps as a word of its own is shown in words of ours."""

from __future__ import annotations

from pathlib import Path

import pytest

from huiyin.rules.catalogue import load_procedure
from huiyin.ui.names import DOCUMENTS

FILES = sorted((Path(__file__).resolve().parents[2] / "procedures").glob("*.toml"))
TEXTS = {file.stem: file.read_text("utf-8") for file in FILES}


@pytest.mark.parametrize("name", TEXTS)
def test_every_letter_that_a_procedure_makes_has_a_name(name: str) -> None:
    pack = load_procedure(TEXTS[name], file=name, bases=TEXTS)
    made = {move.makes for move in pack.moves.values() if move.makes}
    assert made <= set(DOCUMENTS), "an officer would read the id of the letter"
