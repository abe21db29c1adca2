"""A keep-alive connection with cookies, and answers that are checked."""

from __future__ import annotations

import json
from dataclasses import dataclass, field
from http.client import HTTPConnection, HTTPException, HTTPMessage
from typing import Any
from urllib.parse import urlencode

TIMEOUT = 60.0  # seconds


class WrongAnswer(Exception):
    """The server answered, but not what was asked for."""


@dataclass(slots=True)
class Answer:
    """Status, headers and body of one answer."""

    status: int
    headers: HTTPMessage
    body: bytes

    def json(self) -> Any:
        """The body as JSON."""
        return json.loads(self.body)


@dataclass(slots=True)
class Connection:
    """One client. Opens again by itself after the server closed."""

    port: int
    host: str = "127.0.0.1"
    cookies: dict[str, str] = field(default_factory=dict)
    _line: HTTPConnection | None = None

    def get(self, path: str, *, headers: dict[str, str] | None = None, wanted: int = 200) -> Answer:
        """GET; raises WrongAnswer for another status."""
        return self._checked("GET", path, None, headers or {}, wanted)

    def post_json(
        self, path: str, value: object, *, headers: dict[str, str] | None = None, wanted: int = 200
    ) -> Answer:
        """POST a value as JSON; raises WrongAnswer for another status."""
        body = json.dumps(value, ensure_ascii=False).encode()
        return self._checked("POST", path, body, {"Content-Type": "application/json", **(headers or {})}, wanted)

    def post_form(self, path: str, fields: list[tuple[str, str]], *, wanted: int = 302) -> Answer:
        """POST fields as a browser does; raises WrongAnswer for another status."""
        origin, kind = f"http://{self.host}:{self.port}", "application/x-www-form-urlencoded"
        return self._checked("POST", path, urlencode(fields).encode(), {"Content-Type": kind, "Origin": origin}, wanted)

    def send(self, method: str, path: str, body: bytes | None, headers: dict[str, str]) -> Answer:
        """One request and its answer. Raises OSError when the connection breaks on the way."""
        if self.cookies:
            headers = {**headers, "Cookie": "; ".join(f"{name}={value}" for name, value in self.cookies.items())}
        if self._line is None:
            self._line = HTTPConnection(self.host, self.port, timeout=TIMEOUT)
        try:
            self._line.request(method, path, body, headers)
            response = self._line.getresponse()
            answer = Answer(response.status, response.headers, response.read())
        except HTTPException as problem:
            self.close()
            raise ConnectionError(f"{method} {path}: {type(problem).__name__}") from problem
        except OSError:
            self.close()
            raise
        for line in response.headers.get_all("set-cookie", []):
            name, _, rest = line.partition("=")
            self.cookies[name] = rest.partition(";")[0].strip('"')
        return answer

    def close(self) -> None:
        """Hang up; cookies stay."""
        if self._line is not None:
            self._line.close()
        self._line = None

    def _checked(self, method: str, path: str, body: bytes | None, headers: dict[str, str], wanted: int) -> Answer:
        try:
            answer = self.send(method, path, body, headers)
        except BrokenPipeError:  # the server hung up while nobody spoke: nothing was sent yet
            answer = self.send(method, path, body, headers)
        if answer.status != wanted:
            raise WrongAnswer(f"{method} {path}: {answer.status} instead of {wanted}: {answer.body[:400]!r}")
        return answer
