"""`./run styles`: compile the two style sheets with sass. `--check`: say whether the committed ones are stale.

Nobody who runs Huiyin needs Node: the results are committed. Where Node's
packages are not installed, `--check` compares a recorded hash of the sources.
"""

from __future__ import annotations

import argparse
import hashlib
import os
import shutil
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
SOURCES = ROOT / "styles"
RESULTS = ROOT / "src" / "huiyin" / "ui" / "static" / "ui"
RECORD = SOURCES / "compiled.sha256"
SHEETS = ("portal", "desk")
SASS = ROOT / "node_modules" / ".bin" / "sass"
FOREIGN = ("GDS Transport", "crown", "crest", "url(")  # fonts, emblems and foreign addresses must leave no trace


def recorded_hash() -> str:
    """One hash over everything the results are made from, and over the results themselves."""
    digest = hashlib.sha256()
    files = [*sorted(SOURCES.glob("*.scss")), ROOT / "package-lock.json", *(RESULTS / f"{name}.css" for name in SHEETS)]
    for file in files:
        digest.update(file.name.encode() + b"\0" + file.read_bytes() + b"\0")
    return digest.hexdigest()


def compile_sheet(name: str) -> str:
    """The compressed text of one sheet."""
    command = [str(SASS), "--style=compressed", "--no-source-map", "--load-path=node_modules", f"styles/{name}.scss"]
    return subprocess.run(command, cwd=ROOT, check=True, capture_output=True, text=True).stdout


def traces(text: str) -> list[str]:
    """What of another house is still in a sheet."""
    return [word for word in FOREIGN if word.lower() in text.lower()]


def install() -> bool:
    """Node's packages at their locked versions; False where there is no Node."""
    if SASS.exists():
        return True
    if shutil.which("npm") is None:
        return False
    return subprocess.run(["npm", "ci", "--no-audit", "--no-fund"], cwd=ROOT, check=False).returncode == 0


def write() -> int:
    """Compile, look for foreign traces, write, record."""
    if not install():
        print("styles: Node and npm are needed to compile; nothing was changed.", file=sys.stderr)
        return 1
    for name in SHEETS:
        text = compile_sheet(name)
        if found := traces(text):
            print(f"styles: {name}.css holds {', '.join(found)}", file=sys.stderr)
            return 1
        (RESULTS / f"{name}.css").write_text(text, encoding="utf-8")
        print(f"styles: {name}.css {len(text.encode())} bytes")
    RECORD.write_text(recorded_hash() + "\n", encoding="utf-8")
    return 0


def check() -> int:
    """0 when the committed sheets are what the sources say."""
    if SASS.exists() or (os.environ.get("CI") and install()):
        stale = [
            name for name in SHEETS if compile_sheet(name) != (RESULTS / f"{name}.css").read_text(encoding="utf-8")
        ]
    else:
        stale = [] if RECORD.read_text(encoding="utf-8").strip() == recorded_hash() else list(SHEETS)
    foreign = [name for name in SHEETS if traces((RESULTS / f"{name}.css").read_text(encoding="utf-8"))]
    for name in stale:
        print(f"styles: {name}.css is stale; run ./run styles and commit the result", file=sys.stderr)
    for name in foreign:
        print(f"styles: {name}.css holds traces of another house", file=sys.stderr)
    return 1 if stale or foreign else 0


def main() -> int:
    """Read the one option and act."""
    parser = argparse.ArgumentParser(prog="./run styles", description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--check", action="store_true", help="change nothing; fail when the sheets are stale")
    return check() if parser.parse_args().check else write()


if __name__ == "__main__":
    raise SystemExit(main())
