"""A new receipt code on its way out and back, before it holds: sealed for one receipt and one session of it, kept nowhere."""

from __future__ import annotations

import binascii
from base64 import urlsafe_b64decode, urlsafe_b64encode

from huiyin.record import keyring
from huiyin.record.cases.codes.receipts import Holder

LABEL = "new receipt code"


def carried(holder: Holder, code: str) -> str:
    """A code as it travels; it opens for this receipt alone, until a code of it was replaced."""
    return urlsafe_b64encode(keyring.seal(LABEL, code.encode(), _place(holder))).decode()


def brought_back(holder: Holder, sealed: str) -> str:
    """The code again; empty for whatever was not carried for this holder."""
    try:
        return keyring.open_sealed(LABEL, urlsafe_b64decode(sealed.encode()), _place(holder)).decode()
    except (keyring.SealBroken, binascii.Error, ValueError):
        return ""


def is_written_down(code: str, typed: str) -> bool:
    """Whether the last four digits of a new code were typed: whoever types them has written it down."""
    digits = "".join(each for each in typed if each.isascii() and each.isdigit())
    return bool(code) and digits[-4:] == code[-4:]


def _place(holder: Holder) -> bytes:
    return f"{holder.receipt_id} {holder.epoch}".encode()
