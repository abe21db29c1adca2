"""What is measured: each operation of the program beside the least that bare Django does for the same."""

from __future__ import annotations

import itertools
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from urllib.parse import quote

from tools.bench.http import Answer, Connection, WrongAnswer
from tools.bench.texts import words

Act = Callable[[Connection], object]
FIRST_FILED = 50_000_000  # texts from here on are those filed over HTTP
HIDDEN = re.compile(r'name="(csrfmiddlewaretoken|key)"[^>]*?value="([^"]*)"')
ALIKE_FIELDS = ("about_body", "about_unit", "about_officer", "about_words", "area", "category", "language", "needs")


@dataclass(frozen=True)
class Pair:
    """One operation: how the program does it, how the floor does, and how many times as long it may take."""

    name: str
    product: Act
    floor: Act
    target: float


@dataclass(frozen=True, slots=True)
class Filed:
    """A receipt of this run."""

    number: str
    code: str


@dataclass
class Caller:
    """A client that remembers what it filed, so that it can follow it and answer it."""

    token: str
    filed: list[Filed] = field(default_factory=list)
    accepted: list[str] = field(default_factory=list)
    floor_numbers: list[str] = field(default_factory=list)
    _texts: Iterator[int] = field(default_factory=lambda: itertools.count(FIRST_FILED))
    _turn: Iterator[int] = field(default_factory=itertools.count)

    def pairs(self) -> list[Pair]:
        """Everything with its floor and its target of ``docs/scaling.md``."""
        return [
            Pair("file by form", self.file_by_form, self.floor_form, 4.0),
            Pair("file over API", self.file, self.floor_api, 8.0),
            Pair("track", self.track, self.floor_look_up, 8.0),
            Pair("reply", self.reply, self.floor_api, 8.0),
            Pair("hand on", self.assign, self.floor_api, 8.0),
            Pair("unit queue", self.queue, self.floor_queue, 6.0),
        ]

    def file_by_form(self, connection: Connection) -> None:
        """GET check-your-answers, POST send."""
        page = connection.get("/file/check/").body.decode()
        text = words(next(self._texts))
        fields = [*dict(HIDDEN.findall(page)).items(), *((name, "") for name in ALIKE_FIELDS)]
        fields += [("subject", text.subject), ("description", text.description), ("confidentiality", "named")]
        fields += [("name", "李梅"), ("phone", "000-0000-0001"), ("email", "limei@example.org"), ("send", "1")]
        answer = connection.post_form("/file/check/", fields, wanted=303)
        if not (answer.headers["location"] or "").endswith("/file/receipt/"):
            raise WrongAnswer(f"filing by form led to {answer.headers['location']}")

    def file(self, connection: Connection) -> None:
        """POST a complaint as JSON, with the key that a careful program sends."""
        position = next(self._texts)
        answer = connection.post_json(
            "/api/v1/complaints", complaint(position), headers={"Idempotency-Key": f"bench-{position}"}, wanted=201
        ).json()
        self.filed.append(Filed(answer["case_number"], answer["receipt_code"]))

    def file_sealed(self, connection: Connection) -> None:
        """The same, confidential: the words go under a key of their own, which the code opens."""
        body = complaint(next(self._texts)) | {"confidentiality": "confidential"}
        connection.post_json("/api/v1/complaints", body, wanted=201)

    def track(self, connection: Connection) -> Answer:
        """Follow a young matter; the look is written first."""
        mine = self.filed[next(self._turn) % len(self.filed)]
        return connection.post_json("/api/v1/track", {"case_number": mine.number, "receipt_code": mine.code})

    def accept(self, connection: Connection) -> None:
        """Take up the oldest matter filed here; what comes before a reply, not measured."""
        number = self.filed.pop(0).number
        self._move(connection, number, {"move": "accept", "version": 1})
        self.accepted.append(number)

    def reply(self, connection: Connection) -> None:
        """Answer an accepted matter: document, letter set in type and sealed, clocks, history."""
        text = words(next(self._texts)).description
        deed = {"move": "reply", "version": 2, "text": text, "outcome": "explained", "legal_basis": "条例第二十二条"}
        self._move(connection, self.accepted.pop(0), deed)

    def assign(self, connection: Connection) -> None:
        """Give an accepted matter to another officer: a move without a letter."""
        self._move(connection, self.accepted.pop(0), {"move": "assign", "version": 2, "to": "unit-2-1"})

    def queue(self, connection: Connection) -> Answer:
        """First page of the unit's queue by due day, with the counts of all queues."""
        answer = connection.get("/api/v1/desk/cases?queue=unit&order=due_on", headers=self._key())
        if not answer.json()["items"]:
            raise WrongAnswer("the queue is empty")
        return answer

    def search(self, connection: Connection, query: str, *, after: str = "", limit: int = 20) -> tuple[list[str], str]:
        """One page of hits, as case numbers, and where the next page begins."""
        path = f"/api/v1/desk/search?q={quote(query)}&limit={limit}" + (f"&after={after}" if after else "")
        page = connection.get(path, headers=self._key()).json()
        return [item["case_number"] for item in page["items"]], page["next"] or ""

    def floor_form(self, connection: Connection) -> None:
        """GET a form, POST it: one INSERT, one commit."""
        page = connection.get("/form").body.decode()
        text = words(next(self._texts))
        fields = [*dict(HIDDEN.findall(page)).items(), ("subject", text.subject), ("description", text.description)]
        connection.post_form("/form", fields)

    def floor_api(self, connection: Connection) -> None:
        """POST JSON: one INSERT, one commit."""
        answer = connection.post_json("/api", complaint(next(self._texts)), wanted=201)
        self.floor_numbers.append(answer.json()["number"])

    def floor_look_up(self, connection: Connection) -> Answer:
        """POST a number: one SELECT."""
        return connection.post_json(
            "/look-up", {"number": self.floor_numbers[next(self._turn) % len(self.floor_numbers)]}
        )

    def floor_queue(self, connection: Connection) -> Answer:
        """One indexed SELECT of 25 rows, rendered."""
        return connection.get("/queue")

    def _key(self) -> dict[str, str]:
        return {"Authorization": f"Bearer {self.token}"}

    def _move(self, connection: Connection, number: str, deed: dict[str, object]) -> None:
        connection.post_json(f"/api/v1/desk/cases/{number}/moves", deed, headers=self._key())


def complaint(position: int) -> dict[str, object]:
    """The body of a filing over the API."""
    text = words(position)
    return {
        "subject": text.subject,
        "description": text.description,
        "confidentiality": "named",
        "contact": {"name": "李梅", "phone": "000-0000-0001", "email": "limei@example.org"},
        "language": "zh",
    }
