#!/usr/bin/env python3
# SPDX-License-Identifier: AGPL-3.0-or-later
# Put together by tools/kept.py out of the source of Huiyin; do not change it here.
"""Check proofs of Huiyin far from the server that gave them, also years later. Only Python 3.10 or newer is needed.

    python3 huiyin-verify.py FILE ...                          proofs, receipts, histories and signed roots that were kept
    python3 huiyin-verify.py FILE --letter letter.pdf          is this the letter that was sent?
    python3 huiyin-verify.py FILE --log https://.../transparency    go through the whole public history (or a folder of it)
    python3 huiyin-verify.py FILE --key KEY                    the key as it stands on paper; without it, that of the file
    python3 huiyin-verify.py FILE --witness KEY                and an outside body must have signed the root

Ends with 0 when everything holds, with 1 when something does not, with 2 when a file cannot be read.
"""

from __future__ import annotations

import argparse
import base64
import binascii
import datetime
import hashlib
import json
import re
import sys
import urllib.error
import urllib.request
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, TypeAlias


# -------------------- merkle: The tree over all chains (RFC 6962, RFC 9162): proofs that an event stands in the ledger.

HashAt: TypeAlias = Callable[[int, int], bytes]

EMPTY_ROOT = hashlib.sha256(b"").digest()


def leaf_hash(entry: bytes) -> bytes:
    """The leaf for one entry; in the ledger the entry is an event's chain hash."""
    return hashlib.sha256(b"\x00" + entry).digest()


def node_hash(left: bytes, right: bytes) -> bytes:
    """The node over two subtrees."""
    return hashlib.sha256(b"\x01" + left + right).digest()


@dataclass(frozen=True, slots=True)
class Node:
    """A complete subtree, ready to be stored."""

    level: int
    index: int
    hash: bytes


@dataclass(frozen=True, slots=True)
class Frontier:
    """All one needs to go on appending: the complete subtrees of the right edge, largest first."""

    size: int = 0
    peaks: tuple[bytes, ...] = ()

    def root(self) -> bytes:
        """The root hash of the tree at this size."""
        if not self.peaks:
            return EMPTY_ROOT
        value = self.peaks[-1]
        for peak in reversed(self.peaks[:-1]):
            value = node_hash(peak, value)
        return value


def append(frontier: Frontier, leaves: Iterable[bytes]) -> tuple[Frontier, list[Node]]:
    """The frontier after more leaf hashes, and every complete subtree (leaves too) they made."""
    size, peaks, made = frontier.size, list(frontier.peaks), []
    for leaf in leaves:
        level, value = 0, leaf
        made.append(Node(0, size, leaf))
        while (size >> level) & 1:
            value = node_hash(peaks.pop(), value)
            level += 1
            made.append(Node(level, size >> level, value))
        peaks.append(value)
        size += 1
    return Frontier(size, tuple(peaks)), made


def frontier_at(size: int, hash_at: HashAt) -> Frontier:
    """The frontier of a stored tree at a size."""
    levels = [level for level in range(size.bit_length() - 1, -1, -1) if (size >> level) & 1]
    return Frontier(size, tuple(hash_at(level, (size >> level) - 1) for level in levels))


def root(leaves: Sequence[bytes]) -> bytes:
    """The root hash over leaf hashes."""
    return append(Frontier(), leaves)[0].root()


def root_at(size: int, hash_at: HashAt) -> bytes:
    """The root hash of a stored tree at a size."""
    return frontier_at(size, hash_at).root()


def inclusion_path(index: int, size: int, hash_at: HashAt) -> list[bytes]:
    """The audit path for the leaf at ``index`` in the tree of ``size`` (RFC 9162, 2.1.3.1)."""
    if not 0 <= index < size:
        raise ValueError("no leaf at this position in a tree of this size")
    path: list[bytes] = []
    start, end = 0, size
    while end - start > 1:
        middle = start + _split(end - start)
        if index < middle:
            path.append(_range_hash(middle, end, hash_at))
            end = middle
        else:
            path.append(_range_hash(start, middle, hash_at))
            start = middle
    return path[::-1]


def consistency_path(old: int, new: int, hash_at: HashAt) -> list[bytes]:
    """The proof that the tree of ``old`` leaves is the beginning of that of ``new`` (2.1.4.1)."""
    if not 0 < old <= new:
        raise ValueError("a consistency proof goes from a smaller tree that is not empty to a larger one")
    path: list[bytes] = []
    start, end, whole = 0, new, True
    while old != end:
        middle = start + _split(end - start)
        if old <= middle:
            path.append(_range_hash(middle, end, hash_at))
            end = middle
        else:
            path.append(_range_hash(start, middle, hash_at))
            start, whole = middle, False
    if not whole:
        path.append(_range_hash(start, end, hash_at))
    return path[::-1]


def verify_inclusion(leaf: bytes, index: int, size: int, path: Sequence[bytes], root: bytes) -> bool:
    """Does the leaf hash stand at ``index`` in the tree with this root? (RFC 9162, 2.1.3.2)"""
    if not 0 <= index < size:
        return False
    position, last, value = index, size - 1, leaf
    for sibling in path:
        if last == 0:
            return False
        if position & 1 or position == last:
            value = node_hash(sibling, value)
            while not position & 1 and position:
                position, last = position >> 1, last >> 1
        else:
            value = node_hash(value, sibling)
        position, last = position >> 1, last >> 1
    return last == 0 and value == root


