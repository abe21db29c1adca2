"""Security keys (WebAuthn): the key answers for this very address, so that a false page gets nothing.

The library checks challenge, origin, address and signature; here stands only
what is kept. A key's name, number and maker are not asked for.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from typing import Any
from urllib.parse import urlsplit

from django.conf import settings
from django.db import transaction
from django.utils import timezone
from fido2.server import Fido2Server
from fido2.webauthn import (
    AttestedCredentialData,
    AuthenticationResponse,
    PublicKeyCredentialRpEntity,
    PublicKeyCredentialUserEntity,
    UserVerificationRequirement,
)

from huiyin.record import keyring
from huiyin.record.bodies.models import Account
from huiyin.record.bodies.queries import Reader
from huiyin.record.entry.factors import note
from huiyin.record.entry.models import Factor
from huiyin.rules.refusal import Refusal

LABEL = "security-key"
LONGEST_ANSWER = 20_000  # characters of what a browser sends back
MOST_KEYS = 10
PASSWORD_CAME_FIRST = UserVerificationRequirement.DISCOURAGED  # no PIN of the key is asked besides

State = dict[str, Any]


def begin_adding(account: Account) -> tuple[str, State]:
    """(what the browser needs, as JSON; what the session keeps until the answer comes)."""
    user = PublicKeyCredentialUserEntity(id=_handle(account), name=account.username, display_name=account.username)
    options, state = _server().register_begin(user, _credentials(account), user_verification=PASSWORD_CAME_FIRST)
    return json.dumps(dict(options.public_key)), dict(state)


def add_key(account: Account, state: Mapping[str, Any], answer: str, *, label: str, by: Reader) -> None:
    """Keep a key that answered rightly. Raises Refusal("key_refused")."""
    try:
        data = _server().register_complete(state, _read(answer)).credential_data
    except (ValueError, KeyError, TypeError, AttributeError):
        raise Refusal("key_refused") from None
    if data is None:
        raise Refusal("key_refused")
    with transaction.atomic():
        held = Factor.objects.filter(account=account, kind="key")
        if held.count() >= MOST_KEYS or data.credential_id in {one.credential_id for one in _credentials(account)}:
            raise Refusal("key_refused")
        Factor.objects.create(
            account=account,
            kind="key",
            label=label[:80],
            sealed=keyring.seal(LABEL, bytes(data), _place(account)),
            made_at=timezone.now(),
        )
        note("second_factor_added", by=by, details={"kind": "key"})


def begin_asking(account: Account) -> tuple[str, State] | None:
    """The same for signing in; None where the account has no key."""
    known = _credentials(account)
    if not known:
        return None
    options, state = _server().authenticate_begin(known, user_verification=PASSWORD_CAME_FIRST)
    return json.dumps(dict(options.public_key)), dict(state)


def check_key(account: Account, state: Mapping[str, Any], answer: str) -> None:
    """Raises Refusal("key_refused") unless a key of this account answered this very question.

    A key that counts its signatures must count upwards: a copy is found out.
    """
    rows = [(row, _opened(account, row)) for row in Factor.objects.filter(account=account, kind="key")]
    try:
        read = _read(answer)
        used = _server().authenticate_complete(state, [known for _row, known in rows], read)
        count = AuthenticationResponse.from_dict(read).response.authenticator_data.counter
    except (ValueError, KeyError, TypeError, AttributeError):
        raise Refusal("key_refused") from None
    row = next(row for row, known in rows if known.credential_id == used.credential_id)
    if count and count <= row.counter:
        raise Refusal("key_refused")
    Factor.objects.filter(pk=row.pk).update(counter=count, used_at=timezone.now())


def _server() -> Fido2Server:
    address = urlsplit(settings.HUIYIN_BASE_URL)
    ours = f"{address.scheme}://{address.netloc}"
    return Fido2Server(
        PublicKeyCredentialRpEntity(name="Huiyin", id=address.hostname or "localhost"),
        verify_origin=lambda origin: origin == ours,
    )


def _credentials(account: Account) -> list[AttestedCredentialData]:
    return [_opened(account, row) for row in Factor.objects.filter(account=account, kind="key").order_by("id")]


def _opened(account: Account, row: Factor) -> AttestedCredentialData:
    return AttestedCredentialData(keyring.open(LABEL, bytes(row.sealed), _place(account)))


def _read(answer: str) -> dict[str, Any]:
    """What the browser sent; anything but an object is none. Raises ValueError."""
    if len(answer) > LONGEST_ANSWER:
        raise ValueError("too long")
    read = json.loads(answer)
    if not isinstance(read, dict):
        raise ValueError("no object")
    return read


def _handle(account: Account) -> bytes:
    """A name of the account for its keys, which says nothing."""
    return hashlib.sha256(keyring.hmac("security-key-user", str(account.pk))).digest()[:16]


def _place(account: Account) -> bytes:
    return f"key {account.pk}".encode()
