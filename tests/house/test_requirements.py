"""What is installed: one list, pinned by hashes, without the address of any package index."""

from __future__ import annotations

import re
import tomllib
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
REQUIREMENTS = ROOT / "requirements"
NAME = re.compile(r"^([A-Za-z0-9_.-]+)", re.M)


def lines(file: str) -> list[str]:
    text = (REQUIREMENTS / file).read_text(encoding="utf-8")
    return [line.strip() for line in text.splitlines() if line.strip() and not line.startswith("#")]


def pinned(file: str) -> dict[str, str]:
    return dict(
        re.findall(r"^([a-z0-9_.-]+)(?:\[[^\]]*\])?==(\S+)", (REQUIREMENTS / file).read_text(encoding="utf-8"), re.M)
    )


def test_the_package_asks_for_what_is_pinned():
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    assert sorted(project["dependencies"]) == sorted(lines("base.in"))


@pytest.mark.parametrize("file", ["base.txt", "dev.txt"])
def test_every_package_has_its_hashes_and_no_address(file):
    text = (REQUIREMENTS / file).read_text(encoding="utf-8")
    assert "://" not in text
    blocks = re.split(r"\n(?=[a-z0-9])", text)
    assert [block.splitlines()[0] for block in blocks if "--hash=sha256:" not in block] == []


@pytest.mark.parametrize("name", ["base", "dev"])
def test_every_wanted_package_is_pinned(name):
    wanted = {re.match(NAME, line).group(1).lower().replace("_", "-") for line in lines(f"{name}.in") if line[0] != "-"}
    assert wanted - set(pinned(f"{name}.txt")) == set(), "run ./run requirements"


def test_what_is_tested_is_what_is_served():
    base, dev = pinned("base.txt"), pinned("dev.txt")
    assert {name: version for name, version in base.items() if dev.get(name) != version} == {}
