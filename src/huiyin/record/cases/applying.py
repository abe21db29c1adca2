"""A move that was allowed changes the locked case: document, state, clocks, ledger, effects."""

from __future__ import annotations

import datetime

from huiyin.record import clock
from huiyin.record.cases import effects
from huiyin.record.cases.clocks import move_clocks
from huiyin.record.cases.given import Given, Moved
from huiyin.record.cases.models import Case, Document, Draft
from huiyin.record.cases.registration import text_digest
from huiyin.record.cases.responsible import name_responsible
from huiyin.record.ledger.append import append_event
from huiyin.record.ledger.chains import Actor, ChainRef
from huiyin.rules.chain import Json
from huiyin.rules.procedure import Move, Procedure


def apply(
    case: Case,
    procedure: Procedure,
    rule: Move,
    given: Given,
    *,
    actor: Actor,
    written_by: tuple[str, str] | None = None,
) -> Moved:
    """Change the locked case as the move says, and write it into its chain.

    ``written_by`` is the name (Chinese, English) under a document that somebody else delivers.
    """
    now, today = clock.now(), clock.today(case.body.time_zone)
    came_from, state = case.state, procedure.states[rule.to_state]
    details: dict[str, Json] = {"move": rule.id, "from": came_from, "to_state": state.id}
    if rule.assigns and given.to:
        details |= name_responsible(case, given.to, now)
    details |= _write_document(
        case, rule, given, written_by or (actor.name.get("zh", ""), actor.name.get("en", "")), now
    )
    case.state, case.stage, case.is_open = state.id, state.stage, not state.is_final
    case.outcome = rule.outcome or (given.outcome if rule.outcomes else "") or case.outcome
    case.matter_class = given.matter_class or case.matter_class
    case.closed_at = now if state.is_final else None
    details |= move_clocks(case, procedure, rule, given, actor=actor, today=today)
    case.version += 1
    case.last_word_at, case.last_word_by = now, "complainant" if actor.kind == "complainant" else "office"
    case.save()
    if came_from != state.id:
        Draft.objects.filter(case=case).delete()
    details |= {name: value for name, value in given.as_inputs().items() if name not in {"text", "to"}}
    append_event(ChainRef.case(case.number), "case_moved", actor=actor, details=details)
    effects.carry_out(rule.effects, effects.Deed(case.number, rule.id, given.as_inputs(), actor))
    return Moved(case.number, case.state, case.version)


def _write_document(
    case: Case, rule: Move, given: Given, author: tuple[str, str], now: datetime.datetime
) -> dict[str, Json]:
    if not rule.makes or not (given.text or given.reason):
        return {}
    count = Document.objects.filter(case=case).count()
    row = Document.objects.create(
        case=case,
        kind=rule.makes,
        number=f"{now.year}-{case.number}-{count + 1}",
        text=given.text,
        outcome=rule.outcome or given.outcome,
        legal_basis=given.legal_basis,
        reason=given.reason[:60],
        route=given.route[:60],
        language=case.language,
        at=now,
        officer_name_zh=author[0],
        officer_name_en=author[1],
    )
    return {"document": row.kind, "number": row.number, "document_sha256": text_digest(given.text, given.legal_basis)}
