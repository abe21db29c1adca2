"""Do the matters say what the ledger says? Every row that the history speaks of is held against it.

The ledger's own check shows that the history is whole; this one, that nobody changed a matter beside it.
What neither can show is said in ``docs/operations.md``: rows of which no event speaks.
"""

from __future__ import annotations

import datetime
from collections.abc import Callable, Iterator, Sequence
from functools import partial
from typing import Any

from huiyin.record.cases import as_kept
from huiyin.record.cases.days import terms
from huiyin.record.cases.held.as_stored import as_stored
from huiyin.record.cases.models import Case, Grant, MatterKey, Milestone, RunningTerm
from huiyin.record.files import signed_copies, store
from huiyin.record.files.models import Letter, SignedCopy
from huiyin.record.keyring import SealBroken
from huiyin.record.law.models import ProcedureVersion
from huiyin.record.law.versions import procedure_of
from huiyin.record.ledger.chains import ChainRef
from huiyin.record.ledger.findings import Finding
from huiyin.record.ledger.queries import EventView, events_of, events_of_each, lengths
from huiyin.record.ledger.snapshot import snapshot
from huiyin.rules.milestones import DECISIONS, reached
from huiyin.rules.procedure import Procedure
from huiyin.rules.replay import differences, is_whole, replay

BATCH = 400  # cases at a time: below 1,000, the parameters that any SQLite takes in one statement
ONE_DEED = datetime.timedelta(minutes=10)  # within which a row and its event are written
MOST_FINDINGS = 200
TOLD = {"responsible", "sign_off", "sender", "receiver"}  # rights that ``rules.replay`` compares
REGISTERED = {"complaint_registered", "review_registered"}
KEYS_TOLD = REGISTERED | {"sealed_later", "matter_key_renewed"}
Progress = Callable[[str, int], None]


def verify_cases(progress: Progress) -> list[Finding]:
    """Every matter against its history, and the law that matters cite against its hash."""
    findings: list[Finding] = []
    with snapshot():
        for finding in _everything(progress):
            findings.append(finding)
            if len(findings) >= MOST_FINDINGS:
                break
    return findings


def _everything(progress: Progress) -> Iterator[Finding]:
    yield from _laws()
    chains, seen, last = lengths("case"), 0, 0
    related = ("law", "body", "unit", "responsible_post", "category", "area")
    while cases := list(Case.scoped.select_related(*related).filter(pk__gt=last).order_by("pk")[:BATCH]):
        last, seen = cases[-1].pk, seen + len(cases)
        yield from _batch(cases)
        for case in cases:
            chains.pop(case.number, None)
        progress("matters", seen)
    for number in sorted(chains):
        yield Finding(f"case {number}", "The matter is gone; its history is there.")
    yield from _desks()


def _batch(cases: Sequence[Case]) -> Iterator[Finding]:
    stored, histories = as_stored(cases), events_of_each("case", [case.number for case in cases])
    # what is sealed to its matter opens for its readers alone: whoever opens it is told when it is another (letters)
    sealed = _sealed_wrong({case.pk: case.number for case in cases if not case.key_epoch})
    for case in cases:
        where, events = f"case {case.number}", histories[case.number]
        if not events or events[0].kind not in REGISTERED:
            yield Finding(where, "The matter is there, but its history does not begin with its registration.")
            continue
        try:
            yield from [Finding(where, what) for what in _differs(case, events, stored[case.pk])]
        except (KeyError, TypeError, AttributeError, ValueError) as problem:
            yield Finding(where, f"Its history cannot be followed: {type(problem).__name__} {problem}.")
        yield from (Finding(where, what) for what in sealed.get(case.pk, ()))
        yield from (Finding(where, what) for what in _keys_wrong(case, events))
    yield from _rights(cases)


def _differs(case: Case, events: Sequence[EventView], stored: dict[str, Any]) -> Iterator[str]:
    """Nothing of a matter whose content was erased: that the erasure was recorded is checked with the ledger."""
    said = [as_replayed(event) for event in events]
    if is_whole(said):
        for difference in differences(replay(said), stored):
            yield f"It does not say what its history says. {difference}."
        yield from _by_law(case, events)


def as_replayed(event: EventView) -> dict[str, Any]:
    """One event in the form of ``rules.replay``; an erased one has no details."""
    at = event.at.astimezone(datetime.UTC).strftime("%Y-%m-%dT%H:%M:%S.%fZ")
    return {"kind": event.kind, "at": at, "actor": event.actor, "details": None if event.erased else event.details}


def _by_law(case: Case, events: Sequence[EventView]) -> Iterator[str]:
    """What follows from the last move by the case's own procedure."""
    procedure = procedure_of(case.law_id)
    moves = [event for event in events if event.kind == "case_moved"]
    state = procedure.states.get(case.state)
    if state is None:
        yield f"Its state {case.state} is none of its procedure."
        return
    if not moves and _is_told(events) and case.state != procedure.start:
        yield "It stands elsewhere than at its beginning, and no step is recorded."
    if (case.stage, case.is_open) != (state.stage, not state.is_final):
        yield "Its stage does not belong to its state."
    if (case.closed_at is not None) != state.is_final or _is_apart(case.closed_at, moves):
        yield "The instant of its end is not that of its last step."
    if case.responsible_post is not None and case.unit_id != case.responsible_post.unit_id:
        yield "Its unit is not that of the post that is responsible."
    if case.unit.body_id != case.body_id:
        yield "Its body is not that of its unit."
    if case.version < 1 + len(moves):
        yield "It counts fewer steps than its history."
    outcome = _outcome(procedure, moves)
    if moves and outcome != case.outcome:
        yield f"Its outcome is {case.outcome or 'none'}, and its history says {outcome or 'none'}."
    before = case.due_on
    terms.set_next_due(case, RunningTerm.objects.filter(case=case))
    if before != case.due_on:
        yield "The day shown as due is not that of its nearest term."
    yield from _milestones(case, procedure, events)


