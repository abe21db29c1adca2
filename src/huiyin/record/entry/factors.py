"""Second factors of an account: apps that show codes, security keys, recovery codes.

The rooms above ask ``is_shown`` (does this account have one), ``try_code`` and
``security_keys``. Every change stands in the chain of the officer's body.
"""

from __future__ import annotations

import base64
import datetime
import secrets
import time
from collections.abc import Collection
from dataclasses import dataclass

from cryptography.hazmat.primitives.hashes import SHA1
from cryptography.hazmat.primitives.twofactor import InvalidToken
from cryptography.hazmat.primitives.twofactor.totp import TOTP
from django.conf import settings
from django.db import transaction
from django.utils import timezone

from huiyin.record import keyring
from huiyin.record.bodies.models import Account
from huiyin.record.bodies.queries import Reader
from huiyin.record.entry.models import Factor, WrongTries
from huiyin.record.ledger.append import append_event
from huiyin.record.ledger.chains import ChainRef
from huiyin.rules.chain import Json
from huiyin.rules.refusal import Refusal

STEP = 30  # seconds of one code; RFC 6238
SECRET_BYTES = 20
RECOVERY_CODES = 10
LETTERS = "abcdefghjkmnpqrstuvwxyz23456789"  # none that are mistaken for another on paper
ENROLLING = datetime.timedelta(minutes=15)
HANDED_LIVES = datetime.timedelta(hours=24)
TRIES, REST = 10, datetime.timedelta(minutes=15)
LABEL = "second-factor"
FULL_WIDTH = str.maketrans("０１２３４５６７８９", "0123456789", " -–－　")


@dataclass(frozen=True, slots=True)
class Standing:
    """What an account has, as its own page shows it."""

    app: Factor | None
    keys: list[Factor]
    recovery_codes_left: int

    @property
    def is_enrolled(self) -> bool:
        """Whether the second step can be asked."""
        return self.app is not None or bool(self.keys)


def is_required(roles: Collection[str]) -> bool:
    """Whether the office asks these roles for a second factor (``HUIYIN_SECOND_FACTOR``: all, none, or roles)."""
    asked = settings.HUIYIN_SECOND_FACTOR
    return "all" in asked or bool(asked & frozenset(roles))


def standing(account: Account) -> Standing:
    """The factors of one account, for its owner."""
    rows = list(Factor.objects.filter(account=account).order_by("id"))
    return Standing(
        app=next((row for row in rows if row.kind == "app"), None),
        keys=[row for row in rows if row.kind == "key"],
        recovery_codes_left=sum(row.kind == "code" for row in rows),
    )


def is_shown(account: Account) -> bool:
    """Whether signing in asks this account for a second step."""
    return Factor.objects.filter(account=account, kind__in=["app", "key", "handed"]).exists()


# An app that shows codes.


def new_app_secret(account: Account) -> str:
    """A secret on its way to an app: sealed, good for fifteen minutes and this account; nothing is kept yet."""
    secret = secrets.token_bytes(SECRET_BYTES)
    stamp = int(time.time()).to_bytes(8, "big")
    return base64.urlsafe_b64encode(keyring.seal(LABEL, stamp + secret, _place(account, "enrolling"))).decode()


def app_address(account: Account, sealed: str) -> tuple[str, str]:
    """(``otpauth://`` address for the QR code, the secret in base32 to type). Raises Refusal("stale")."""
    secret = _enrolling(account, sealed)
    address = _totp(secret).get_provisioning_uri(account.username, "Huiyin")
    return address, base64.b32encode(secret).decode()


def add_app(account: Account, sealed: str, code: str, *, by: Reader) -> None:
    """Take the app in once it showed a right code; an earlier app of the account ends.

    Raises Refusal("stale") or Refusal("wrong_factor", field="code").
    """
    secret = _enrolling(account, sealed)
    step = _step_of(secret, plain(code), after=0)
    if step is None:
        raise Refusal("wrong_factor", field="code")
    with transaction.atomic():
        Factor.objects.filter(account=account, kind="app").delete()
        Factor.objects.create(
            account=account,
            kind="app",
            sealed=keyring.seal(LABEL, secret, _place(account, "app")),
            counter=step,
            made_at=timezone.now(),
        )
        note("second_factor_added", by=by, details={"kind": "app"})


# Recovery codes.


def make_recovery_codes(account: Account, *, by: Reader) -> list[str]:
    """Ten codes to keep on paper; each works once, earlier ones end. Shown once."""
    codes = [_drawn() for _each in range(RECOVERY_CODES)]
    with transaction.atomic():
        Factor.objects.filter(account=account, kind="code").delete()
        now = timezone.now()
        Factor.objects.bulk_create(
            Factor(account=account, kind="code", sealed=_tag(account, code), made_at=now) for code in codes
        )
        note("recovery_codes_made", by=by, details={})
    return codes


