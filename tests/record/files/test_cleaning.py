"""A file is what its content says; what officers see of it holds its picture or its words and nothing else."""

from __future__ import annotations

import contextlib
import io
import os
import threading
import time
from pathlib import Path

import pytest
from PIL import Image

from huiyin.record.files import cleaning
from huiyin.record.files.cleaner import limits
from huiyin.record.files.kinds import SHOWN, TYPES
from huiyin.rules.refusal import Refusal
from tests.record.files.honest import HONEST, docx, jpeg, mp4, pdf, pictures_in
from tests.record.files.hostile import BOMBS, EXE, INERT, REFUSED, TRACES, hollow_png

QUICK_REFUSED = ("gif-js", "html-pdf", "exe", "svg", "docx-macros", "docx-billion-laughs", "png-8000", "pdf-locked")
QUICK_INERT = ("jpeg-zip", "pdf-open-action", "pdf-attached", "text-bidi")
PLACED = ("image/jpeg", "image/png", "image/webp", "image/heic", "application/pdf")


def copy_of(data: bytes) -> bytes:
    return cleaning.clean(data).data or b""


def refused(data: bytes) -> str:
    with pytest.raises(Refusal) as found:
        cleaning.clean(data)
    return found.value.code


def test_the_corpus_is_as_large_as_promised() -> None:
    assert len(REFUSED) + len(INERT) + len(BOMBS) >= 60


@pytest.mark.parametrize("name", QUICK_REFUSED)
def test_harm_is_refused(name: str) -> None:
    assert refused(REFUSED[name]()).startswith("attachment_")


@pytest.mark.slow
@pytest.mark.parametrize("name", [name for name in REFUSED if name not in QUICK_REFUSED])
def test_the_rest_is_refused_too(name: str) -> None:
    assert refused(REFUSED[name]()).startswith("attachment_")


def is_inert(data: bytes) -> bool:
    """Taken, and the copy holds no trace; plain text may say anything, for it is handed out as text to keep."""
    done = cleaning.clean(data)
    copy = done.data or b""
    if done.shown_type == "text/plain":
        return not any(sign in copy.decode() for sign in "\u202e\u2066\x00")
    return done.shown_type in SHOWN and not any(trace in copy for trace in TRACES)


@pytest.mark.parametrize("name", QUICK_INERT)
def test_what_is_taken_does_nothing(name: str) -> None:
    assert is_inert(INERT[name]())


@pytest.mark.slow
@pytest.mark.parametrize("name", [name for name in INERT if name not in QUICK_INERT])
def test_the_rest_does_nothing_either(name: str) -> None:
    assert is_inert(INERT[name]())


@pytest.mark.parametrize("media_type", PLACED)
def test_no_place_is_left_in_what_officers_see(media_type: str) -> None:
    copy = copy_of(HONEST[media_type]())
    for trace in (b"GPS", b"Exif", b"Li Mei", b"PhoneMaker", b"xmp"):
        assert trace not in copy, trace
    photos = pictures_in(copy) if media_type == "application/pdf" else [copy]
    assert photos
    for photo in photos:
        with Image.open(io.BytesIO(photo)) as seen:
            assert not dict(seen.getexif()) and not seen.getexif().get_ifd(0x8825)


@pytest.mark.slow
@pytest.mark.parametrize("media_type", [each for each in HONEST if each not in PLACED])
def test_what_people_send_is_known_by_its_content(media_type: str) -> None:
    done = cleaning.clean(HONEST[media_type]())
    assert done.media_type == media_type and media_type in TYPES
    assert (done.data is None) == (TYPES[media_type].kind in {"office", "audio", "video"})


def test_a_photo_stands_upright() -> None:
    with Image.open(io.BytesIO(copy_of(jpeg()))) as seen:
        assert seen.size == (40, 60)
        red, _green, blue = seen.convert("RGB").getpixel((38, 2))  # type: ignore[misc]
    assert blue > red


def test_a_page_keeps_its_picture() -> None:
    (photo,) = pictures_in(copy_of(pdf()))
    with Image.open(io.BytesIO(photo)) as seen:
        assert seen.size == (60, 40)


