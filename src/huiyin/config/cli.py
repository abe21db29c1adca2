"""The program's command line: decides where this installation lives, then lets Django's commands act.

``huiyin serve`` and ``huiyin demo`` are commands like all others; what they need
before the settings are read (home, port, address) is settled here.
"""

from __future__ import annotations

import argparse
import os
import secrets
import sys
from collections.abc import Sequence
from pathlib import Path

from django.conf import settings
from django.core.exceptions import ImproperlyConfigured
from django.core.management import execute_from_command_line

from huiyin.config.environment import SettingError
from huiyin.config.ports import PortTaken, free_port, require_free

PACKAGE = Path(__file__).resolve().parents[1]
CONFIGURATION_REFUSED = 2
DEFAULT_PORT = 8000


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one command; the exit code is 0, 1 (failed) or 2 (refused before it began)."""
    words = list(sys.argv[1:] if arguments is None else arguments)
    command = words[0] if words else "help"
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "huiyin.config.settings")
    try:
        if command == "demo":
            settle_demo(words[1:])
        elif command == "serve":
            settle_serve(words[1:])
        else:
            settle_other()
        _ = settings.INSTALLED_APPS  # reads the settings, so that a wrong one is named here and not in a traceback
    except (SettingError, ImproperlyConfigured, PortTaken) as problem:
        print(f"huiyin: {problem}", file=sys.stderr)
        return CONFIGURATION_REFUSED
    execute_from_command_line(["huiyin", *words])
    return 0


def settle_demo(words: Sequence[str]) -> None:
    """The demo: its own home and key, only this machine can reach it."""
    parser = argparse.ArgumentParser(prog="huiyin demo", description="An invented county town to try things in.")
    parser.add_argument("port", nargs="?", type=int, default=DEFAULT_PORT, help="0 takes any free port")
    parser.add_argument("--check", action="store_true", help="walk one complaint to its answer, then stop")
    parser.add_argument("--fresh", action="store_true", help="throw the old story away and begin again")
    parser.add_argument("--county", action="store_true", help="a whole county instead: what its offices did in a year")
    chosen = parser.parse_args(words)
    if chosen.check and chosen.county:
        parser.error("--check walks the town; leave out one of the two")
    home = installation() / ("demo-check" if chosen.check else "county" if chosen.county else "demo")
    port = free_port("127.0.0.1") if chosen.check or chosen.port == 0 else chosen.port
    require_free("127.0.0.1", port, try_instead=f"./run demo {port + 1}")
    os.environ.setdefault("HUIYIN_HOME", str(home))
    os.environ["HUIYIN_PROFILE"] = "demo"
    os.environ["HUIYIN_ADDRESS"], os.environ["HUIYIN_PORT"] = "127.0.0.1", str(port)
    os.environ.setdefault("HUIYIN_BASE_URL", f"http://localhost:{port}")
    os.environ.setdefault("HUIYIN_SECRET_KEY", demo_secret())


def settle_serve(words: Sequence[str]) -> None:
    """The real thing: production rules unless the environment says otherwise."""
    parser = argparse.ArgumentParser(prog="huiyin serve", description="Web server and worker, without demo data.")
    parser.add_argument("--port", type=int, default=int(os.environ.get("HUIYIN_PORT", DEFAULT_PORT)))
    parser.add_argument("--address", default=os.environ.get("HUIYIN_ADDRESS", "127.0.0.1"))
    parser.add_argument("--workers", type=int, default=int(os.environ.get("HUIYIN_WORKERS", "2")))
    parser.add_argument("--without-worker", action="store_true", help="the background worker is a service of its own")
    chosen = parser.parse_args(words)
    port = free_port(chosen.address) if chosen.port == 0 else chosen.port
    require_free(chosen.address, port, try_instead=f"./run serve --port {port + 1}")
    os.environ.setdefault("HUIYIN_HOME", str(installation() / "data"))
    os.environ.setdefault("HUIYIN_PROFILE", "production")
    os.environ["HUIYIN_ADDRESS"], os.environ["HUIYIN_PORT"] = chosen.address, str(port)
    os.environ["HUIYIN_WORKERS"] = str(chosen.workers)
    os.environ.setdefault("HUIYIN_BASE_URL", f"http://localhost:{port}")


def settle_other() -> None:
    """Every other command works on the real installation if there is one, else on the demo."""
    if "HUIYIN_HOME" not in os.environ:
        real, demo = installation() / "data", installation() / "demo"
        os.environ["HUIYIN_HOME"] = str(demo if demo.is_dir() and not real.is_dir() else real)
    if Path(os.environ["HUIYIN_HOME"], "demo-secret").is_file():
        os.environ.setdefault("HUIYIN_PROFILE", "demo")
        os.environ.setdefault("HUIYIN_SECRET_KEY", demo_secret())
    os.environ.setdefault("HUIYIN_PROFILE", "production")


def installation() -> Path:
    """The folder ``var``: beside the source tree, or below the current folder for an installed package."""
    checkout = PACKAGE.parents[1]
    return (checkout if (checkout / "procedures").is_dir() else Path.cwd()) / "var"


def demo_secret() -> str:
    """The demo's signing key, made once: nobody should have to type one to try things."""
    file = Path(os.environ["HUIYIN_HOME"], "demo-secret")
    if not file.is_file():
        file.parent.mkdir(parents=True, exist_ok=True)
        file.touch(mode=0o600)
        file.write_text(secrets.token_urlsafe(48), encoding="ascii")
    return file.read_text(encoding="ascii")


if __name__ == "__main__":
    sys.exit(main())
