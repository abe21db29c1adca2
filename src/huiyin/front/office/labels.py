"""What the office's pages call things."""

from __future__ import annotations

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from huiyin.record.law.sources import Source

KINDS: dict[str, Promise] = {
    "in_force": _("in force"),
    "replaced": _("replaced"),
    "proposed": _("proposed"),
    "file": _("in a folder"),
}
INPUTS: dict[str, Promise] = {
    "text": _("the text"),
    "reason": _("a reason"),
    "route": _("the route that is open"),
    "to": _("the post that takes it"),
    "legal_basis": _("the legal basis"),
    "outcome": _("the outcome"),
    "class": _("what kind of matter it is"),
    "days": _("a number of days"),
}


def called(source: Source) -> str:
    """A text in one line: ``cn-xinfang 2026.2 (in force)``."""
    return f"{source.procedure} {source.version} ({KINDS[source.kind]})"
