"""A case number in an address: ten digits in one form; anything else is no address at all."""

from __future__ import annotations


class CaseNumberConverter:
    """``NNNN-NNNN-NC``."""

    regex = r"[0-9]{4}-[0-9]{4}-[0-9]{2}"

    def to_python(self, value: str) -> str:
        """As it stands."""
        return value

    def to_url(self, value: str) -> str:
        """As it stands."""
        return value
