"""Whether a port can be taken, said before anything is started on it."""

from __future__ import annotations

import errno
import socket


class PortTaken(Exception):
    """The address and port cannot be listened on, and what to do instead."""


def require_free(address: str, port: int, *, try_instead: str) -> None:
    """Raise ``PortTaken`` with plain words when ``port`` cannot be listened on.

    The web server shares its port between its processes, so that a second
    server would silently take half of the requests: only this look prevents it.
    """
    try:
        with socket.socket(_family(address), socket.SOCK_STREAM) as probe:
            probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            probe.bind((address, port))
    except OverflowError:
        raise PortTaken(f"{port} is no port; take a number from 1 to 65535.") from None
    except OSError as problem:
        if problem.errno == errno.EADDRINUSE:
            message = f"port {port} on {address} is in use by another program. Stop that one, or try: {try_instead}"
        elif problem.errno == errno.EACCES:
            message = f"port {port} may only be used by root. Try: {try_instead}"
        else:
            message = f"cannot listen on {address}:{port}: {problem.strerror}"
        raise PortTaken(message) from problem


def free_port(address: str) -> int:
    """Any port that is free now."""
    with socket.socket(_family(address), socket.SOCK_STREAM) as probe:
        probe.bind((address, 0))
        return int(probe.getsockname()[1])


def _family(address: str) -> socket.AddressFamily:
    return socket.AF_INET6 if ":" in address else socket.AF_INET
