"""Procedures in use: adopted from checked texts, pinned by hash, read back as frozen values."""

from __future__ import annotations

from collections.abc import Mapping
from functools import lru_cache
from pathlib import Path

from django.conf import settings
from django.db import transaction

from huiyin.record import clock
from huiyin.record.approvals import actions as approvals
from huiyin.record.law.models import Category, ProcedureVersion
from huiyin.record.ledger.chains import Actor
from huiyin.record.remembered import forget, remembered
from huiyin.rules.catalogue import ProcedureError, load_procedure
from huiyin.rules.overlay import written_out
from huiyin.rules.procedure import Procedure, Words
from huiyin.rules.refusal import Refusal

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
    row, _ = ProcedureVersion.objects.update_or_create(
        sha256=checked.sha256,
        defaults={"is_current": True},
        create_defaults={
            "procedure": checked.id,
            "version": checked.version,
            "text": text,
            "adopted_at": clock.now(),
            "is_current": True,
        },
    )
    return row


def adopt_folder(folder: Path | None = None) -> list[ProcedureVersion]:
    """Adopt every ``*.toml`` of a folder: the program's own, or an office's, which may inherit from it."""
    own = texts(Path(settings.HUIYIN_PROCEDURES_DIR))
    there = own if folder is None else texts(folder)
    return [adopt(text, file=f"{name}.toml", bases=own | there) for name, text in there.items()]


def texts(folder: Path) -> dict[str, str]:
    """The texts of a folder's procedures by the names of their files, which are their ids."""
    return {path.stem: path.read_text("utf-8") for path in sorted(folder.glob("*.toml"))}


def categories() -> list[tuple[str, Words]]:
    """The list a complainant chooses from, in the office's order."""
    return [(row.code, row.name) for row in Category.objects.order_by("position", "id")]


def propose_version(text: str, *, why: str, body_code: str, by: Actor) -> int:
    """Propose a procedure's text for new cases; a second person switches it on.

    Raises Refusal("procedure_wrong", problem=...) naming file, line and path; the running version stays.
    """
    return approvals.propose(KIND, {"text": _whole(text)}, why=why, body_code=body_code, by=by)


def switch_on(proposal_id: int, *, by: Actor) -> ProcedureVersion:
    """Approve a proposed version as the second person; from now on new cases cite it, old ones keep theirs."""
    with transaction.atomic():
        payload = approvals.approve(proposal_id, kind=KIND, by=by)
        return adopt(_whole(payload["text"]))


def _whole(text: str) -> str:
    """The checked text with everything it inherits from the procedures of this program."""
    bases = texts(Path(settings.HUIYIN_PROCEDURES_DIR))
    try:
        load_procedure(text, file="procedure", bases=bases)
        return written_out(text, file="procedure", bases=bases)
    except ProcedureError as problem:
        raise Refusal("procedure_wrong", problem=str(problem)) from problem


def versions() -> list[ProcedureVersion]:
    """Every version the office has ever used, newest first."""
    return list(ProcedureVersion.objects.order_by("procedure", "-id"))
