"""Procedures in use: adopted from checked texts, pinned by hash, read back as frozen values."""

from __future__ import annotations

from functools import lru_cache
from pathlib import Path

from django.conf import settings
from django.db import transaction

from huiyin.record import clock
from huiyin.record.law.models import Category, ProcedureVersion
from huiyin.record.remembered import forget, remembered
from huiyin.rules.catalogue import load_procedure
from huiyin.rules.procedure import Procedure, Words
from huiyin.rules.refusal import Refusal


@lru_cache(maxsize=64)
def procedure_of(version_id: int) -> Procedure:
    """The pinned procedure a case cites; the text never changes, so it is kept."""
    row = ProcedureVersion.objects.get(pk=version_id)
    return load_procedure(row.text, file=f"{row.procedure}@{row.version}")


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
def adopt(text: str, *, file: str = "") -> ProcedureVersion:
    """Check a procedure's text and make it the version for new cases; old cases keep theirs."""
    checked = load_procedure(text, file=file)
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
    """Adopt every ``*.toml`` of the procedures folder."""
    where = folder or Path(settings.HUIYIN_PROCEDURES_DIR)
    return [adopt(path.read_text("utf-8"), file=path.name) for path in sorted(where.glob("*.toml"))]


def categories() -> list[tuple[str, Words]]:
    """The list a complainant chooses from, in the office's order."""
    return [(row.code, row.name) for row in Category.objects.order_by("position", "id")]
