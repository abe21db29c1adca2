"""A mail server that takes everything and remembers it; what it tells of each mail decides when somebody pulls the plug."""

from __future__ import annotations

import email
import email.policy
import socketserver
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from email.message import EmailMessage


@dataclass(frozen=True)
class Arrival:
    """One mail as it came in."""

    to: str
    mail: EmailMessage

    @property
    def message_id(self) -> str:
        """By which a mail system knows one that came twice."""
        return str(self.mail["Message-ID"])


@dataclass
class Sink:
    """What arrived so far. ``on_arrival`` is called between the arrival and the answer to it."""

    arrivals: list[Arrival] = field(default_factory=list)
    on_arrival: Callable[[], None] = lambda: None
    port: int = 0


class Session(socketserver.StreamRequestHandler):
    """As much of SMTP as is needed to take a mail."""

    sink: Sink

    def handle(self) -> None:
        """Answer each command; a client that dies is gone."""
        try:
            self._answer_all()
        except (ConnectionError, BrokenPipeError):
            return

    def _answer_all(self) -> None:
        self._say("220 sink")
        to = ""
        for line in iter(self.rfile.readline, b""):
            word = line.strip().decode().upper()
            if word.startswith("RCPT TO:"):
                to = line.decode().partition("<")[2].partition(">")[0]
                self._say("250 ok")
            elif word == "DATA":
                self._say("354 go on")
                if not self._take(to):
                    return
                self._say("250 taken")
            elif word == "QUIT":
                self._say("221 bye")
                return
            else:
                self._say("250 ok")

    def _take(self, to: str) -> bool:
        """Read to the end of the mail; False when the sender died in the middle of it."""
        lines: list[bytes] = []
        for line in iter(self.rfile.readline, b""):
            if line == b".\r\n":
                whole = email.message_from_bytes(b"".join(lines), policy=email.policy.default)
                self.sink.arrivals.append(Arrival(to, whole))
                self.sink.on_arrival()
                return True
            lines.append(line)
        return False

    def _say(self, words: str) -> None:
        self.wfile.write(f"{words}\r\n".encode())


@contextmanager
def mail_sink() -> Iterator[Sink]:
    """A sink that listens while this lasts."""
    sink = Sink()
    session = type("SessionOfThisSink", (Session,), {"sink": sink})
    with socketserver.ThreadingTCPServer(("127.0.0.1", 0), session) as server:
        server.daemon_threads = True
        sink.port = server.server_address[1]
        thread = threading.Thread(target=server.serve_forever, daemon=True)
        thread.start()
        try:
            yield sink
        finally:
            server.shutdown()
            thread.join()
