"""``./run requirements``: resolve requirements/*.in again and pin every package with its hashes.

``dev.txt`` is resolved under the pins of ``base.txt``, so that what is tested is
what is served. No registry address is written into either file.
"""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
UV = Path(sys.executable).parent / "uv"
OPTIONS = (
    "--universal",
    "--generate-hashes",
    "--no-header",
    "--no-emit-index-url",
    "--no-emit-find-links",
    "--python-version",
    "3.11",
)


def main(arguments: list[str]) -> int:
    """Pin ``base`` first, then ``dev`` under it; ``--upgrade`` takes the newest releases."""
    for name, constraints in (("base", ()), ("dev", ("--constraint", "requirements/base.txt"))):
        words = ["pip", "compile", *OPTIONS, *constraints, *arguments]
        words += [f"requirements/{name}.in", "--output-file", f"requirements/{name}.txt", "--quiet"]
        done = subprocess.run([UV, *words], cwd=ROOT, check=False)
        if done.returncode:
            return done.returncode
    addresses = [
        f"{file.name}: {line}"
        for file in sorted((ROOT / "requirements").glob("*.txt"))
        for line in file.read_text(encoding="utf-8").splitlines()
        if "://" in line
    ]
    print("\n".join(addresses) or "requirements/base.txt and requirements/dev.txt are pinned.")
    return 1 if addresses else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