def hand_over_code(account: Account) -> str:
    """After a loss: everything the account had ends; one code, good once and for a day, lets its owner enrol anew."""
    code, now = _drawn(), timezone.now()
    Factor.objects.filter(account=account).delete()
    WrongTries.objects.filter(account=account).delete()
    Factor.objects.create(
        account=account, kind="handed", sealed=_tag(account, code), made_at=now, ends_at=now + HANDED_LIVES
    )
    return code


# The second step.


def try_code(account: Account, typed: str) -> str:
    """Check a code of any kind; gives the kind that fitted.

    Raises Refusal("wrong_factor", field="code"), or Refusal("factor_rests") while the codes of this account rest.
    """
    with transaction.atomic():
        tries = _tries(account)
        if tries.count >= TRIES:
            raise Refusal("factor_rests")
        kind = _fits(account, plain(typed))
        tries.count = 0 if kind else tries.count + 1
        tries.save(update_fields=["count", "since"])
    if not kind:
        raise Refusal("wrong_factor", field="code")
    return kind


def remove(key: int, *, account: Account, by: Reader) -> None:
    """Take one of one's own away. Raises Refusal("not_found"), or Refusal("last_factor") where one is required."""
    with transaction.atomic():
        row = Factor.objects.select_for_update().filter(pk=key, account=account, kind__in=["app", "key"]).first()
        if row is None:
            raise Refusal("not_found")
        is_last = not Factor.objects.filter(account=account, kind__in=["app", "key"]).exclude(pk=key).exists()
        if is_last and is_required(by.roles):
            raise Refusal("last_factor")
        row.delete()
        if is_last:
            Factor.objects.filter(account=account).delete()  # recovery codes alone are no second step
        note("second_factor_removed", by=by, details={"kind": row.kind})


def note(kind: str, *, by: Reader, details: dict[str, Json]) -> None:
    """An event in the chain of the officer's body, where a post is held today; inside the transaction of the deed."""
    if by.posts:
        append_event(ChainRef.body(by.posts[0].body_code), kind, actor=by.actor(), details=details)


def plain(typed: str) -> str:
    """A code as it is compared: no blanks, no dashes, plain digits, small letters."""
    return typed.translate(FULL_WIDTH).strip().lower()


def _fits(account: Account, code: str) -> str:
    """The kind of factor that this code belongs to, used up; empty where there is none."""
    now = timezone.now()
    app = Factor.objects.select_for_update().filter(account=account, kind="app").first()
    if app is not None and len(code) == 6:
        step = _step_of(keyring.open(LABEL, bytes(app.sealed), _place(account, "app")), code, after=app.counter)
        if step is not None:
            Factor.objects.filter(pk=app.pk).update(counter=step, used_at=now)
            return "app"
    row = Factor.objects.filter(account=account, kind__in=["code", "handed"], sealed=_tag(account, code)).first()
    if row is None or (row.ends_at is not None and row.ends_at <= now):
        return ""
    used_up, _kinds = Factor.objects.filter(pk=row.pk).delete()
    return row.kind if used_up else ""


def _tries(account: Account) -> WrongTries:
    now = timezone.now()
    row, _is_new = WrongTries.objects.select_for_update().get_or_create(account=account, defaults={"since": now})
    if now - row.since > REST:
        row.count, row.since = 0, now
    return row


def _step_of(secret: bytes, code: str, *, after: int) -> int | None:
    """The time step this code belongs to: now or one beside it, and later than the last one taken (no replay)."""
    now = int(time.time()) // STEP
    for step in (now - 1, now, now + 1):
        if step > after:
            try:
                _totp(secret).verify(code.encode(), step * STEP)
            except InvalidToken:
                continue
            return step
    return None


def _totp(secret: bytes) -> TOTP:
    return TOTP(secret, 6, SHA1(), STEP)  # noqa: S303 - HMAC-SHA1 is what every app knows (RFC 6238)


def _enrolling(account: Account, sealed: str) -> bytes:
    try:
        opened = keyring.open(LABEL, base64.urlsafe_b64decode(sealed.encode()), _place(account, "enrolling"))
    except (keyring.SealBroken, ValueError):
        raise Refusal("stale") from None
    if not 0 <= time.time() - int.from_bytes(opened[:8], "big") <= ENROLLING.total_seconds():
        raise Refusal("stale")
    return opened[8:]


def _tag(account: Account, code: str) -> bytes:
    return keyring.hmac("recovery-code", str(account.pk), plain(code))


def _drawn() -> str:
    """Two groups of five letters: about 50 bits, and ten tries in a quarter of an hour."""
    return "-".join("".join(secrets.choice(LETTERS) for _each in range(5)) for _group in range(2))


def _place(account: Account, what: str) -> bytes:
    return f"{what} {account.pk}".encode()
