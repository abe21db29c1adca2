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
import datetime
import hashlib
import json
import re
import sys
import urllib.error
import urllib.request
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from huiyin.rules.chain import canonical, commitment, event_hash
from huiyin.rules.ed25519 import is_signed_by
from huiyin.rules.merkle import (
    Frontier,
    append,
    leaf_hash,
    node_hash,
    verify_consistency,
    verify_inclusion,
)
from huiyin.rules.notes import ED25519, Head, NoteBroken, VerifierKey, cosigned, read_checkpoint, time_and_signature
from huiyin.rules.replay import ERASED, differences, is_whole, replay

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
