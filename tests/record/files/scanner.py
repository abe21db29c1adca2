"""A virus scanner of the tests: speaks clamd's INSTREAM and finds EICAR."""

from __future__ import annotations

import socket
import struct
import threading
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path


@contextmanager
def scanner(folder: Path, answer: bytes | None = None) -> Iterator[str]:
    """Listens while the block runs; ``answer`` is said to everything instead of the truth. Gives its address."""
    where = folder / "clamd.ctl"
    with closing(socket.socket(socket.AF_UNIX, socket.SOCK_STREAM)) as door:
        door.bind(str(where))
        door.listen(4)
        threading.Thread(target=_serve, args=(door, answer), daemon=True).start()
        yield f"unix://{where}"
        door.shutdown(socket.SHUT_RDWR)
    where.unlink()


def _serve(door: socket.socket, answer: bytes | None) -> None:
    while True:
        try:
            line, _who = door.accept()
        except OSError:
            return
        with line, line.makefile("rb") as heard:
            asked, content = heard.read(10), b""
            while size := struct.unpack("!L", heard.read(4))[0]:
                content += heard.read(size)
            said = b"stream: Eicar-Test-Signature FOUND" if b"EICAR-STANDARD" in content else b"stream: OK"
            line.sendall((said if answer is None else answer) + b"\x00" if asked == b"zINSTREAM\x00" else b"UNKNOWN")
