"""Reference values remembered for a few seconds in each process: who sits where, which list has what.

Only what changes a few times a year and decides nothing about access may be
remembered. Whoever changes such a value calls ``forget``; other processes
follow within ``SECONDS``.
"""

from __future__ import annotations

import functools
import time
from collections.abc import Callable
from typing import ParamSpec, TypeVar

SECONDS = 5.0

P = ParamSpec("P")
R = TypeVar("R")

_kept: dict[object, tuple[float, object]] = {}


def remembered(function: Callable[P, R]) -> Callable[P, R]:
    """Remember a function's values, by its (hashable) arguments, for ``SECONDS``."""

    @functools.wraps(function)
    def asked(*args: P.args, **kwargs: P.kwargs) -> R:
        key = (function, args, tuple(sorted(kwargs.items())))
        now, found = time.monotonic(), _kept.get(key)
        if found is not None and now - found[0] < SECONDS:
            return found[1]  # type: ignore[return-value]
        value = function(*args, **kwargs)
        if len(_kept) > 10_000:
            _kept.clear()
        _kept[key] = (now, value)
        return value

    return asked


def forget() -> None:
    """Forget everything, in this process."""
    _kept.clear()
