"""Each kind of dispute has its own questions and sentences, in both languages; a mistake in the file is named."""

from __future__ import annotations

from pathlib import Path

import pytest

from huiyin.rules import agreeing
from huiyin.rules.agreement_kinds import PARTS, AgreementKind, KindsError, has_blanks, read, to_look_at
from huiyin.rules.catalogue import load_procedure

PROCEDURES = Path(__file__).resolve().parents[2] / "procedures"
TEXT = (PROCEDURES / "agreements" / "kinds.toml").read_text("utf-8")
KINDS = read(TEXT, "kinds.toml")
TEXTS = {file.stem: file.read_text("utf-8") for file in PROCEDURES.glob("*.toml")}


def said(kind: AgreementKind) -> list[str]:
    """Every word that a kind suggests."""
    words = [kind.about, *(part.ask for part in kind.parts.values())]
    words += [part.say for part in kind.parts.values() if part.say is not None]
    return [text for each in words for text in (each.zh, each.en)]


@pytest.mark.parametrize(
    "name", [name for name, text in TEXTS.items() if '"mediation"' in text or 'inherits = "cn-people' in text]
)
def test_every_kind_of_dispute_of_every_pack_has_its_own(name: str) -> None:
    pack = load_procedure(TEXTS[name], file=f"{name}.toml", bases=TEXTS)
    assert pack.kind == "mediation"
    assert set(pack.disputes) == set(KINDS)


@pytest.mark.parametrize("kind", KINDS.values(), ids=KINDS)
def test_a_kind_asks_for_every_part_and_suggests_nothing_that_no_agreement_may_hold(kind: AgreementKind) -> None:
    assert tuple(kind.parts) == PARTS
    assert all(text.strip() for text in said(kind))
    assert [text for text in said(kind) if agreeing.what_bars(text)] == []
    sentences = [part.say.zh + part.say.en for part in kind.parts.values() if part.say is not None]
    assert to_look_at(kind, sentences) == (), "what is suggested is not warned of"
    assert len({kind.about.zh for kind in KINDS.values()}) == len(KINDS)


def test_words_to_look_at_twice_are_found_across_blanks_and_in_their_kind_alone() -> None:
    (found,) = to_look_at(KINDS["wages"], ["双方约定 放弃 社保。"])
    assert "社会保险" in found.why.zh and found.source
    assert to_look_at(KINDS["land"], ["放弃社保"]) == ()
    assert to_look_at(None, ["放弃社保"]) == ()
    assert to_look_at(KINDS["family"], ["Both ARE  divorced by this."])


def test_a_blank_that_is_left_is_seen() -> None:
    assert has_blanks(["付款。", "最后一期在______。"])
    assert not has_blanks(["最后一期在5月1日。"])


@pytest.mark.parametrize(
    ("bad", "line", "words"),
    [
        ("[wages.terms]", "[wages.kept]", "terms is missing"),
        ('calculator = "wages"', 'calculator = "guess"', "unknown calculator"),
        ("picture = true", 'colour = "red"', "unknown key 'colour'"),
    ],
)
def test_a_mistake_is_named_with_its_line(bad: str, line: str, words: str) -> None:
    assert bad in TEXT
    with pytest.raises(KindsError) as raised:
        read(TEXT.replace(bad, line, 1), "kinds.toml")
    assert words in str(raised.value)
    assert all(fault.line for fault in raised.value.faults)


def test_what_is_no_toml_is_named_too() -> None:
    with pytest.raises(KindsError):
        read("[wages", "kinds.toml")
