"""Tables and static files, brought up to date only when something changed.

The fingerprint of what was last prepared lies in the home: an unchanged
installation starts without looking at a single table.
"""

from __future__ import annotations

import hashlib
import json
import os
from collections.abc import Callable, Iterable
from pathlib import Path

from django.conf import settings
from django.core.management import call_command

from huiyin.config.databases import VAULT, VAULT_APPS

PACKAGE = Path(__file__).resolve().parents[1]
Say = Callable[[str], None]


def migrate_all() -> None:
    """Bring both databases to the tables of this version."""
    call_command("migrate", verbosity=0, interactive=False)
    for app in sorted(VAULT_APPS):  # the others have no table there, and their history took as long again
        call_command("migrate", app, database=VAULT, verbosity=0, interactive=False)


def collect_static() -> None:
    """Copy, compress and name by content what browsers fetch."""
    call_command("collectstatic", verbosity=0, interactive=False)


def prepare_static(say: Say) -> None:
    """Collect static files if any changed since the last time."""
    if _changed("static", PACKAGE.glob("*/**/static/**/*")):
        say("Preparing style sheets and scripts.")
        collect_static()
        _note("static", PACKAGE.glob("*/**/static/**/*"))


def prepare_tables(say: Say) -> None:
    """Migrate if any migration changed since the last time, or the databases are others."""
    if _changed("tables", PACKAGE.glob("**/migrations/*.py"), *_databases()):
        say("Preparing the tables.")
        migrate_all()
        _note("tables", PACKAGE.glob("**/migrations/*.py"), *_databases())


def _databases() -> tuple[str, ...]:
    """The databases in use; a SQLite file that was taken away counts as another one."""
    places = []
    for values in settings.DATABASES.values():
        name = str(values["NAME"])
        missing = "sqlite3" in str(values["ENGINE"]) and not Path(name).is_file()
        places.append("missing" if missing else f"{values.get('HOST')}:{values.get('PORT')}/{name}")
    return tuple(places)


def _fingerprint(files: Iterable[Path], words: Iterable[str]) -> str:
    digest = hashlib.sha256(settings.HUIYIN_VERSION.encode())
    for file in sorted(files):
        status = file.stat()
        digest.update(f"{file.relative_to(PACKAGE)} {status.st_size} {status.st_mtime_ns}\n".encode())
    for word in words:
        digest.update(word.encode())
    return digest.hexdigest()


def _notes() -> Path:
    return Path(settings.HUIYIN_HOME) / "prepared.json"


def _read() -> dict[str, str]:
    file = _notes()
    return dict(json.loads(file.read_text(encoding="utf-8"))) if file.is_file() else {}


def _changed(what: str, files: Iterable[Path], *words: str) -> bool:
    return _read().get(what) != _fingerprint(files, words)


def _note(what: str, files: Iterable[Path], *words: str) -> None:
    notes = {**_read(), what: _fingerprint(files, words)}
    file = _notes()
    draft = file.with_suffix(".new")
    draft.write_text(json.dumps(notes, indent=1), encoding="utf-8")
    os.replace(draft, file)
