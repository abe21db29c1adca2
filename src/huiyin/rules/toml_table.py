"""Reading one TOML table field by field, noting every mistake instead of stopping at the first."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from string import Formatter
from typing import TypeAlias

from huiyin.rules.faults import listed
from huiyin.rules.procedure import Words
from huiyin.rules.toml_lines import Path

Problems: TypeAlias = "list[tuple[Path, Words]]"

_NO_PLACES: frozenset[str] = frozenset()


class Table:
    """A table at a path. A field that is missing or wrong is noted and read as something harmless."""

    def __init__(self, data: object, path: Path, problems: Problems) -> None:
        self.path, self.problems = path, problems
        self.id = str(path[-1]) if path else ""
        self._asked: set[str] = set()
        self._data: dict[str, object] = data if isinstance(data, dict) else {}
        if not isinstance(data, dict):
            self.problem("", Words(f"{self.id} 应当是一个表", f"{self.id} must be a table"))

    def problem(self, key: str, message: Words) -> None:
        """Note a mistake at a key of this table, or at the table itself."""
        self.problems.append(((*self.path, key) if key else self.path, message))

    def nothing_else(self) -> None:
        """Note every key that nobody asked for."""
        for key in self._data.keys() - self._asked:
            self.problem(key, Words(f"没有 {key!r} 这个键", f"unknown key {key!r}"))

    def has(self, key: str) -> bool:
        """Does this key stand in the table?"""
        return key in self._data

    def day(self, key: str) -> date:
        """A day, written 2025-09-26."""
        value = self._take(key, True)
        if type(value) is date:
            return value
        if value is not None:
            self.problem(key, Words(f"{key} 应当是日期，写成 2025-09-26", f"{key} must be a day, written 2025-09-26"))
        return date.min

    def day_or_none(self, key: str) -> date | None:
        """A day, if it is there."""
        return self.day(key) if key in self._data else None

    def days(self, key: str) -> dict[str, date]:
        """A table of days by name, if it is there."""
        table = self.table_or_none(key)
        return {} if table is None else {name: table.day(name) for name in table._data}

    def text(self, key: str, default: str | None = None) -> str:
        """A line of text; without a default it must be there and not be empty."""
        value = self._take(key, default is None)
        if value is None:
            return default or ""
        if not isinstance(value, str) or (default is None and not value.strip()):
            self.problem(key, Words(f"{key} 应当是文字", f"{key} must be text"))
            return ""
        return value

    def text_or_none(self, key: str) -> str | None:
        """A line of text, if it is there."""
        return self.text(key) if key in self._data else None

    def flag(self, key: str, default: bool | None = None) -> bool:
        """True or false."""
        value = self._take(key, default is None)
        if value is None or isinstance(value, bool):
            return bool(default) if value is None else bool(value)
        self.problem(key, Words(f"{key} 应当是 true 或者 false", f"{key} must be true or false"))
        return False

    def number(self, key: str, least: int) -> int:
        """A whole number, not below ``least``."""
        value = self._take(key, True)
        if value is None:
            return least
        if not isinstance(value, int) or isinstance(value, bool) or value < least:
            self.problem(
                key, Words(f"{key} 应当是整数，至少为 {least}", f"{key} must be a whole number, at least {least}")
            )
            return least
        return value

    def number_or_none(self, key: str) -> int | None:
        """A whole number above zero, if it is there."""
        return self.number(key, least=1) if key in self._data else None

    def one_of(self, key: str, allowed: Sequence[str]) -> str:
        """One word of a list."""
        value = self.text(key)
        if value and value not in allowed:
            known = listed(allowed)
            self.problem(
                key, Words(f"{key} 不能是 {value!r}；可以写：{known.zh}", f"unknown {key} {value!r}; known: {known.en}")
            )
        return value

    def one_of_or_none(self, key: str, allowed: Sequence[str]) -> str | None:
        """One word of a list, if it is there."""
        return self.one_of(key, allowed) if key in self._data else None

    def names(self, key: str, allowed: Sequence[str] | None = None, required: bool = False) -> tuple[str, ...]:
        """A list of words, each once."""
        value = self._take(key, required)
        if value is None:
            return ()
        if not isinstance(value, list) or not all(isinstance(name, str) for name in value) or (required and not value):
            self.problem(key, Words(f"{key} 应当是词的列表", f"{key} must be a list of words"))
            return ()
        for name in value:
            if allowed is not None and name not in allowed:
                known = listed(allowed)
                self.problem(
                    key,
                    Words(
                        f"{key} 里没有 {name!r} 这个词；可以写：{known.zh}",
                        f"unknown word {name!r} in {key}; known: {known.en}",
                    ),
                )
            if value.count(name) > 1:
                self.problem(key, Words(f"{key} 里 {name!r} 写了两次", f"{name!r} stands twice in {key}"))
        return tuple(value)

    def words(self, key: str, places: frozenset[str] = _NO_PLACES) -> Words:
        """The same words in both languages, with the same named places in each."""
        value = self._take(key, True)
        if value is None:
            return Words("", "")
        if not isinstance(value, dict):
            self.problem(key, Words(f"{key} 应当有 zh 和 en", f"{key} must give zh and en"))
            return Words("", "")
        for language in ("zh", "en"):
            if not isinstance(value.get(language), str) or not value[language].strip():
                self.problem(key, Words(f"{key} 没有 {language!r} 的文字", f"{key} has no words in {language!r}"))
        for language in value.keys() - {"zh", "en"}:
            self.problem(key, Words(f"{key} 里没有 {language!r} 这种语言", f"unknown language {language!r} in {key}"))
        words = Words(str(value.get("zh", "")), str(value.get("en", "")))
        self._check_places(key, words, places)
        return words

    def words_or_none(self, key: str) -> Words | None:
        """The same words in both languages, if they are there."""
        return self.words(key) if key in self._data else None

    def table_or_none(self, key: str) -> Table | None:
        """A table within this one, if it is there."""
        value = self._take(key, False)
        return None if value is None else Table(value, (*self.path, key), self.problems)

    def tables(self, key: str, required: bool = False) -> list[Table]:
        """The named tables below a key."""
        value = self._take(key, required)
        if not isinstance(value, dict):
            if value is not None:
                self.problem(key, Words(f"{key} 里应当是表", f"{key} must hold tables"))
            return []
        return [Table(entry, (*self.path, key, name), self.problems) for name, entry in value.items()]

    def list_of_tables(self, key: str) -> list[Table]:
        """The tables of a list."""
        value = self._take(key, False)
        if not isinstance(value, list):
            if value is not None:
                self.problem(key, Words(f"{key} 应当是表的列表", f"{key} must be a list of tables"))
            return []
        return [Table(entry, (*self.path, key, position), self.problems) for position, entry in enumerate(value)]

    def _take(self, key: str, required: bool) -> object:
        self._asked.add(key)
        value = self._data.get(key)
        if value is None and required:
            zh, en = (f"{self.id!r} 里", f" in {self.id!r}") if self.id else ("", "")
            self.problem("", Words(f"{zh}缺少 {key}", f"{key} is missing{en}"))
        return value

    def _check_places(self, key: str, words: Words, places: frozenset[str]) -> None:
        try:
            named = [{name for _, name, _, _ in Formatter().parse(text) if name is not None} for text in _both(words)]
        except ValueError:
            self.problem(key, Words(f"{key} 里的大括号没有写明位置", f"{key} has a brace that names no place"))
            return
        for name in sorted((named[0] | named[1]) - places):
            self.problem(key, Words(f"{key} 里没有 {{{name}}} 这个位置", f"unknown place {{{name}}} in {key}"))
        if named[0] != named[1]:
            self.problem(
                key,
                Words(f"{key} 两种语言里的位置不一样", f"{key} does not name the same places in both languages"),
            )


def _both(words: Words) -> tuple[str, str]:
    return words.zh, words.en
