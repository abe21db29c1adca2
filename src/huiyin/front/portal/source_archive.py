"""The source of what runs here, packed from the files themselves (AGPL, section 13)."""

from __future__ import annotations

import gzip
import io
import tarfile
from functools import lru_cache
from pathlib import Path

from django.conf import settings

from huiyin import __file__ as package_file

PACKAGE = Path(package_file).parent
KINDS = frozenset({".py", ".toml", ".html", ".txt", ".css", ".svg", ".js", ".po", ".mo", ".md", ".typed"})
BESIDE = ("LICENSE", "README.md", "README.zh-Hans.md", "pyproject.toml", "run")


@lru_cache(maxsize=1)
def packed() -> bytes:
    """The archive; made once, since the files of a running program do not change."""
    plain = io.BytesIO()
    with tarfile.open(fileobj=plain, mode="w") as archive:
        for file, name in _files():
            entry = tarfile.TarInfo(f"huiyin/{name}")
            entry.size, entry.mode = file.stat().st_size, 0o644
            with file.open("rb") as content:
                archive.addfile(entry, content)
    return gzip.compress(plain.getvalue(), mtime=0)


def _files() -> list[tuple[Path, str]]:
    found = [
        (file, f"src/huiyin/{file.relative_to(PACKAGE).as_posix()}")
        for file in sorted(PACKAGE.rglob("*"))
        if file.is_file() and file.suffix in KINDS and "__pycache__" not in file.parts
    ]
    law = Path(settings.PROCEDURES_SHIPPED)
    found += [(file, f"procedures/{file.relative_to(law).as_posix()}") for file in sorted(law.rglob("*.toml"))]
    found.append((Path(settings.HUIYIN_RIGHTS_FILE), "rights/invariants.toml"))
    root = PACKAGE.parents[1]
    found += [(root / name, name) for name in BESIDE if (root / "pyproject.toml").is_file() and (root / name).is_file()]
    return found
