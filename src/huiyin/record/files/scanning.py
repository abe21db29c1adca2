"""Asking a virus scanner (clamd), where one is set up. No answer is no all-clear: the file waits, closed to everybody."""

from __future__ import annotations

import contextlib
import socket
import struct
from typing import Literal
from urllib.parse import urlsplit

from django.conf import settings

Verdict = Literal["clean", "found", "unknown"]
PIECE = 64 * 1024  # bytes of one piece of the stream
PATIENCE = 15.0  # seconds for each step of the talk
LONGEST_ANSWER = 4_096  # bytes


def is_set_up() -> bool:
    """Whether files are scanned here."""
    return bool(settings.HUIYIN_CLAMD)


def scan(data: bytes) -> Verdict:
    """What the scanner says of a file: "unknown" where it does not answer, is too slow, or answers anything else."""
    try:
        with contextlib.closing(_connected()) as line:
            line.sendall(b"zINSTREAM\x00")
            for start in range(0, len(data), PIECE):
                piece = data[start : start + PIECE]
                line.sendall(struct.pack("!L", len(piece)) + piece)
            line.sendall(struct.pack("!L", 0))
            answer = _answer(line)
    except (OSError, ValueError):
        return "unknown"
    if answer == b"stream: OK":
        return "clean"
    return "found" if answer.startswith(b"stream: ") and answer.endswith(b" FOUND") else "unknown"


def _connected() -> socket.socket:
    """``unix:///run/clamav/clamd.ctl`` or ``tcp://127.0.0.1:3310``."""
    where = urlsplit(settings.HUIYIN_CLAMD)
    if where.scheme == "tcp":
        return socket.create_connection((where.hostname or "127.0.0.1", where.port or 3310), timeout=PATIENCE)
    line = socket.socket(socket.AF_UNIX, socket.SOCK_STREAM)
    line.settimeout(PATIENCE)
    try:
        line.connect(where.path)
    except OSError:
        line.close()
        raise
    return line


def _answer(line: socket.socket) -> bytes:
    found = b""
    while b"\x00" not in found and len(found) < LONGEST_ANSWER:
        piece = line.recv(LONGEST_ANSWER)
        if not piece:
            break
        found += piece
    return found.partition(b"\x00")[0].strip()
