"""Photos of officers who wish to be recognised: kept and taken away by themselves alone, shown with their office."""

from __future__ import annotations

import secrets

from django.db import transaction

from huiyin.record import clock
from huiyin.record.bodies.models import Officer, Portrait
from huiyin.record.bodies.queries import Reader
from huiyin.record.ledger.append import append_event
from huiyin.record.ledger.chains import ChainRef
from huiyin.rules.refusal import Refusal


def keep_portrait(picture: bytes, *, by: Reader) -> None:
    """Show this picture from now on, in the place of the last one; ``picture`` is a small JPEG that we drew."""
    with transaction.atomic():
        officer = Officer.objects.select_for_update().get(pk=by.officer_id)
        values = {"picture": picture, "key": secrets.token_urlsafe(12), "kept_at": clock.now()}
        Portrait.objects.update_or_create(officer=officer, defaults=values)
        _tell("portrait_kept", by)


def take_portrait_away(*, by: Reader) -> None:
    """It is shown no longer, and gone. Raises Refusal("not_found")."""
    with transaction.atomic():
        deleted, _kinds = Portrait.objects.filter(officer=by.officer_id).delete()
        if not deleted:
            raise Refusal("not_found")
        _tell("portrait_taken_away", by)


def portrait_key(officer_id: int) -> str:
    """The word of the address of an officer's photo; empty where there is none."""
    return Portrait.objects.filter(officer=officer_id).values_list("key", flat=True).first() or ""


def picture(key: str) -> bytes | None:
    """A photo by the word of its address."""
    found = Portrait.objects.filter(key=key).values_list("picture", flat=True).first()
    return bytes(found) if found is not None else None


def _tell(event: str, by: Reader) -> None:
    if not by.posts:
        raise Refusal("no_officer_here")
    append_event(ChainRef.body(by.posts[0].body_code), event, actor=by.actor(), details={})
