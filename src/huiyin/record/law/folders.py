"""Where the law lies as files: the packs that came with the program, and beside them the office's own.

The office's folder adds to ours and never stands in for it: a name that both have is a fault, which is said at
the start, and ours goes on. Nothing in a folder is in force by lying there.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import lru_cache
from pathlib import Path

from django.conf import settings

from huiyin.record.law import checking
from huiyin.rules.catalogue import load_procedure
from huiyin.rules.faults import Fault
from huiyin.rules.procedure import Procedure, Words
from huiyin.rules.workdays import Calendar, CalendarError, load_calendar

UNREADABLE = Words("文件无法读取；应当是 UTF-8 的文字", "the file cannot be read; it must be text in UTF-8")


def shipped() -> dict[str, str]:
    """The texts of the program's packs by id, which is the name of the file."""
    return read(_shipped_folder())


def own() -> dict[str, str]:
    """The texts of the office's packs by id; those that cannot be read or that carry a name of ours are left out."""
    folder = _own_folder()
    ours = shipped()
    return {name: text for name, text in (read(folder) if folder else {}).items() if name not in ours}


def sound() -> dict[str, str]:
    """The office's packs in which the check finds no mistake."""
    inherited = bases()
    return {
        name: text
        for name, text in own().items()
        if not checking.problems(text, file=f"{name}.toml", bases=inherited, calendar_of=calendar_in_files, name=name)
    }


def bases() -> dict[str, str]:
    """Every text that a pack may inherit."""
    return shipped() | own()


def loaded(name: str) -> Procedure:
    """The checked procedure of a file. Raises ``ProcedureError``."""
    known = bases()
    return _loaded(known[name], f"{name}.toml", tuple(known.items()))


@lru_cache(maxsize=64)
def _loaded(text: str, file: str, known: tuple[tuple[str, str], ...]) -> Procedure:
    return load_procedure(text, file=file, bases=dict(known))


def file_of(name: str) -> Path:
    """The file of a pack, for messages."""
    folder = _own_folder()
    return folder / f"{name}.toml" if folder and name in own() else _shipped_folder() / f"{name}.toml"


def countries() -> list[str]:
    """Country codes for which there is a calendar file without a mistake."""
    known = {path.stem for folder in _folders() for path in (folder / "workdays").glob("*.toml")}
    return sorted(filter(_is_readable, known))


def _is_readable(country: str) -> bool:
    try:
        return calendar_in_files(country) is not None
    except CalendarError:
        return False


def calendar_in_files(country: str) -> Calendar | None:
    """The calendar of a country as its file has it; None where there is none that can be read.

    Raises ``CalendarError`` for a file with a mistake.
    """
    if not country.isalpha():
        return None
    for folder in _folders():
        path = folder / "workdays" / f"{country}.toml"
        if path.is_file() and (text := _text(path)) is not None:
            return load_calendar(text, file=path.name)
    return None


def faults() -> list[Fault]:
    """Everything wrong in the office's folder, one sentence each, with file and line."""
    folder = _own_folder()
    return [] if folder is None else [*_faults_of_packs(folder), *_faults_of_calendars(folder)]


def _taken(name: str) -> Words:
    return Words(
        f'{name!r} 是本程序自带的办理规则；请另取名称并继承它：inherits = "{name}"',
        f'{name!r} is a pack of the program; give yours a name of its own and let it inherit: inherits = "{name}"',
    )


def _faults_of_packs(folder: Path) -> Iterator[Fault]:
    ours = shipped()
    for path in sorted(folder.glob("*.toml")):
        text = _text(path)
        if text is None:
            yield Fault(str(path), 1, UNREADABLE)
        elif path.stem in ours:
            yield Fault(str(path), 1, _taken(path.stem))
        else:
            yield from checking.problems(
                text, file=str(path), bases=bases(), calendar_of=calendar_in_files, name=path.stem
            )


def _faults_of_calendars(folder: Path) -> Iterator[Fault]:
    ours = {path.name for path in (_shipped_folder() / "workdays").glob("*.toml")}
    for path in sorted((folder / "workdays").glob("*.toml")):
        text = _text(path)
        if text is None:
            yield Fault(str(path), 1, UNREADABLE)
        elif path.name in ours:
            theirs = Words(
                f"{path.stem} 是本程序自带的日历；某一年的安排在日历页面录入",
                f"{path.stem} is a calendar of the program; a year is entered on the page of the calendars",
            )
            yield Fault(str(path), 1, theirs)
        else:
            try:
                load_calendar(text, file=str(path))
            except CalendarError as problem:
                yield problem.fault


def _shipped_folder() -> Path:
    return Path(settings.PROCEDURES_SHIPPED)


def _own_folder() -> Path | None:
    folder = Path(settings.HUIYIN_PROCEDURES_DIR)
    return folder if folder.is_dir() and folder.resolve() != _shipped_folder().resolve() else None


def _folders() -> list[Path]:
    """Ours first: what the office adds stands in for nothing."""
    own_folder = _own_folder()
    return [_shipped_folder(), *([own_folder] if own_folder else [])]


def read(folder: Path) -> dict[str, str]:
    """The texts of any folder by the names of their files; those that cannot be read are left out."""
    texts = {path.stem: _text(path) for path in sorted(folder.glob("*.toml"))}
    return {name: text for name, text in texts.items() if text is not None}


def _text(path: Path) -> str | None:
    try:
        return path.read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError):
        return None
