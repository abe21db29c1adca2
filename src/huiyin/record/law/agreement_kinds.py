"""The file that says what an agreement of each kind of dispute holds; it lies beside the packs."""

from __future__ import annotations

from functools import lru_cache
from pathlib import Path

from django.conf import settings

from huiyin.rules.agreement_kinds import AgreementKind, read

FILE = "agreements/kinds.toml"


def kinds() -> dict[str, AgreementKind]:
    """Every kind, by the id that the packs give it."""
    return _read(Path(settings.PROCEDURES_SHIPPED) / FILE)


@lru_cache(maxsize=4)
def _read(file: Path) -> dict[str, AgreementKind]:
    return read(file.read_text("utf-8"), FILE)
