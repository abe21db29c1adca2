"""The attachments of a matter, as pages list them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from huiyin.record.files.attachments import AttachmentView
from huiyin.ui.dates import plain_date
from huiyin.ui.names import FILE_KINDS


@dataclass(frozen=True, slots=True)
class Attached:
    """One attachment: what it is, of which day, and, for its own sender, what it was called."""

    view: AttachmentView
    kind: str
    on: str
    name: str = ""

    @property
    def is_of_complainant(self) -> bool:
        """Whether the complainant sent it, and so decides on its original."""
        return self.view.sender == "complainant"


def attached_in(views: tuple[AttachmentView, ...], names: Mapping[int, str] | None = None) -> list[Attached]:
    """The attachments in their order. ``names`` are given to the side that chose them, and to nobody else."""
    known = names or {}
    return [
        Attached(each, str(FILE_KINDS[each.kind]), plain_date(each.added_at), known.get(each.number, ""))
        for each in views
    ]
