"""Files as people send them, with what their devices write into them."""

from __future__ import annotations

import base64
import io
import struct
import wave
import zipfile
from collections.abc import Callable

from pikepdf import Dictionary, Name, Pdf, Stream
from PIL import Image, PngImagePlugin

# A photo of 64 x 48 dots as a telephone writes it, with place, maker and "turned by 90 degrees".
HEIC = base64.b64decode(
    "AAAAHGZ0eXBoZWljAAAAAG1pZjFoZWljbWlhZgAAAchtZXRhAAAAAAAAACFoZGxyAAAAAAAAAABwaWN0AAAAAAAAAAAAAAAAAAAAADRp"
    "bG9jAAAAAERAAAIAAQAAAAAB7AABAAAAAAAAADgAAgAAAAACJAABAAAAAAAAAK4AAAA4aWluZgAAAAAAAgAAABVpbmZlAgAAAAABAABo"
    "dmMxAAAAABVpbmZlAgAAAQACAABFeGlmAAAAAA5waXRtAAAAAAABAAABB2lwcnAAAADmaXBjbwAAAHZodmNDAQNwAAAAkAAAAAAAHvAA"
    "/P34+AAADwNgAAEAGEABDAH//wNwAAADAJAAAAMAAAMAHroCQGEAAQAqQgEBA3AAAAMAkAAAAwAAAwAeoCCBBZbq5Ka5uAhoMCAAAAMD"
    "IAAAAwAhYgABAAZEAcFzwIkAAAATY29scm5jbHgAAQANAAaAAAAAFGlzcGUAAAAAAAAAQAAAAEAAAAAoY2xhcAAAAEAAAAABAAAAMAAA"
    "AAEAAAAAAAAAAv////AAAAACAAAAEHBpeGkAAAAAAwgICAAAAAlpcm90AwAAABlpcG1hAAAAAAAAAAEAAQaBAgMFhIYAAAAaaXJlZgAA"
    "AAAAAAAOY2RzYwACAAEAAQAAAO5tZGF0AAAANCgBrxmAv3GcTBUkeU163+6ChngPb8dJ/2X//2+AAOUodCUPX2dslPa4PwKQdWbJ1Hx1"
    "8ywAAAAGRXhpZgAATU0AKgAAAAgAAwEPAAIAAAALAAAAMgESAAMAAAABAAYAAIglAAQAAAABAAAAPgAAAABQaG9uZU1ha2VyAAAABAAB"
    "AAIAAAACTgAAAAACAAUAAAADAAAAdAADAAIAAAACRQAAAAAEAAUAAAADAAAAjAAAAAAAAAAfAAAAAQAAAA4AAAABAAAACQAAAAEAAAB5"
    "AAAAAQAAABwAAAABAAAAAQAAAAE="
)
CONTENT_TYPES = (
    '<?xml version="1.0"?><Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">'
    '<Override PartName="/{part}" ContentType="application/vnd.openxmlformats-officedocument.{kind}.main+xml"/></Types>'
)


def gps_exif(note: str = "") -> bytes:
    """Place, maker and a note, as a camera writes them."""
    exif = Image.Exif()
    exif[0x010F], exif[0x010E], exif[0x0112] = "PhoneMaker", note or "GPS of Li Mei", 6
    exif.get_ifd(0x8825).update({1: "N", 2: (31.0, 14.0, 9.0), 3: "E", 4: (121.0, 28.0, 1.0)})
    return exif.tobytes()


