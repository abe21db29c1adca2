"""What the components are fed with. Any object or mapping with the same names does as well."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from typing import Literal


@dataclass(frozen=True, slots=True)
class Row:
    """A line of a summary list: a label and its value.

    ``change_url`` makes a link; ``change_value`` a button of the form around
    it, sent as ``change=<change_value>`` (the wizard carries its answers in
    hidden fields, so going back is a POST). ``lang`` marks a value in the other language.
    """

    label: str
    value: object
    change_url: str = ""
    change_value: str = ""
    lang: str = ""
    as_typed: bool = False


@dataclass(frozen=True, slots=True)
class Figure:
    """One figure: its name, its value in words or digits, what it counts."""

    name: str
    value: str
    definition: str = ""


@dataclass(frozen=True, slots=True)
class Entry:
    """One thing that happened. ``side``: who did it, seen by the complainant."""

    at: date | datetime
    title: str
    who: str = ""
    text: str = ""
    side: Literal["ours", "theirs", "system"] = "ours"
    lang: str = ""
    url: str = ""


@dataclass(frozen=True, slots=True)
class Step:
    """A station on the way of a matter."""

    name: str
    state: Literal["done", "here", "ahead", "skipped"]
    when: date | None = None
    note: str = ""


@dataclass(frozen=True, slots=True)
class Look:
    """One reading of a matter: who, when, why, what was opened."""

    at: date | datetime
    role: str
    unit: str
    duty_number: str
    purpose: str
    what: str = ""
    ask_url: str = ""  # where one asks why
    asked: str = ""  # what one asked, and by when it is answered
    answer: str = ""
    language: str = ""  # of the two, as they were typed
    mark: str = ""  # what stands out about it


@dataclass(frozen=True, slots=True)
class Option:
    """A large link with a line of explanation."""

    title: str
    url: str
    text: str = ""
