"""Procedures in use: adopted from checked texts, pinned by hash, read back as frozen values."""

from __future__ import annotations

from collections.abc import Mapping
from functools import lru_cache
from pathlib import Path

from django.db import transaction

from huiyin.record import clock
from huiyin.record.approvals import actions as approvals
from huiyin.record.law import calendars, checking, folders
from huiyin.record.law.models import Category, ProcedureVersion
from huiyin.record.ledger.append import append_event
from huiyin.record.ledger.chains import Actor, ChainRef
from huiyin.record.remembered import forget, remembered
from huiyin.rules.catalogue import load_procedure
from huiyin.rules.chain import Json
from huiyin.rules.faults import Fault, all_said
from huiyin.rules.overlay import read_source, written_out
from huiyin.rules.procedure import Procedure, Words
from huiyin.rules.refusal import Refusal
from huiyin.rules.workdays import Calendar

KIND = "procedure_version"


@lru_cache(maxsize=64)
def procedure_of(version_id: int) -> Procedure:
    """The pinned procedure a case cites; the text never changes, so it is kept."""
    row = ProcedureVersion.objects.get(pk=version_id)
    return load_procedure(row.text, file=f"{row.procedure}@{row.version}", is_pinned=True)


@remembered
def current_version(procedure: str) -> int:
    """Key of the version in force for new cases.

    Raises Refusal("procedure_missing") when the office has adopted none.
    """
    key = ProcedureVersion.objects.filter(procedure=procedure, is_current=True).values_list("pk", flat=True).first()
    if key is None:
        raise Refusal("procedure_missing", procedure=procedure)
    return key


def is_in_force(procedure: str) -> bool:
    """Whether the office has switched on a version for new cases."""
    return ProcedureVersion.objects.filter(procedure=procedure, is_current=True).exists()


def mediations_in_force() -> list[Procedure]:
    """The packs by which disputes between people are mediated here."""
    found = [procedure_of(key) for key in _current_mediations()]
    return [procedure for procedure in found if procedure.kind == "mediation"]


@remembered
def _current_mediations() -> tuple[int, ...]:
    keys = ProcedureVersion.objects.filter(is_current=True, procedure__contains="mediation").order_by("procedure")
    return tuple(keys.values_list("pk", flat=True))


def mediation_keys() -> list[int]:
    """Every version by which disputes are or were mediated."""
    keys = ProcedureVersion.objects.filter(procedure__contains="mediation").values_list("pk", flat=True)
    return [key for key in keys if procedure_of(key).kind == "mediation"]


@transaction.atomic
def adopt(text: str, *, file: str = "", bases: Mapping[str, str] | None = None) -> ProcedureVersion:
    """Check a procedure's text and make it the version for new cases; old cases keep theirs.

    ``bases`` are the texts it may inherit, by id; an overlay is kept as the whole text it comes to.
    """
    checked = load_procedure(text, file=file, bases=bases or {})
    text = written_out(text, file=file, bases=bases or {})
    forget()
    ProcedureVersion.objects.filter(procedure=checked.id, is_current=True).exclude(sha256=checked.sha256).update(
        is_current=False
    )
    now = clock.now()
    row, _ = ProcedureVersion.objects.get_or_create(
        sha256=checked.sha256,
        defaults={"procedure": checked.id, "version": checked.version, "text": text, "adopted_at": now},
    )
    if not row.is_current:
        row.is_current, row.in_force_since = True, now
        row.save(update_fields=["is_current", "in_force_since"])
    return row


def adopt_folder(folder: Path | None = None) -> list[ProcedureVersion]:
    """Adopt every ``*.toml`` of a folder (none: the program's own), whatever is in force: for tests and for the demo."""
    there = folders.shipped() if folder is None else folders.read(folder)
    return [adopt(text, file=f"{name}.toml", bases=folders.bases() | there) for name, text in there.items()]


def adopt_missing(*, with_own: bool) -> list[ProcedureVersion]:
    """Put into force each pack of which no version ever was: what the office switched on stays as it is.

    ``with_own``: sound packs of the office's folder too; later they are switched on by two people.
    """
    known = set(ProcedureVersion.objects.values_list("procedure", flat=True))
    bases = folders.bases()
    there = folders.shipped() | (folders.sound() if with_own else {})
    return [adopt(text, file=f"{name}.toml", bases=bases) for name, text in there.items() if name not in known]


