"""Finds the sentences of a room: in Python by its syntax tree, in templates through Django's own reader."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from pathlib import Path

from django.utils.translation.template import templatize

from tools.message_files import Message

# Position of (context, singular, plural) among the arguments of each call.
CALLS: dict[str, tuple[int | None, int, int | None]] = {
    **dict.fromkeys(("gettext", "gettext_lazy", "gettext_noop", "_"), (None, 0, None)),
    **dict.fromkeys(("ngettext", "ngettext_lazy"), (None, 0, 1)),
    **dict.fromkeys(("pgettext", "pgettext_lazy"), (0, 1, None)),
    **dict.fromkeys(("npgettext", "npgettext_lazy"), (0, 1, 2)),
}
IN_TEMPLATE = re.compile(r"(?<![\w.])(?:n?p?gettext|_)\(")
TEMPLATES = {".html", ".txt", ".xml"}


def found_in(room: Path) -> list[Message]:
    """Every sentence of a room once, in the order of its files; rooms inside it speak for themselves."""
    messages: dict[tuple[str, str], Message] = {}
    for file in sorted(files_of(room)):
        text = file.read_text(encoding="utf-8")
        calls = calls_in_python(text, file) if file.suffix == ".py" else calls_in_template(text, file)
        for call in calls:
            message = as_message(call, file.relative_to(room).as_posix())
            if message is not None:
                kept = messages.setdefault(message.key, message)
                kept.add_place(message)
    return list(messages.values())


def files_of(room: Path) -> Iterator[Path]:
    """Python and template files below a room, less those of rooms below it."""
    inner = [file.parent for file in room.rglob("apps.py") if file.parent != room]
    for file in room.rglob("*"):
        is_template = file.suffix in TEMPLATES and "templates" in file.relative_to(room).parts
        if (file.suffix == ".py" or is_template) and not any(folder in file.parents for folder in inner):
            yield file


def calls_in_python(text: str, file: Path) -> Iterator[ast.Call]:
    """Calls of a translating function, top to bottom."""
    calls = [node for node in ast.walk(ast.parse(text, filename=str(file))) if isinstance(node, ast.Call)]
    for call in sorted(calls, key=lambda node: (node.lineno, node.col_offset)):
        if name_of(call) in CALLS:
            yield call


def calls_in_template(text: str, file: Path) -> Iterator[ast.Call]:
    """Calls of a translating function in what Django makes of a template."""
    for line in templatize(text, origin=str(file)).splitlines():
        for match in IN_TEMPLATE.finditer(line):
            call = shortest_call(line[match.start() :])
            if call is not None:
                yield call


def shortest_call(text: str) -> ast.Call | None:
    """The call that a text begins with."""
    for end in (index + 1 for index, character in enumerate(text) if character == ")"):
        try:
            tree = ast.parse(text[:end], mode="eval")
        except SyntaxError:
            continue
        return tree.body if isinstance(tree.body, ast.Call) else None
    return None


def name_of(call: ast.Call) -> str:
    """``gettext`` for both ``gettext(...)`` and ``translation.gettext(...)``."""
    if isinstance(call.func, ast.Name):
        return call.func.id
    return call.func.attr if isinstance(call.func, ast.Attribute) and call.func.attr != "_" else ""


def as_message(call: ast.Call, place: str) -> Message | None:
    """The message of a call; None where the sentence is a variable, translated elsewhere."""
    context, singular, plural = CALLS[name_of(call)]
    words = [constant(argument, place) for argument in call.args]
    wanted = [position for position in (context, singular, plural) if position is not None]
    if len(words) <= max(wanted) or any(words[position] is None for position in wanted):
        return None
    return Message(
        context=(words[context] or "") if context is not None else "",
        msgid=words[singular] or "",
        plural=(words[plural] or "") if plural is not None else "",
        where=[place],
    )


def constant(argument: ast.expr, place: str) -> str | None:
    """The text of a literal; a sentence put together before it is translated can never be found."""
    if isinstance(argument, ast.JoinedStr):
        raise SystemExit(f"{place}: line {argument.lineno}: an f-string cannot be translated; use %(name)s")
    return argument.value if isinstance(argument, ast.Constant) and isinstance(argument.value, str) else None
