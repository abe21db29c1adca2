"""An officer's key between two pages: sealed in the session's row, under a random key that only this browser holds.

Who has the database has no cookie; who has the cookie has no row. Fifteen minutes without a page shut it again.
"""

from __future__ import annotations

import base64
import binascii
import secrets
import time

from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey
from django.conf import settings
from django.http import HttpRequest, HttpResponse

from huiyin.record import keyring
from huiyin.record.bodies.queries import Reader
from huiyin.record.sealing import in_hand, staff

KEPT, LABEL = "sealed_key", "staff-key"
IDLE = 15 * 60  # seconds
TOUCH_EVERY = 60  # seconds: how exact the last use is


def cookie_name() -> str:
    """Over https it carries the ``__Host-`` prefix."""
    return f"{settings.HUIYIN_COOKIE_PREFIX}sealed"


def keep(request: HttpRequest, response: HttpResponse, reader: Reader, private: X25519PrivateKey) -> None:
    """The officer has unlocked in this browser."""
    secret = secrets.token_bytes(32)
    blob = keyring.seal_under(secret, LABEL, private.private_bytes_raw(), _place(reader))
    request.session[KEPT] = {"blob": base64.b64encode(blob).decode(), "at": int(time.time())}
    response.set_cookie(
        cookie_name(),
        base64.urlsafe_b64encode(secret).decode(),
        secure=settings.HUIYIN_HTTPS,
        httponly=True,
        samesite="Strict",
    )


def take(request: HttpRequest, reader: Reader) -> None:
    """Take the key in hand for this request, where it was unlocked and used within fifteen minutes."""
    kept = request.session.get(KEPT)
    if kept is None:
        return
    private = _opened(request, reader, kept) if 0 <= time.time() - kept["at"] <= IDLE else None
    if private is None or not staff.is_current(reader.officer_id, private):
        del request.session[KEPT]
        return
    in_hand.take_staff(reader.officer_id, private)
    if time.time() - kept["at"] > TOUCH_EVERY:
        request.session[KEPT] = kept | {"at": int(time.time())}


def forget(request: HttpRequest, response: HttpResponse) -> None:
    """Shut it again, here and on the server."""
    request.session.pop(KEPT, None)
    in_hand.put_away()
    response.delete_cookie(cookie_name(), samesite="Strict")


def _opened(request: HttpRequest, reader: Reader, kept: dict[str, str]) -> X25519PrivateKey | None:
    try:
        secret = base64.urlsafe_b64decode(request.COOKIES.get(cookie_name(), "").encode())
        if len(secret) != 32:
            return None
        raw = keyring.open_under(secret, LABEL, base64.b64decode(kept["blob"]), _place(reader))
    except (keyring.SealBroken, binascii.Error, ValueError):
        return None
    return X25519PrivateKey.from_private_bytes(raw)


def _place(reader: Reader) -> bytes:
    return f"session of {reader.officer_id}".encode()
