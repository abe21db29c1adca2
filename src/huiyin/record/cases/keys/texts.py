"""The words of a matter on their way into a row and out of it: the one seam between sealed matters and all the rest.

In an ordinary matter words stand as they are. In a sealed one the row holds ``sealed:1:epoch:...``, closed to the
matter's public half, so that everybody may write; only who brought a key reads (``matter_keys``), all others get
nothing. What the ledger hashes is what the row holds: no hash of sealed words stands anywhere.
"""

from __future__ import annotations

import base64
import binascii
import json
from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PublicKey

from huiyin.record import keyring
from huiyin.record.cases.given import Given
from huiyin.record.cases.keys import matter_keys
from huiyin.record.cases.models import Case
from huiyin.record.files.store import Seal
from huiyin.rules.procedure import Procedure

MARK, SUITE = "sealed", 1
BETWEEN = "\n\n"  # words added later stand behind those of before, each piece sealed by itself


def seal(case: Case, field: str, text: str, *, to: X25519PublicKey | None = None) -> str:
    """The words as they may stand in a row of the case. ``to``: the key, where the case is not written yet."""
    if not case.key_epoch or not text:
        return text
    sealed = _closed(case, field, text.encode(), to)
    return f"{MARK}:{SUITE}:{case.key_epoch}:{base64.b64encode(sealed).decode()}"


def read(case: Case, field: str, stored: str) -> str:
    """The words of a row; nothing where the matter is sealed and shut, or this place was tampered with."""
    if not case.key_epoch or not stored:
        return stored
    return BETWEEN.join(_opened(case, field, piece) for piece in stored.split(BETWEEN))


def closer(case: Case) -> Seal:
    """How the files of a matter are closed: under the server's key, or to the key of the matter."""
    if not case.key_epoch:
        return keyring.seal
    epoch = case.key_epoch

    def close(label: str, plaintext: bytes, place: bytes) -> bytes:
        public = matter_keys.public_half(case)
        return epoch.to_bytes(2, "big") + keyring.seal_envelope(public, label, plaintext, _place(case, epoch, place))

    return close


def opener(case: Case) -> Seal:
    """How they are opened again. Where the matter is shut it raises Refusal("sealed_locked"), else ``SealBroken``."""
    if not case.key_epoch:
        return keyring.open_sealed

    def open_file(label: str, blob: bytes, place: bytes) -> bytes:
        epoch = int.from_bytes(blob[:2], "big")
        private = matter_keys.private_half(case, epoch)
        if private is None:
            matter_keys.must_be_open(case)
            raise keyring.SealBroken("A file of this matter was sealed before its reader had a key.")
        return keyring.open_envelope(private, label, blob[2:], _place(case, epoch, place))

    return open_file


def seal_draft(case: Case, given: Mapping[str, Any]) -> dict[str, Any]:
    """What a draft would deliver, as its row may hold it."""
    if not case.key_epoch:
        return dict(given)
    words = json.dumps(dict(given), ensure_ascii=False)
    return {MARK: seal(case, "cases_draft.given", words)}


def read_draft(case: Case, stored: Mapping[str, Any]) -> dict[str, Any]:
    """What a draft would deliver; empty where the matter is shut."""
    if not case.key_epoch or MARK not in stored:
        return dict(stored)
    words = read(case, "cases_draft.given", str(stored[MARK]))
    return dict(json.loads(words)) if words else {}


def seal_given(case: Case, procedure: Procedure, given: Given) -> Given:
    """What came with a move as rows and ledger may hold it: words sealed, choices of the pack as they are."""
    if not case.key_epoch:
        return given
    is_choice = given.reason in procedure.reasons
    return replace(
        given,
        text=seal(case, "cases_document.text", given.text),
        legal_basis=seal(case, "cases_document.legal_basis", given.legal_basis),
        reason=given.reason if is_choice else seal(case, "reason", given.reason),
    )


def _opened(case: Case, field: str, piece: str) -> str:
    try:
        mark, suite, epoch, body = piece.split(":")
        private = matter_keys.private_half(case, int(epoch)) if (mark, suite) == (MARK, str(SUITE)) else None
        if private is None:
            return ""
        blob = base64.b64decode(body.encode(), validate=True)
        return keyring.open_envelope(private, field, blob, _place(case, int(epoch), b"")).decode()
    except (keyring.SealBroken, binascii.Error, ValueError):
        return ""


def _closed(case: Case, field: str, data: bytes, to: X25519PublicKey | None) -> bytes:
    public = to or matter_keys.public_half(case)
    return keyring.seal_envelope(public, field, data, _place(case, case.key_epoch, b""))


def _place(case: Case, epoch: int, more: bytes) -> bytes:
    """Bound to the matter and the epoch: what is moved to another matter does not open."""
    return f"{case.number} {epoch} ".encode() + more
