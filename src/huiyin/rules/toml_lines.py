"""On which line of a TOML text something stands, so that a mistake can name it.

The standard library's reader keeps no positions. This finds table headers and keys by looking at
the text, which is enough for files written by hand in the plain style of ``procedures/``.
"""

from __future__ import annotations

import re
import tomllib
from typing import TypeAlias

Path: TypeAlias = "tuple[str | int, ...]"

_HEADER = re.compile(r"^\s*(\[\[?)\s*([^\]]+?)\s*\]\]?\s*(?:#.*)?$")
_KEY = re.compile(r"""^\s*((?:[\w-]+|"[^"]*"|'[^']*')(?:\s*\.\s*(?:[\w-]+|"[^"]*"|'[^']*'))*)\s*=""")
_PART = re.compile(r"""[\w-]+|"[^"]*"|'[^']*'""")
_AT_LINE = re.compile(r"at line (\d+)")


class Lines:
    """The lines of one TOML text, by path."""

    def __init__(self, text: str) -> None:
        self._found: dict[Path, int] = {(): 1}
        self._arrays: dict[Path, int] = {}
        table: Path = ()
        quoted = ""
        for number, line in enumerate(text.splitlines(), start=1):
            if not quoted:
                table = self._read(line, number, table)
            quoted = _still_quoted(line, quoted)

    def find(self, path: Path) -> int:
        """The line of this path, or of the nearest thing around it."""
        return self.nearest(path)[1]

    def nearest(self, path: Path) -> tuple[int, int]:
        """How much of a path stands in this text, and on which line."""
        while path not in self._found:
            path = path[:-1]
        return len(path), self._found[path]

    def _read(self, line: str, number: int, table: Path) -> Path:
        if header := _HEADER.match(line):
            table = self._resolve(_parts(header[2]))
            if header[1] == "[[":
                position = self._arrays.get(table, -1) + 1
                self._arrays[table] = position
                self._found.setdefault(table, number)
                table = (*table, position)
            self._note(table, number)
        elif key := _KEY.match(line):
            self._note((*table, *_parts(key[1])), number)
        return table

    def _resolve(self, parts: Path) -> Path:
        """A header below an array of tables belongs to the array's last entry."""
        path: Path = ()
        for position, part in enumerate(parts):
            path = (*path, part)
            if path in self._arrays and position < len(parts) - 1:
                path = (*path, self._arrays[path])
        return path

    def _note(self, path: Path, number: int) -> None:
        for length in range(1, len(path) + 1):
            self._found.setdefault(path[:length], number)


def error_line(error: tomllib.TOMLDecodeError, text: str) -> int:
    """The line a syntax error names; an error at the end of the text names none."""
    found = _AT_LINE.search(str(error))
    return int(found[1]) if found else max(1, len(text.splitlines()))


def _parts(written: str) -> Path:
    return tuple(part.strip("\"'") for part in _PART.findall(written))


def _still_quoted(line: str, quoted: str) -> str:
    """Which triple quote is open after this line, if any."""
    for mark in re.findall(r'"""|\'\'\'', line):
        if not quoted:
            quoted = mark
        elif mark == quoted:
            quoted = ""
    return quoted
