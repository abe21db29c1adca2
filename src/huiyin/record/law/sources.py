"""Every text of a procedure that this office has: in force, replaced, proposed, or only lying in a folder."""

from __future__ import annotations

import datetime
from dataclasses import dataclass
from typing import Literal

from huiyin.record.approvals import actions as approvals
from huiyin.record.approvals.actions import ProposalView
from huiyin.record.law import folders
from huiyin.record.law.models import ProcedureVersion
from huiyin.record.law.versions import KIND, procedure_of, waiting_in_folders
from huiyin.rules.catalogue import load_procedure
from huiyin.rules.procedure import Procedure
from huiyin.rules.refusal import Refusal

Kind = Literal["in_force", "replaced", "proposed", "file"]


@dataclass(frozen=True, slots=True)
class Source:
    """A text one can read, compare and try. ``ref`` names it in addresses: ``version-12``, ``proposed-5``, ``file-generic``."""

    ref: str
    kind: Kind
    procedure: str
    version: str
    since: datetime.datetime | None = None
    is_own: bool = False


def in_force() -> list[Source]:
    """The version of each pack that new cases cite."""
    rows = ProcedureVersion.objects.filter(is_current=True).order_by("procedure")
    own = folders.own()
    return [_of_version(row, own) for row in rows]


def replaced() -> list[Source]:
    """Versions that only cases already filed cite, newest first."""
    rows = ProcedureVersion.objects.filter(is_current=False).order_by("procedure", "-id")
    own = folders.own()
    return [_of_version(row, own) for row in rows]


def proposed() -> list[tuple[Source, ProposalView]]:
    """Texts that wait for a second person."""
    found = [each for each in approvals.proposals(KIND) if each.state == "open"]
    return [(_of_proposal(each), each) for each in found]


def in_folders() -> list[Source]:
    """Sound texts in a folder that are not in force."""
    own = folders.own()
    return [
        Source(f"file-{name}", "file", name, folders.loaded(name).version, is_own=name in own)
        for name in waiting_in_folders()
    ]


def everything() -> list[Source]:
    """All of them, those in force first."""
    return [*in_force(), *(source for source, _ in proposed()), *in_folders(), *replaced()]


def source(ref: str) -> Source:
    """The text that an address names. Raises Refusal("not_found")."""
    kind, _, name = ref.partition("-")
    if kind == "version" and (row := _row(name)):
        return _of_version(row, folders.own())
    if kind == "proposed" and name.isdecimal() and len(name) < 18:
        return _of_proposal(approvals.proposal(int(name), kind=KIND))
    if kind == "file" and name in folders.shipped() | folders.sound():
        return Source(ref, "file", name, folders.loaded(name).version, is_own=name in folders.own())
    raise Refusal("not_found")


def loaded(there: Source) -> Procedure:
    """The procedure of a text."""
    kind, _, name = there.ref.partition("-")
    if kind == "version":
        return procedure_of(int(name))
    if kind == "proposed":
        return load_procedure(text(there), file=there.procedure, is_pinned=True)
    return folders.loaded(name)


def text(there: Source) -> str:
    """The text itself; of a file as it lies there, of all others with everything it inherits."""
    kind, _, name = there.ref.partition("-")
    if kind == "version":
        return ProcedureVersion.objects.values_list("text", flat=True).get(pk=int(name))
    if kind == "proposed":
        return str(approvals.proposal(int(name), kind=KIND).payload["text"])
    return folders.bases()[name]


def of_procedure(procedure: str) -> Source | None:
    """The version of a pack that is in force, if one is."""
    row = ProcedureVersion.objects.filter(procedure=procedure, is_current=True).first()
    return _of_version(row, folders.own()) if row else None


def _row(name: str) -> ProcedureVersion | None:
    if not name.isdecimal() or len(name) > 17:
        return None
    return ProcedureVersion.objects.filter(pk=int(name)).first()


def _of_version(row: ProcedureVersion, own: dict[str, str]) -> Source:
    kind: Kind = "in_force" if row.is_current else "replaced"
    since = row.since if row.is_current else row.adopted_at
    return Source(f"version-{row.pk}", kind, row.procedure, row.version, since, row.procedure in own)


def _of_proposal(proposal: ProposalView) -> Source:
    procedure = load_procedure(proposal.payload["text"], file="proposal", is_pinned=True)
    return Source(f"proposed-{proposal.id}", "proposed", procedure.id, procedure.version, proposal.proposed_at)