def verify_consistency(old: int, new: int, old_root: bytes, new_root: bytes, path: Sequence[bytes]) -> bool:
    """Is the tree with ``old_root`` the beginning of that with ``new_root``? (RFC 9162, 2.1.4.2)"""
    if not 0 < old <= new:
        return False
    if old == new:
        return not path and old_root == new_root
    steps = list(path)
    if old & (old - 1) == 0:
        steps.insert(0, old_root)
    if not steps:
        return False
    position, last = old - 1, new - 1
    while position & 1:
        position, last = position >> 1, last >> 1
    first = second = steps[0]
    for step in steps[1:]:
        if last == 0:
            return False
        if position & 1 or position == last:
            first, second = node_hash(step, first), node_hash(step, second)
            while not position & 1 and position:
                position, last = position >> 1, last >> 1
        else:
            second = node_hash(second, step)
        position, last = position >> 1, last >> 1
    return last == 0 and first == old_root and second == new_root


def _split(count: int) -> int:
    """The largest power of two smaller than ``count``."""
    return 1 << ((count - 1).bit_length() - 1)


def _range_hash(start: int, end: int, hash_at: HashAt) -> bytes:
    """The hash over leaves ``start`` to ``end``, where ``start`` is the left edge of a subtree."""
    peaks: list[bytes] = []
    while start < end:
        level = (end - start).bit_length() - 1
        peaks.append(hash_at(level, start >> level))
        start += 1 << level
    return Frontier(0, tuple(peaks)).root()


# -------------------- chain: The hash chain of one matter: every event holds the hash of the one before.

Json: TypeAlias = "bool | int | str | Sequence[Json] | Mapping[str, Json] | None"

GENESIS = bytes(32)
HASH_BYTES = 32
NONCE_BYTES = 32
_EVENT = b"\x10"
_LARGEST_INTEGER = 2**53 - 1


def canonical(value: Json) -> bytes:
    """The one way to write a value (RFC 8785, JSON Canonicalization Scheme).

    Floating point numbers are refused, and so are integers that a reader in another language
    could not hold exactly: nothing in the ledger is worth a rounding.
    """
    text = json.dumps(_ordered(value), ensure_ascii=False, allow_nan=False, separators=(",", ":"))
    try:
        return text.encode("utf-8")
    except UnicodeEncodeError as error:
        raise ValueError("a lone surrogate cannot be written as canonical JSON") from error


def _ordered(value: Json) -> object:
    if value is None or isinstance(value, (bool, str)):
        return value
    if isinstance(value, int):
        if abs(value) > _LARGEST_INTEGER:
            raise ValueError("an integer beyond 2**53 - 1 has no canonical form")
        return int(value)
    if isinstance(value, (list, tuple)):
        return [_ordered(item) for item in value]
    if isinstance(value, Mapping):
        if not all(isinstance(key, str) for key in value):
            raise TypeError("the names in a canonical object are strings")
        return {key: _ordered(value[key]) for key in sorted(value, key=_utf16)}
    raise TypeError(f"no canonical form for {type(value).__name__}")


def _utf16(name: str) -> bytes:
    """The order of RFC 8785, section 3.2.3: by UTF-16 code units."""
    return name.encode("utf-16-be", "surrogatepass")


def commitment(nonce: bytes, private: bytes) -> bytes:
    """The salted hash under which a private part stands in the chain."""
    if len(nonce) != NONCE_BYTES:
        raise ValueError("a nonce has 32 bytes")
    return hashlib.sha256(nonce + private).digest()


def event_hash(prev: bytes, public: bytes, commitment: bytes) -> bytes:
    """The hash of one event, after the event hashed to ``prev`` (``GENESIS`` for the first)."""
    if len(prev) != HASH_BYTES or len(commitment) != HASH_BYTES:
        raise ValueError("a hash in the chain has 32 bytes")
    return hashlib.sha256(_EVENT + prev + public + commitment).digest()


# -------------------- notes: Signed notes and checkpoints as text (C2SP signed-note, tlog-checkpoint, tlog-cosignature): read, not verified.

DASH = "\N{EM DASH}"
ED25519, COSIGNATURE = b"\x01", b"\x04"  # kinds of key: a log's own, a witness's
KEY_BYTES, ID_BYTES, TIME_BYTES, SIGNATURE_BYTES = 32, 4, 8, 64
LONGEST = 16_384  # characters of a note that is read at all


class NoteBroken(ValueError):
    """A text that is no signed note, checkpoint or verifier key; the message says what is wrong."""


