"""``./run e2e``: the browser journeys alone."""

from __future__ import annotations

import sys

import pytest

if __name__ == "__main__":
    sys.exit(pytest.main(["-m", "browser", *sys.argv[1:]]))
