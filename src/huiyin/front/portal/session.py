"""Who follows a matter in this browser: a sealed cookie, and nothing on the server.

It ends after thirty idle minutes, of a sealed matter after fifteen, when the reader leaves, or when the receipt's
epoch moves on (signed off on another device).
"""

from __future__ import annotations

import base64
import binascii
import json
from datetime import timedelta

from django.conf import settings
from django.http import HttpRequest, HttpResponse

from huiyin.record import clock, keyring
from huiyin.record.cases.codes.receipts import COMPLAINANT, Holder

IDLE, IDLE_SEALED = timedelta(minutes=30), timedelta(minutes=15)
LABEL, PLACE = "portal-session", b"cookie v1"


def cookie_name() -> str:
    """Over https it carries the ``__Host-`` prefix."""
    return f"{settings.HUIYIN_COOKIE_PREFIX}follow"


def holder_of(request: HttpRequest) -> Holder | None:
    """Whoever showed a receipt in this browser within the last thirty minutes."""
    try:
        blob = base64.urlsafe_b64decode(request.COOKIES.get(cookie_name(), "").encode())
        values = json.loads(keyring.open_sealed(LABEL, blob, PLACE))
    except (keyring.SealBroken, binascii.Error, ValueError):
        return None
    key = bytes.fromhex(values.get("key", ""))
    if not 0 <= clock.now().timestamp() - values["at"] <= (IDLE_SEALED if key else IDLE).total_seconds():
        return None
    return Holder(
        receipt_id=values["receipt"],
        number=values["number"],
        epoch=values["epoch"],
        case_id=values["case"],
        rating_key=bytes.fromhex(values["rating"]),
        helper=values.get("helper", 0),
        key=key,
        side=values.get("side", COMPLAINANT),
    )


def keep(response: HttpResponse, holder: Holder) -> None:
    """Open or prolong the session: thirty minutes from now, of a sealed matter fifteen."""
    values = {
        "receipt": holder.receipt_id,
        "number": holder.number,
        "epoch": holder.epoch,
        "case": holder.case_id,
        "rating": holder.rating_key.hex(),
        "helper": holder.helper,
        "side": holder.side,
        "at": int(clock.now().timestamp()),
    }
    if holder.key:  # the key of a sealed matter lies in this cookie alone, and opens with the server's key alone
        values["key"] = holder.key.hex()
    blob = keyring.seal(LABEL, json.dumps(values).encode(), PLACE)
    response.set_cookie(
        cookie_name(),
        base64.urlsafe_b64encode(blob).decode(),
        max_age=IDLE_SEALED if holder.key else IDLE,
        secure=settings.HUIYIN_HTTPS,
        httponly=True,
        samesite="Lax",
    )


def forget(response: HttpResponse) -> None:
    """This browser follows nothing any more."""
    response.delete_cookie(cookie_name(), samesite="Lax")
