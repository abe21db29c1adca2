"""A move that was allowed changes the locked case: clocks, letter, document, state, ledger, effects."""

from __future__ import annotations

import datetime
from dataclasses import dataclass

from huiyin.record import clock
from huiyin.record.cases import as_kept, effects, milestones
from huiyin.record.cases.composing import letter_content
from huiyin.record.cases.composing.letter_occasion import Author
from huiyin.record.cases.days import service
from huiyin.record.cases.days.clocks import move_clocks
from huiyin.record.cases.fairness import putting
from huiyin.record.cases.fairness.closed_view import close_to_view
from huiyin.record.cases.given import Given, Moved
from huiyin.record.cases.keys import texts
from huiyin.record.cases.models import Case, Document, Draft, RunningTerm
from huiyin.record.cases.parties import sides
from huiyin.record.cases.promises import promising
from huiyin.record.cases.registering.registration import text_digest
from huiyin.record.cases.who import transfers
from huiyin.record.cases.who.responsible import close_what_came_before, name_responsible
from huiyin.record.files import signed_copies, store, typesetting
from huiyin.record.files.content import LetterContent
from huiyin.record.files.signed_copies import SignedPaper
from huiyin.record.ledger.append import append_event
from huiyin.record.ledger.chains import Actor, ChainRef
from huiyin.record.prepared import Place, Prepared, insert, update
from huiyin.rules.chain import Json
from huiyin.rules.milestones import reached
from huiyin.rules.procedure import Move, Procedure
from huiyin.rules.refusal import Refusal

STAYING = {"id", "number", "law", "channel", "language", "subject", "description", "officer_summary", "registered_at"}
MOVING = tuple(field.name for field in Case._meta.concrete_fields if field.name not in STAYING)  # all but the words
SIDES = {"complainant", "other_party"}
NOT_TOLD = {"text", "to", "duties"}  # words stay out of the ledger; who receives and what is owed stand there in full
_DRAFT = Prepared(lambda: Draft.objects.filter(case=Place("case")).values_list("pk"))


@dataclass(frozen=True, slots=True)
class Begun:
    """The first half of a move: who is responsible, the clocks, the words of the letter."""

    letter: LetterContent | None
    details: dict[str, Json]


def begin(
    case: Case, procedure: Procedure, rule: Move, given: Given, *, actor: Actor, written_by: Author | None = None
) -> Begun:
    """Do what the letter depends on, and put its words together; a look ahead does the same and undoes it.

    Raises Refusal("input_missing") while a part that the letter must hold is not there.
    """
    now, today, state = clock.now(), clock.today(case.body.time_zone), procedure.states[rule.to_state]
    before = case.responsible_post
    details = name_responsible(case, given.to, now) if rule.assigns and given.to else {}
    if before is not None and (rule.transfers or rule.assigns):
        details |= transfers.carry_out(case, procedure, rule, given, before=before, now=now)
    case.state, case.stage, case.is_open = state.id, state.stage, not state.is_final
    old_due = _due_of(case, rule.extends) if rule.extends else None
    details |= move_clocks(case, procedure, rule, given, actor=actor, today=today)
    author = written_by or Author.of(actor)
    letter = letter_content.of_move(case, procedure, rule, given, author=author, on=today, old_due=old_due)
    return Begun(letter, details)