def test_a_lie_in_the_type_changes_nothing() -> None:
    assert cleaning.clean(mp4(b"soun")).media_type == "audio/mp4"
    assert refused(b"%PDF-1.4\n" + EXE) == "attachment_damaged"
    assert refused(docx({"word/vbaProject.bin": b"x"})) == "attachment_macros"


def test_a_large_photo_is_made_smaller_and_a_larger_one_refused() -> None:
    with Image.open(io.BytesIO(copy_of(hollow_png(6300, 6300)))) as seen:
        assert seen.width * seen.height <= 16_000_000
    with pytest.raises(Refusal) as found:
        cleaning.clean(hollow_png(6400, 6400))
    assert (found.value.code, found.value.params) == ("attachment_pixels", {"maximum": 40})


def test_a_cleaner_that_hangs_is_ended(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    (tmp_path / "__main__.py").write_text("import time\ntime.sleep(60)")
    monkeypatch.setattr(cleaning, "CLEANER", tmp_path)
    monkeypatch.setattr(cleaning, "SECONDS", 0.3)
    began = time.monotonic()
    assert refused(b"plain words") == "attachment_unreadable"
    assert time.monotonic() - began < 5


@pytest.mark.parametrize(
    "answer",
    [
        "", "nonsense\\n", '{"media_type": "text/html", "shown_type": "text/html"}\\n<script>',
        '{"media_type": "text/plain", "shown_type": "text/html"}\\nx', '{"media_type": "image/png", "shown_type": ""}\\n',
        '{"media_type": "text/plain", "shown_type": "text/plain"}\\n', "[]\\n",
    ],
)  # fmt: skip
def test_a_cleaner_that_was_taken_over_is_not_believed(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path, answer: str
) -> None:
    (tmp_path / "__main__.py").write_text(f"import sys\nsys.stdout.write({answer!r}.replace('\\\\n', chr(10)))")
    monkeypatch.setattr(cleaning, "CLEANER", tmp_path)
    assert refused(b"plain words") == "attachment_damaged"


def test_the_cleaner_has_no_way_out(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """With the limits in force no file and no connection can be opened, and nothing of our environment is there."""
    root = Path(limits.__file__).resolve().parents[4]
    (tmp_path / "__main__.py").write_text(
        f"""
import json, os, socket, sys
sys.path.insert(0, {str(root)!r})
from huiyin.record.files.cleaner import limits
limits.of_resources()
limits.of_reach()
tried = []
for name, deed in {{"file": lambda: open("/etc/passwd"), "net": socket.socket, "program": lambda: os.popen("true"),
                    "memory": lambda: bytearray(300 << 20)}}.items():
    try:
        deed()
        tried.append(name)
    except (OSError, MemoryError):
        pass
tried += [name for name in os.environ if name.startswith(("HUIYIN", "DATABASE", "PATH", "HOME"))]
sys.stdout.write(json.dumps({{"refused": "_".join(["out", *tried]), "params": {{}}}}) + chr(10))
"""
    )
    monkeypatch.setattr(cleaning, "CLEANER", tmp_path)
    monkeypatch.setenv("HUIYIN_SECRET_KEY", "x")
    assert refused(b"plain words") == "out"


@pytest.mark.slow
@pytest.mark.parametrize("name", BOMBS)
def test_a_bomb_ends_within_its_limits_and_we_go_on(name: str) -> None:
    data, pauses, is_over = BOMBS[name](), [0.0], threading.Event()

    def beat() -> None:
        while not is_over.is_set():
            began = time.monotonic()
            is_over.wait(0.01)
            pauses.append(time.monotonic() - began)

    watch = threading.Thread(target=beat)
    watch.start()
    began = time.monotonic()
    try:
        with contextlib.suppress(Refusal):
            assert len(cleaning.clean(data).data or b"") <= limits.LARGEST_RESULT
    finally:
        is_over.set()
        watch.join()
    assert time.monotonic() - began < limits.SECONDS + 5
    assert max(pauses) < 1.0, "somebody else would have waited"


def test_nothing_is_left_lying_about(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TMPDIR", str(tmp_path))
    before = len(os.listdir("/proc/self/fd"))
    cleaning.clean(b"plain words")
    assert not list(tmp_path.iterdir())
    assert len(os.listdir("/proc/self/fd")) <= before
