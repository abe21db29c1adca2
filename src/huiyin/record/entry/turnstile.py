"""Checking a password is slow on purpose: one at a time in each process, two may wait, and pages go on meanwhile.

Nobody is banned. A source whose password was wrong within the last minute waits
for an empty turnstile; the waiting places are for the others. Sources live in
memory as keyed hashes, for a minute.
"""

from __future__ import annotations

import threading
import time
from collections import deque
from collections.abc import Iterator
from contextlib import contextmanager

from huiyin.record import keyring
from huiyin.rules.refusal import Refusal

PLACES = 3  # of the four threads of a web process one is always left for pages
REMEMBER_SECONDS = 60.0

_one_at_a_time = threading.Semaphore(1)
_lock = threading.Lock()
_inside = 0
_failed: deque[tuple[float, bytes]] = deque(maxlen=4096)


@contextmanager
def place(source: str) -> Iterator[None]:
    """Stand in line to have a password checked. Raises Refusal("busy") where there is no place now."""
    global _inside
    tag, now = _tag(source), time.monotonic()
    with _lock:
        failed_lately = any(seen == tag and now - at < REMEMBER_SECONDS for at, seen in _failed)
        if _inside >= (1 if failed_lately else PLACES):
            raise Refusal("busy")
        _inside += 1
    try:
        with _one_at_a_time:
            yield
    finally:
        with _lock:
            _inside -= 1


def failed(source: str) -> None:
    """A password from this source was wrong just now."""
    with _lock:
        _failed.append((time.monotonic(), _tag(source)))


def _tag(source: str) -> bytes:
    return keyring.hmac("sign-in-source", source)[:8]
