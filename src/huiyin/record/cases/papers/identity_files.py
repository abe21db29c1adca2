"""Files that show who somebody is: a scan of a card, a voice, a face. They lie in the vault's keeping, not among the files.

The bytes lie sealed in the depot under a key of their own; that key lies in a vault row, like a name. Readers of the matter
see no sign of them. They open one at a time, with a reason, for whoever may open the name: each a look of its own.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator

from django.db import transaction

from huiyin.record import clock, keyring
from huiyin.record.bodies.queries import Reader
from huiyin.record.cases.codes.receipts import Holder
from huiyin.record.cases.deeds import unsealing
from huiyin.record.cases.models import Case, SealedPart
from huiyin.record.cases.opening import access
from huiyin.record.cases.papers.letters import LetterFile
from huiyin.record.cases.who import scope
from huiyin.record.files import attachments, depot
from huiyin.record.files.kinds import TYPES
from huiyin.record.ledger.append import append_event
from huiyin.record.ledger.chains import Actor, ChainRef
from huiyin.rules.chain import Json
from huiyin.rules.refusal import Refusal

KIND = "file"
MOST = 5


def add(holder: Holder, data: bytes, *, case_number: str = "") -> None:
    """Seal a file beside the name; nobody reads it back here, and its own name is not kept.

    Raises Refusal("not_found") for an anonymous matter, which keeps nothing of this kind, Refusal("attachments_full"),
    Refusal("busy") while the virus scanner is away, and what ``attachments.check`` refuses.
    """
    case = access.family_case(holder, case_number, to="own")
    if case.confidentiality == "anonymous":
        raise Refusal("not_found")
    _must_have_place(case)
    checked = attachments.check(data)
    if checked.scan not in attachments.OPEN_AFTER_SCAN:
        raise Refusal("busy")
    key, is_written = keyring.new_key(), False
    stored = depot.put(keyring.seal_stream(key, data, _place(case.number, checked.sha256)))
    try:
        told = {"key": key.hex(), "media_type": checked.cleaned.media_type, "sha256": checked.sha256}
        vault_id, sealed = access.keep_words([json.dumps(told)])
        with transaction.atomic():
            case = scope.locked(case.pk)
            _must_have_place(case)
            details: dict[str, Json] = {"bound": {"sealed_parts": [*access.digests_of_parts(case), sealed]}}
            SealedPart.objects.create(case=case, kind=KIND, vault_id=vault_id, stored=stored, made_at=clock.now())
            append_event(ChainRef.case(case.number), "identity_file_added", actor=Actor.complainant(), details=details)
        is_written = True
    finally:
        if not is_written:
            depot.forget([stored])


def count(holder: Holder, *, case_number: str = "") -> int:
    """How many lie there, for the one who sent them."""
    return len(_parts(access.family_case(holder, case_number, to="own")))


def numbers(case_number: str, *, reader: Reader) -> list[int]:
    """The numbers of those of a matter, for a reader who has just opened its name."""
    case, _posts = scope.opened(case_number, reader)
    is_theirs = unsealing.reading_post(case, reader) is not None
    return list(range(1, len(_parts(case)) + 1)) if is_theirs else []


def open_file(case_number: str, number: int, *, reader: Reader, reason: str = "") -> LetterFile:
    """Open one, as the name is opened: named, by the responsible officer with a reason; confidential, where a second agreed.

    Raises Refusal("not_found"), Refusal("reason_missing") or Refusal("not_yours_to_unseal").
    """
    with transaction.atomic(durable=True):
        case, _posts = scope.opened(case_number, reader, lock=True)
        post = unsealing.reading_post(case, reader)
        if post is None:
            raise Refusal("not_yours_to_unseal")
        why = unsealing.reason_to_open(case, reader, reason)
        parts = _parts(case)
        if not 1 <= number <= len(parts):
            raise Refusal("not_found")
        actor = reader.actor(post)
        append_event(
            ChainRef.case(case.number), "identity_unsealed", actor=actor, details={**why, "what": "identity_file"}
        )
    part = parts[number - 1]
    told = json.loads(access.revealed([part.vault_id]).note)
    data = keyring.open_stream(bytes.fromhex(told["key"]), depot.get(part.stored), _place(case.number, told["sha256"]))
    if hashlib.sha256(data).hexdigest() != told["sha256"]:
        raise keyring.SealBroken("This file is not the one that was sealed.")
    return LetterFile(
        f"{case.number}-sealed-{number}.{TYPES[told['media_type']].ending}", told["media_type"], data, told["sha256"]
    )


def stored_names() -> Iterator[str]:
    """The drawn name of every such file, for the backup: sealed bytes that open nothing."""
    rows = SealedPart.objects.filter(kind=KIND).order_by("pk").values_list("stored", flat=True)
    yield from rows.iterator(chunk_size=1_000)


def _parts(case: Case) -> list[SealedPart]:
    return list(SealedPart.objects.filter(case=case, kind=KIND).order_by("id"))


def _must_have_place(case: Case) -> None:
    if len(_parts(case)) >= MOST:
        raise Refusal("attachments_full", number=MOST, maximum=0)


def _place(case_number: str, sha256: str) -> bytes:
    return f"{case_number} identity file {sha256}".encode()
