"""The habits of the house that a linter does not know: names, lengths, floors, silence."""

from __future__ import annotations

import ast
from collections.abc import Callable, Iterable
from functools import cache
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
PACKAGE = ROOT / "src" / "huiyin"
# "kept" is put together by tools.kept out of files that are looked at here.
SOURCES = sorted(file for file in PACKAGE.rglob("*.py") if not {"__pycache__", "kept"} & set(file.parts))
TESTS = sorted(file for file in (ROOT / "tests").rglob("*.py") if "__pycache__" not in file.parts)
TOOLS = sorted((ROOT / "tools").rglob("*.py"))

NAMELESS = {"utils", "util", "common", "helpers", "helper", "core", "base", "misc", "manager", "managers"}
LONGEST = 400
MAY_PRINT = {PACKAGE / "config" / "cli.py"}
ADDRESSES = {"REMOTE_ADDR", "HTTP_X_FORWARDED_FOR", "X-Forwarded-For", "HTTP_X_REAL_IP"}
MAY_IMPORT_LATE = {"front/desk/sheets.py", "stages/intake/table_file.py", "record/cases/papers/letters.py"}
# The limiter keeps queues fair per source in memory, health answers this machine alone: neither writes an address down.
MAY_SEE_ADDRESSES = {"config/health.py", "ui/source.py"}


def called(file: Path) -> str:
    return str(file.relative_to(ROOT))


def test_no_file_and_no_folder_is_named_for_nothing():
    nameless = [
        called(file)
        for file in (*SOURCES, *TESTS, *TOOLS)
        if file.stem in NAMELESS or NAMELESS & set(file.relative_to(ROOT).parts[:-1])
    ]
    assert nameless == [], "name it for what it holds"


def test_no_file_holds_two_subjects():
    lengths = {file: len(file.read_text(encoding="utf-8").splitlines()) for file in (*SOURCES, *TOOLS)}
    # The first migration lays a whole room.
    too_long = [file for file, length in lengths.items() if length > LONGEST and "migrations" not in file.parts]
    assert [called(file) for file in too_long] == [], f"over {LONGEST} lines: look for the second subject inside"


@cache
def tree_of(file: Path) -> ast.AST:
    return ast.parse(file.read_text(encoding="utf-8"))


def where(files: Iterable[Path], lines_of: Callable[[ast.AST], list[int]]) -> list[str]:
    """``file:line`` of everything that ``lines_of`` finds."""
    return [f"{called(file)}:{line}" for file in files for line in lines_of(tree_of(file))]


def imports_inside_functions(tree: ast.AST) -> list[int]:
    """Lines of imports that stand on the wrong floor; those for type checkers alone are at the top anyway."""
    found: list[int] = []

    def look(node: ast.AST, *, is_inside: bool) -> None:
        if is_inside and isinstance(node, (ast.Import, ast.ImportFrom)):
            found.append(node.lineno)
        if isinstance(node, ast.expr):
            return
        for child in ast.iter_child_nodes(node):
            look(child, is_inside=is_inside or isinstance(node, (ast.FunctionDef, ast.AsyncFunctionDef)))

    look(tree, is_inside=False)
    return found


def test_imports_stand_at_the_top():
    """But for libraries that few requests need, and that each web worker would carry all day; each says so."""
    late = {f"src/huiyin/{name}" for name in MAY_IMPORT_LATE}
    found = where((file for file in (*SOURCES, *TOOLS) if called(file) not in late), imports_inside_functions)
    assert found == []
    assert {name for name in late if imports_inside_functions(tree_of(ROOT / name))} == late, (
        "the list is as short as can be"
    )


def test_an_import_in_a_function_would_be_found():
    assert imports_inside_functions(ast.parse("def f():\n    if True:\n        import os\n")) == [3]


def prints(tree: ast.AST) -> list[int]:
    return [
        node.lineno
        for node in ast.walk(tree)
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id == "print"
    ]


def test_only_the_command_line_prints():
    assert where((file for file in SOURCES if file not in MAY_PRINT), prints) == []


def test_nobody_asks_where_a_resident_comes_from():
    """A room that never reads an address cannot log one."""
    asking = {
        file.relative_to(PACKAGE).as_posix()
        for file in SOURCES
        if any(address in file.read_text(encoding="utf-8") for address in ADDRESSES)
    }
    assert asking <= MAY_SEE_ADDRESSES


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


def test_no_error_is_swallowed():
    assert where(SOURCES, silenced) == []


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
