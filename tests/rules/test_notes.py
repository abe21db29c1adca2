"""Signed notes are read strictly: a text that is nearly one is none."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from huiyin.rules.notes import (
    COSIGNATURE,
    ED25519,
    NoteBroken,
    VerifierKey,
    cosignature,
    cosigned,
    read_checkpoint,
    time_and_signature,
)

# From C2SP tlog-cosignature.
EXAMPLE = """example.com/behind-the-sofa
20852163
CsUYapGGPo4dkMgIAUqom/Xajj7h2fB2MPA3j2jxq2I=

— example.com/behind-the-sofa Az3grlgtzPICa5OS8npVmf1Myq/5IZniMp+ZJurmRDeOoRDe4URYN7u5/Zhcyv2q1gGzGku9nTo+zyWE+xeMcTOAYQ8=
— witness.example.com/w1 jWbPPwAAAABkGFDLEZMHwSRaJNiIDoe9DYn/zXcrtPHeolMI5OWXEhZCB9dlrDJsX3b2oyin1nPZqhf5nNo0xUe+mbIUBkBIfZ+qnA==
"""


def test_the_example_of_the_standard_is_read():
    head = read_checkpoint(EXAMPLE)
    assert (head.origin, head.size, len(head.lines)) == ("example.com/behind-the-sofa", 20852163, 2)
    at, signature = time_and_signature(head.lines[1])
    assert at == 1679315147
    assert len(signature) == 64
    assert cosigned(at, head.body).decode() == f"cosignature/v1\ntime {at}\n" + EXAMPLE.partition("\n\n")[0] + "\n"
    assert "".join(map(str, head.lines)) == EXAMPLE.partition("\n\n")[2]


@given(st.sampled_from(["\n\n", "2085", "Cs", "— ", "=\n"]), st.sampled_from(["", " ", "x", "\n"]))
def test_a_note_that_is_bent_is_refused_or_says_something_else(part, instead):
    bent = EXAMPLE.replace(part, instead, 1)
    try:
        head = read_checkpoint(bent)
    except NoteBroken:
        return
    assert head.body != read_checkpoint(EXAMPLE).body or head.lines != read_checkpoint(EXAMPLE).lines


@pytest.mark.parametrize("size", ["-1", "01", "1 ", "１", "1.5", "9" * 30])
def test_a_size_is_a_plain_number(size):
    with pytest.raises(NoteBroken):
        read_checkpoint(EXAMPLE.replace("20852163", size))


@given(st.binary(min_size=32, max_size=32), st.sampled_from([ED25519, COSIGNATURE]))
def test_a_verifier_key_comes_back_as_it_was_written(key, kind):
    written = VerifierKey("bar.example.org/huiyin", kind, key)
    assert VerifierKey.read(str(written)) == written
    with pytest.raises(NoteBroken):
        VerifierKey.read(str(written).replace("bar", "far"))


def test_a_cosignature_is_a_time_and_a_signature():
    line = cosignature(VerifierKey("w", COSIGNATURE, bytes(32)), 17, b"s" * 64)
    assert time_and_signature(line) == (17, b"s" * 64)
