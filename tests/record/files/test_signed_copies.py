"""A scan is taken for what its bytes say, and opens only in its own matter."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from huiyin.record import clock, keyring
from huiyin.record.cases.models import Case
from huiyin.record.files import signed_copies
from huiyin.record.files.signed_copies import BEGINNINGS, LARGEST, SignedPaper, media_type_of
from huiyin.rules.refusal import Refusal
from huiyin.stages.intake.actions import file_complaint
from tests.cast import complaint, make_office


@given(st.sampled_from(sorted(BEGINNINGS)), st.binary(max_size=200))
def test_the_beginning_decides(beginning: bytes, rest: bytes) -> None:
    assert media_type_of(beginning + rest) == BEGINNINGS[beginning]


@given(st.binary(max_size=200).filter(lambda data: not data.startswith(tuple(BEGINNINGS))))
def test_everything_else_is_refused(data: bytes) -> None:
    with pytest.raises(Refusal) as refused:
        media_type_of(data)
    assert refused.value.code == ("file_kind" if data else "file_empty")


def test_ten_megabytes_and_not_a_byte_more() -> None:
    assert media_type_of(b"%PDF-" + b"\x00" * (LARGEST - 5)) == "application/pdf"
    with pytest.raises(Refusal, check=lambda refusal: refusal.code == "file_too_large"):
        media_type_of(b"%PDF-" + b"\x00" * (LARGEST - 4))


@pytest.mark.django_db(databases=["default", "vault"])
def test_it_opens_only_in_its_own_matter_and_under_its_own_number() -> None:
    make_office(with_accounts=False)
    number = file_complaint(complaint(), key=None, digest="").case_number
    case = Case.scoped.get(number=number)
    paper = SignedPaper(clock.today("Asia/Shanghai"), b"%PDF-1.7 ink")
    row = signed_copies.keep(case.pk, number, paper, kind="reply", number=f"2026-{number}-1", at=clock.now())
    assert signed_copies.data_of(row, number) == paper.data
    with pytest.raises(keyring.SealBroken):
        signed_copies.data_of(row, "0000-0000-00")
    row.number = f"2026-{number}-2"
    with pytest.raises(keyring.SealBroken):
        signed_copies.data_of(row, number)
