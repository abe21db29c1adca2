"""One hash over everything on the table of a dispute, and one over what was done to bring the sides there (mediators to choose
from, invitations, where it was handed over): each event of either binds it, and ``huiyin verify`` compares both.

Private notes are not in it, and neither is who did not answer.
"""

from __future__ import annotations

import datetime
import hashlib
from collections import defaultdict
from collections.abc import Sequence
from typing import Any

from huiyin.record.ledger.chains import instant
from huiyin.rules.chain import Json, canonical
from huiyin.stages.mediation import models
from huiyin.stages.mediation import table_models as rows

KEY = "table_sha256"
WAY_KEY = "way_to_table_sha256"
OF_WAY: tuple[tuple[Any, str, tuple[str, ...]], ...] = (
    (models.Candidate, "case_id", ("post__code", "kind", "tie", "tie_words", "may_penalise", "told_at", "void_at")),
    (models.Choice, "candidate__case_id", ("candidate__post__code", "side", "answer", "at", "how", "heard_on")),
    (models.Invitation, "case_id", ("side", "how", "has_failed", "at")),
    (models.PassedOn, "case_id", ("kind", "body_name", "number", "at", "answered_at", "is_accepted")),
)
OF_TABLE: tuple[tuple[Any, str, tuple[str, ...]], ...] = (
    (rows.Session, "case_id", ("number", "with_side", "how", "place", "link", "agenda", "minutes", "lawyer", "state", "starts_at", "record", "why_void", "written_for", "mediator")),
    (rows.SessionTime, "session__case_id", ("session__number", "number", "starts_at")),
    (rows.TimeAnswer, "time__session__case_id", ("time__session__number", "time__number", "side", "suits")),
    (rows.Attendance, "session__case_id", ("session__number", "side", "beside", "came")),
    (rows.Offer, "case_id", ("number", "side", "answers", "sealed", "state", "taken_by")),
    (rows.Fact, "case_id", ("number", "side", "sealed", "said")),
    (rows.Agreement, "case_id", ("number", "is_oral", "is_partial", "facts", "issues", "responsibility", "manner", "picture", "line", "line_words", "not_confirmable", "state", "mediator", "effective_on", "document")),
    (rows.AgreedTerm, "agreement__case_id", ("agreement__number", "number", "side", "text", "due_on", "cents")),
    (rows.TermWord, "term__agreement__case_id", ("term__agreement__number", "term__number", "side", "word", "text")),
    (rows.Signature, "agreement__case_id", ("agreement__number", "side", "how", "scan")),
    (rows.Paper, "case_id", ("sheet", "attachment", "due_on", "text")),
    (rows.Asking, "case_id", ("number", "asked_on", "due_on")),
    (rows.HoldsAnswer, "asking__case_id", ("asking__number", "side", "holds", "content", "news", "visit_on", "channel")),
    (rows.Help, "case_id", ("number", "side", "kind", "sealed", "due_on", "answer", "outcome")),
)  # fmt: skip


def digest(case_id: int) -> str:
    """The hash of the table of one dispute, as hex."""
    return digests([case_id]).get(case_id, _hash([]))


def digests(keys: Sequence[int], parts: Sequence[tuple[Any, str, tuple[str, ...]]] = OF_TABLE) -> dict[int, str]:
    """The hash of each table on which anything lies."""
    found: dict[int, list[Json]] = defaultdict(list)
    for model, name, fields in parts:
        for case_id, *values in (
            model.objects.filter(**{f"{name}__in": list(keys)}).order_by("id").values_list(name, *fields)
        ):
            found[case_id].append([model.__name__, *(_plain(value) for value in values)])
    return {key: _hash(lines) for key, lines in found.items()}


def way(case_id: int) -> dict[str, Json]:
    """For the details of an event: what brought the sides to the table, as it stands with this deed."""
    bound: dict[str, Json] = {WAY_KEY: digests([case_id], OF_WAY).get(case_id, _hash([]))}
    return {"bound": bound}


def stored(keys: list[int]) -> dict[int, dict[str, Any]]:
    """For ``record.cases.held.as_stored``: what is stored of each case of these."""
    tables, ways = digests(keys), digests(keys, OF_WAY)
    return {
        key: ({KEY: tables[key]} if key in tables else {}) | ({WAY_KEY: ways[key]} if key in ways else {})
        for key in tables.keys() | ways.keys()
    }


def _hash(lines: list[Json]) -> str:
    return hashlib.sha256(canonical(lines)).hexdigest()


def _plain(value: Any) -> Json:
    if isinstance(value, datetime.datetime):
        return instant(value)
    if isinstance(value, datetime.date):
        return value.isoformat()
    if isinstance(value, (bytes, memoryview, bytearray)):
        return hashlib.sha256(bytes(value)).hexdigest()
    return value  # type: ignore[no-any-return]
