"""The rules load where nothing is installed, and have no clock and no hands."""

from __future__ import annotations

import ast
import subprocess
import sys
from pathlib import Path

import pytest

SOURCE = Path(__file__).resolve().parents[2] / "src"
RULES = sorted((SOURCE / "huiyin" / "rules").glob("*.py"))
HANDS = {"os", "io", "pathlib", "random", "secrets", "time", "socket", "subprocess", "sqlite3", "logging", "urllib"}
CLOCKS = {"now", "today", "utcnow"}

LOAD_ALL = """
import importlib, sys
sys.path.insert(0, {source!r})
for name in {names!r}:
    importlib.import_module(name)
foreign = {{name.partition(".")[0] for name in sys.modules}} - set(sys.stdlib_module_names) - {{"huiyin", "__main__"}}
sys.exit(f"not of the standard library: {{foreign}}" if foreign else 0)
"""


def test_the_rules_load_without_any_package():
    names = [f"huiyin.rules.{file.stem}" for file in RULES if file.stem != "__init__"]
    code = LOAD_ALL.format(source=str(SOURCE), names=names)
    done = subprocess.run([sys.executable, "-I", "-S", "-c", code], capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr


@pytest.mark.parametrize("file", RULES, ids=lambda file: file.stem)
def test_a_rule_has_no_clock_and_no_hands(file):
    tree = ast.parse(file.read_text(encoding="utf-8"))
    imported = {
        name.partition(".")[0]
        for node in ast.walk(tree)
        for name in (
            [alias.name for alias in node.names]
            if isinstance(node, ast.Import)
            else [node.module or ""]
            if isinstance(node, ast.ImportFrom)
            else []
        )
    }
    called = {node.attr for node in ast.walk(tree) if isinstance(node, ast.Attribute)}
    assert not imported & HANDS
    assert not called & CLOCKS