@dataclass(frozen=True, slots=True)
class VerifierKey:
    """A name with its public key. ``kind`` is ``ED25519`` or ``COSIGNATURE``."""

    name: str
    kind: bytes
    key: bytes

    @property
    def id(self) -> bytes:
        """The four bytes by which a signature line names the key."""
        return hashlib.sha256(self.name.encode() + b"\n" + self.kind + self.key).digest()[:ID_BYTES]

    def __str__(self) -> str:
        return f"{self.name}+{self.id.hex()}+{base64.b64encode(self.kind + self.key).decode()}"

    @classmethod
    def read(cls, text: str) -> VerifierKey:
        """The key from ``name+hash+key``. Raises NoteBroken."""
        name, _, rest = text.strip().partition("+")
        digest, _, encoded = rest.partition("+")
        data = decoded(encoded)
        found = cls(name, data[:1], data[1:])
        if not name or any(each.isspace() for each in name) or found.kind not in {ED25519, COSIGNATURE}:
            raise NoteBroken("a verifier key is written name+hash+key, and its key is Ed25519")
        if len(found.key) != KEY_BYTES or found.id.hex() != digest:
            raise NoteBroken("the hash in the verifier key is not that of its name and key")
        return found


@dataclass(frozen=True, slots=True)
class SignatureLine:
    """One line below a note."""

    name: str
    key_id: bytes
    signature: bytes

    def __str__(self) -> str:
        return f"{DASH} {self.name} {base64.b64encode(self.key_id + self.signature).decode()}\n"


@dataclass(frozen=True, slots=True)
class Head:
    """A checkpoint: whose tree, how many leaves, which root; ``body`` is what is signed."""

    origin: str
    size: int
    root: bytes
    body: bytes
    lines: tuple[SignatureLine, ...]


def read_checkpoint(text: str) -> Head:
    """The checkpoint of a signed note. Raises NoteBroken."""
    if len(text) > LONGEST:
        raise NoteBroken("the note is too long")
    above, gap, below = text.partition("\n\n")
    if not gap or not below.endswith("\n"):
        raise NoteBroken("a signed note has an empty line between its text and its signatures")
    parts = above.split("\n")
    if len(parts) < 3 or not parts[0] or not _is_number(parts[1]):
        raise NoteBroken("a checkpoint begins with origin, size and root")
    root = decoded(parts[2])
    if len(root) != 32:
        raise NoteBroken("the root of a checkpoint has 32 bytes")
    return Head(parts[0], int(parts[1]), root, f"{above}\n".encode(), tuple(map(_line, below[:-1].split("\n"))))


def cosigned(at: int, body: bytes) -> bytes:
    """What a witness signs: the whole checkpoint, and when (``at``, seconds since 1970)."""
    return f"cosignature/v1\ntime {at}\n".encode() + body


def time_and_signature(line: SignatureLine) -> tuple[int, bytes]:
    """The two parts of a cosignature. Raises NoteBroken."""
    if len(line.signature) != TIME_BYTES + SIGNATURE_BYTES:
        raise NoteBroken("a cosignature has 72 bytes: a time and a signature")
    return int.from_bytes(line.signature[:TIME_BYTES], "big"), line.signature[TIME_BYTES:]


def cosignature(key: VerifierKey, at: int, signature: bytes) -> SignatureLine:
    """The line that a witness adds to a checkpoint."""
    return SignatureLine(key.name, key.id, at.to_bytes(TIME_BYTES, "big") + signature)


def decoded(text: str) -> bytes:
    """Bytes from base64, strictly. Raises NoteBroken."""
    try:
        return base64.b64decode(text, validate=True)
    except (binascii.Error, ValueError) as broken:
        raise NoteBroken("this is not base64") from broken


def _line(text: str) -> SignatureLine:
    dash, _, rest = text.partition(" ")
    name, _, encoded = rest.partition(" ")
    data = decoded(encoded)
    if dash != DASH or not name or len(data) <= ID_BYTES:
        raise NoteBroken("a signature line is a dash, a name, and a key's number with its signature")
    return SignatureLine(name, data[:ID_BYTES], data[ID_BYTES:])


def _is_number(text: str) -> bool:
    return text.isascii() and text.isdecimal() and (text == "0" or not text.startswith("0")) and len(text) < 19


# -------------------- ed25519: Checking an Ed25519 signature without any library (RFC 8032, 5.1.7), for the program that people keep.

Point: TypeAlias = tuple[int, int, int, int]

