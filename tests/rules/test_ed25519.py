"""Signatures checked without a library: as RFC 8032 says, and as the library does."""

from __future__ import annotations

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from hypothesis import given, settings
from hypothesis import strategies as st

from huiyin.rules.ed25519 import ORDER, is_signed_by

# RFC 8032, 7.1: public key, message, signature.
VECTORS = [
    (
        "d75a980182b10ab7d54bfed3c964073a0ee172f3daa62325af021a68f707511a",
        "",
        "e5564300c360ac729086e2cc806e828a84877f1eb8e5d974d873e06522490155"
        "5fb8821590a33bacc61e39701cf9b46bd25bf5f0595bbe24655141438e7a100b",
    ),
    (
        "3d4017c3e843895a92b70aa74d1b7ebc9c982ccf2ec4968cc0cd55f12af4660c",
        "72",
        "92a009a9f0d4cab8720e820b5f642540a2b27b5416503f8fb3762223ebdb69da"
        "085ac1e43e15996e458f3613d0f11d8c387b2eaeb4302aeeb00d291612bb0c00",
    ),
    (
        "fc51cd8e6218a1a38da47ed00230f0580816ed13ba3303ac5deb911548908025",
        "af82",
        "6291d657deec24024827e69c3abe01a30ce548a284743a445e3680d7db5ac3ac"
        "18ff9b538d16f290ae67f760984dc6594a7c15e9716ed28dc027beceea1ec40a",
    ),
]


@pytest.mark.parametrize("vector", VECTORS)
def test_the_vectors_of_the_standard_hold(vector):
    key, message, signature = map(bytes.fromhex, vector)
    assert is_signed_by(key, message, signature)
    assert not is_signed_by(key, message + b"x", signature)
    assert not is_signed_by(key, message, signature[:-1] + bytes([signature[-1] ^ 1]))


def test_a_second_form_of_the_same_signature_is_refused():
    """RFC 8032 asks for a scalar below the order: else anybody could make another signature out of one."""
    key, message, signature = map(bytes.fromhex, VECTORS[1])
    scalar = int.from_bytes(signature[32:], "little") + ORDER
    assert not is_signed_by(key, message, signature[:32] + scalar.to_bytes(32, "little"))


@pytest.mark.parametrize("key", [b"", bytes(31), b"\xff" * 32, (2**255 - 18).to_bytes(32, "little")])
def test_what_is_no_key_signs_nothing(key):
    assert not is_signed_by(key, b"", bytes(64))


@given(st.binary(max_size=80), st.integers(0, 64 * 8 - 1))
@settings(max_examples=15)
def test_it_says_what_the_library_says(message, bit):
    private = Ed25519PrivateKey.generate()
    key, signature = private.public_key().public_bytes_raw(), private.sign(message)
    assert is_signed_by(key, message, signature)
    bent = bytearray(signature)
    bent[bit // 8] ^= 1 << bit % 8
    assert not is_signed_by(key, message, bytes(bent))
