"""What a way out of the house must be able to do. Mail is one; a text message would be another.

A channel sees an address and words without content. It never learns which case
or whose: the name is sealed apart from the address.
"""

from __future__ import annotations

from contextlib import AbstractContextManager
from dataclasses import dataclass
from typing import Protocol


class ChannelDown(Exception):
    """The way out is shut for everybody (no server, wrong password): nothing was tried, all wait."""


class NotAccepted(Exception):
    """This one notice was not taken: a wrong address, a full mailbox. It is tried again, then given up."""


class Reachable(Protocol):
    """How somebody can be reached."""

    @property
    def phone(self) -> str: ...

    @property
    def email(self) -> str: ...


@dataclass(frozen=True, slots=True)
class Words:
    """What a notice says. ``token`` is the same at every try, so that one sent twice is known for one."""

    token: str
    subject: str
    text: str


class Line(Protocol):
    """A channel that is open now."""

    def reaches(self, contact: Reachable) -> bool:
        """Whether there is an address of this kind."""
        ...

    def send(self, contact: Reachable, words: Words) -> None:
        """Hand the words over; returns when they were taken. Raises ``NotAccepted`` or ``ChannelDown``."""
        ...


class Channel(Protocol):
    """A way out of the house that is set up."""

    def line(self) -> AbstractContextManager[Line]:
        """Open it for some notices; raises ``ChannelDown``."""
        ...
