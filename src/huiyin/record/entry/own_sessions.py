"""The sessions of one account, for its owner alone: seen, and ended one by one or all together."""

from __future__ import annotations

import datetime
from dataclasses import dataclass

from django.contrib.sessions.backends.base import SessionBase
from django.db import transaction
from django.utils import timezone

from huiyin.record.bodies.models import Account
from huiyin.record.entry.models import DeskSession
from huiyin.record.entry.sessions import hashed, idle_limit
from huiyin.rules.refusal import Refusal

BROWSERS = (("Edg", "Edge"), ("Firefox", "Firefox"), ("Chrome", "Chrome"), ("Safari", "Safari"))
SYSTEMS = (
    ("Android", "Android"), ("iPhone", "iPhone"), ("iPad", "iPad"), ("Windows", "Windows"), ("Mac OS", "macOS"),
    ("CrOS", "ChromeOS"), ("Linux", "Linux"),
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class OwnSession:
    """One browser that is signed in; ``browser`` and ``system`` are empty where they are not known."""

    key: int
    browser: str
    system: str
    began_at: datetime.datetime
    used_at: datetime.datetime
    is_this: bool


def device_of(agent: str) -> str:
    """A browser and a system in plain words, ``Firefox|Windows``; no version, nothing that singles a machine out."""
    browser = next((name for mark, name in BROWSERS if mark in agent), "")
    system = next((name for mark, name in SYSTEMS if mark in agent), "")
    return f"{browser}|{system}"


def sessions_of(account: Account, *, here: SessionBase) -> list[OwnSession]:
    """The account's living sessions, this one first, then the one used last."""
    now, this = timezone.now(), hashed(here.session_key or "")
    rows = DeskSession.objects.filter(account=account, ends_at__gt=now, used_at__gt=now - idle_limit())
    found = [
        OwnSession(row.pk, *_parts(row.device), row.began_at, row.used_at, bytes(row.key_hash) == this)
        for row in rows.order_by("-used_at")
    ]
    return sorted(found, key=lambda session: not session.is_this)


def end_session(key: int, *, account: Account) -> None:
    """End one of one's own, at once. Raises Refusal("not_found")."""
    ended, _kinds = DeskSession.objects.filter(pk=key, account=account).delete()
    if not ended:
        raise Refusal("not_found")


def end_others(account: Account, *, here: SessionBase | None) -> int:
    """End all sessions of an account but this one (None: all). Gives how many."""
    rows = DeskSession.objects.filter(account=account)
    if here is not None:
        rows = rows.exclude(key_hash=hashed(here.session_key or ""))
    with transaction.atomic():
        ended, _kinds = rows.delete()
    return ended


def _parts(device: str) -> tuple[str, str]:
    browser, _bar, system = device.partition("|")
    return browser, system
