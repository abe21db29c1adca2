"""A complaint comes in: once, however often it is sent."""

from __future__ import annotations

import datetime
import hmac
import json
import secrets
from collections.abc import Callable
from dataclasses import asdict, fields, replace

from django.db import IntegrityError, transaction

from huiyin.record import clock, keyring
from huiyin.record.bodies.queries import Reader
from huiyin.record.cases.deeds import helping
from huiyin.record.cases.deeds.helping import Helper
from huiyin.record.cases.opening import access
from huiyin.record.cases.registering import registration
from huiyin.record.cases.registering.registration import Filing, Prepared, Registered, TermPromised
from huiyin.record.ledger.chains import Actor
from huiyin.record.prepared import Place, insert
from huiyin.record.prepared import Prepared as PreparedQuery
from huiyin.rules.procedure import Words
from huiyin.rules.refusal import Refusal
from huiyin.stages.intake.models import SealedAnswer

KEPT_HOURS = 48
KEY_LIMIT = 200  # characters
_BY_KEY = PreparedQuery(lambda: SealedAnswer.objects.filter(key_hash=Place("key")))
DESK_CHANNELS = ("phone", "counter", "letter")


def new_key() -> str:
    """A random idempotency key for a form."""
    return secrets.token_urlsafe(24)


def file_complaint(filing: Filing, *, key: str | None, digest: str, helper: Helper | None = None) -> Registered:
    """File a complaint of a resident; sending it again under the same ``key`` gives the same receipt.

    ``digest`` stands for what was sent; ``helper`` files it for somebody else. Raises Refusal("key_conflict") for the same
    key with another body or after 48 hours, and what ``registration`` refuses.
    """

    vault_id = access.keep_nothing() if helper else None

    def register(prepared: Prepared) -> Registered:
        registered = registration.register(prepared, by=Actor.complainant())
        if helper is None or vault_id is None:
            return registered
        made = helping.write_at_filing(registered.case_number, helper, vault_id)
        return replace(registered, helper_number=made.number, helper_code=made.code)

    return once(filing, register, key=key or "", digest=digest)


def once(
    filing: Filing, register: Callable[[Prepared], Registered], *, key: str, digest: str, has_card: bool = False
) -> Registered:
    """Register under a key, whatever ``register`` writes. Of two who send the same at the same instant, the second gets what the first was given."""
    known = recall_answer(key, digest=digest) if key else None
    if known is not None:
        return known
    prepared = registration.prepare(filing, has_card=has_card)
    try:
        with transaction.atomic(durable=True):
            registered = register(prepared)
            if key:
                _keep_answer(key, digest, registered)
    except (IntegrityError, Refusal):  # the key, or the card, was taken a moment ago
        first = recall_answer(key, digest=digest) if key else None
        if first is None:
            raise
        return first
    return registered


def recall_answer(key: str, *, digest: str | None = None) -> Registered | None:
    """The receipt made under a key, while it is kept.

    With ``digest`` the body is compared: Refusal("key_conflict") when it differs or the 48 hours are over.
    """
    row = _BY_KEY.first(key=_key_hash(key))
    if row is None:
        return None
    is_over = not row.sealed or row.made_at < clock.now() - datetime.timedelta(hours=KEPT_HOURS)
    if digest is not None and (is_over or not hmac.compare_digest(bytes(row.body_hash), _body_hash(digest))):
        raise Refusal("key_conflict")
    if is_over:
        return None
    return _read(keyring.open_under(key.encode(), "sealed-answer", bytes(row.sealed), bytes(row.key_hash)))


def register_at_desk(
    filing: Filing, *, by: Reader, card: str = "", key: str = "", digest: str = "", helper: Helper | None = None
) -> Registered:
    """Register a call, a visit or a letter. The officer never learns a code: it is on the person's card.

    The matter stays with the registrar, unless ``filing.body`` names the body whose intake
    desk is to take it, or it names staff: then it goes to the desk outside. ``key`` and ``digest``
    are those of ``file_complaint``; a key is the officer's own. ``helper`` came for the person, and may have a card.

    Raises Refusal("unknown_choice", field="channel") for a channel that is not the desk's.
    """
    if filing.channel not in DESK_CHANNELS:
        raise Refusal("unknown_choice", field="channel")
    post = next((post for post in by.posts if "registrar" in post.roles), None)
    if post is None:
        raise Refusal("not_your_move", move="register")
    actor, at_post = by.actor(post.id), "" if filing.body else post.code
    vault_id = access.keep_nothing() if helper else None

    def register(prepared: Prepared) -> Registered:
        registered = registration.register(prepared, by=actor, card=card, at_post=at_post)
        if helper is not None and vault_id is not None:
            helping.write_at_filing(registered.case_number, replace(helper, has_code=False), vault_id, by=actor)
        return replace(registered, receipt_code=None)

    own_key = f"{by.code} {key}" if key else ""
    return once(
        replace(filing, body=filing.body or post.body_code), register, key=own_key, digest=digest, has_card=bool(card)
    )


def purge_answers() -> int:
    """Empty the answers older than 48 hours; gives how many."""
    before = clock.now() - datetime.timedelta(hours=KEPT_HOURS)
    return SealedAnswer.objects.filter(made_at__lt=before).exclude(sealed=b"").update(sealed=b"")


def _key_hash(key: str) -> bytes:
    return keyring.hmac("idempotency-key", key)


def _body_hash(digest: str) -> bytes:
    return keyring.hmac("idempotency-body", digest)


def _keep_answer(key: str, digest: str, registered: Registered) -> None:
    name = _key_hash(key)
    sealed = keyring.seal_under(key.encode(), "sealed-answer", _written(registered), name)
    insert(SealedAnswer(key_hash=name, body_hash=_body_hash(digest), sealed=sealed, made_at=clock.now()))


def _written(registered: Registered) -> bytes:
    return json.dumps(asdict(registered), default=lambda value: value.isoformat()).encode()


def _read(data: bytes) -> Registered:
    values = json.loads(data)
    terms = tuple(
        TermPromised(**(term | {"duty": Words(**term["duty"]), "due_on": datetime.date.fromisoformat(term["due_on"])}))
        for term in values["terms"]
    )
    words = {name: Words(**values[name]) for name in ("status_word", "body", "responsible")}
    at = datetime.datetime.fromisoformat(values["registered_at"])
    known = {each.name for each in fields(Registered)}  # an answer kept by the program of yesterday
    kept = {name: value for name, value in values.items() if name in known}
    others = tuple((int(side), number, code) for side, number, code in values.get("other_sides", ()))
    return Registered(**(kept | words | {"terms": terms, "registered_at": at, "other_sides": others}))
