"""The keys that one request has brought along: an officer's after unlocking, a complainant's from the receipt code.

They live as long as the request and no longer (``scope``). A key here is never a right: what somebody may
read is asked before, by ``record.cases.who.scope``, as for every matter.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass, field

from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey


@dataclass(slots=True, repr=False)
class Hand:
    """What is in hand; ``desks`` and ``matters`` are opened with it when they are first needed."""

    officer: int = 0
    staff: X25519PrivateKey | None = None
    complainants: dict[bytes, X25519PrivateKey] = field(default_factory=dict)  # by the public half
    desks: dict[int, X25519PrivateKey | None] = field(default_factory=dict)
    matters: dict[tuple[str, int], X25519PrivateKey] = field(default_factory=dict)
    is_complainant: bool = False  # with a code that opens no key yet: what waits for their next entry opens to them

    @property
    def is_empty(self) -> bool:
        """Whether nothing at all is in hand."""
        return self.staff is None and not self.complainants and not self.matters and not self.is_complainant


_hand: ContextVar[Hand | None] = ContextVar("huiyin_keys_in_hand", default=None)


@contextmanager
def scope() -> Iterator[Hand]:
    """One request: it begins with empty hands, and what it took is put away at the end, whatever happens."""
    token = _hand.set(Hand())
    try:
        yield hand()
    finally:
        _hand.reset(token)


def hand() -> Hand:
    """What is in hand now; outside a ``scope`` always nothing, so that no key stays behind in a thread."""
    return _hand.get() or Hand()


def take_staff(officer: int, key: X25519PrivateKey) -> None:
    """The officer has unlocked."""
    mine = hand()
    mine.officer, mine.staff = officer, key


def take_complainant(key: bytes) -> None:
    """The complainant has shown the code of a sealed matter; ``key`` is the private half it opened."""
    private = X25519PrivateKey.from_private_bytes(key)
    hand().complainants[private.public_key().public_bytes_raw()] = private


def take_entry() -> None:
    """A complainant came in whose code opens no key: a matter sealed later waits for their next entry with the code."""
    hand().is_complainant = True


def put_away() -> None:
    """Empty hands, before the request is over."""
    mine = hand()
    mine.officer, mine.staff, mine.is_complainant = 0, None, False
    mine.complainants.clear()
    mine.desks.clear()
    mine.matters.clear()
