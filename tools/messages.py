"""``./run messages [--check] [--prune] [ROOM ...]``: collect the sentences of each room, keep their Chinese, compile.

Words live with their room: every app has its own ``locale/zh_Hans``. English is
the source. Neither GNU gettext nor line numbers are needed, so that two people
who change two sentences never meet in the same line of a diff.

--check   changes nothing; fails on missing, doubtful, unused or differing translations and on stale .mo files
--prune   throws translations away that no sentence uses any more (kept as ``#~`` otherwise)
ROOM      a folder below src/huiyin, such as front/portal; all of them when none is named
"""

from __future__ import annotations

import sys
from pathlib import Path

from django.conf import settings

from tools.message_files import Message, compiled, read_po, written
from tools.message_sources import found_in

ROOT = Path(__file__).resolve().parents[1]
PACKAGE = ROOT / "src" / "huiyin"
CATALOG = Path("locale", "zh_Hans", "LC_MESSAGES", "django.po")
Key = tuple[str, str]


def main(arguments: list[str]) -> int:
    """Collect and compile, or only look."""
    settings.configure(USE_I18N=True)
    only_look = "--check" in arguments
    rooms = {room: found_in(room) for room in find_rooms()}
    known = {room: read_po(room / CATALOG) for room in rooms}
    memory = {message.key: message for messages in known.values() for message in messages if message.is_translated}
    problems: list[str] = list(contradictions(known))
    written_count = 0
    chosen = [PACKAGE / word for word in arguments if not word.startswith("--")]
    for room, found in rooms.items():
        if chosen and room not in chosen:
            continue
        merged = merge(found, known[room], memory, prune="--prune" in arguments)
        problems += [f"{called(room)}: {problem}" for problem in complaints(merged)]
        if merged or (room / CATALOG).is_file():
            written_count += save(room / CATALOG, merged, problems, only_look=only_look)
    total = sum(map(len, rooms.values()))
    if problems:
        print("\n".join(problems))
        print(f"\n{total} sentences, {len(problems)} problem(s). Collect with ./run messages, then write the Chinese.")
        return 1
    print(f"{total} sentences in {len(rooms)} rooms, all translated; {written_count} file(s) changed.")
    return 0


def find_rooms() -> list[Path]:
    """Every folder that Django takes translations from: the apps of the settings."""
    found = {file.parent for file in PACKAGE.rglob("apps.py")} | {PACKAGE / "config", PACKAGE / "demo"}
    return sorted(found)


def called(path: Path) -> str:
    """A path as a reader knows it."""
    return str(path.relative_to(ROOT))


def merge(found: list[Message], known: list[Message], memory: dict[Key, Message], *, prune: bool) -> list[Message]:
    """What is said now with the Chinese it had, here or in another room; unused ones at the end."""
    before = {message.key: message for message in known}
    merged = []
    for message in found:
        old = before.get(message.key)
        if old is None or not old.is_translated:
            old = memory.get(message.key, old)
        merged.append(message.with_translation(old))
    if not prune:
        current = {message.key for message in found}
        merged += [message.unused() for message in known if message.key not in current and message.is_translated]
    return merged


def complaints(messages: list[Message]) -> list[str]:
    """What is wrong with the Chinese of one room."""
    found = []
    for message in messages:
        quoted = f"“{message.msgid}” ({message.places})"
        if message.is_unused:
            found.append(f"no longer said: “{message.msgid}” (./run messages --prune)")
        elif not message.is_translated:
            found.append(f"not translated: {quoted}")
        elif message.is_doubtful:
            found.append(f"marked fuzzy: {quoted}")
        elif message.lost_places():
            found.append(f"named places differ ({', '.join(sorted(message.lost_places()))}): {quoted}")
    return found


def contradictions(known: dict[Path, list[Message]]) -> list[str]:
    """One English sentence has one Chinese sentence, in every room."""
    first: dict[Key, tuple[Path, Message]] = {}
    found = []
    for room, messages in known.items():
        for message in messages:
            if not message.is_translated or message.is_unused:
                continue
            where, other = first.setdefault(message.key, (room, message))
            if other.msgstr != message.msgstr:
                found.append(
                    f"“{message.msgid}” is {'/'.join(other.msgstr)} in {called(where)}"
                    f" but {'/'.join(message.msgstr)} in {called(room)}"
                )
    return found


def save(file: Path, messages: list[Message], problems: list[str], *, only_look: bool) -> int:
    """Write .po and .mo where they differ from what they should be, or say so; how many differ."""
    differing = 0
    for target, content in ((file, written(messages).encode()), (file.with_suffix(".mo"), compiled(messages))):
        if target.is_file() and target.read_bytes() == content:
            continue
        differing += 1
        if only_look:
            problems.append(f"{called(target)} is stale: ./run messages")
        else:
            target.parent.mkdir(parents=True, exist_ok=True)
            target.write_bytes(content)
    return differing


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
