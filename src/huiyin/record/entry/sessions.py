"""Django's session engine of the desk (``SESSION_ENGINE``): the database holds only the hash of a key.

Whoever steals the database holds no session. A session ends when the officer
ends it, after ``HUIYIN_IDLE_MINUTES`` without a request, and at the latest after
``SESSION_COOKIE_AGE``. Time here is the machine's: a story moved on by days
signs nobody out.
"""

from __future__ import annotations

import datetime
import hashlib
from typing import Any

from django.conf import settings
from django.contrib.auth import SESSION_KEY
from django.contrib.sessions.backends.base import CreateError, SessionBase, UpdateError
from django.core import signing
from django.db import IntegrityError, router, transaction
from django.utils import timezone

from huiyin.record.entry.models import DeskSession
from huiyin.record.prepared import Place, Prepared

DEVICE = "device"
TOUCH_EVERY = datetime.timedelta(seconds=60)  # how exact "last used" is


_GOING = Prepared(
    lambda: DeskSession.objects.filter(
        key_hash=Place("key_hash"), ends_at__gt=Place("now"), used_at__gt=Place("used_after")
    )
)


def hashed(session_key: str) -> bytes:
    """How a session is found: SHA-256 of its random key (about 165 bits, so no salt is needed)."""
    return hashlib.sha256(session_key.encode()).digest()


def idle_limit() -> datetime.timedelta:
    """After how long without a request a session ends."""
    return datetime.timedelta(minutes=settings.HUIYIN_IDLE_MINUTES)


class SessionStore(SessionBase):
    """A session of one browser."""

    def __init__(self, session_key: str | None = None) -> None:
        super().__init__(session_key)
        self.row: DeskSession | None = None

    def load(self) -> dict[str, Any]:
        """What is kept for this browser; an ended, idle or unknown session is an empty new one."""
        now = timezone.now()
        self.row = _GOING.first(key_hash=hashed(self.session_key or ""), now=now, used_after=now - idle_limit())
        if self.row is None:
            self._session_key = None
            return {}
        return dict(self.decode(self.row.data))

    def exists(self, session_key: str) -> bool:
        """Whether a new key is taken."""
        return DeskSession.objects.filter(key_hash=hashed(session_key)).exists()

    def create(self) -> None:
        """A row with a key of its own."""
        while True:
            self._session_key = self._get_new_session_key()  # type: ignore[attr-defined]
            try:
                self.save(must_create=True)
            except CreateError:
                continue
            self.modified = True
            return

    def save(self, must_create: bool = False) -> None:
        """Write the row; one that was ended meanwhile stays ended (UpdateError)."""
        if self.session_key is None:
            self.create()
            return
        data = self._get_session(no_load=must_create)  # type: ignore[attr-defined]
        values = {
            "data": self.encode(data),
            "account_id": data.get(SESSION_KEY),
            "device": str(data.get(DEVICE, ""))[:60],
            "used_at": timezone.now(),
        }
        if not must_create:
            if not DeskSession.objects.filter(key_hash=hashed(self.session_key)).update(**values):
                raise UpdateError
            return
        try:
            with transaction.atomic(using=router.db_for_write(DeskSession)):
                self.row = DeskSession.objects.create(
                    key_hash=hashed(self.session_key),
                    began_at=values["used_at"],
                    ends_at=self.get_expiry_date(),  # settled once: using a session makes it live no longer
                    **values,
                )
        except IntegrityError:
            raise CreateError from None

    def delete(self, session_key: str | None = None) -> None:
        """End it, on the server."""
        key = session_key or self.session_key
        if key:
            DeskSession.objects.filter(key_hash=hashed(key)).delete()

    def decode(self, session_data: bytes | str) -> dict[str, Any]:
        """The values of a row; one that another secret signed is worth nothing."""
        try:
            return dict(signing.loads(str(session_data), salt=self.key_salt, serializer=self.serializer))
        except signing.BadSignature:
            return {}

    @classmethod
    def clear_expired(cls) -> None:
        """Take out what ended by itself."""
        now = timezone.now()
        DeskSession.objects.filter(ends_at__lte=now).delete()
        DeskSession.objects.filter(used_at__lte=now - idle_limit()).delete()


def touch(session: SessionBase) -> None:
    """Note that the session is in use, at most once a minute."""
    row = getattr(session, "row", None)
    if row is not None and timezone.now() - row.used_at > TOUCH_EVERY:
        row.used_at = timezone.now()
        DeskSession.objects.filter(pk=row.pk).update(used_at=row.used_at)
