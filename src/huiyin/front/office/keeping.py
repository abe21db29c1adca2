"""Who keeps the office's law: which body a deed is written down for, and whether a reader may do more than read."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.http import HttpRequest

from huiyin.record.bodies.gates import ADMINISTRATORS, KEEPERS
from huiyin.record.bodies.models import Account
from huiyin.record.bodies.queries import HeldPost, Reader
from huiyin.record.ledger.chains import Actor
from huiyin.rules.refusal import Refusal


class OfficeRequest(HttpRequest):
    """What every view behind the gate receives."""

    reader: Reader
    user: Account


def may_keep(reader: Reader) -> bool:
    """Whether the reader proposes, decides and enters, or only reads."""
    return bool(reader.roles & KEEPERS.roles)


def keeper(request: OfficeRequest) -> tuple[str, Actor]:
    """The body whose chain tells of the deed, and who does it. Raises Refusal("not_allowed")."""
    post = _post(request.reader)
    if post is None:
        raise Refusal("not_allowed")
    return post.body_code, request.reader.actor(post.id)


def body_code(reader: Reader) -> str:
    """The body the reader sits in today."""
    post = _post(reader) or (reader.posts[0] if reader.posts else None)
    return post.body_code if post else ""


def _post(reader: Reader) -> HeldPost | None:
    return next((post for post in reader.posts if post.roles & KEEPERS.roles), None)


def page(request: OfficeRequest, here: str, context: Mapping[str, Any]) -> dict[str, Any]:
    """The context of every page of this room: where one is, and what one may do."""
    is_administrator = bool(request.reader.roles & ADMINISTRATORS.roles)
    return {"here": here, "may_keep": may_keep(request.reader), "is_administrator": is_administrator, **context}
