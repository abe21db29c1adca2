"""Where a list goes on: sealed, because inner keys are never shown, and good for the list it came from alone."""

from __future__ import annotations

import base64
import binascii

from huiyin.record import keyring
from huiyin.rules.refusal import Refusal

LONGEST = 200  # characters


def sealed(place: str | int | None, *, of: str) -> str | None:
    """The place as text that tells nothing; ``of`` names list and reader."""
    if place is None:
        return None
    return base64.urlsafe_b64encode(keyring.seal("api-cursor", str(place).encode(), of.encode())).decode().rstrip("=")


def opened(after: str, *, of: str) -> str:
    """The place behind an ``after``; empty at the start. Raises Refusal("unknown_choice", field="after")."""
    if not after:
        return ""
    try:
        if len(after) > LONGEST or not after.isascii():
            raise ValueError(after)
        blob = base64.urlsafe_b64decode(after + "=" * (-len(after) % 4))
        return keyring.open_sealed("api-cursor", blob, of.encode()).decode()
    except (ValueError, binascii.Error, keyring.SealBroken):
        raise Refusal("unknown_choice", field="after") from None
