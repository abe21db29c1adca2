"""Documents that rot fail the build: links, file names, commands and settings named in them must exist."""

from __future__ import annotations

import re
import sys
from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
PACKAGE = ROOT / "src" / "huiyin"
COMMANDS = PACKAGE / "config" / "management" / "commands"
OPERATIONS = ROOT / "docs" / "operations.md"

LINK = re.compile(r"\[[^\]]*\]\(([^)\s]+)\)")
CODE = re.compile(r"`([^`\n]+)`")
FILE = re.compile(r"^[\w./-]+\.(?:py|toml|md|html|txt|in|po|mo|scss|css|sh|yml)$")
FOLDER = re.compile(r"^(?:src|docs|procedures|tests|tools|styles|requirements)/[\w./-]*$")
RUN = re.compile(r"\./run ([a-z0-9]+)")
PROGRAM = re.compile(r"(?<![\w./-])huiyin ([a-z][a-z_-]+)(?=[\s`]|$)")
SETTING = re.compile(r"\bHUIYIN_[A-Z_]+\b")
HEADING = re.compile(r"^#+\s+(.*)$", re.M)
OF_DJANGO = {"migrate", "shell", "check", "dbshell", "help"}
NOT_SETTINGS = {"HUIYIN_CHECKED"}  # a word between two processes of our own
MADE_LATER = ("var/", "my-")  # what a running installation makes, what a reader writes


def main() -> int:
    """Look through every document; name what is not there."""
    documents = sorted([*ROOT.glob("*.md"), *(ROOT / "docs").rglob("*.md")])
    problems = [f"{document.relative_to(ROOT)}: {problem}" for document in documents for problem in look(document)]
    problems += undocumented_settings()
    print("\n".join(problems) or f"{len(documents)} documents name only what is there.")
    return 1 if problems else 0


def look(document: Path) -> Iterator[str]:
    """What one document names that does not exist."""
    text = document.read_text(encoding="utf-8")
    yield from broken_links(document, text)
    for word in CODE.findall(text):
        if (FILE.match(word) or FOLDER.match(word)) and not is_there(word, document):
            yield f"no such file: {word}"
    commands = run_commands()
    for command in RUN.findall(text):
        if command not in commands:
            yield f"no such command: ./run {command}"
    programs = {file.stem for file in COMMANDS.glob("*.py")} | OF_DJANGO
    for code in CODE.findall(text) + re.findall(r"^\s{4,}(.*)$|^```.*?$(.*?)^```", text, re.M | re.S):
        for command in PROGRAM.findall(code if isinstance(code, str) else " ".join(code)):
            if command not in programs:
                yield f"no such command: huiyin {command}"
    for setting in sorted(set(SETTING.findall(text)) - settings_read() - NOT_SETTINGS):
        yield f"no such setting: {setting}"


def broken_links(document: Path, text: str) -> Iterator[str]:
    """Links inside the repository that lead nowhere."""
    for target in LINK.findall(text):
        if "://" in target or target.startswith("mailto:"):
            continue
        path, _, anchor = target.partition("#")
        file = (document.parent / path).resolve() if path else document
        if not file.exists():
            yield f"broken link: {target}"
        elif anchor and file.suffix == ".md" and anchor not in anchors(file):
            yield f"no such heading: {target}"


def anchors(file: Path) -> set[str]:
    """The headings of a document as links name them."""
    headings = HEADING.findall(file.read_text(encoding="utf-8"))
    return {re.sub(r"[^\w\- ]", "", heading.lower()).strip().replace(" ", "-") for heading in headings}


def is_there(word: str, document: Path) -> bool:
    """Whether a file or folder is found from the root, from the package, beside the document, or by its name."""
    if word.startswith(MADE_LATER):
        return True
    places = (ROOT, PACKAGE, PACKAGE / "record", document.parent)
    if any((place / word).exists() for place in places):
        return True
    return "/" not in word and any(
        True for folder in (PACKAGE, ROOT / "tests", ROOT / "tools") for _ in folder.rglob(word)
    )


def run_commands() -> set[str]:
    """The commands that ``./run`` knows."""
    cases = re.findall(r"^    ([a-z0-9| -]+)\)", (ROOT / "run").read_text(encoding="utf-8"), re.M)
    return {word for case in cases for word in re.findall(r"[a-z0-9]+", case)}


def settings_read() -> set[str]:
    """Every setting that some program of ours reads."""
    sources = [ROOT / "run", ROOT / ".ci" / "run", *PACKAGE.rglob("*.py"), *(ROOT / "tools").rglob("*.py")]
    sources += [ROOT / "tests" / "conftest.py"]
    return {name for file in sources if file.is_file() for name in SETTING.findall(file.read_text(encoding="utf-8"))}


def undocumented_settings() -> list[str]:
    """Settings read from the environment that the operations manual does not explain."""
    told = set(SETTING.findall(OPERATIONS.read_text(encoding="utf-8"))) if OPERATIONS.is_file() else set()
    read = set()
    for file in (PACKAGE / "config").glob("*.py"):
        text = file.read_text(encoding="utf-8")
        read |= set(re.findall(r"""env\.\w+\(\s*"(HUIYIN_[A-Z_]+)\"""", text))
        read |= set(re.findall(r"""environ(?:\.get\(|\.setdefault\(|\[)\s*"(HUIYIN_[A-Z_]+)\"""", text))
    return [f"docs/operations.md does not explain {name}" for name in sorted(read - told - NOT_SETTINGS)]


if __name__ == "__main__":
    sys.exit(main())
