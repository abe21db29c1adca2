"""The words of a page in the language of the journey, so that one test reads both."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from functools import cache
from typing import Any

from django.utils import translation

from tests.journeys.town import ROOT


@cache
def pack(name: str) -> dict[str, Any]:
    """A procedure file, as it was written."""
    return tomllib.loads((ROOT / "procedures" / f"{name}.toml").read_text("utf-8"))


@cache
def people() -> dict[str, dict[str, Any]]:
    """The officers of the town by login."""
    told = tomllib.loads((ROOT / "src/huiyin/demo/town.toml").read_text("utf-8"))
    return {each["slug"]: each for each in told["officers"]}


@dataclass(frozen=True)
class Tongue:
    """One of the two languages."""

    code: str

    @property
    def tag(self) -> str:
        """For ``lang``."""
        return "zh-Hans" if self.code == "zh-hans" else "en"

    def __call__(self, sentence: str, **places: object) -> str:
        """A sentence of ours as the page says it; ``%(name)s`` filled."""
        with translation.override(self.code):
            said = translation.gettext(sentence)
        return said % places if places else said

    def of(self, pair: dict[str, str]) -> str:
        """Words kept in both languages."""
        return pair["en" if self.code == "en" else "zh"]

    def move(self, move_id: str, procedure: str = "cn-xinfang") -> str:
        """The name of a move."""
        return self.of(pack(procedure)["moves"][move_id]["name"])

    def outcome(self, name: str, procedure: str = "cn-xinfang") -> str:
        """The name of an outcome."""
        return self.of(pack(procedure)["outcomes"][name]["name"])

    def state(self, name: str, procedure: str = "cn-xinfang") -> str:
        """The name of a state."""
        return self.of(pack(procedure)["states"][name]["name"])

    def officer(self, login: str) -> str:
        """The duty name of an officer."""
        return self.of(people()[login])
