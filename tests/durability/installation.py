"""A whole installation in a folder of its own: the real program, started, killed and started again."""

from __future__ import annotations

import json
import os
import signal
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

ROOT = Path(__file__).parents[2]
PATIENCE = 60.0  # seconds for a start


@dataclass
class Installation:
    """One home, one port, one server process group."""

    home: Path
    databases: dict[str, str] = field(default_factory=dict)
    port: int = 0
    server: subprocess.Popen[bytes] | None = None

    @property
    def environment(self) -> dict[str, str]:
        """What every program of this installation is started with."""
        clean = {name: value for name, value in os.environ.items() if not name.startswith(("HUIYIN_", "DJANGO_"))}
        for name in ("DATABASE_URL", "VAULT_DATABASE_URL"):
            clean.pop(name, None)
        return clean | self.databases | {
            "HUIYIN_HOME": str(self.home),
            "HUIYIN_PROFILE": "demo",
            "HUIYIN_SECRET_KEY": "only for this test " * 4,
            "PYTHONPATH": os.pathsep.join((str(ROOT / "src"), str(ROOT))),
            "DJANGO_SETTINGS_MODULE": "huiyin.config.settings",
        }  # fmt: skip

    def run(self, *words: str) -> subprocess.CompletedProcess[str]:
        """Run a Python program of the tests or the product in this installation."""
        return subprocess.run(
            [sys.executable, *words], env=self.environment, cwd=ROOT, capture_output=True, text=True, timeout=300
        )

    def start(self) -> None:
        """Start the real server on a free port and wait until it answers."""
        if not self.port:
            with socket.socket() as free:
                free.bind(("127.0.0.1", 0))
                self.port = free.getsockname()[1]
        environment = self.environment | {
            "HUIYIN_ALLOW_HTTP": "1",
            "HUIYIN_BASE_URL": f"http://localhost:{self.port}",
        }
        self.server = subprocess.Popen(
            [sys.executable, "-m", "huiyin.config.cli", "serve", "--port", str(self.port)],
            env=environment,
            cwd=ROOT,
            stdout=subprocess.DEVNULL,
            stderr=(self.home / "server.log").open("ab"),
            start_new_session=True,
        )
        until = time.monotonic() + PATIENCE
        while not self.answers():
            if time.monotonic() > until or self.server.poll() is not None:
                raise AssertionError((self.home / "server.log").read_text("utf-8")[-2000:])
            time.sleep(0.05)

    def kill(self) -> None:
        """SIGKILL for every process of the server at once: nobody gets to say goodbye."""
        if self.server is not None:
            os.killpg(self.server.pid, signal.SIGKILL)
            self.server.wait()
            self.server = None

    def stop(self) -> None:
        """End it in an orderly way."""
        if self.server is not None:
            self.server.terminate()
            self.server.wait(30)
            self.server = None

    def answers(self) -> bool:
        """Does the server answer?"""
        try:
            with urllib.request.urlopen(f"http://127.0.0.1:{self.port}/healthz", timeout=2) as answer:
                return bool(answer.status == 200)
        except (OSError, urllib.error.URLError):
            return False

    def post(self, path: str, body: object, *, key: str = "", timeout: float = 10) -> tuple[int, dict[str, Any]]:
        """One JSON request; raises OSError when the server died on the way."""
        request = urllib.request.Request(
            f"http://127.0.0.1:{self.port}{path}",
            method="POST",
            data=json.dumps(body).encode(),
            headers={"Content-Type": "application/json", **({"Idempotency-Key": key} if key else {})},
        )
        try:
            with urllib.request.urlopen(request, timeout=timeout) as answer:
                return answer.status, json.load(answer)
        except urllib.error.HTTPError as error:
            return error.code, json.loads(error.read() or b"{}")
