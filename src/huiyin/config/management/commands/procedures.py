"""``huiyin procedures check | diff | draw``: read the law as data, before anybody works by it.

huiyin procedures check                       every pack of this installation
huiyin procedures check my/town.toml          one file, which may inherit a pack of this installation
huiyin procedures diff cn-xinfang my/new.toml what the new text changes, in words
huiyin procedures draw uk-police --language en --to picture.svg
"""

from __future__ import annotations

from argparse import ArgumentParser
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from huiyin.rules import vectors
from huiyin.rules.catalogue import ProcedureError, load_procedure
from huiyin.rules.difference import differences
from huiyin.rules.lifecycle import BUILT, needs
from huiyin.rules.overlay import read_source
from huiyin.rules.picture import draw
from huiyin.rules.procedure import Procedure
from huiyin.rules.workdays import Calendar, CalendarError, load_calendar

LANGUAGES = ("zh", "en")


@dataclass(frozen=True, slots=True)
class Text:
    """A procedure's text, with what it may inherit and where its calendars lie."""

    name: str
    text: str
    bases: dict[str, str]
    folders: tuple[Path, ...]

    def load(self) -> Procedure:
        """The checked procedure; raises ``ProcedureError``."""
        return load_procedure(self.text, file=self.name, bases=self.bases)


class Command(BaseCommand):
    """Check packs, compare two, or draw one."""

    help = "Check procedure packs, show what a new version changes, or draw one as a picture (SVG)."
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Three words, each with its own arguments. A pack is named by its id or by its file."""
        deeds = parser.add_subparsers(dest="deed", required=True)
        check = deeds.add_parser("check", help="search every path of each pack and try its worked examples")
        check.add_argument("packs", nargs="*", help="ids or files; none means all packs of this installation")
        diff = deeds.add_parser("diff", help="what the new text changes, in words")
        diff.add_argument("old")
        diff.add_argument("new")
        picture = deeds.add_parser("draw", help="the pack as a picture")
        picture.add_argument("pack")
        picture.add_argument("--to", help="the SVG file to write; without it the picture is printed")
        for each in (diff, picture):
            each.add_argument("--language", choices=LANGUAGES, default="en")

    def handle(self, *args: Any, **options: Any) -> None:
        """Do the one deed that was asked for."""
        match options["deed"]:
            case "check":
                self.check_packs(options["packs"])
            case "diff":
                self.compare(options["old"], options["new"], options["language"])
            case _:
                self.draw(options["pack"], options["language"], options["to"])

    def check_packs(self, names: list[str]) -> None:
        """Every pack with what was proved, or every mistake with file and line."""
        wanted = names or sorted(texts(installed()))
        mistakes = 0
        for text in map(find, wanted):
            found = list(problems_of(text))
            mistakes += len(found)
            for problem in found:
                self.stdout.write(problem)
            if not found:
                self.stdout.write(summary(text.load()))
        if mistakes:
            raise CommandError(f"{mistakes} mistake(s). Nothing was switched on; the running versions stay.")

    def compare(self, old: str, new: str, language: str) -> None:
        """One sentence for each change."""
        changes = differences(loaded(old), loaded(new))
        for change in changes:
            self.stdout.write(change.in_language(language))
        if not changes:
            self.stdout.write("没有变化。" if language == "zh" else "Nothing changes.")

    def draw(self, pack: str, language: str, to: str | None) -> None:
        """Print the picture, or write it to a file."""
        picture = draw(loaded(pack), language=language)
        if to is None:
            self.stdout.write(picture, ending="")
            return
        try:
            Path(to).write_text(picture, encoding="utf-8")
        except OSError as problem:
            raise CommandError(f"{to} could not be written: {problem.strerror}.") from problem
        self.stdout.write(f"The picture is in {to}.")


def installed() -> Path:
    """The folder of this installation's packs."""
    return Path(settings.HUIYIN_PROCEDURES_DIR)


def texts(folder: Path) -> dict[str, str]:
    """The texts of a folder's packs by id, which is the name of the file."""
    return {path.stem: path.read_text(encoding="utf-8", errors="replace") for path in sorted(folder.glob("*.toml"))}


def find(name: str) -> Text:
    """A pack by its id or by its file. A file may inherit the packs beside it and those of this installation."""
    bases, path = texts(installed()), Path(name)
    if name in bases:
        return Text(f"{name}.toml", bases[name], bases, (installed(),))
    try:
        text = path.read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError) as problem:
        raise CommandError(f"{name} is neither an installed pack nor a file that can be read.") from problem
    return Text(str(path), text, texts(path.parent) | bases, (path.parent, installed()))


def loaded(name: str) -> Procedure:
    """The checked pack, or its mistakes as the command's error."""
    try:
        return find(name).load()
    except ProcedureError as problem:
        raise CommandError(str(problem)) from problem


def problems_of(text: Text) -> Iterator[str]:
    """What is wrong with a pack, with file and line: its text, its paths, its worked examples."""
    try:
        procedure, source = text.load(), read_source(text.text, file=text.name, bases=text.bases)
        calendar = calendar_of(procedure, text.folders)
    except (ProcedureError, CalendarError) as problem:
        yield from str(problem).splitlines()
        return
    if calendar is None:
        yield f"{text.name}:1: there is no calendar {procedure.calendar!r} in a folder workdays beside the packs"
        return
    for path, message in vectors.failures(procedure, calendar):
        file, line = source.place(path)
        yield f"{file}:{line}: {message}"


def calendar_of(procedure: Procedure, folders: tuple[Path, ...]) -> Calendar | None:
    """The pack's calendar, from the first folder that has it."""
    for folder in folders:
        path = folder / "workdays" / f"{procedure.calendar}.toml"
        if path.is_file():
            return load_calendar(path.read_text(encoding="utf-8"), file=path.name)
    return None


def summary(procedure: Procedure) -> str:
    """One line for a sound pack: what it holds, what nobody has verified, what cannot be done yet."""
    unverified = [term.id for term in procedure.terms.values() if term.basis == "law" and not term.verified]
    waiting = [move.id for move in procedure.moves.values() if needs(procedure, move) - BUILT]
    parts = [
        f"{procedure.id} {procedure.version}: sound",
        f"{len(procedure.states)} states, {len(procedure.moves)} steps, {len(procedure.terms)} time limits,"
        f" {len(procedure.vectors)} worked examples",
    ]
    if unverified:
        parts.append(f"not verified: {', '.join(unverified)}")
    if waiting:
        parts.append(f"not offered yet: {', '.join(waiting)}")
    return "; ".join(parts)
