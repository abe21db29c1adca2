"""The hash chain: one way to write a value, and no change that goes unseen."""

import hashlib
import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from huiyin.rules.chain import GENESIS, canonical, commitment, event_hash

SCALARS = st.none() | st.booleans() | st.integers(-(2**53) + 1, 2**53 - 1) | st.text(max_size=8)
VALUES = st.recursive(
    SCALARS, lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(max_size=5), inner, max_size=4)
)


@given(VALUES)
def test_what_is_written_reads_back_as_the_same_value(value: object) -> None:
    assert json.loads(canonical(value)) == value  # type: ignore[arg-type]


@given(st.dictionaries(st.text(max_size=4), st.integers(0, 9), min_size=2))
def test_the_order_of_names_does_not_matter(value: dict[str, int]) -> None:
    assert canonical(value) == canonical(dict(reversed(value.items())))


def test_names_stand_in_the_order_of_utf16_as_in_the_example_of_rfc_8785() -> None:
    names = ["\u20ac", "\r", "\ufb33", "1", "\U0001f600", "\u0080", "\u00f6"]
    written = json.loads(canonical(dict.fromkeys(names, 0)), object_pairs_hook=list)
    assert [name for name, _ in written] == ["\r", "1", "\u0080", "\u00f6", "\u20ac", "\U0001f600", "\ufb33"]


def test_strings_are_escaped_as_in_the_example_of_rfc_8785() -> None:
    typed = "\u20ac$\u000f\u000aA'\u0042\u0022\u005c\\\"/"
    assert canonical({"string": typed, "literals": [None, True, False]}) == (
        '{"literals":[null,true,false],"string":"€$\\u000f\\nA\'B\\"\\\\\\\\\\"/"}'.encode()
    )


@pytest.mark.parametrize("value", [1.0, {"a": [0.5]}, {1: "a"}, b"x", {"a"}])
def test_what_has_no_exact_form_is_refused(value: object) -> None:
    with pytest.raises(TypeError):
        canonical(value)  # type: ignore[arg-type]


@pytest.mark.parametrize("value", [2**53, -(2**53), "\ud800"])
def test_what_another_reader_could_not_hold_is_refused(value: int | str) -> None:
    with pytest.raises(ValueError, match="canonical"):
        canonical(value)


def test_an_event_hash_is_what_the_threat_model_says() -> None:
    nonce, private, public = bytes(range(32)), b"private", b"public"
    inner = hashlib.sha256(nonce + private).digest()
    assert event_hash(GENESIS, public, commitment(nonce, private)) == (
        hashlib.sha256(b"\x10" + bytes(32) + public + inner).digest()
    )


@given(st.lists(st.binary(max_size=8), min_size=1, max_size=12), st.data())
def test_a_changed_link_changes_every_later_hash(events: list[bytes], data: st.DataObject) -> None:
    def hashes(entries: list[bytes]) -> list[bytes]:
        last, out = GENESIS, []
        for entry in entries:
            last = event_hash(last, entry, commitment(bytes(32), b""))
            out.append(last)
        return out

    place = data.draw(st.integers(0, len(events) - 1))
    changed = [*events[:place], events[place] + b"!", *events[place + 1 :]]
    before, after = hashes(events), hashes(changed)
    assert before[:place] == after[:place]
    assert all(a != b for a, b in zip(before[place:], after[place:], strict=True))


def test_hashes_and_nonces_of_a_wrong_length_are_refused() -> None:
    with pytest.raises(ValueError, match="nonce"):
        commitment(b"short", b"")
    with pytest.raises(ValueError, match="32 bytes"):
        event_hash(b"", b"", bytes(32))
