"""The price of a wrong code: one argon2id at a time, in a queue that is fair per source.

Nobody is banned. A source that just failed waits behind sources that did not;
one place is kept free for those.
"""

from __future__ import annotations

import threading
import time
from collections import deque

from argon2.low_level import Type, hash_secret_raw

from huiyin.record import keyring
from huiyin.rules.refusal import Refusal

PLACES = 3  # one runs and two wait: of the four threads of a web process one is always left for pages
MOST_OF_ONE_SOURCE = 10  # failures in a second
MEMORY_KIB, ROUNDS, LANES = 19_456, 2, 1
REMEMBER_SECONDS = 60.0

_one_at_a_time = threading.Semaphore(1)
_lock = threading.Lock()
_waiting = 0
_recent: deque[tuple[float, bytes]] = deque(maxlen=4096)


def spend(source: str) -> None:
    """Run the one bounded argon2id of a failure.

    Raises Refusal("busy") when the queue is full; the last place is kept for a
    source that has not failed in the last minute.
    """
    global _waiting
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
            hash_secret_raw(b"a wrong code", b"sixteen byte salt", ROUNDS, MEMORY_KIB, LANES, 32, Type.ID)
    finally:
        with _lock:
            _waiting -= 1
