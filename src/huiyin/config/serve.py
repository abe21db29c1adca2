"""One program, four processes: a parent that supervises, two web workers, one background worker.

The parent loads Django once and forks the web workers, so that a start costs one
import and the workers share its memory. The background worker is a process of
its own, started again whenever it dies.
"""

from __future__ import annotations

import ctypes
import gc
import logging
import os
import signal
import subprocess
import sys
import threading
import time
import urllib.error
import urllib.request
from collections.abc import Callable
from functools import partial
from typing import Any

from django.conf import settings
from django.core.wsgi import get_wsgi_application
from django.db import connections
from django.urls import get_resolver
from django.utils import translation
from django.utils.translation import trans_real
from granian import Granian
from granian.constants import Interfaces
from granian.log import LogLevels

log = logging.getLogger("huiyin.serve")

GRACE = 8  # seconds a worker may take to finish what it does
STEADY = 60.0  # seconds after which a worker counts as healthy again
STOP = (signal.SIGINT, signal.SIGTERM)
PARENT_DIED = 1  # PR_SET_PDEATHSIG of prctl(2)


class BackgroundWorker(threading.Thread):
    """Keeps ``huiyin worker`` running: started again when it dies, more slowly when it dies often."""

    def __init__(self) -> None:
        super().__init__(name="background-worker", daemon=True)
        self.stopping = threading.Event()
        self.process: subprocess.Popen[bytes] | None = None

    def run(self) -> None:
        """Start the worker, wait for its end, start it again."""
        pause = 1.0
        while not self.stopping.is_set():
            begun = time.monotonic()
            words = ["-m", "huiyin.config.cli", "worker", "--supervisor", str(os.getpid())]
            self.process = subprocess.Popen([sys.executable, *words])
            code = self.process.wait()
            if time.monotonic() - begun > STEADY:
                pause = 1.0
            if self.stopping.wait(pause):
                return
            log.warning("The background worker ended with code %s and is started again.", code)
            pause = min(pause * 2, 30.0)

    def stop(self) -> None:
        """Ask the worker to finish; insist after the grace time."""
        self.stopping.set()
        process = self.process
        if process is None or process.poll() is not None:
            return
        process.terminate()
        try:
            process.wait(GRACE)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()


class WebServer(Granian):  # type: ignore[misc, valid-type]  # an alias chosen at run time
    """Granian, with the background worker beside the web workers.

    Threads begin only after the web workers are forked: no lock of theirs may
    be copied into a worker.
    """

    def __init__(
        self, *args: Any, background: BackgroundWorker | None, after_start: Callable[[], None], **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self.background = background
        self.after_start = after_start

    def startup(self, *args: Any, **kwargs: Any) -> None:
        """Fork the web workers, then start what needs a thread."""
        super().startup(*args, **kwargs)
        if self.background is not None:
            self.background.start()
        self.after_start()

    def signal_handler_interrupt(self, *args: Any, **kwargs: Any) -> None:
        """SIGINT or SIGTERM: the end is wanted, nothing is to be started again."""
        if self.background is not None:
            self.background.stopping.set()
        super().signal_handler_interrupt(*args, **kwargs)


def serve(
    *, address: str, port: int, workers: int, has_worker: bool = True, when_ready: Callable[[], None] | None = None
) -> int:
    """Serve until told to stop; the exit code of the program. ``has_worker`` is False where the worker runs elsewhere."""
    background = BackgroundWorker() if has_worker else None
    server = WebServer(
        "huiyin.config.wsgi:application",
        address=address,
        port=port,
        interface=Interfaces.WSGI,
        workers=workers,
        blocking_threads=4,
        backlog=1024,
        log_level=LogLevels.warning,
        log_access=False,  # an access log would keep who came from where
        respawn_failed_workers=True,
        workers_kill_timeout=GRACE,
        background=background,
        after_start=lambda: announce(address, port, when_ready),
    )
    os.register_at_fork(before=hold_signals, after_in_parent=release_signals, after_in_child=obey_signals)
    os.register_at_fork(after_in_child=partial(end_with_parent, os.getpid()))
    warm_up()
    let_go_of_databases()
    gc.collect()
    gc.freeze()
    try:
        server.serve(target_loader=partial(load_application, os.getpid()), wrap_loader=False)
    except SystemExit as end:
        return end.code if isinstance(end.code, int) else 1
    finally:
        if background is not None:
            background.stop()
    return 0


def load_application(parent: int) -> Any:
    """What each web worker serves; built after static files are there, because their list is read once."""
    threading.Thread(target=insist_on_end, args=(parent,), name="parent-watch", daemon=True).start()
    return get_wsgi_application()


def insist_on_end(parent: int) -> None:
    """End a worker whose parent is gone, when the signal for that came too early to be heard."""
    while os.getppid() == parent:
        time.sleep(1.0)
    time.sleep(GRACE)
    os._exit(1)


def hold_signals() -> None:
    """No signal to stop may be lost between a fork and the worker's own handlers."""
    signal.pthread_sigmask(signal.SIG_BLOCK, STOP)


def release_signals() -> None:
    """Take signals again; one that waited is delivered now."""
    signal.pthread_sigmask(signal.SIG_UNBLOCK, STOP)


def obey_signals() -> None:
    """A worker that is still loading simply ends when told to; the parent's handlers are not for it."""
    for number in STOP:
        signal.signal(number, signal.SIG_DFL)
    release_signals()


def end_with_parent(parent: int) -> None:
    """A worker ends when its parent is gone, however that happened and however early."""
    if sys.platform == "linux":
        ctypes.CDLL(None, use_errno=True).prctl(PARENT_DIED, signal.SIGTERM)
    if os.getppid() != parent:
        os._exit(1)


def warm_up() -> None:
    """Load every page's code and both languages once, before the workers are forked; what is broken shows here."""
    get_resolver().url_patterns  # noqa: B018  # the look loads them
    for language, _ in settings.LANGUAGES:
        with translation.override(language):
            trans_real.catalog()


def let_go_of_databases() -> None:
    """No connection and no pool may cross a fork."""
    for connection in connections.all(initialized_only=True):
        connection.close()
        close_pool = getattr(connection, "close_pool", None)
        if close_pool is not None:
            close_pool()


def announce(address: str, port: int, when_ready: Callable[[], None] | None) -> None:
    """Call ``when_ready`` after the first request was answered, from a thread of its own."""
    if when_ready is None:
        return

    def wait() -> None:
        if is_answering(address, port, patience=60.0):
            when_ready()

    threading.Thread(target=wait, name="announce", daemon=True).start()


def is_answering(address: str, port: int, *, patience: float) -> bool:
    """Whether ``/healthz`` answers within ``patience`` seconds."""
    host = {"0.0.0.0": "127.0.0.1", "::": "::1"}.get(address, address)  # noqa: S104  # compared, not listened on
    url = f"http://[{host}]:{port}/healthz" if ":" in host else f"http://{host}:{port}/healthz"
    until = time.monotonic() + patience
    while time.monotonic() < until:
        try:
            with urllib.request.urlopen(url, timeout=5):  # noqa: S310  # our own address
                return True
        except urllib.error.HTTPError:
            return True
        except OSError:
            time.sleep(0.02)
    return False
