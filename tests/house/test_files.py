"""The habits of the house that a linter does not know: names, lengths, floors, silence."""

from __future__ import annotations

import ast
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
PACKAGE = ROOT / "src" / "huiyin"
SOURCES = sorted(file for file in PACKAGE.rglob("*.py") if "__pycache__" not in file.parts)
TESTS = sorted(file for file in (ROOT / "tests").rglob("*.py") if "__pycache__" not in file.parts)
TOOLS = sorted((ROOT / "tools").rglob("*.py"))

NAMELESS = {"utils", "util", "common", "helpers", "helper", "core", "base", "misc", "manager", "managers"}
LONGEST = 400
MAY_PRINT = {PACKAGE / "config" / "cli.py"}
ADDRESSES = {"REMOTE_ADDR", "HTTP_X_FORWARDED_FOR", "X-Forwarded-For", "HTTP_X_REAL_IP"}
# The limiter keeps queues fair per source in memory, health answers this machine alone: neither writes an address down.
MAY_SEE_ADDRESSES = {"config/health.py", "ui/source.py"}


def called(file: Path) -> str:
    return str(file.relative_to(ROOT))


@pytest.mark.parametrize("file", [*SOURCES, *TESTS, *TOOLS], ids=called)
def test_no_file_is_named_for_nothing(file):
    assert file.stem not in NAMELESS, "name the file for what it holds"
    assert not NAMELESS & set(file.relative_to(ROOT).parts[:-1]), "name the folder for what lives in it"


@pytest.mark.parametrize("file", [*SOURCES, *TOOLS], ids=called)
def test_no_file_holds_two_subjects(file):
    if "migrations" in file.parts:
        return  # the first one lays a whole room
    length = len(file.read_text(encoding="utf-8").splitlines())
    assert length <= LONGEST, f"{length} lines: look for the second subject inside"


def imports_inside_functions(tree: ast.AST) -> list[int]:
    """Lines of imports that stand on the wrong floor; those for type checkers alone are at the top anyway."""
    return [
        inner.lineno
        for outer in ast.walk(tree)
        if isinstance(outer, (ast.FunctionDef, ast.AsyncFunctionDef))
        for inner in ast.walk(outer)
        if isinstance(inner, (ast.Import, ast.ImportFrom))
    ]


@pytest.mark.parametrize("file", [*SOURCES, *TOOLS], ids=called)
def test_imports_stand_at_the_top(file):
    assert imports_inside_functions(ast.parse(file.read_text(encoding="utf-8"))) == []


def test_an_import_in_a_function_would_be_found():
    assert imports_inside_functions(ast.parse("def f():\n    if True:\n        import os\n")) == [3]


def prints(tree: ast.AST) -> list[int]:
    return [
        node.lineno
        for node in ast.walk(tree)
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id == "print"
    ]


@pytest.mark.parametrize("file", SOURCES, ids=called)
def test_only_the_command_line_prints(file):
    if file not in MAY_PRINT:
        assert prints(ast.parse(file.read_text(encoding="utf-8"))) == []


@pytest.mark.parametrize("file", SOURCES, ids=called)
def test_nobody_asks_where_a_resident_comes_from(file):
    """A room that never reads an address cannot log one."""
    text = file.read_text(encoding="utf-8")
    if file.relative_to(PACKAGE).as_posix() not in MAY_SEE_ADDRESSES:
        assert [address for address in ADDRESSES if address in text] == []


def silenced(tree: ast.AST) -> list[int]:
    """Lines of ``except`` without a kind, and of ``except`` that does nothing at all about everything."""
    return [
        node.lineno
        for node in ast.walk(tree)
        if isinstance(node, ast.ExceptHandler)
        and (
            node.type is None
            or (isinstance(node.type, ast.Name) and node.type.id in {"Exception", "BaseException"} and is_empty(node))
        )
    ]


def is_empty(node: ast.ExceptHandler) -> bool:
    return all(isinstance(line, (ast.Pass, ast.Continue)) for line in node.body)


@pytest.mark.parametrize("file", SOURCES, ids=called)
def test_no_error_is_swallowed(file):
    assert silenced(ast.parse(file.read_text(encoding="utf-8"))) == []


# Spelled in pieces, so that this file passes its own test.
WORKPLACE = ("/work/" + "main", "/ro" + "ot/", "shared/" + "guide", "pypi" + ".org", "npmjs" + ".org", "/opt/" + "pypi")


def test_no_file_names_a_machine():
    """What is committed must run everywhere: no machine path, no package index address."""
    found = []
    for folder in ("src", "tests", "tools", "docs", "requirements", "procedures", ".ci"):
        for file in (ROOT / folder).rglob("*"):
            if file.is_file() and file.suffix in {".py", ".md", ".txt", ".in", ".toml", ".html", ".sh", ""}:
                text = file.read_text(encoding="utf-8", errors="ignore")
                found += [f"{called(file)}: {word}" for word in WORKPLACE if word in text]
    assert found == []
