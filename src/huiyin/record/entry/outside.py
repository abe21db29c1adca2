"""Sign-in through another house (OpenID Connect): it says who somebody is; who may come in is ours.

It maps to an account that exists and never makes one. Code flow with state,
nonce and PKCE; the token's signature, issuer, audience and age are checked by
the library (PyJWT). Nothing of the answer is kept.
"""

from __future__ import annotations

import base64
import hashlib
import json
import secrets
import time
import urllib.error
import urllib.parse
import urllib.request
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

import jwt
from django.conf import settings

from huiyin.record.bodies.models import Account
from huiyin.rules.refusal import Refusal

PATIENCE = 8.0  # seconds for each answer of the other house
LARGEST = 512 * 1024  # bytes of an answer
KEPT = 600  # seconds for which what the other house says of itself is believed
LEEWAY = 60  # seconds between two clocks
ALGORITHMS = ("RS256", "PS256", "ES256", "EdDSA")  # never "none", never a shared secret
HERE = frozenset({"localhost", "127.0.0.1", "::1"})


@dataclass(frozen=True, slots=True)
class Question:
    """What we asked the other house, until its answer comes back; lives in the session."""

    state: str
    nonce: str
    verifier: str


def is_set_up() -> bool:
    """Whether the operator named another house."""
    return bool(settings.HUIYIN_OIDC_ISSUER and settings.HUIYIN_OIDC_CLIENT_ID)


def begin(*, back_to: str) -> tuple[str, Question]:
    """(where to send the browser, what to remember). Raises Refusal("other_house_down")."""
    asked = Question(secrets.token_urlsafe(32), secrets.token_urlsafe(32), secrets.token_urlsafe(48))
    challenge = base64.urlsafe_b64encode(hashlib.sha256(asked.verifier.encode()).digest()).rstrip(b"=").decode()
    query = {
        "response_type": "code",
        "client_id": settings.HUIYIN_OIDC_CLIENT_ID,
        "redirect_uri": back_to,
        "scope": "openid profile",
        "state": asked.state,
        "nonce": asked.nonce,
        "code_challenge": challenge,
        "code_challenge_method": "S256",
    }
    there = str(_about()["authorization_endpoint"])
    return there + ("&" if "?" in there else "?") + urllib.parse.urlencode(query), asked


def account_of(asked: Question, *, state: str, code: str, back_to: str) -> Account:
    """The account of whoever the other house vouches for.

    Raises Refusal("other_house_refused") for a wrong or forged answer and for somebody without an account here,
    and Refusal("other_house_down").
    """
    if not code or not secrets.compare_digest(state.encode(), asked.state.encode()):
        raise Refusal("other_house_refused")
    form = {
        "grant_type": "authorization_code",
        "code": code,
        "redirect_uri": back_to,
        "client_id": settings.HUIYIN_OIDC_CLIENT_ID,
        "client_secret": settings.HUIYIN_OIDC_CLIENT_SECRET,
        "code_verifier": asked.verifier,
    }
    claims = _checked(str(_fetch(str(_about()["token_endpoint"]), form).get("id_token", "")), asked.nonce)
    name = claims.get(settings.HUIYIN_OIDC_CLAIM)
    account = Account.objects.filter(username=name, is_active=True).first() if isinstance(name, str) and name else None
    if account is None:
        raise Refusal("other_house_refused")
    return account


def _checked(token: str, nonce: str) -> Mapping[str, Any]:
    """The claims of a token that this issuer signed, for us, now, in answer to this question."""
    try:
        head = jwt.get_unverified_header(token)
        if head.get("alg") not in ALGORITHMS:
            raise Refusal("other_house_refused")
        claims: dict[str, Any] = jwt.decode(
            token,
            key=_key(head.get("kid")),
            algorithms=[str(head["alg"])],
            audience=settings.HUIYIN_OIDC_CLIENT_ID,
            issuer=settings.HUIYIN_OIDC_ISSUER,
            leeway=LEEWAY,
            options={"require": ["exp", "iat", "iss", "aud", "sub", "nonce"]},
        )
    except jwt.PyJWTError:
        raise Refusal("other_house_refused") from None
    if not secrets.compare_digest(str(claims["nonce"]).encode(), nonce.encode()):
        raise Refusal("other_house_refused")
    return claims


def _key(name: object) -> Any:
    """The key of this name; asked for anew where it is not known yet."""
    for turn in (_turn(), -time.monotonic_ns()):
        keys = jwt.PyJWKSet.from_dict(dict(_get(str(_about()["jwks_uri"]), turn))).keys
        for key in keys:
            if key.key_id == name or (name is None and len(keys) == 1):
                return key.key
    raise Refusal("other_house_refused")


def _about() -> Mapping[str, Any]:
    """What the other house says of itself; it must call itself as we do."""
    issuer = settings.HUIYIN_OIDC_ISSUER
    said = _get(issuer.rstrip("/") + "/.well-known/openid-configuration", _turn())
    if said.get("issuer") != issuer:
        raise Refusal("other_house_refused")
    return said


def _turn() -> int:
    return int(time.monotonic() // KEPT)


@lru_cache(maxsize=8)
def _get(address: str, turn: int) -> Mapping[str, Any]:
    return _fetch(address, None)


def _fetch(address: str, form: Mapping[str, str] | None) -> Mapping[str, Any]:
    """A JSON object from the other house. Raises Refusal("other_house_down")."""
    parts = urllib.parse.urlsplit(address)
    if parts.scheme != "https" and not (parts.scheme == "http" and parts.hostname in HERE):
        raise Refusal("other_house_down")
    body = urllib.parse.urlencode(form).encode() if form is not None else None
    request = urllib.request.Request(address, data=body, headers={"Accept": "application/json"})  # noqa: S310 - checked
    try:
        with urllib.request.urlopen(request, timeout=PATIENCE) as answer:  # noqa: S310 - the scheme is checked above
            read = json.loads(answer.read(LARGEST))
    except urllib.error.HTTPError:
        raise Refusal("other_house_refused") from None
    except (OSError, ValueError):
        raise Refusal("other_house_down") from None
    if not isinstance(read, dict):
        raise Refusal("other_house_down")
    return read