def _is_told(events: Sequence[EventView]) -> bool:
    """Whether the history was written by the deeds themselves; invented cases of a bench begin in the middle."""
    return "bound" in events[0].details


def _is_apart(closed_at: datetime.datetime | None, moves: Sequence[EventView]) -> bool:
    return closed_at is not None and (not moves or abs(closed_at - moves[-1].at) > ONE_DEED)


def _outcome(procedure: Procedure, moves: Sequence[EventView]) -> str:
    outcome = ""
    for event in moves:
        rule = procedure.moves[event.details["move"]]
        outcome = rule.outcome or (event.details.get("outcome", "") if rule.outcomes else "") or outcome
    return str(outcome)


def _milestones(case: Case, procedure: Procedure, events: Sequence[EventView]) -> Iterator[str]:
    """What the figures count must be what happened."""
    if not _is_told(events):
        return
    wanted = ["registered"]
    for event in events:
        if event.kind == "case_moved":
            rule, said = procedure.moves[event.details["move"]], event.details
            outcome = rule.outcome or said.get("outcome", "") if rule.decides else ""
            steps = reached(rule, procedure.states[said["from"]], procedure.states[said["to_state"]], outcome)
            late = any(each.get("late") for each in said.get("terms_met", ()))
            wanted += [f"{step} {outcome} {late}" if step in DECISIONS else step for step in steps]
    rows = Milestone.objects.filter(case=case).exclude(kind__in=("came", "left", "review_asked", "review_decided"))
    held = [
        f"{row.kind} {row.outcome} {bool(row.is_late)}" if row.kind in DECISIONS else row.kind
        for row in rows.order_by("id")
    ]
    if held != wanted:
        yield f"What the figures count of it is {', '.join(held)}, and its history says {', '.join(wanted)}."


def _sealed_wrong(numbers: dict[int, str]) -> dict[int, list[str]]:
    """Letters and scans that no longer open to what their row, and so the ledger, says."""
    found: dict[int, list[str]] = {}
    for letter in Letter.objects.filter(case__in=numbers).iterator(50):
        if not _opens(partial(store.pdf_of, letter, numbers[letter.case_id]), letter.sha256):
            found.setdefault(letter.case_id, []).append(f"Letter {letter.number} is not the one that was sent.")
    for copy in SignedCopy.objects.filter(case__in=numbers).iterator(50):
        if not _opens(partial(signed_copies.data_of, copy, numbers[copy.case_id]), copy.sha256):
            found.setdefault(copy.case_id, []).append(f"The scan of letter {copy.number} is not the one handed in.")
    return found


def _keys_wrong(case: Case, events: Sequence[EventView]) -> Iterator[str]:
    """A key put in the place of another would let its maker read what is written from then on."""
    if any(event.erased for event in events):
        return
    told = [event.details.get("sealed") or event.details for event in events if event.kind in KEYS_TOLD]
    wanted = {each["epoch"]: each.get("key_sha256") for each in told if "epoch" in each}
    held = {row.epoch: as_kept.digest(bytes(row.public)) for row in MatterKey.objects.filter(case=case)}
    if held != wanted or max(held, default=0) != case.key_epoch:
        yield "A key to which its words are sealed is not the one of which its history tells."


def _opens(data: Callable[[], bytes], sha256: str) -> bool:
    try:
        return as_kept.digest(data()) == sha256
    except SealBroken:
        return False


def _rights(cases: Sequence[Case]) -> Iterator[Finding]:
    """A right to read an earlier file belongs to who is, or was, responsible for the later matter; any other was told."""
    numbers = {case.pk: case.number for case in cases}
    rest = Grant.objects.filter(case__in=numbers).exclude(capacity__in=TOLD).select_related("post")
    said: dict[str, list[EventView]] = {}
    for row in rest:
        number, post = numbers[row.case_id or 0], row.post.code
        held = Grant.objects.filter(case__number=row.why, capacity="responsible", post=row.post)
        if row.capacity in {"earlier_file", "outside"} and held.exists():
            continue
        if row.capacity == "earlier_file":
            yield Finding(f"case {number}", f"Post {post} may read it as an earlier file, and nothing says why.")
            continue
        if number not in said:
            said[number] = events_of(ChainRef.case(number))
        is_erased = any(event.erased for event in said[number])  # nobody can tell any more, and the mark says why
        if not is_erased and post not in {event.details.get("to") for event in said[number]}:
            yield Finding(f"case {number}", f"Post {post} may open it, and no event says why.")


def _desks() -> Iterator[Finding]:
    """Every right to the matters of a whole desk was given by an event of its body."""
    told: dict[str, set[tuple[str, str]]] = {}
    for row in Grant.objects.filter(case=None).select_related("post", "unit__body"):
        assert row.unit is not None  # a constraint of the table
        body = row.unit.body.code
        if body not in told:
            events = events_of(ChainRef.body(body), kinds={"desk_granted"})
            told[body] = {(event.details.get("post", ""), event.details.get("unit", "")) for event in events}
        if (row.post.code, row.unit.code) not in told[body]:
            yield Finding(
                f"body {body}", f"Post {row.post.code} may open the matters of {row.unit.code}; no event says why."
            )


def _laws() -> Iterator[Finding]:
    for row in ProcedureVersion.objects.iterator(50):
        if as_kept.digest(row.text.encode()) != row.sha256:
            yield Finding(f"procedure {row.procedure} {row.version}", "Its text is not the one that was adopted.")