PRIME = 2**255 - 19
ORDER = 2**252 + 27742317777372353535851937790883648493
_D = -121665 * pow(121666, PRIME - 2, PRIME) % PRIME
_ROOT = pow(2, (PRIME - 1) // 4, PRIME)


def is_signed_by(key: bytes, message: bytes, signature: bytes) -> bool:
    """Did the holder of this key sign this message?"""
    if len(key) != 32 or len(signature) != 64:
        return False
    public, nonce = _point(key), _point(signature[:32])
    scalar = int.from_bytes(signature[32:], "little")
    if public is None or nonce is None or scalar >= ORDER:
        return False
    challenge = int.from_bytes(hashlib.sha512(signature[:32] + key + message).digest(), "little") % ORDER
    return _same(_times(scalar, _BASE), _add(nonce, _times(challenge, public)))


def _x_of(y: int, sign: int) -> int | None:
    """The coordinate that belongs to ``y`` on the curve, of the parity asked for."""
    if y >= PRIME:
        return None
    square = (y * y - 1) * pow(_D * y * y + 1, PRIME - 2, PRIME) % PRIME
    if square == 0:
        return None if sign else 0
    x = pow(square, (PRIME + 3) // 8, PRIME)
    if (x * x - square) % PRIME:
        x = x * _ROOT % PRIME
    if (x * x - square) % PRIME:
        return None
    return x if x & 1 == sign else PRIME - x


def _point(encoded: bytes) -> Point | None:
    value = int.from_bytes(encoded, "little")
    y = value & ((1 << 255) - 1)
    x = _x_of(y, value >> 255)
    return None if x is None else (x, y, 1, x * y % PRIME)


def _add(first: Point, second: Point) -> Point:
    a = (first[1] - first[0]) * (second[1] - second[0]) % PRIME
    b = (first[1] + first[0]) * (second[1] + second[0]) % PRIME
    c = 2 * first[3] * second[3] * _D % PRIME
    d = 2 * first[2] * second[2] % PRIME
    e, f, g, h = b - a, d - c, d + c, b + a
    return (e * f % PRIME, g * h % PRIME, f * g % PRIME, e * h % PRIME)


def _times(scalar: int, point: Point) -> Point:
    total: Point = (0, 1, 1, 0)
    while scalar:
        if scalar & 1:
            total = _add(total, point)
        point = _add(point, point)
        scalar >>= 1
    return total


def _same(first: Point, second: Point) -> bool:
    across = (first[0] * second[2] - second[0] * first[2]) % PRIME
    up = (first[1] * second[2] - second[1] * first[2]) % PRIME
    return across == 0 and up == 0


_BASE_Y = 4 * pow(5, PRIME - 2, PRIME) % PRIME
_BASE_X = _x_of(_BASE_Y, 0) or 0
_BASE: Point = (_BASE_X, _BASE_Y, 1, _BASE_X * _BASE_Y % PRIME)


# -------------------- replay: What the stored rows of a matter must say, by its history alone; and where they say something else.

FIRST = ("channel", "received_on", "confidentiality")
SERVED = {
    "letter_read": "portal_read",
    "letter_posted": "post",
    "letter_handed_over": "handed_over",
    "letter_returned": "returned",
}
DUTY_STATES = {
    "duty_said_done": "said_done",
    "duty_confirmed": "confirmed",
    "duty_denied": "open",
    "duty_found_done": "found_done",
    "duty_moved": "open",
}
REPORTED = {"term_escalated", "duty_reported"}
ERASED = "content_erased"
LOOKS = {"case_opened", "identity_unsealed", "receipt_used", "status_told", "contact_opened"}
AT_MOST = {"reported", "letting_read"}
"""Keys of which the rows may hold less than the history tells, and nothing else."""


def replay(events: Iterable[Mapping[str, Any]]) -> dict[str, Any]:
    """What the rows must say. An event is ``kind``, ``at``, ``actor`` and ``details``; those without details are closed.

    A key is left out where the history does not speak of it (events of an older version, or erased ones).
    """
    told: dict[str, Any] = {
        "documents": [], "messages": [], "letters": {}, "copies": {}, "services": [], "duties": {}, "duty_steps": [],
        "external": {}, "links": [], "transfers": [], "responsible": [], "sign_off": [], "reported": [], "terms": [],
        "draft": None,
    }  # fmt: skip
    for event in events:
        details = event.get("details")
        if details is not None:
            _take(told, event["kind"], event, details)
    if "" in told["responsible"]:
        del told["responsible"]
    else:
        told["responsible_now"] = told["responsible"][-1] if told["responsible"] else ""
        told["letting_read"] = sorted(set(told["responsible"]))
    return told | {
        "services": sorted(told["services"]),
        "duties": [told["duties"][number] for number in sorted(told["duties"])],
        "external": sorted(told["external"].values()),
        "reported": sorted(set(told["reported"])),
    }


def is_whole(events: Iterable[Mapping[str, Any]]) -> bool:
    """Whether every event but looks says what it said: after an erasure the rows can no longer be told from the history."""
    return all(event.get("details") is not None or event["kind"] in LOOKS for event in events)


def differences(told: Mapping[str, Any], stored: Mapping[str, Any]) -> list[str]:
    """The keys under which the rows say something else than the history, each with both."""
    found = []
    for key, wanted in told.items():
        held = stored.get(key)
        if key == "text_begun":
            holds = wanted in (held or [])
        elif key in AT_MOST:
            holds = set(held or []) <= set(wanted)
        else:
            holds = held == wanted
        if not holds:
            found.append(f"{key}: the history says {_short(wanted)}, stored is {_short(held)}")
    return found


def _short(value: object) -> str:
    text = repr(value)
    return text if len(text) <= 300 else f"{text[:300]}…"


def _take(told: dict[str, Any], kind: str, event: Mapping[str, Any], details: Mapping[str, Any]) -> None:
    """One event. Whatever binds a row anew says so under ``bound``: the key of the row, and what it must say from now on."""
    told.update(details.get("bound") or {})
    if kind in {"complaint_registered", "review_registered"}:
        _register(told, event, details)
    elif kind == "case_moved":
        _move(told, details)
    elif kind.startswith(("message_from_", "correction_from_")):
        sort, _, sender = kind.partition("_from_")
        by = event.get("actor", {}).get("name", {}).get("zh", "")
        told["messages"].append([sender, sort, details.get("text_sha256"), by])
    elif kind in {"term_extended", "term_recounted", "term_stopped", "term_resumed", "window_opened"}:
        _turn(told, kind, details)
    elif kind.startswith("duty_"):
        _owe(told, kind, details)
    elif kind.startswith("draft_"):
        _draft(told, kind, details)
    else:
        _note(told, kind, details)
    if kind in REPORTED and details.get("to"):
        told["reported"].append(details["to"])


def _note(told: dict[str, Any], kind: str, details: Mapping[str, Any]) -> None:
    """An event that is written down and moves nothing else."""
    number = details.get("number")
    if kind in {"responsible_named", "responsible_changed"}:
        told["responsible"].append(details.get("post") or details.get("to") or "")
    elif kind in {"summary_changed", "registration_completed"}:
        told["summary_sha256" if kind == "summary_changed" else "completed_sha256"] = details.get("text_sha256")
    elif kind in SERVED:
        told["services"].append([number, SERVED[kind], details.get("on")])
    elif kind == "letter_signed_on_paper":
        told["copies"][number] = details.get("scan_sha256")
    elif kind == "external_noted":
        told["external"][details["system"], number] = [details["system"], number, details.get("due_on")]
    elif kind == "external_removed":
        told["external"].pop((details["system"], number), None)
    elif kind in {"review_opened", "came_back"}:
        told["links"].append(number)
    elif kind == "sealed_later":
        _rewrite(told, details.get("rewritten") or {})


def _rewrite(told: dict[str, Any], anew: Mapping[str, Any]) -> None:
    """A matter was sealed while it was under way: each text is from now on what its row holds, in the order of before."""
    for row, sha256 in zip(told["messages"], anew.get("messages", ()), strict=False):
        row[2] = sha256
    for row, (sha256, reason) in zip(told["documents"], anew.get("documents", ()), strict=False):
        row[2], row[3] = sha256, reason
    for number, sha256 in anew.get("duties", ()):
        if number in told["duties"]:
            told["duties"][number][2] = sha256
    for row, sha256 in zip(told["duty_steps"], anew.get("duty_steps", ()), strict=False):
        row[2] = sha256
    if told["draft"] is not None and anew.get("draft"):
        told["draft"][1] = anew["draft"]


def _register(told: dict[str, Any], event: Mapping[str, Any], details: Mapping[str, Any]) -> None:
    told["registered_at"] = event["at"]
    told["is_review"] = event["kind"] == "review_registered"
    told.update({name: details[name] for name in FIRST if name in details})
    if "law" in details:
        told["law_sha256"] = details["law"].get("sha256")
    if "text_sha256" in details:
        told["text_begun"] = details["text_sha256"]
    _begin(told, details.get("terms", ()))


def _begin(told: dict[str, Any], started: Iterable[Mapping[str, Any]]) -> None:
    """Terms as they begin: which, the first promise, the day that holds now, the state."""
    told["terms"] += [[each["term"], each["due_on"], each["due_on"], "running"] for each in started]


def _running(told: dict[str, Any], term: object) -> list[str] | None:
    going = (row for row in reversed(told["terms"]) if row[0] == term and row[3] in {"running", "stopped"})
    return next(going, None)


def _turn(told: dict[str, Any], kind: str, details: Mapping[str, Any]) -> None:
    """An event about one clock."""
    row = _running(told, details.get("term"))
    if row is None:
        return
    row[2] = details["due_on"]
    if kind == "window_opened":
        row[1] = details["due_on"]
    elif kind in {"term_stopped", "term_resumed"}:
        row[3] = "stopped" if kind == "term_stopped" else "running"


def _move(told: dict[str, Any], details: Mapping[str, Any]) -> None:
    told["state"] = details.get("to_state")
    if details.get("class"):
        told["matter_class"] = details["class"]
    ends = [(each["term"], "met_late" if each.get("late") else "met") for each in details.get("terms_met", ())]
    for term, state in (*ends, *((term, "ended") for term in details.get("terms_ended", ()))):
        if (row := _running(told, term)) is not None:
            row[3] = state
    _begin(told, details.get("terms_started", ()))
    for key, name in (("responsible", "to"), ("transfers", "transfer")):
        if details.get(name):
            told[key].append(details[name])
    _send(told, details)
    draft = told["draft"]
    if draft is not None and (details.get("from") != details.get("to_state") or draft[0] == details.get("move")):
        told["draft"] = None


def _send(told: dict[str, Any], details: Mapping[str, Any]) -> None:
    """What a move put into the complainant's hands, and what it promised. A review binds the office of the original."""
    if "document_sha256" in details:
        told["documents"].append(
            [details["document"], details["number"], details["document_sha256"]]
            + [str(details.get(name, ""))[:60] for name in ("reason", "route")]
        )
    if "letter_sha256" in details:
        told["letters"][details["letter"]] = details["letter_sha256"]
    for each in () if told.get("is_review") else details.get("duties", ()):
        _owe(told, "duty_decided", each)


def _owe(told: dict[str, Any], kind: str, details: Mapping[str, Any]) -> None:
    number = details["duty"]
    if kind == "duty_decided":
        day = details["due_on"]
        told["duties"][number] = [number, details["kind"], details.get("duty_sha256"), day, day, "open"]
    elif number in told["duties"] and kind in DUTY_STATES:
        row = told["duties"][number]
        row[4], row[5] = details["due_on"], DUTY_STATES[kind]
        told["duty_steps"].append([number, kind, details.get("text_sha256")])


def _draft(told: dict[str, Any], kind: str, details: Mapping[str, Any]) -> None:
    if kind == "draft_sent_on":
        told["sign_off"].append(details.get("to"))
        told["draft"] = [details.get("move"), details.get("given_sha256")]


# -------------------- offline: Check proofs of Huiyin far from the server that gave them, also years later. Only Python 3.10 or newer is needed.

PROOF = "c2sp.org/tlog-proof@v1"
WIDTH, HASH, HEIGHT = 256, 32, 8


@dataclass
class Session:
    """What was given on the command line, and what was found so far."""

    key: VerifierKey | None
    witnesses: list[VerifierKey]
    letter: bytes | None
    heads: list[Head] = field(default_factory=list)
    leaves: list[tuple[int, bytes]] = field(default_factory=list)
    first: dict[str, bytes] = field(default_factory=dict)
    wrong: int = 0

    def say(self, holds: bool, sentence: str) -> bool:
        """One line of the report."""
        self.wrong += not holds
        sys.stdout.write(f"{'  ok   ' if holds else '  WRONG'} {sentence}\n")
        return holds


def main(words: list[str] | None = None) -> int:
    """Check what was asked for; the exit code is 0, 1 (does not hold) or 2 (cannot be read)."""
    parser = argparse.ArgumentParser(description="Check proofs of Huiyin without its server.")
    parser.add_argument("files", nargs="*", type=Path, help="proofs, receipts, histories, signed roots that were kept")
    parser.add_argument("--key", help="the key of the history (name+hash+key), from paper")
    parser.add_argument("--witness", action="append", default=[], help="the key of a witness that must have signed")
    parser.add_argument("--letter", type=Path, help="a letter whose proof is among the files")
    parser.add_argument("--log", help="address or folder of the public history")
    given = parser.parse_args(words)
    if not given.files and not given.log:
        parser.print_help()
        return 2
    try:
        letter = given.letter.read_bytes() if given.letter else None
        key = VerifierKey.read(given.key) if given.key else None
        session = Session(key, [VerifierKey.read(each) for each in given.witness], letter)
        for file in given.files:
            sys.stdout.write(f"{file.name}\n")
            check_file(session, file.read_text(encoding="utf-8"))
        if given.log:
            sys.stdout.write(f"{given.log}\n")
            check_published(session, reader_of(given.log))
    except (NoteBroken, OSError, ValueError, KeyError, TypeError, AttributeError) as problem:
        sys.stdout.write(f"  cannot be read: {problem}\n")
        return 2
    sys.stdout.write("Everything holds.\n" if not session.wrong else f"{session.wrong} thing(s) do not hold.\n")
    return 1 if session.wrong else 0


def check_file(session: Session, text: str) -> None:
    """Whatever kind of file it is."""
    if PROOF in text:
        check_proof(session, text[text.index(PROOF) :])
    elif text.lstrip().startswith("{") and '"huiyin-history/1"' in text:
        check_history(session, json.loads(text))
    elif "\nold " in text:
        check_unchanged(session, text)
    elif (found := re.search(r"\{[^{}]*\"leaf\"[^{}]*\}", text)) is not None:
        check_promise(session, json.loads(found.group()))
        session.say(bool(session.key), "the promise was checked with a key from paper (--key); the text names its own")
    else:
        check_head(session, text)


def trust(session: Session, offered: str) -> None:
    """The key from paper, or else the one that the file names; both must be one."""
    if session.key is None:
        session.key = VerifierKey.read(offered)
        sys.stdout.write(
            f"         key of the file: {offered}\n         compare it with paper: receipt, letter, notice board\n"
        )
    else:
        session.say(str(session.key) == offered.strip(), "the key of the file is the key to be trusted")


def check_head(session: Session, note: str) -> Head:
    """A signed root: by the log, and by every witness that is asked for."""
    head = read_checkpoint(note)
    key = session.key
    if key is None or key.kind != ED25519:
        raise NoteBroken("a signed root needs the key of its history: --key")
    signed = any(
        (line.name, line.key_id) == (key.name, key.id) and is_signed_by(key.key, head.body, line.signature)
        for line in head.lines
    )
    session.say(signed and head.origin == key.name, f"root over {head.size} lines, signed by {head.origin}")
    for witness in session.witnesses:
        at = next((found for line in head.lines if (found := _heard(witness, head, line)) is not None), None)
        when = datetime.datetime.fromtimestamp(at or 0, datetime.timezone.utc).isoformat()  # noqa: UP017 - Python 3.10
        session.say(at is not None, f"signed by the witness {witness.name}" + (f" at {when}" if at else ""))
    session.heads.append(head)
    return head


def _heard(witness: VerifierKey, head: Head, line: Any) -> int | None:
    if (line.name, line.key_id) != (witness.name, witness.id):
        return None
    at, signature = time_and_signature(line)
    return at if is_signed_by(witness.key, cosigned(at, head.body), signature) else None


def check_proof(session: Session, text: str) -> None:
    """A C2SP tlog-proof of Huiyin: the line, its place, the promise."""
    above, _, note = text.partition("\n\n")
    lines = above.split("\n")
    extra = json.loads(base64.b64decode(lines[1].removeprefix("extra "))) if lines[1].startswith("extra ") else {}
    index_line, *steps = lines[2:] if extra else lines[1:]
    index, path = int(index_line.removeprefix("index ")), [base64.b64decode(step, validate=True) for step in steps]
    trust(session, extra["log"])
    head = check_head(session, note)
    made = event_of(extra["event"])
    leaf, public = leaf_hash(made), extra["event"].get("public")
    held = verify_inclusion(leaf, index, head.size, path, head.root)
    what = f"“{public['kind']}” of {public['at']}" if public else "the one in the file, which says nothing of itself"
    session.say(held, f"line {index} of {head.size} is {what}")
    session.leaves.append((index, leaf))
    if "promise" in extra:
        check_promise(session, extra["promise"], leaf)
    if "opening" in extra:
        check_opening(session, extra["opening"], extra["event"], made)


def event_of(parts: Mapping[str, Any]) -> bytes:
    """The hash of an event from what it is made of; a proof for others gives nothing but the hash."""
    if "hash" in parts:
        return bytes.fromhex(parts["hash"])
    return event_hash(bytes.fromhex(parts["before"]), canonical(parts["public"]), bytes.fromhex(parts["commitment"]))


def check_promise(session: Session, promise: Mapping[str, str], leaf: bytes | None = None) -> None:
    """The signed word that a line will have its place."""
    key = session.key
    if key is None:
        sys.stdout.write("         no key given: --key\n")
        return
    message = "\n".join(("huiyin ledger promise v1", promise["origin"], promise["leaf"], promise["at"], "")).encode()
    signed = promise["origin"] == key.name and is_signed_by(key.key, message, base64.b64decode(promise["signature"]))
    session.say(signed, f"promise of {promise['at']}, signed by {promise['origin']}")
    if leaf is not None:
        session.say(base64.b64decode(promise["leaf"]) == leaf, "what was promised is this line")


def check_opening(session: Session, opening: Mapping[str, Any], parts: Mapping[str, Any], made: bytes) -> None:
    """What the line says: it must be what its commitment binds."""
    private, (kind, number) = opening["private"], opening["chain"]
    fits = commitment(bytes.fromhex(opening["nonce"]), private.encode()).hex() == parts["commitment"]
    session.say(fits, "what the file says of the line is what the line says")
    if parts["public"]["seq"] == 1:
        session.say(_beginning(kind, number).hex() == parts["before"], f"it is the first line of {kind} {number}")
        session.first[number] = made
    details = json.loads(private)["details"]
    for name in ("received_on", "channel", "text_sha256", "letter", "letter_sha256"):
        if name in details:
            sys.stdout.write(f"         {name}: {details[name]}\n")
    for term in details.get("terms", ()):
        sys.stdout.write(f"         owed: {term['term']} by {term['due_on']}\n")
    if session.letter is not None and "letter_sha256" in details:
        same = hashlib.sha256(session.letter).hexdigest() == details["letter_sha256"]
        session.say(same, f"the letter given is letter {details['letter']} as it was sent")


def _beginning(kind: str, key: str) -> bytes:
    return hashlib.sha256(b"huiyin chain v1\n" + canonical([kind, key])).digest()


def check_history(session: Session, kept: Mapping[str, Any]) -> None:
    """A whole matter: unbroken, begun as the kept proof says, and its stored rows say what it says."""
    trust(session, kept["log"])
    if kept["checkpoint"]:
        check_head(session, kept["checkpoint"])
    link, number, opened = _beginning(*kept["chain"]), kept["chain"][1], []
    for seq, each in enumerate(kept["events"], start=1):
        public = each["public"]
        if public["seq"] != seq:
            session.say(False, f"line {seq} of the matter is missing")
            break
        if "private" in each:
            fits = commitment(bytes.fromhex(each["nonce"]), each["private"].encode()).hex() == each["commitment"]
            if not fits:
                session.say(False, f"line {seq} of the matter ({public['kind']}) was changed")
        said = json.loads(each["private"]) if "private" in each else {}
        opened.append({**public, "actor": said.get("actor", {}), "details": said.get("details")})
        link = event_hash(link, canonical(public), bytes.fromhex(each["commitment"]))
        if each["index"] is not None:
            session.leaves.append((each["index"], leaf_hash(link)))
        if seq == 1 and number in session.first:
            session.say(link == session.first[number], "it begins with the line of the proof that was kept")
    session.say(len(opened) == len(kept["events"]) > 0, f"{len(opened)} lines of {number}, one after the other")
    if not is_whole(opened):
        erased = any(each["kind"] == ERASED for each in opened)
        session.say(erased, "some lines are closed, because their content was erased and that was recorded")
        return
    try:
        found = differences(replay(opened), kept["stored"])
    except (KeyError, TypeError, AttributeError) as problem:
        found = [f"the history cannot be followed: {problem}"]
    for each in found:
        session.say(False, f"stored is something else than the history says. {each}")
    session.say(not found, "what is stored of the matter is what its history says")


def check_unchanged(session: Session, text: str) -> None:
    """From a root of then to a root of now: the one is the beginning of the other."""
    then, _, rest = text.partition("\nold ")
    proof, _, now = rest.partition("\n\n")
    old, new = check_head(session, then), check_head(session, now)
    path = [base64.b64decode(step, validate=True) for step in proof.split("\n")[1:]]
    holds = verify_consistency(old.size, new.size, old.root, new.root, path)
    session.say(holds, f"the history of {old.size} lines is unchanged the beginning of that of {new.size}")


def reader_of(place: str) -> Callable[[str], bytes]:
    """Fetches a file of the public history, from an address or a folder."""
    if not place.startswith(("http://", "https://")):
        return lambda name: Path(place, name).read_bytes()

    def fetched(name: str) -> bytes:
        with urllib.request.urlopen(f"{place.rstrip('/')}/{name}", timeout=30) as answer:  # noqa: S310
            data: bytes = answer.read()
        return data

    return fetched


def tile_name(level: int | str, index: int, width: int) -> str:
    """The place of a tile below the address of the history."""
    digits, parts = f"{index:03d}", []
    digits = digits.zfill(-(-len(digits) // 3) * 3)
    parts = [digits[at : at + 3] for at in range(0, len(digits), 3)]
    path = "/".join([*(f"x{part}" for part in parts[:-1]), parts[-1]])
    return f"tile/{level}/{path}" + (f".p/{width}" if width < WIDTH else "")


def check_published(session: Session, read: Callable[[str], bytes]) -> None:
    """The public history; a file of it that is missing is a finding, not an accident."""
    try:
        check_log(session, read)
    except OSError as problem:
        session.say(False, f"a file of the public history cannot be had: {problem}")


def check_log(session: Session, read: Callable[[str], bytes]) -> None:
    """The whole public history: every entry, every tile, the root; and everything that was kept stands in it."""
    head = check_head(session, read("checkpoint").decode())
    leaves: list[bytes] = []
    for index in range(-(-head.size // WIDTH)):
        width = min(WIDTH, head.size - index * WIDTH)
        leaves += _tile_of_leaves(session, read, index, width)
    frontier, sizes = Frontier(), {each.size for each in session.heads}
    roots: dict[int, bytes] = {}
    for leaf in leaves:
        frontier, _made = append(frontier, [leaf])
        if frontier.size in sizes:
            roots[frontier.size] = frontier.root()
    for each in {(each.size, each.root) for each in session.heads}:
        session.say(roots.get(each[0]) == each[1], f"the root over {each[0]} lines is the root of the lines published")
    _check_upper_tiles(session, read, leaves)
    for place, wanted in session.leaves:
        if place >= len(leaves) or leaves[place] != wanted:
            session.say(False, f"line {place} published now is not the line that was kept")


def _tile_of_leaves(session: Session, read: Callable[[str], bytes], index: int, width: int) -> list[bytes]:
    data, entries = read(tile_name(0, index, width)), read(tile_name("entries", index, width))
    leaves = [data[at : at + HASH] for at in range(0, len(data), HASH)]
    at = wrong = 0
    for leaf in leaves:
        length = int.from_bytes(entries[at : at + 2], "big")
        wrong += leaf_hash(entries[at + 2 : at + 2 + length]) != leaf
        at += 2 + length
    whole = len(leaves) == width and len(data) == width * HASH and at == len(entries)
    session.say(
        whole and not wrong,
        f"lines {index * WIDTH} to {index * WIDTH + width - 1} are those stored"
        + (f"; {wrong} are not" if wrong else ""),
    )
    return leaves


def _check_upper_tiles(session: Session, read: Callable[[str], bytes], leaves: list[bytes]) -> None:
    row, level = leaves, 0
    while len(row) >= WIDTH:
        level += 1
        row = [_folded(row[at : at + WIDTH]) for at in range(0, len(row) - len(row) % WIDTH, WIDTH)]
        widths = [min(WIDTH, len(row) - index * WIDTH) for index in range(-(-len(row) // WIDTH))]
        stored = b"".join(read(tile_name(level, index, width)) for index, width in enumerate(widths))
        session.say(stored == b"".join(row), f"tiles of row {level} follow from the lines")


def _folded(hashes: list[bytes]) -> bytes:
    while len(hashes) > 1:
        hashes = [node_hash(left, right) for left, right in zip(hashes[::2], hashes[1::2])]  # noqa: B905 - even
    return hashes[0]


if __name__ == "__main__":
    sys.exit(main())
