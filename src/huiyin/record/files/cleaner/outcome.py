"""What the cleaner answers."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Cleaned:
    """A file that is what it says. ``data`` is the copy for officers; None where no trustworthy cleaner exists."""

    media_type: str
    shown_type: str = ""
    data: bytes | None = None


class NotTaken(Exception):
    """Why a file is not taken: a code of the table of refusals, and the numbers of its sentence."""

    def __init__(self, code: str, **params: int) -> None:
        super().__init__(code)
        self.code = code
        self.params = params


DAMAGED = "attachment_damaged"
KIND = "attachment_kind"
