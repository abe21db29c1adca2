"""What the rows of a matter say, in few words and hashes: bound by its first event, held against its history by ``verify``."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Mapping

from huiyin.record.cases.models import About, Authority, Case, Party, Side, StaffComplaint
from huiyin.record.ledger.chains import instant
from huiyin.rules.chain import Json, canonical


def text_digest(*parts: str) -> str:
    """SHA-256 over the parts, each with its length, as hex: what was filed, without the words."""
    digest = hashlib.sha256()
    for part in parts:
        data = part.encode("utf-8")
        digest.update(len(data).to_bytes(8, "big") + data)
    return digest.hexdigest()


def digest(data: bytes) -> str:
    """SHA-256 in hex."""
    return hashlib.sha256(data).hexdigest()


def given_digest(given: Mapping[str, Json]) -> str:
    """The hash of what a draft would deliver."""
    return digest(canonical(given))


def sorting(case: Case) -> dict[str, Json]:
    """By what a matter is sorted."""
    return {"category": case.category.code if case.category else "", "area": case.area.code if case.area else ""}


def of_case(case: Case) -> dict[str, Json]:
    """What is settled at registration and stands in no other word of the first event."""
    return {
        **sorting(case),
        "language": case.language,
        "is_restricted": case.is_restricted,
        "summary_sha256": text_digest(case.officer_summary),
    }


def standing(case: Case) -> dict[str, Json]:
    """Where a matter stands after a move: bound by every move, and by whatever moves a day."""
    return {
        "stage": case.stage,
        "is_open": case.is_open,
        "outcome": case.outcome,
        "next_due_on": case.due_on.isoformat(),
        "closed_at": instant(case.closed_at) if case.closed_at else None,
    }


def of_party(party: Party) -> dict[str, Json]:
    """Who takes part, without a name: the thread to the sealed identity, and what was asked for; not whether an address was left."""
    parts: list[Json] = [party.kind, str(party.vault_id), party.language, party.needs, party.is_minor]
    parts += [party.whereabouts] if party.whereabouts else []
    return {"party_sha256": digest(canonical(parts))}


def of_helper(row: Authority) -> list[Json]:
    """Who acts for the complainant, how far, until when, and whether it has ended; the code that opens it by its verifier."""
    receipt = getattr(row.party, "receipt", None)
    verifier = digest(bytes(receipt.verifier)) if receipt else ""
    until_on = row.until_on.isoformat() if row.until_on else ""
    return [row.number, row.who, row.may, until_on, row.ended_at is not None, verifier]


def of_side(row: Side) -> list[Json]:
    """One side of a dispute: how it stands, what it released and wrote, and the code of its own that opens it."""
    party, receipt = row.party, row.receipt
    is_own = receipt is not None and receipt.party_id == party.pk and party.kind != "complainant"
    verifier = digest(bytes(receipt.verifier)) if receipt is not None and is_own else ""
    erase_on = row.erase_on.isoformat() if row.erase_on else ""
    return [
        row.number, party.kind, str(party.vault_id), party.language, party.is_minor, row.guardian, row.state, erase_on,
        text_digest(row.released, row.words), verifier,
    ]  # fmt: skip


def side_identity(number: int) -> str:
    """Under which name the sealed identity of a side is bound."""
    return f"side_{number}_sha256"


def of_named(about: Iterable[About], officers: Iterable[int], units: Iterable[int]) -> dict[str, Json]:
    """Whom the matter names, and who must stay away."""
    named = sorted((row.kind, row.officer_id or 0, row.unit_id or 0, row.body_id or 0, row.words) for row in about)
    return {
        "about_sha256": digest(canonical([list(each) for each in named])),
        "barred_sha256": digest(canonical([sorted(officers), sorted(units)])),
    }


def of_staff(row: StaffComplaint) -> dict[str, Json]:
    """What a complaint about staff was said to be and was set to, and what was named as evidence."""
    parts = [row.said, row.complaint_class, row.why, row.evidence, row.evidence_words]
    return {"staff_sha256": text_digest(*parts)}