def waiting_in_folders() -> list[str]:
    """Ids of sound packs in a folder whose text is another than the version in force."""
    in_force = dict(ProcedureVersion.objects.filter(is_current=True).values_list("procedure", "sha256"))
    names = folders.shipped() | folders.sound()
    return [name for name in names if folders.loaded(name).sha256 != in_force.get(name)]


def categories() -> list[tuple[str, Words]]:
    """The list a complainant chooses from, in the office's order."""
    return [(row.code, row.name) for row in Category.objects.order_by("position", "id")]


def propose_version(text: str, *, why: str, body_code: str, by: Actor) -> int:
    """Propose a procedure's text for new cases; a second person switches it on.

    Raises Refusal("procedure_wrong", problem=...) naming file, line and path, Refusal("in_force_already") or
    Refusal("version_taken"); the running version stays.
    """
    checked, whole = _new(text)
    payload: dict[str, Json] = {"text": whole, "procedure": checked.id, "version": checked.version}
    return approvals.propose(KIND, payload, why=why, body_code=body_code, by=by)


def switch_on(proposal_id: int, *, by: Actor) -> ProcedureVersion:
    """Approve a proposed version as the second person; from now on new cases cite it, old ones keep theirs.

    Raises what ``propose_version`` does: since then another text may have come into force.
    """
    with transaction.atomic():
        payload = approvals.approve(proposal_id, kind=KIND, by=by)
        row = adopt(_new(payload["text"])[1])
        details: dict[str, Json] = {"procedure": row.procedure, "version": row.version, "sha256": row.sha256}
        chain = ChainRef.body(approvals.proposal(proposal_id, kind=KIND).body_code)
        append_event(chain, "procedure_switched_on", actor=by, details=details)
    return row


def reject(proposal_id: int, *, why: str, by: Actor) -> None:
    """Say no to a proposed version, with the reason; whoever proposed it may take it back."""
    with transaction.atomic():
        approvals.decline(proposal_id, kind=KIND, why=why, by=by)


def whole_text(text: str, *, file: str = "") -> tuple[Procedure, str]:
    """The checked procedure, and its text with everything it inherits.

    Raises Refusal("procedure_wrong", problem=..., faults=...): every mistake, on a line of its own and each apart.
    """
    bases = folders.bases()
    found = checking.problems(text, file=file, bases=bases, calendar_of=_calendar) or _review_missing(text, file, bases)
    if found:
        raise Refusal("procedure_wrong", problem=all_said(found), faults=tuple(found))
    return load_procedure(text, file=file, bases=bases), written_out(text, file=file, bases=bases)


def _new(text: str) -> tuple[Procedure, str]:
    """A sound text that is not in force and shares its version with no other."""
    checked, whole = whole_text(text)
    same = ProcedureVersion.objects.filter(procedure=checked.id, version=checked.version)
    if same.filter(sha256=checked.sha256, is_current=True).exists():
        raise Refusal("in_force_already")
    if same.exclude(sha256=checked.sha256).exists():
        raise Refusal("version_taken", version=checked.version)
    return checked, whole


def _review_missing(text: str, file: str, bases: Mapping[str, str]) -> list[Fault]:
    """A review that cannot be opened is a promise nobody can keep: its procedure comes first."""
    review = load_procedure(text, file=file, bases=bases).review_procedure
    if review is None or ProcedureVersion.objects.filter(procedure=review, is_current=True).exists():
        return []
    at, line = read_source(text, file=file, bases=bases).place(("review_procedure",))
    missing = Words(
        f"复查的办理规则 {review!r} 没有启用；请先启用它",
        f"the review procedure {review!r} is not in force; switch that one on first",
    )
    return [Fault(at, line, missing)]


def _calendar(country: str) -> Calendar | None:
    try:
        return calendars.calendar(country)
    except Refusal:
        return None


def versions() -> list[ProcedureVersion]:
    """Every version the office has ever used, newest first."""
    return list(ProcedureVersion.objects.order_by("procedure", "-id"))
