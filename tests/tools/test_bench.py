"""The measuring itself: it runs to its end, finds what a scan finds and writes every figure."""

from __future__ import annotations

import json
import os
import re
from pathlib import Path

import pytest
from django.db import connections

from tools.bench.__main__ import main
from tools.bench.measuring import quantile
from tools.bench.texts import words

OPERATIONS = {"file by form", "file over API", "track", "reply", "hand on", "unit queue"}


@pytest.mark.slow
@pytest.mark.xdist_group("durability")
def test_a_small_run_measures_everything(tmp_path: Path):
    engine = "postgres" if connections["default"].vendor == "postgresql" else "sqlite"
    file = tmp_path / "figures.json"
    name = f"huiyin_bench_{os.getpid()}"
    assert main(["--quick", "--sizes", "50,100", "--engines", engine, "--json", str(file), "--name", name]) == 0
    figures = json.loads(file.read_text("utf-8"))["engines"][engine]
    assert {row["name"] for row in figures["ratios"]} == OPERATIONS
    assert all(row["product"]["p50"] > 0 and row["floor"]["p50"] > 0 for row in figures["ratios"])
    assert all(rate["errors"] == 0 for rate in figures["rates"])
    assert figures["recall"]["found"] == figures["recall"]["expected"] > 0
    assert figures["recall"]["differing"] == []
    assert figures["web_memory"] > 0
    assert figures["megabytes"] > 0


@pytest.mark.slow
@pytest.mark.xdist_group("durability")
def test_a_small_run_measures_the_clock(capsys: pytest.CaptureFixture[str]):
    engine = "postgres" if connections["default"].vendor == "postgresql" else "sqlite"
    name = f"huiyin_bench_{os.getpid()}"
    assert main(["--tick", "--sizes", "40", "--engines", engine, "--name", name]) == 0
    said = capsys.readouterr().out
    assert f"{engine}: 40 open cases" in said
    acts = [int(count.replace(",", "")) for count in re.findall(r"([\d,]+) acts", said)]
    assert len(acts) == 4
    assert acts[1] == 0, "a moment later nothing is left"
    assert sum(acts[2:]) > 0


def test_a_quantile_is_a_value_that_was_measured():
    assert quantile([5, 1, 4, 2, 3], 0.5) == 3
    assert quantile(list(range(1, 101)), 0.95) == 95
    assert quantile([7], 0.95) == 7


def test_the_invented_texts_are_the_same_every_time_and_of_their_length():
    assert words(7) == words(7)
    assert words(7) != words(8)
    lengths = [len(words(position).description) for position in range(200)]
    assert 280 < sum(lengths) / len(lengths) < 360
