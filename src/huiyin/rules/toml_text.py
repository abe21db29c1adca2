"""Writing a procedure out as TOML again: what an overlay comes to, as one text that stands alone.

A case is pinned to this text, so it must read the same for ever, whatever becomes of the pack it inherits.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

_BARE = frozenset("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789-_")


def toml_text(data: Mapping[str, object]) -> str:
    """The text of a procedure's data: plain values first, then one table for each entry."""
    plain = {key: value for key, value in data.items() if not _is_nested(value)}
    lines = [f"{_key(key)} = {_value(value)}" for key, value in plain.items()]
    for key, value in data.items():
        if key not in plain:
            lines += _entries(key, value)
    return "\n".join(lines) + "\n"


def _is_nested(value: object) -> bool:
    """Tables that hold nothing but tables get headers; words and the like stay on one line."""
    return isinstance(value, dict) and bool(value) and all(isinstance(entry, dict) for entry in value.values())


def _entries(key: str, value: object) -> list[str]:
    lines: list[str] = []
    for name, entry in value.items() if isinstance(value, dict) else ():
        lines += ["", f"[{_key(key)}.{_key(str(name))}]"]
        lines += [f"{_key(each)} = {_value(given)}" for each, given in entry.items()]
    return lines


def _key(key: str) -> str:
    return key if key and set(key) <= _BARE else _string(key)


def _value(value: object) -> str:
    match value:
        case bool():
            return "true" if value else "false"
        case int():
            return str(value)
        case date():
            return value.isoformat()
        case str():
            return _string(value)
        case list():
            return "[" + ", ".join(_value(each) for each in value) + "]"
        case dict():
            return "{ " + ", ".join(f"{_key(key)} = {_value(each)}" for key, each in value.items()) + " }"
        case _:  # a fraction, an hour: whoever reads the procedure refuses it, with its place
            return _string(str(value))


def _string(text: str) -> str:
    escaped = text.replace("\\", "\\\\").replace('"', '\\"')
    return '"' + "".join(each if each >= " " and each != "\x7f" else f"\\u{ord(each):04x}" for each in escaped) + '"'
