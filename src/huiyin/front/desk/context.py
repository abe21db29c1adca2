"""What every desk template knows about who is signed in."""

from __future__ import annotations

from django.http import HttpRequest

from huiyin.record.bodies.gates import JURISTS, MEDIATORS, REGISTER_READERS, REGISTRARS, REPORTERS
from huiyin.record.bodies.queries import Reader
from huiyin.record.cases.deeds.withdrawing import outside_desk_of
from huiyin.ui.languages import page_tag


def officer(request: HttpRequest) -> dict[str, object]:
    """The reader the gate let in, and how the top of the page names them; both None for everybody else."""
    reader: Reader | None = getattr(request, "reader", None)
    if reader is None:
        return {"reader": None, "officer": None}
    tag = page_tag()
    return {
        "reader": reader,
        "officer": {
            "name": reader.name.in_language(tag),
            "post": reader.posts[0].title.in_language(tag) if reader.posts else "",
            "may_register": bool(reader.roles & REGISTRARS.roles),
            "is_outside": outside_desk_of(reader) is not None,
            "may_report": bool(reader.roles & REPORTERS.roles),
            "may_open_dispute": bool(reader.roles & MEDIATORS.roles),
            "may_read_register": bool(reader.roles & REGISTER_READERS.roles),
            "may_read_law": bool(reader.roles & JURISTS.roles),
            "has_keys": bool(getattr(getattr(request, "user", None), "has_desk_keys", False)),
        },
    }
