"""A large file in pieces: it opens whole, in its place, or not at all."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from huiyin.record import keyring
from huiyin.record.keyring.streams import CHUNK, HEAD_BYTES, TAG

KEY = bytes(range(32))
PLACE = b"1234-5678-90 files_attachment abc original"
SIZES = (0, 1, CHUNK - 1, CHUNK, CHUNK + 1, 3 * CHUNK, 3 * CHUNK + 7)


@pytest.mark.parametrize("size", SIZES)
def test_it_opens_as_it_was(size: int) -> None:
    content = bytes(size % 251 for size in range(size))
    sealed = keyring.seal_stream(KEY, content, PLACE)
    assert keyring.open_stream(KEY, sealed, PLACE) == content
    assert len(sealed) == HEAD_BYTES + size + TAG * max(1, -(-size // CHUNK))


def test_pieces_cannot_be_cut_swapped_or_moved() -> None:
    sealed = keyring.seal_stream(KEY, b"x" * (3 * CHUNK), PLACE)
    step, head = CHUNK + TAG, sealed[:HEAD_BYTES]
    first, second, third = (sealed[HEAD_BYTES + each * step : HEAD_BYTES + (each + 1) * step] for each in range(3))
    for wrong in (
        head + first + second,
        head + second + first + third,
        head + first + third,
        head,
        b"",
        sealed + third,
    ):
        with pytest.raises(keyring.SealBroken):
            keyring.open_stream(KEY, wrong, PLACE)
    for key, place in ((keyring.new_key(), PLACE), (KEY, PLACE.replace(b"90", b"91"))):
        with pytest.raises(keyring.SealBroken):
            keyring.open_stream(key, sealed, place)


@given(st.binary(min_size=1, max_size=300), st.data())
def test_one_changed_bit_is_found(content: bytes, data: st.DataObject) -> None:
    sealed = bytearray(keyring.seal_stream(KEY, content, PLACE))
    place = data.draw(st.integers(0, len(sealed) - 1))
    sealed[place] ^= 1 << data.draw(st.integers(0, 7))
    with pytest.raises(keyring.SealBroken):
        keyring.open_stream(KEY, bytes(sealed), PLACE)
