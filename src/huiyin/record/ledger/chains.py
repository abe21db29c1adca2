"""Whose history, who acted, and what was appended: the values others hand in and get back."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime

from huiyin.record.ledger.promises import Promise, make_promise
from huiyin.rules.chain import Json, canonical


@dataclass(frozen=True)
class ChainRef:
    """The chain of one case (by its number) or of one body (by its code)."""

    kind: str
    key: str

    @classmethod
    def case(cls, case_number: str) -> ChainRef:
        """The history of one matter."""
        return cls("case", case_number)

    @classmethod
    def body(cls, body_code: str) -> ChainRef:
        """What concerns a whole body: grants, law in force, calendars, searches."""
        return cls("body", body_code)

    def __str__(self) -> str:
        return f"{self.kind} {self.key}"

    def beginning(self) -> bytes:
        """What the first event hangs on. The owner is in it: a history renamed to another case does not hold."""
        return hashlib.sha256(b"huiyin chain v1\n" + canonical([self.kind, self.key])).digest()


@dataclass(frozen=True)
class Actor:
    """Who did it, as of then: post, unit and duty number are copied, not looked up later."""

    kind: str
    role: str = ""
    officer_id: int | None = None
    name: Mapping[str, str] = field(default_factory=dict)
    unit_name: Mapping[str, str] = field(default_factory=dict)
    body_name: Mapping[str, str] = field(default_factory=dict)
    duty_number: str = ""
    post: str = ""
    post_title: Mapping[str, str] = field(default_factory=dict)

    @classmethod
    def system(cls) -> Actor:
        """No human: a lapsed term, a notice sent."""
        return cls("system")

    @classmethod
    def complainant(cls, helper: int = 0) -> Actor:
        """Whoever holds the receipt; the ledger never says who that is. ``helper`` is the number of who acts for them."""
        return (
            cls("complainant", role="helper", duty_number=str(helper))
            if helper
            else cls("complainant", role="complainant")
        )

    @classmethod
    def other_party(cls, number: int) -> Actor:
        """Another side of a dispute, by its number in it; the ledger never says who that is."""
        return cls("other_party", role="other_party", duty_number=str(number))

    def as_json(self) -> dict[str, Json]:
        """For the private part of the event; what is empty is left out."""
        values: dict[str, Json] = {
            "kind": self.kind,
            "role": self.role,
            "officer_id": self.officer_id,
            "name": dict(self.name),
            "unit_name": dict(self.unit_name),
            "body_name": dict(self.body_name),
            "duty_number": self.duty_number,
            "post": self.post,
            "post_title": dict(self.post_title),
        }
        return {name: value for name, value in values.items() if value not in (None, "", {})}


@dataclass(frozen=True)
class Appended:
    """An event just written. It counts once the transaction around it is committed."""

    chain_id: int
    seq: int
    at: datetime
    hash: str

    def promise(self) -> Promise:
        """Our signed word that this event will stand in the tree. Give it out after the commit only."""
        return make_promise(self.hash, self.at)


def instant(at: datetime) -> str:
    """The one way an instant is written into a hash: UTC, microseconds, Z."""
    return at.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%S.%fZ")


def public_part(kind: str, at: datetime, seq: int) -> dict[str, Json]:
    """What the chain's hash shows of an event: its kind, time and number, no person and no text."""
    return {"kind": kind, "at": instant(at), "seq": seq}
