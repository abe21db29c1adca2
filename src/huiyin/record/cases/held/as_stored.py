"""The rows of matters as they are stored now, under the keys of ``rules.replay``: a batch at a time, few statements each."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from typing import Any

from django.db.models import Model, QuerySet

from huiyin.record.cases import as_kept
from huiyin.record.cases.as_kept import text_digest
from huiyin.record.cases.held import as_stored_by_stages
from huiyin.record.cases.held.as_stored_by_stages import Part
from huiyin.record.cases.keys import original_words
from huiyin.record.cases.models import (
    About,
    Authority,
    Barred,
    Case,
    CaseLink,
    CaseTransfer,
    Consent,
    Document,
    Draft,
    Duty,
    DutyStep,
    ExternalReference,
    Grant,
    Message,
    Party,
    Receipt,
    RunningTerm,
    SealedPart,
    Side,
    StaffComplaint,
)
from huiyin.record.cases.who.escalating import ESCALATES_TO
from huiyin.record.files.models import Letter, Service, SignedCopy
from huiyin.record.identity import access as identity
from huiyin.record.ledger.chains import instant

Rows = dict[int, list[Any]]
STEPS = {"say_done": "duty_said_done", "confirm": "duty_confirmed", "deny": "duty_denied"} | {
    "find": "duty_found_done", "move": "duty_moved",
}  # fmt: skip


def as_stored(cases: Sequence[Case]) -> dict[int, dict[str, Any]]:
    """What is stored of each case, by its key."""
    found: dict[int, dict[str, Any]] = {case.pk: _own(case) for case in cases}
    keys = list(found)
    for part in (*PARTS, *as_stored_by_stages.PARTS):
        for key, values in part(keys).items():
            found[key] |= values
    return found


def _own(case: Case) -> dict[str, Any]:
    return {
        **as_kept.of_case(case),
        **as_kept.standing(case),
        "channel": case.channel,
        "received_on": case.received_on.isoformat(),
        "confidentiality": case.confidentiality,
        "registered_at": instant(case.registered_at),
        "is_review": case.channel == "review",
        "law_sha256": case.law.sha256,
        "state": case.state,
        "matter_class": case.matter_class,
        "responsible_now": case.responsible_post.code if case.responsible_post else "",
        **_words_of(case.subject, case.description),
        "documents": [], "messages": [], "letters": {}, "copies": {}, "services": [], "duties": [], "duty_steps": [],
        "external": [], "links": [], "transfers": [], "responsible": [], "sign_off": [], "reported": [], "terms": [],
        "letting_read": [], "draft": None, "consents": [],
    }  # fmt: skip


def _by_case(rows: QuerySet[Any], name: str = "case_id") -> Rows:
    """Rows in their order, under the key of their case."""
    found: Rows = defaultdict(list)
    for row in rows.order_by("id"):
        found[_of(row, name)].append(row)
    return found


def _of(row: Model, name: str) -> int:
    value: Any = row
    for part in name.split("."):
        value = getattr(value, part)
    return int(value)


def _named(keys: list[int]) -> dict[int, dict[str, Any]]:
    about, barred = _by_case(About.objects.filter(case__in=keys)), _by_case(Barred.objects.filter(case__in=keys))
    return {
        key: as_kept.of_named(
            about[key],
            [row.officer_id for row in barred[key] if row.officer_id],
            [row.unit_id for row in barred[key] if row.unit_id],
        )
        for key in keys
    }


def _parties(keys: list[int]) -> dict[int, dict[str, Any]]:
    parties = _by_case(Party.objects.filter(case__in=keys, kind="complainant"))
    sealed = identity.digests([row.vault_id for rows in parties.values() for row in rows])
    receipts = Receipt.objects.filter(party__case__in=keys, party__kind="complainant").values_list(
        "party__case", "verifier"
    )
    helpers = _by_case(Authority.objects.filter(party__case__in=keys).select_related("party__receipt"), "party.case_id")
    parts = _by_case(SealedPart.objects.filter(case__in=keys))
    words = identity.digests([row.vault_id for rows in parts.values() for row in rows])
    codes = {key: as_kept.digest(bytes(verifier)) for key, verifier in receipts}
    return {
        key: as_kept.of_party(rows[0])
        | {"identity_sha256": sealed.get(rows[0].vault_id, ""), "receipt_sha256": codes.get(key, "")}
        | {"helpers": [as_kept.of_helper(row) for row in helpers[key]]}
        | {"sealed_parts": [words.get(row.vault_id, "") for row in parts[key]]}
        for key, rows in parties.items()
    }


def _grants(keys: list[int]) -> dict[int, dict[str, Any]]:
    found = {}
    for key, rows in _by_case(Grant.objects.filter(case__in=keys).select_related("post")).items():
        posts: dict[str, list[str]] = defaultdict(list)
        for row in rows:
            posts[row.capacity].append(row.post.code)
        found[key] = {
            "responsible": posts["responsible"],
            "sign_off": posts["sign_off"],
            "reported": sorted({post for name in ESCALATES_TO for post in posts[name]}),
            "letting_read": sorted({*posts["sender"], *posts["receiver"]}),
        }
    return found


def _papers(keys: list[int]) -> dict[int, dict[str, Any]]:
    documents = _by_case(Document.objects.filter(case__in=keys))
    letters = _by_case(Letter.objects.filter(case__in=keys).defer("sealed", "sealed_content"))
    copies = _by_case(SignedCopy.objects.filter(case__in=keys).defer("sealed"))
    services = _by_case(Service.objects.filter(letter__case__in=keys).select_related("letter"), "letter.case_id")
    return {
        key: {
            "documents": [
                [row.kind, row.number, text_digest(row.text, row.legal_basis), row.reason, row.route]
                for row in documents[key]
            ],
            "letters": {row.number: row.sha256 for row in letters[key]},
            "copies": {row.number: row.sha256 for row in copies[key]},
            "services": sorted([row.letter.number, row.how, row.on.isoformat()] for row in services[key]),
        }
        for key in keys
    }


def _words(keys: list[int]) -> dict[int, dict[str, Any]]:
    return {
        key: {"messages": [[row.sender, row.kind, text_digest(row.text), row.officer_name_zh] for row in rows]}
        for key, rows in _by_case(Message.objects.filter(case__in=keys)).items()
    }


def _originals(keys: list[int]) -> dict[int, dict[str, Any]]:
    """Of matters with a reader copy: the history speaks of the original words, and binds the covered ones apart."""
    cases = {case.pk: case for case in Case.scoped.filter(pk__in=keys, confidentiality="confidential")}
    whole = original_words.originals_of_many(cases.values())
    written = _by_case(Message.objects.filter(case__in=list(whole)))
    return {
        key: {
            **_words_of(texts["subject"], texts["description"]),
            "reader_copy_sha256": text_digest(*original_words.texts_of(cases[key], texts).values()),
            "messages": [
                [row.sender, row.kind, text_digest(texts.get(str(row.pk), row.text)), row.officer_name_zh]
                for row in written[key]
            ],
        }
        for key, texts in whole.items()
    }


def _words_of(subject: str, description: str) -> dict[str, Any]:
    words = description.split("\n\n")
    begun = ["\n\n".join(words[:count]) for count in range(1, len(words) + 1)]
    return {
        "text_begun": [text_digest(subject, each) for each in begun],
        "completed_sha256": text_digest(description),
    }


def _terms(keys: list[int]) -> dict[int, dict[str, Any]]:
    return {
        key: {"terms": [[row.term, row.first_due_on.isoformat(), row.due_on.isoformat(), row.state] for row in rows]}
        for key, rows in _by_case(RunningTerm.objects.filter(case__in=keys)).items()
    }


def _duties(keys: list[int]) -> dict[int, dict[str, Any]]:
    duties = _by_case(Duty.objects.filter(case__in=keys))
    steps = _by_case(DutyStep.objects.filter(duty__case__in=keys).select_related("duty"), "duty.case_id")
    return {
        key: {
            "duties": [
                [row.number, row.kind, text_digest(row.text), row.first_due_on.isoformat(), row.due_on.isoformat(), row.state]
                for row in rows
            ],
            "duty_steps": [[row.duty.number, STEPS[row.deed], text_digest(row.text)] for row in steps[key]],
        }
        for key, rows in duties.items()
    }  # fmt: skip


def _elsewhere(keys: list[int]) -> dict[int, dict[str, Any]]:
    """What lies beside a matter. That pressure was reported stands in the history of the report alone."""
    external = _by_case(ExternalReference.objects.filter(case__in=keys))
    links = _by_case(
        CaseLink.objects.filter(from_case__in=keys).exclude(kind="retaliation").select_related("to_case"),
        "from_case_id",
    )
    transfers = _by_case(CaseTransfer.objects.filter(case__in=keys))
    drafts = _by_case(Draft.objects.filter(case__in=keys))
    return {
        key: {
            "external": sorted(
                [row.system, row.number, row.due_on.isoformat() if row.due_on else None] for row in external[key]
            ),
            "links": [row.to_case.number for row in links[key]],
            "transfers": [row.kind for row in transfers[key]],
            "draft": next(([row.move, as_kept.given_digest(row.given)] for row in drafts[key]), None),
        }
        for key in keys
    }


def _staff(keys: list[int]) -> dict[int, dict[str, Any]]:
    return {row.case_id: as_kept.of_staff(row) for row in StaffComplaint.objects.filter(case__in=keys)}


def _sides(keys: list[int]) -> dict[int, dict[str, Any]]:
    """The sides of disputes, and what each said yes or no to."""
    sides = _by_case(Side.objects.filter(case__in=keys).select_related("party", "receipt"))
    said = _by_case(Consent.objects.filter(side__case__in=keys).select_related("side"), "side.case_id")
    others = [row for rows in sides.values() for row in rows if row.party.kind == "other_party"]
    sealed = identity.digests([row.party.vault_id for row in others])
    return {
        key: {
            "sides": [as_kept.of_side(row) for row in sorted(rows, key=lambda each: each.number)],
            "consents": [[row.side.number, row.step, row.answer, row.how, row.by_post] for row in said[key]],
        }
        | {
            as_kept.side_identity(row.number): sealed.get(row.party.vault_id, "")
            for row in rows
            if row.party.kind == "other_party"
        }
        for key, rows in sides.items()
    }


PARTS: tuple[Part, ...] = (
    _named, _parties, _grants, _papers, _words, _originals, _terms, _duties, _elsewhere, _staff,
    _sides,
)  # fmt: skip
