"""``python -I .../cleaner``: the expected type in the first line of the input, then the file; an answer in JSON, then its clean copy."""

from __future__ import annotations

import importlib
import json
import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[4]))

from huiyin.record.files.cleaner import limits, outcome

PACKAGE = "huiyin.record.files.cleaner"
READERS = {
    "image/jpeg": "images", "image/png": "images", "image/webp": "images", "image/heic": "heic",
    "application/pdf": "pdf", "application/zip": "office", "text/plain": "text",
}  # fmt: skip
"""Each loads its own library: a PDF needs no decoder of pictures. What is not here is sound or video."""


def main() -> None:
    """Read, clean, answer. Whatever is not foreseen ends the process, and the parent refuses the file."""
    limits.of_resources()
    head, data = sys.stdin.buffer.readline(64).decode("ascii").strip(), sys.stdin.buffer.read()
    begun, _blank, how = head.partition(" ")
    reader = importlib.import_module(f"{PACKAGE}.{READERS.get(begun, 'media')}")
    limits.of_reach()
    try:
        done: outcome.Cleaned = reader.portrait(begun, data) if how == "portrait" else reader.clean(begun, data)
    except outcome.NotTaken as refused:
        answer, copy = {"refused": refused.code, "params": refused.params}, b""
    else:
        answer, copy = {"media_type": done.media_type, "shown_type": done.shown_type}, done.data or b""
    sys.stdout.buffer.write(json.dumps(answer).encode() + b"\n" + copy)
    sys.stdout.buffer.flush()


main()
