"""``huiyin procedures check | diff | draw``: read the law as data, before anybody works by it.

huiyin procedures check                       every pack of this installation
huiyin procedures check my/town.toml          one file, which may inherit a pack of this installation
huiyin procedures diff cn-xinfang my/new.toml what the new text changes, in words
huiyin procedures draw uk-police --language en --to picture.svg
"""

from __future__ import annotations

import os
from argparse import ArgumentParser
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from huiyin.record.law import checking, folders
from huiyin.rules.catalogue import ProcedureError, load_procedure
from huiyin.rules.difference import differences
from huiyin.rules.faults import Fault
from huiyin.rules.picture import draw
from huiyin.rules.procedure import Procedure, Words
from huiyin.rules.workdays import Calendar, load_calendar

LANGUAGES = ("zh", "en")
WRONG = Words(
    "{count} 处错误。没有启用任何内容；正在使用的版本不变。",
    "{count} mistake(s). Nothing was switched on; the running versions stay.",
)
NOT_FOUND = Words(
    "{name} 既不是已安装的办理规则，也不是可以读取的文件。",
    "{name} is neither an installed pack nor a file that can be read.",
)
NO_CHANGE = Words("没有变化。", "Nothing changes.")
NOT_WRITTEN = Words("{to} 无法写入：{why}。", "{to} could not be written: {why}.")
WRITTEN = Words("图在 {to}。", "The picture is in {to}.")
SOUND = Words(
    "{id} {version}：没有问题；{states} 个状态，{moves} 个步骤，{terms} 个期限，{vectors} 个算例",
    "{id} {version}: sound; {states} states, {moves} steps, {terms} time limits, {vectors} worked examples",
)
UNVERIFIED = Words("；未核对：{terms}", "; not verified: {terms}")


@dataclass(frozen=True, slots=True)
class Text:
    """A procedure's text, with what it may inherit and the folder it was found in (none: that of this installation)."""

    name: str
    text: str
    bases: dict[str, str]
    folder: Path | None = None

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
        for each in (check, diff, picture):
            each.add_argument(
                "--language", choices=LANGUAGES, default=of_the_terminal(), help="without it that of LANG"
            )

    def handle(self, *args: Any, **options: Any) -> None:
        """Do the one deed that was asked for."""
        match options["deed"]:
            case "check":
                self.check_packs(options["packs"], options["language"])
            case "diff":
                self.compare(options["old"], options["new"], options["language"])
            case _:
                self.draw(options["pack"], options["language"], options["to"])

    def check_packs(self, names: list[str], language: str) -> None:
        """Every pack with what was proved, or every mistake with file and line."""
        mistakes = [] if names else folders.faults()
        for fault in mistakes:
            self.stdout.write(fault.said(language))
        for name in names or sorted(folders.shipped() | folders.sound()):
            text = find(name, language)
            found = problems_of(text)
            mistakes += found
            for fault in found:
                self.stdout.write(fault.said(language))
            if not found:
                self.stdout.write(summary(text.load(), language))
        if mistakes:
            raise CommandError(WRONG.in_language(language).format(count=len(mistakes)))

    def compare(self, old: str, new: str, language: str) -> None:
        """One sentence for each change."""
        changes = differences(loaded(old, language), loaded(new, language))
        for change in changes:
            self.stdout.write(change.in_language(language))
        if not changes:
            self.stdout.write(NO_CHANGE.in_language(language))

    def draw(self, pack: str, language: str, to: str | None) -> None:
        """Print the picture, or write it to a file."""
        picture = draw(loaded(pack, language), language=language)
        if to is None:
            self.stdout.write(picture, ending="")
            return
        try:
            Path(to).write_text(picture, encoding="utf-8")
        except OSError as problem:
            raise CommandError(NOT_WRITTEN.in_language(language).format(to=to, why=problem.strerror)) from problem
        self.stdout.write(WRITTEN.in_language(language).format(to=to))


def of_the_terminal() -> str:
    """The language the reader's terminal is set to; English for every other than Chinese."""
    words = next((os.environ[name] for name in ("LC_ALL", "LC_MESSAGES", "LANG") if os.environ.get(name)), "")
    return "zh" if words.lower().startswith("zh") else "en"


def find(name: str, language: str) -> Text:
    """A pack by its id or by its file. A file may inherit the packs beside it and those of this installation."""
    bases, path = folders.bases(), Path(name)
    if name in bases:
        return Text(str(folders.file_of(name)) if name in folders.own() else f"{name}.toml", bases[name], bases)
    try:
        text = path.read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError) as problem:
        raise CommandError(NOT_FOUND.in_language(language).format(name=name)) from problem
    return Text(str(path), text, folders.read(path.parent) | bases, path.parent)


def loaded(name: str, language: str) -> Procedure:
    """The checked pack, or its mistakes as the command's error."""
    try:
        return find(name, language).load()
    except ProcedureError as problem:
        raise CommandError("\n".join(fault.said(language) for fault in problem.faults)) from problem


def problems_of(text: Text) -> list[Fault]:
    """What is wrong with a pack, with file and line: its text, its paths, its worked examples."""

    def calendar_of(country: str) -> Calendar | None:
        """From the folder the pack lies in, then from those of this installation."""
        path = text.folder / "workdays" / f"{country}.toml" if text.folder else None
        if path and path.is_file():
            return load_calendar(path.read_text(encoding="utf-8"), file=path.name)
        return folders.calendar_in_files(country)

    return checking.problems(text.text, file=text.name, bases=text.bases, calendar_of=calendar_of)


def summary(procedure: Procedure, language: str) -> str:
    """One line for a sound pack: what it holds, and what nobody has verified."""
    unverified = [term.id for term in procedure.terms.values() if term.basis == "law" and not term.verified]
    line = SOUND.in_language(language).format(
        id=procedure.id,
        version=procedure.version,
        states=len(procedure.states),
        moves=len(procedure.moves),
        terms=len(procedure.terms),
        vectors=len(procedure.vectors),
    )
    return line + (UNVERIFIED.in_language(language).format(terms=", ".join(unverified)) if unverified else "")
