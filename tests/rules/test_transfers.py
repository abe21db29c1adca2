"""Competence: one objection goes back to the sender, the second to the common superior, and then it is settled."""

from __future__ import annotations

from typing import get_args

from hypothesis import given
from hypothesis import strategies as st

from huiyin.rules import transfers
from huiyin.rules.catalogue import load_procedure
from huiyin.rules.procedure import Transfer
from tests.cast import PROCEDURES

KINDS = st.lists(st.sampled_from([kind for kind in get_args(Transfer) if kind]), max_size=12)
PETITION = load_procedure((PROCEDURES / "cn-xinfang.toml").read_text("utf-8"))
HOTLINE = load_procedure((PROCEDURES / "cn-12345.toml").read_text("utf-8"))


@given(KINDS)
def test_an_objection_is_the_first_or_the_second_never_both(past: list[Transfer]) -> None:
    assert len({"first_objection", "second_objection"} & transfers.checks(past)) == 1
    assert ("second_objection" in transfers.checks([*past, "object"])) == transfers.goes_to_superior(past)


@given(KINDS, KINDS)
def test_what_is_settled_stays_settled(before: list[Transfer], after: list[Transfer]) -> None:
    assert "not_settled" not in transfers.checks([*before, "settle", *after])


@given(KINDS)
def test_naming_an_officer_settles_only_what_was_objected_to(past: list[Transfer]) -> None:
    named = transfers.kind_of(HOTLINE.moves["dispatch_again"], past)
    assert named == ("settle" if past and past[-1] == "object" else "")
    assert transfers.kind_of(PETITION.moves["transfer"], past) == "send"
    assert transfers.kind_of(PETITION.moves["accept"], past) == ""
