"""Keys for programs: made by their owner, shown once, kept as a hash, at most thirty days old."""

from __future__ import annotations

import datetime
import hashlib
import secrets

from django.db import transaction

from huiyin.record import clock
from huiyin.record.bodies.models import Account, StaffToken
from huiyin.record.bodies.queries import Reader
from huiyin.record.ledger.append import append_event
from huiyin.record.ledger.chains import ChainRef
from huiyin.record.prepared import Place, Prepared
from huiyin.rules.refusal import Refusal

LONGEST_DAYS = 30
PREFIX = "hy_"
_BY_HASH = Prepared(
    lambda: StaffToken.objects.select_related("account").filter(
        token_hash=Place("hash"), revoked_at=None, expires_at__gt=Place("now"), account__is_active=True
    )
)


def make_token(account: Account, *, by: Reader, label: str, days: int = LONGEST_DAYS) -> str:
    """A new key of the account; the making stands in the body's chain. Shown once, never again.

    ``days`` are calendar days. Raises Refusal("unknown_choice", field="days").
    """
    if not 1 <= days <= LONGEST_DAYS:
        raise Refusal("unknown_choice", field="days")
    token = PREFIX + secrets.token_urlsafe(32)
    now = clock.now()
    with transaction.atomic():
        StaffToken.objects.create(
            account=account,
            label=label[:80],
            token_hash=_hash(token),
            made_at=now,
            expires_at=now + datetime.timedelta(days=days),
        )
        append_event(
            ChainRef.body(by.posts[0].body_code),
            "token_made",
            actor=by.actor(),
            details={"label": label[:80], "days": days},
        )
    return token


def account_of(token: str) -> Account | None:
    """The account behind a key that is neither revoked nor expired."""
    row = _BY_HASH.first(hash=_hash(token), now=clock.now())
    return row.account if row else None


def tokens_of(account: Account) -> list[StaffToken]:
    """The account's own keys, newest first; the key itself is not there."""
    return list(StaffToken.objects.filter(account=account).order_by("-id"))


def revoke(token_id: int, *, account: Account, by: Reader) -> None:
    """End a key of one's own. Raises Refusal("not_found")."""
    with transaction.atomic():
        row = StaffToken.objects.select_for_update().filter(pk=token_id, account=account, revoked_at=None).first()
        if row is None:
            raise Refusal("not_found")
        row.revoked_at = clock.now()
        row.save(update_fields=["revoked_at"])
        append_event(
            ChainRef.body(by.posts[0].body_code), "token_revoked", actor=by.actor(), details={"label": row.label}
        )


def _hash(token: str) -> bytes:
    return hashlib.sha256(token.encode()).digest()
