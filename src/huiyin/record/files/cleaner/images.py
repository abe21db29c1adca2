"""Pictures, drawn anew: no place, no device, no thumbnail, nothing behind the end."""

from __future__ import annotations

import io

from PIL import Image, ImageOps, JpegImagePlugin, MpoImagePlugin, PngImagePlugin, WebPImagePlugin

from huiyin.record.files.cleaner.outcome import DAMAGED, Cleaned, NotTaken
from huiyin.record.files.kinds import LARGEST_PICTURES, SHOWN_PIXELS

FORMATS = {"image/jpeg": "JPEG", "image/png": "PNG", "image/webp": "WEBP", "image/heic": "HEIF"}
PLUGINS = (JpegImagePlugin, MpoImagePlugin, PngImagePlugin, WebPImagePlugin)
WAY_UP = 0x0112  # the one note of a camera that is heeded, and then left out
TURNS = {
    2: Image.Transpose.FLIP_LEFT_RIGHT,
    3: Image.Transpose.ROTATE_180,
    4: Image.Transpose.FLIP_TOP_BOTTOM,
    5: Image.Transpose.TRANSPOSE,
    6: Image.Transpose.ROTATE_270,
    7: Image.Transpose.TRANSVERSE,
    8: Image.Transpose.ROTATE_90,
}
PORTRAIT = (96, 120)  # pixels: two times what a page shows
PORTRAIT_QUALITY = 78
QUALITY = 88  # of JPEG: a photographed page stays legible
Image.preinit()  # the readers are loaded while files can be opened
Image.MAX_IMAGE_PIXELS = None  # the size is judged here, before a pixel is decoded


def clean(media_type: str, data: bytes) -> Cleaned:
    """The first picture of the file, upright, at most ``SHOWN_PIXELS``, without anything but its pixels."""
    largest = LARGEST_PICTURES[media_type]
    try:
        found = Image.open(io.BytesIO(data), formats=[FORMATS[media_type]])
        if found.width * found.height > largest:
            raise NotTaken("attachment_pixels", maximum=largest // 1_000_000)
        copy = _upright(_small_enough(found), int(found.getexif().get(WAY_UP, 1)))
        shown, shown_type = (
            (_as_png(copy), "image/png") if media_type == "image/png" else (_as_jpeg(copy), "image/jpeg")
        )
    except MemoryError:
        raise NotTaken("attachment_pixels", maximum=min(largest, SHOWN_PIXELS) // 1_000_000) from None
    except (OSError, ValueError, TypeError, SyntaxError, EOFError, RuntimeError, KeyError, IndexError) as broken:
        raise NotTaken(DAMAGED) from broken
    return Cleaned(media_type, shown_type, shown)


def portrait(media_type: str, data: bytes) -> Cleaned:
    """The same, cut to the middle and small: what stands beside a name."""
    drawn = clean(media_type, data)
    found = _plain(Image.open(io.BytesIO(drawn.data or b""), formats=["PNG", "JPEG"])).convert("RGB")
    found = ImageOps.fit(found, PORTRAIT, centering=(0.5, 0.4))
    return Cleaned(media_type, "image/jpeg", _as_jpeg(found, PORTRAIT_QUALITY))


def _small_enough(found: Image.Image) -> Image.Image:
    """Decoded, made smaller by a whole number until it fits; the large one is let go, for memory is short."""
    factor = 1
    while found.width * found.height > SHOWN_PIXELS * factor * factor:
        factor += 1
    if factor == 1:
        found.load()
        return found
    found.draft("RGB", (found.width // factor, found.height // factor))  # a JPEG is decoded small from the start
    found.load()
    if found.width * found.height <= SHOWN_PIXELS:
        return found
    return _plain(found).reduce(factor)


def _upright(found: Image.Image, way_up: int) -> Image.Image:
    turn = TURNS.get(way_up)
    return found if turn is None else found.transpose(turn)


def _plain(found: Image.Image) -> Image.Image:
    if found.mode in {"RGB", "L", "RGBA"}:
        return found
    if found.mode in {"LA", "PA"} or "transparency" in found.info:
        return found.convert("RGBA")
    if found.mode.startswith("I;16"):
        return found.convert("I").point(lambda value: value / 256).convert("L")
    return found.convert("L" if found.mode in {"1", "I"} else "RGB")


def _as_png(found: Image.Image) -> bytes:
    held = io.BytesIO()
    _pixels_alone(_plain(found)).save(held, "PNG", compress_level=4)
    return held.getvalue()


def _as_jpeg(found: Image.Image, quality: int = QUALITY) -> bytes:
    plain = _plain(found)
    if plain.mode == "RGBA":
        paper = Image.new("RGB", plain.size, "white")
        paper.paste(plain, mask=plain.getchannel("A"))
        plain = paper
    held = io.BytesIO()
    _pixels_alone(plain).save(held, "JPEG", quality=quality)
    return held.getvalue()


def _pixels_alone(found: Image.Image) -> Image.Image:
    """The same picture without what it carried along."""
    bare = Image.new(found.mode, (1, 1))
    bare.im, bare._size = found.im, found.size
    return bare