def picture(width: int = 60, height: int = 40) -> Image.Image:
    """Red, with one blue corner."""
    made = Image.new("RGB", (width, height), (200, 30, 30))
    made.paste((20, 20, 220), (0, 0, width // 3, height // 3))
    return made


def jpeg(exif: bytes | None = None, comment: bytes = b"", size: tuple[int, int] = (60, 40)) -> bytes:
    held = io.BytesIO()
    picture(*size).save(held, "JPEG", exif=gps_exif() if exif is None else exif, comment=comment)
    return held.getvalue()


def png(note: str = "") -> bytes:
    held, words = io.BytesIO(), PngImagePlugin.PngInfo()
    words.add_text("Comment", note or "GPS of Li Mei")
    picture().save(held, "PNG", exif=gps_exif(), pnginfo=words)
    return held.getvalue()


def webp() -> bytes:
    held = io.BytesIO()
    picture().save(held, "WEBP", exif=gps_exif(), xmp=b"<x>GPS of Li Mei</x>")
    return held.getvalue()


def pdf() -> bytes:
    """One page with a photo that still carries its place."""
    with Pdf.new() as made:
        page = made.add_blank_page(page_size=(200, 200))
        photo = Stream(made, jpeg())
        photo.stream_dict = Dictionary(
            Type=Name.XObject, Subtype=Name.Image, Width=60, Height=40, BitsPerComponent=8,
            ColorSpace=Name.DeviceRGB, Filter=Name.DCTDecode,
        )  # fmt: skip
        page.Resources = Dictionary(XObject=Dictionary(A=made.make_indirect(photo)))
        page.Contents = Stream(made, b"q 100 0 0 100 50 50 cm /A Do Q")
        made.docinfo["/Author"] = "Li Mei"
        with made.open_metadata() as words:
            words["dc:title"] = "GPS of Li Mei"
        held = io.BytesIO()
        made.save(held)
        return held.getvalue()


def pictures_in(data: bytes) -> list[bytes]:
    """The photos of a PDF, as they lie in it."""
    with Pdf.open(io.BytesIO(data)) as found:
        return [
            each.read_raw_bytes()
            for each in found.objects
            if isinstance(each, Stream) and each.get("/Subtype") == "/Image"
        ]


def zipped(parts: dict[str, bytes], comment: bytes = b"") -> bytes:
    held = io.BytesIO()
    with zipfile.ZipFile(held, "w", zipfile.ZIP_DEFLATED) as pack:
        for name, data in parts.items():
            pack.writestr(zipfile.ZipInfo(name), data, zipfile.ZIP_DEFLATED)  # of no day: the same bytes each time
        pack.comment = comment
    return held.getvalue()


def docx(more: dict[str, bytes] | None = None, comment: bytes = b"") -> bytes:
    kind = CONTENT_TYPES.format(part="word/document.xml", kind="wordprocessingml.document")
    parts = {"[Content_Types].xml": kind.encode(), "word/document.xml": b"<document>hello</document>"}
    return zipped(parts | (more or {}), comment)


def xlsx(more: dict[str, bytes] | None = None) -> bytes:
    kind = CONTENT_TYPES.format(part="xl/workbook.xml", kind="spreadsheetml.sheet")
    parts = {"[Content_Types].xml": kind.encode(), "xl/workbook.xml": b"<workbook/>"}
    return zipped(parts | {"xl/printerSettings/printerSettings1.bin": b"\x00"} | (more or {}))


def odt(more: dict[str, bytes] | None = None) -> bytes:
    mime = b"application/vnd.oasis.opendocument.text"
    return zipped({"mimetype": mime, "content.xml": b"<content/>"} | (more or {}))


def wav() -> bytes:
    held = io.BytesIO()
    with wave.open(held, "wb") as sound:
        sound.setparams((1, 2, 8_000, 0, "NONE", ""))
        sound.writeframes(b"\x00\x01" * 800)
    return held.getvalue()


def box(kind: bytes, body: bytes) -> bytes:
    return struct.pack("!I", len(body) + 8) + kind + body


def mp4(handler: bytes = b"vide") -> bytes:
    film = box(b"moov", box(b"trak", box(b"hdlr", b"\x00" * 8 + handler + b"\x00" * 13)))
    return box(b"ftyp", b"isom\x00\x00\x00\x00isommp42") + film + box(b"mdat", b"\x00" * 64)


def mp3() -> bytes:
    frame = b"\xff\xfb\x90\x00" + b"\x00" * 413  # 128 kbit/s at 44.1 kHz
    return b"ID3\x03\x00\x00\x00\x00\x00\x0a" + b"\x00" * 10 + frame * 12


def amr() -> bytes:
    return b"#!AMR\n" + (b"\x3c" + b"\x00" * 31) * 10


def ogg() -> bytes:
    head = b"OpusHead" + b"\x01" * 11
    return b"OggS\x00\x02" + b"\x00" * 20 + bytes((1, len(head))) + head


def webm() -> bytes:
    head = b"\x42\x82\x84webm"
    return b"\x1aE\xdf\xa3" + bytes((0x80 | len(head),)) + head + b"\x18S\x80g" + b"\x84" + b"\x00" * 4


HONEST: dict[str, Callable[[], bytes]] = {
    "image/jpeg": jpeg, "image/png": png, "image/webp": webp, "image/heic": lambda: HEIC, "application/pdf": pdf,
    "text/plain": lambda: "夜里的卡车\r\n每晚三点".encode(),
    "application/vnd.openxmlformats-officedocument.wordprocessingml.document": docx,
    "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet": xlsx,
    "application/vnd.oasis.opendocument.text": odt,
    "audio/wav": wav, "audio/mpeg": mp3, "audio/amr": amr, "audio/ogg": ogg, "audio/mp4": lambda: mp4(b"soun"),
    "video/mp4": mp4, "video/webm": webm,
}  # fmt: skip
