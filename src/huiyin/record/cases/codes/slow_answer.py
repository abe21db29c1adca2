"""The price of a wrong code: one argon2id at a time, in a queue that is fair per source.

Nobody is banned. A source that just failed waits behind sources that did not;
one place is kept free for those.
"""

from __future__ import annotations

import threading
import time
from collections import deque

from huiyin.record import keyring
from huiyin.rules.refusal import Refusal

PLACES = 3  # one runs and two wait: of the four threads of a web process one is always left for pages
MOST_OF_ONE_SOURCE = 10  # failures in a second
REMEMBER_SECONDS = 60.0
LOOKED_UP_IN = 0.005  # seconds: no number is looked up faster than in this time, or slower than in a multiple of it

_one_at_a_time = threading.Semaphore(1)
_lock = threading.Lock()
_waiting = 0
_recent: deque[tuple[float, bytes]] = deque(maxlen=4096)


def spend(
    source: str, code: str = "a wrong code", salt: bytes = b"sixteen byte salt", *, since: float | None = None
) -> bytes:
    """Run the one bounded argon2id of a failure, and of every try at a sealed matter: that one opens its key, or not.

    ``since``: when the number began to be looked up (``time.monotonic``). A linked matter takes more questions to the
    database than none, so all wait for the same moment. Raises Refusal("busy") when the queue is full; the last place is kept for a
    source that has not failed in the last minute.
    """
    global _waiting
    if since is not None:
        time.sleep(LOOKED_UP_IN - (time.monotonic() - since) % LOOKED_UP_IN)
    tag, now = keyring.hmac("slow-answer", source)[:8], time.monotonic()
    with _lock:
        failed_lately = any(seen == tag and now - at < REMEMBER_SECONDS for at, seen in _recent)
        own = sum(1 for at, seen in _recent if seen == tag and now - at < 1.0)
        if _waiting >= PLACES or (failed_lately and (_waiting >= PLACES - 1 or own >= MOST_OF_ONE_SOURCE)):
            raise Refusal("busy")
        _waiting += 1
        _recent.append((now, tag))
    try:
        with _one_at_a_time:
            return keyring.stretch(code, salt, keyring.CODE)
    finally:
        with _lock:
            _waiting -= 1


def forgive(source: str) -> None:
    """The last try was right: it does not count among the failures of its source."""
    tag = keyring.hmac("slow-answer", source)[:8]
    with _lock:
        last = next((each for each in reversed(_recent) if each[1] == tag), None)
        if last is not None:
            _recent.remove(last)
