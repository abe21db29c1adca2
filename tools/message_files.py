"""Reads and writes .po and .mo files, byte for byte the same for the same sentences."""

from __future__ import annotations

import re
import struct
from dataclasses import dataclass, field, replace
from pathlib import Path

from babel.messages import pofile

PLACE = re.compile(r"%\((\w+)\)[sd]|\{(\w+)\}")
HEADER = "Content-Type: text/plain; charset=UTF-8\nLanguage: zh_Hans\nPlural-Forms: nplurals=1; plural=0;\n"
MAGIC = 0x950412DE


@dataclass(slots=True)
class Message:
    """One sentence and its Chinese. ``msgstr`` has one form: Chinese does not inflect."""

    context: str
    msgid: str
    plural: str = ""
    msgstr: tuple[str, ...] = ()
    where: list[str] = field(default_factory=list)
    is_doubtful: bool = False
    is_unused: bool = False

    @property
    def key(self) -> tuple[str, str]:
        """What makes a sentence the same sentence."""
        return (self.context, self.msgid)

    @property
    def is_translated(self) -> bool:
        """Whether there is any Chinese."""
        return any(self.msgstr)

    @property
    def places(self) -> str:
        """The files that say it."""
        return ", ".join(self.where)

    def add_place(self, other: Message) -> None:
        """The same sentence stands in another file, or has its plural there."""
        self.where += [place for place in other.where if place not in self.where]
        self.plural = self.plural or other.plural

    def with_translation(self, old: Message | None) -> Message:
        """This sentence with the Chinese of an earlier reading."""
        if old is None:
            return self
        return replace(self, msgstr=old.msgstr, is_doubtful=old.is_doubtful)

    def unused(self) -> Message:
        """Kept for the day the sentence comes back."""
        return replace(self, is_unused=True, where=[])

    def lost_places(self) -> set[str]:
        """Named places that stand in only one of the two languages."""
        said = named(self.plural or self.msgid)
        return set().union(*(named(text) ^ said for text in self.msgstr)) - (named(self.msgid) ^ said)


def named(text: str) -> set[str]:
    """The named places of a sentence: ``%(due)s`` and ``{due}``."""
    return {first or second for first, second in PLACE.findall(text)}


def read_po(file: Path) -> list[Message]:
    """The messages of a file, those marked unused included; none when it does not exist."""
    if not file.is_file():
        return []
    with file.open("rb") as stream:
        catalog = pofile.read_po(stream, locale="zh_Hans", abort_invalid=True)
    messages = []
    for entry, is_unused in [(entry, False) for entry in catalog] + [
        (entry, True) for entry in catalog.obsolete.values()
    ]:
        if not entry.id:
            continue
        singular, plural = entry.id if isinstance(entry.id, (tuple, list)) else (entry.id, "")
        texts = tuple(entry.string) if isinstance(entry.string, (tuple, list)) else (entry.string or "",)
        messages.append(Message(entry.context or "", singular, plural, texts[:1], [], entry.fuzzy, is_unused))
    return messages


def written(messages: list[Message]) -> str:
    """The .po file."""
    head = "# Chinese for this room. Made by ./run messages; write the msgstr lines by hand.\n"
    return head + entry_text(Message("", "", msgstr=(HEADER,))) + "".join("\n" + entry_text(each) for each in messages)


def entry_text(message: Message) -> str:
    """One entry of a .po file."""
    lines = [f"#: {place}" for place in message.where]
    flags = [
        name for name, holds in (("fuzzy", message.is_doubtful), ("python-format", "%(" in message.msgid)) if holds
    ]
    if flags:
        lines.append("#, " + ", ".join(flags))
    mark = "#~ " if message.is_unused else ""
    body = [f"msgctxt {quoted(message.context)}"] if message.context else []
    body.append(f"msgid {quoted(message.msgid)}")
    chinese = message.msgstr[0] if message.msgstr else ""
    if message.plural:
        body += [f"msgid_plural {quoted(message.plural)}", f"msgstr[0] {quoted(chinese)}"]
    else:
        body.append(f"msgstr {quoted(chinese)}")
    lines += [mark + line for part in body for line in part.split("\n")]
    return "\n".join(lines) + "\n"


def quoted(text: str) -> str:
    """A text between quotes, one source line for each line of it."""
    if "\n" not in text.rstrip("\n") and not text.endswith("\n"):
        return str(pofile.escape(text))
    return "\n".join(['""', *(str(pofile.escape(line)) for line in text.splitlines(keepends=True))])


def compiled(messages: list[Message]) -> bytes:
    """The .mo file: sorted, without a date, so that it is stale only when a sentence changed."""
    pairs = {b"": HEADER.encode()}
    for message in messages:
        if message.is_translated and not message.is_unused and not message.is_doubtful:
            key = f"{message.context}\x04{message.msgid}" if message.context else message.msgid
            pairs[(f"{key}\x00{message.plural}" if message.plural else key).encode()] = message.msgstr[0].encode()
    ordered = sorted(pairs.items())
    start = 28 + 16 * len(ordered)
    keys, values = b"", b""
    key_table, value_table = [], []
    values_start = start + sum(len(key) + 1 for key, _ in ordered)
    for key_bytes, value_bytes in ordered:
        key_table += [len(key_bytes), start + len(keys)]
        value_table += [len(value_bytes), values_start + len(values)]
        keys += key_bytes + b"\0"
        values += value_bytes + b"\0"
    head = struct.pack("<7I", MAGIC, 0, len(ordered), 28, 28 + 8 * len(ordered), 0, 28 + 16 * len(ordered))
    return head + struct.pack(f"<{4 * len(ordered)}I", *key_table, *value_table) + keys + values