def apply(
    case: Case,
    procedure: Procedure,
    rule: Move,
    given: Given,
    *,
    actor: Actor,
    written_by: Author | None = None,
    seen: str = "",
    paper: SignedPaper | None = None,
) -> Moved:
    """Change the locked case as the move says, and write it into its chain.

    ``written_by`` wrote the document that somebody else delivers. ``seen`` is the hash of the letter that was
    looked at before: when the letter has changed since, Refusal("stale"). ``paper`` is the same letter, signed by hand.
    """
    promising.check(case, rule, given)
    written = texts.seal_given(case, procedure, given)
    putting.check_finding(case, rule, given)
    now, came_from, state = clock.now(), case.state, procedure.states[rule.to_state]
    details: dict[str, Json] = {"move": rule.id, "from": came_from, "to_state": state.id}
    begun = begin(case, procedure, rule, given, actor=actor, written_by=written_by)
    details |= begun.details
    author = written_by or Author.of(actor)
    document = _write_document(case, rule, written, author, begun.letter, now)
    if document is not None:
        details |= _told_of(document) | promising.keep(case, document, given, actor=actor, now=now)
    details |= (kept := _keep_letter(case, begun.letter, now, seen))
    if kept:
        service.wait_for_receipt(case, procedure, rule, str(kept["letter"]))
    case.outcome = rule.outcome or (given.outcome if rule.outcomes else "") or case.outcome
    case.matter_class = given.matter_class or case.matter_class
    case.closed_at = now if state.is_final else None
    if state.is_final:
        close_what_came_before(case, now)
    case.version += 1
    case.last_word_at, case.last_word_by = now, "complainant" if actor.kind in SIDES else "office"
    update(case, *MOVING)
    if state.is_final:
        close_to_view(case, now)
    if came_from != state.id and _DRAFT.first(case=case.pk):
        Draft.objects.filter(case=case).delete()
    details |= {name: value for name, value in written.as_inputs().items() if name not in NOT_TOLD}
    details["bound"] = as_kept.standing(case) | sides.note_move(case, procedure, rule.id, came_from, actor)
    append_event(ChainRef.case(case.number), "case_moved", actor=actor, details=details)
    if paper is not None and begun.letter is not None:
        _keep_paper(case, begun.letter, paper, actor, now)
    outcome = rule.outcome or given.outcome if rule.decides else ""
    steps = reached(rule, procedure.states[came_from], state, outcome)
    milestones.note_move(case, steps, outcome, begun.details)
    effects.carry_out(
        rule.effects + effects.ALWAYS.get(procedure.kind, ()),
        effects.Deed(case.number, rule.id, given.as_inputs(), actor),
    )
    return Moved(case.number, case.state, case.version)


def _write_document(
    case: Case, rule: Move, given: Given, author: Author, letter: LetterContent | None, now: datetime.datetime
) -> Document | None:
    if letter is None or not (given.text or given.reason):
        return None
    row = Document(
        case=case,
        kind=letter.kind,
        number=letter.number,
        text=given.text,
        outcome=rule.outcome or given.outcome,
        legal_basis=given.legal_basis,
        reason=given.reason[:60],
        route=given.route[:60],
        language=case.language,
        at=now,
        officer_name_zh=author.name.zh,
        officer_name_en=author.name.en,
    )
    insert(row)
    return row


def _told_of(row: Document) -> dict[str, Json]:
    return {"document": row.kind, "number": row.number, "document_sha256": text_digest(row.text, row.legal_basis)}


def _keep_letter(case: Case, letter: LetterContent | None, now: datetime.datetime, seen: str) -> dict[str, Json]:
    """Set the letter and keep it; where no font is installed the page stands in for it."""
    if letter is None or not typesetting.is_available():
        return {}
    row = store.keep(case.pk, case.number, letter, typesetting.render(letter), at=now, seal=texts.closer(case))
    if seen and seen != row.sha256:
        raise Refusal("stale", version=case.version, letter=row.number)
    return {"letter": row.number, "letter_sha256": row.sha256}


def _keep_paper(case: Case, letter: LetterContent, paper: SignedPaper, actor: Actor, now: datetime.datetime) -> None:
    row = signed_copies.keep(
        case.pk, case.number, paper, kind=letter.kind, number=letter.number, at=now, seal=texts.closer(case)
    )
    details: dict[str, Json] = {
        "number": row.number, "on": row.signed_on.isoformat(), "scan_sha256": row.sha256, "media_type": row.media_type,
    }  # fmt: skip
    append_event(ChainRef.case(case.number), "letter_signed_on_paper", actor=actor, details=details)


def _due_of(case: Case, term: str) -> datetime.date | None:
    return RunningTerm.objects.filter(case=case, term=term, state="running").values_list("due_on", flat=True).first()
