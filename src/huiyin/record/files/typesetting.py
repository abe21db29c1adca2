"""From the words of a letter to its pages: PDF written as PDF/A-3a and PDF/UA-1, by Typst, in this process.

Equal content gives equal bytes: the time in the file is the day of the letter. Nothing is fetched from a
network. Fonts: the operator's folder first (HUIYIN_FONTS_DIR), then a Chinese font package, then Typst's own.
"""

from __future__ import annotations

import base64
import datetime
import io
import json
import threading
from functools import lru_cache
from importlib.util import find_spec
from pathlib import Path
from typing import Literal

import segno
import typst
from django.conf import settings

from huiyin.record.files import glyphs
from huiyin.record.files.content import LetterContent
from huiyin.record.files.words import families
from huiyin.rules.refusal import Refusal

Form = Literal["pdf", "large_print"]
FORMS: tuple[Form, ...] = ("pdf", "large_print")
LETTERS = Path(__file__).parent / "letters"
PROBE = LETTERS / "probe.typ"
FONT_PACKAGE = "pylopdf_fonts_zh_cn"  # Noto Serif SC and Noto Sans SC, SIL Open Font License
SERIF, SANS, LATIN = "Noto Serif SC", "Noto Sans SC", "Libertinus Serif"
OWN_WIDTH = {"name": LATIN, "covers": "[‘’“”…—·]"}  # Chinese fonts give these the width of a character
WITH_SEAL = frozenset({"mediation_agreement"})
"""Letters that carry the seal as a picture, where the operator gives one (People's Mediation Law, Article 29)."""
IMAGE_TYPES = {".png": "image/png", ".jpg": "image/jpeg", ".jpeg": "image/jpeg"}

QR_MASK = 6
"""One of the eight patterns that a QR code may be masked with. Trying all of them costs half as much as the letter itself, and
for addresses of this form the sixth came within a quarter of the best by the measure of ISO/IEC 18004, and mostly within a tenth."""

_mine = threading.local()


def render(letter: LetterContent, *, form: Form = "pdf") -> bytes:
    """The letter as a PDF; ``large_print`` is the same letter in 20 points.

    A character that no font here has is set as □, and the letter says so.
    Raises Refusal("no_typeface") where no font can set Chinese.
    """
    if not is_available():
        raise Refusal("no_typeface")
    seal = settings.HUIYIN_SEAL if letter.kind in WITH_SEAL else ""
    return _rendered(letter, form, settings.HUIYIN_LETTERHEAD, seal)


@lru_cache(maxsize=8)
def _rendered(letter: LetterContent, form: Form, letterhead: str, seal: str) -> bytes:
    """What was just looked at need not be set again to be sent; a handful is remembered."""
    text = letter.as_json()
    faces = _faces(is_chinese=letter.is_chinese, form=form)
    problem: typst.TypstError | None = None
    for readable in glyphs.readings(text, lambda characters: _can_set(characters, faces)):
        inputs = {
            "content": readable,
            "faces": faces,
            "form": form,
            "squares": "yes" if readable.count(glyphs.SQUARE) > text.count(glyphs.SQUARE) else "no",
            "qr": _qr(letter.tracking_url),
            **_picture("letterhead", letterhead, 160, 22),
            **_picture("seal", seal, 42, 42),
        }
        try:
            return _compiled(_template(letter.procedure, is_chinese=letter.is_chinese), inputs, letter.on)
        except typst.TypstError as error:
            problem = error
    raise RuntimeError("A letter could not be set.") from problem


@lru_cache(maxsize=1)
def is_available() -> bool:
    """Whether Chinese letters can be set here. Where not, pages offer the print page instead."""
    return _can_set(("信",), _faces(is_chinese=True, form="pdf"))


def forget() -> None:
    """Read fonts and settings again (tests; a new font needs a restart)."""
    is_available.cache_clear()
    _rendered.cache_clear()
    _fonts.cache_clear()
    _mine.__dict__.clear()


@lru_cache(maxsize=1)
def _fonts() -> typst.Fonts:
    folders = [Path(settings.HUIYIN_FONTS_DIR)]
    package = find_spec(FONT_PACKAGE)
    folders += [Path(place) for place in (package.submodule_search_locations or [])] if package else []
    return typst.Fonts(
        include_system_fonts=False,
        include_embedded_fonts=True,
        font_paths=[str(folder) for folder in folders if folder.is_dir()],
    )


def _compiler() -> typst.Compiler:
    """One for each thread: a compiler serves one call at a time and remembers what it has parsed."""
    if not hasattr(_mine, "compiler"):
        _mine.compiler = typst.Compiler(str(PROBE), root=str(LETTERS), font_paths=_fonts(), ignore_system_fonts=True)
    compiler: typst.Compiler = _mine.compiler
    return compiler


def _compiled(template: Path, inputs: dict[str, str], on: datetime.date) -> bytes:
    made = _compiler().compile(
        input=str(template),
        format="pdf",
        sys_inputs=inputs,
        pdf_standards=["a-3a", "ua-1"],
        timestamp=datetime.datetime.combine(on, datetime.time(), tzinfo=datetime.UTC),
    )
    if not isinstance(made, bytes):
        raise TypeError("The typesetter gave no single file.")
    return made


def _can_set(characters: tuple[str, ...], faces: str) -> bool:
    try:
        _compiled(PROBE, {"content": json.dumps(characters), "faces": faces}, datetime.date(2026, 1, 1))
    except typst.TypstError:
        return False
    return True


def _template(procedure: str, *, is_chinese: bool) -> Path:
    """The template of the pack, else of the family it belongs to (``cn-xinfang-review`` -> ``cn-xinfang``)."""
    file = "zh.typ" if is_chinese else "en.typ"
    for family in families(procedure):
        if (LETTERS / family / file).is_file():
            return LETTERS / family / file
    return LETTERS / "default" / file


@lru_cache(maxsize=8)
def _faces(*, is_chinese: bool, form: Form) -> str:
    own = list(settings.HUIYIN_LETTER_FONTS)
    text: list[object] = [SANS if form == "large_print" else SERIF, SERIF, LATIN]
    head: list[object] = [SANS, LATIN]
    if not is_chinese:
        text = [OWN_WIDTH, *text] if form == "large_print" else [LATIN, *text]
        head = [OWN_WIDTH, *head]
    return json.dumps({"text": [*own[:1], *text], "head": [*own[1:], *head]})


@lru_cache(maxsize=64)
def _qr(url: str) -> str:
    """The address of the tracking page as an SVG. It holds the number, never the code."""
    picture = io.BytesIO()
    segno.make(url, error="m", micro=False, mask=QR_MASK).save(picture, kind="svg", xmldecl=False, border=0)
    return picture.getvalue().decode()


@lru_cache(maxsize=8)
def _picture(name: str, file: str, width: int, height: int) -> dict[str, str]:
    """A picture of the operator's as an SVG, of so many millimetres; one in another format is wrapped into one."""
    if not file:
        return {}
    data = Path(file).read_bytes()
    kind = IMAGE_TYPES.get(Path(file).suffix.lower())
    if kind is None:
        return {name: data.decode()}
    wrapped = (
        f'<svg xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink" viewBox="0 0 {width} {height}">'
        f'<image width="{width}" height="{height}" preserveAspectRatio="xMidYMid meet"'
        f' xlink:href="data:{kind};base64,{base64.b64encode(data).decode()}"/></svg>'
    )
    return {name: wrapped}
