"""Files that somebody might send to do harm, made anew for each run. None is a real virus."""

from __future__ import annotations

import io
import struct
import zlib
from collections.abc import Callable

import pikepdf
from pikepdf import Array, Dictionary, Name, Pdf, Stream, String
from PIL import Image

from tests.record.files.honest import docx, gps_exif, jpeg, odt, pdf, png, wav, xlsx, zipped

EICAR = rb"X5O!P%@AP[4\PZX54(P^)7CC)7}$EICAR-STANDARD-ANTIVIRUS-TEST-FILE!$H+H*"
SCRIPT = b"<script>alert(document.domain)</script>"
EXE = b"MZ\x90\x00\x03\x00\x00\x00" + b"\x00" * 200 + b"This program cannot be run in DOS mode."
BILLION = b'<?xml version="1.0"?><!DOCTYPE a [<!ENTITY l "lol"><!ENTITY m "' + b"&l;" * 50 + b'">]><a>&m;&m;</a>'


def hollow_png(width: int, height: int) -> bytes:
    """A PNG of a few kilobytes that says it is huge, and is: every line is zeros."""

    def chunk(kind: bytes, body: bytes) -> bytes:
        return struct.pack("!I", len(body)) + kind + body + struct.pack("!I", zlib.crc32(kind + body))

    packer, lines = zlib.compressobj(9), b"\x00" * ((width + 7) // 8 + 1)
    packed = b"".join(packer.compress(lines) for _line in range(height)) + packer.flush()
    head = struct.pack("!IIBBBBB", width, height, 1, 0, 0, 0, 0)
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + chunk(b"IDAT", packed) + chunk(b"IEND", b"")


def pdf_with(change: Callable[[Pdf], None]) -> bytes:
    with Pdf.open(io.BytesIO(pdf())) as made:
        change(made)
        held = io.BytesIO()
        made.save(held)
        return held.getvalue()


def action(script: str = "app.alert(1)") -> Dictionary:
    return Dictionary(S=Name.JavaScript, JS=String(script))


def _open_action(made: Pdf) -> None:
    made.Root.OpenAction = action()


def _named_script(made: Pdf) -> None:
    made.Root.Names = Dictionary(JavaScript=Dictionary(Names=Array([String("x"), action()])))


def _page_action(made: Pdf) -> None:
    made.pages[0].AA = Dictionary(O=action())


def _launch(made: Pdf) -> None:
    made.Root.OpenAction = Dictionary(S=Name.Launch, F=String("cmd.exe"))


def _link(made: Pdf) -> None:
    note = Dictionary(Type=Name.Annot, Subtype=Name.Link, Rect=[0, 0, 9, 9])
    note.A = Dictionary(S=Name.URI, URI=String("http://evil.example/"))
    made.pages[0].Annots = Array([made.make_indirect(note)])


def _submit(made: Pdf) -> None:
    field = Dictionary(Type=Name.Annot, Subtype=Name.Widget, FT=Name.Tx, T=String("f"), Rect=[0, 0, 9, 9])
    field.AA = Dictionary(K=action())
    made.pages[0].Annots = Array([made.make_indirect(field)])
    made.Root.AcroForm = Dictionary(Fields=Array([made.pages[0].Annots[0]]), XFA=Stream(made, SCRIPT))


def _attached(made: Pdf) -> None:
    made.attachments["evil.exe"] = EXE


def _file_note(made: Pdf) -> None:
    spec = pikepdf.AttachedFileSpec(
        made, EXE, filename="evil.exe", description="", mime_type="", creation_date="", mod_date=""
    )
    note = Dictionary(Type=Name.Annot, Subtype=Name.FileAttachment, Rect=[0, 0, 9, 9], FS=spec.obj)
    made.pages[0].Annots = Array([made.make_indirect(note)])


def _rich_media(made: Pdf) -> None:
    note = Dictionary(Type=Name.Annot, Subtype=Name("/RichMedia"), Rect=[0, 0, 9, 9])
    note.RichMediaContent = Dictionary(Assets=Dictionary(Names=Array([String("a.swf"), Stream(made, EXE)])))
    made.pages[0].Annots = Array([made.make_indirect(note)])


def _places(made: Pdf) -> None:
    made.pages[0].VP = Array([Dictionary(Measure=Dictionary(Subtype=Name.GEO, GPTS=Array([31.2, 121.4])))])
    made.docinfo["/Author"] = "Li Mei"
    with made.open_metadata() as words:
        words["xmp:CreatorTool"] = "GPS of the phone"


def _flate_in_page(made: Pdf) -> None:
    made.pages[0].Contents = Stream(made, b" " * 400_000_000)


def long_pdf(pages: int) -> bytes:
    with Pdf.new() as made:
        for _page in range(pages):
            made.add_blank_page()
        held = io.BytesIO()
        made.save(held)
        return held.getvalue()


def locked_pdf() -> bytes:
    with Pdf.open(io.BytesIO(pdf())) as made:
        held = io.BytesIO()
        made.save(held, encryption=pikepdf.Encryption(owner="o", user="u"))
        return held.getvalue()


def nested_zip(depth: int = 6) -> bytes:
    packed = zipped({f"{each}.txt": b"\x00" * 1_000_000 for each in range(10)})
    for _level in range(depth):
        packed = zipped({f"{each}.zip": packed for each in range(10)})
    return packed


def bomb_docx() -> bytes:
    return docx({"word/media/bomb.xml": b"\x00" * 300_000_000})


def overlapping_docx() -> bytes:
    """Many names in the directory that all point at the same bytes."""
    data = docx()
    end = data.rindex(b"PK\x05\x06")
    start = int.from_bytes(data[end + 16 : end + 20], "little")
    directory = data[start:end]
    first = directory[: directory.index(b"PK\x01\x02", 4)]
    again = b"".join(first.replace(b"Content_Types", f"Content_Typ{each:02d}".encode()) for each in range(60))
    count = struct.pack("<HH", directory.count(b"PK\x01\x02") + 60, directory.count(b"PK\x01\x02") + 60)
    whole = data[:end].replace(directory, directory + again)
    return whole + data[end : end + 8] + count + struct.pack("<II", len(directory + again), start) + b"\x00\x00"


def animated_png() -> bytes:
    held = io.BytesIO()
    frames = [Image.new("RGB", (20, 20), colour) for colour in ("red", "blue")]
    frames[0].save(held, "PNG", save_all=True, append_images=frames[1:])
    return held.getvalue()


def lying_png_head() -> bytes:
    data = bytearray(png())
    data[16:24] = struct.pack("!II", 6000, 6000)
    data[29:33] = struct.pack("!I", zlib.crc32(bytes(data[12:29])))
    return bytes(data)


def relation(target: str, kind: str) -> bytes:
    return (
        f'<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="r1"'
        f' Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/{kind}" Target="{target}"'
        f' TargetMode="External"/></Relationships>'
    ).encode()


MACRO_TYPES = b'<Types><Override PartName="/word/document.xml" ContentType="application/vnd.ms-word.document.macroEnabled.main+xml"/></Types>'
HTML = b"<!DOCTYPE html><html><body>" + SCRIPT + b"</body></html>"
SVG = b'<svg xmlns="http://www.w3.org/2000/svg">' + SCRIPT + b"</svg>"

REFUSED: dict[str, Callable[[], bytes]] = {
    # polyglots that begin as something we do not take
    "gif-js": lambda: b"GIF89a/*" + b"\x00" * 20 + b"*/=1;alert(1)",
    "html-pdf": lambda: HTML + pdf(),
    "html-jpeg": lambda: b"<!--" + jpeg() + b"-->" + HTML,
    "zip-jpeg": lambda: b"\x00" + jpeg() + zipped({"evil.exe": EXE}),
    "sh-zip": lambda: b"#!/bin/sh\necho\n" + zipped({"a": b"b"}),
    "jar": lambda: zipped({"META-INF/MANIFEST.MF": b"Main-Class: Evil", "Evil.class": b"\xca\xfe\xba\xbe"}),
    "docx-tail-html": lambda: docx() + HTML,
    "docx-comment": lambda: docx(comment=HTML),
    "mp4-tail-zip": lambda: b"\x00\x00\x00\x18ftypisom\x00\x00\x00\x00isommp42" + zipped({"evil.exe": EXE}),
    "wav-tail-zip": lambda: wav() + zipped({"evil.exe": EXE}),
    # programs and pages
    "exe": lambda: EXE,
    "elf": lambda: b"\x7fELF\x02\x01\x01" + b"\x00" * 64,
    "mach-o": lambda: b"\xcf\xfa\xed\xfe" + b"\x00" * 64,
    "shell": lambda: b"#!/bin/sh\nrm -rf /\n",
    "html": lambda: HTML,
    "html-bom": lambda: b"\xef\xbb\xbf" + HTML,
    "html-utf16": lambda: HTML.decode().encode("utf-16"),
    "html-blanks": lambda: b"\n\t  " + HTML,
    "svg": lambda: SVG,
    "svg-xml": lambda: b'<?xml version="1.0"?>' + SVG,
    "svgz": lambda: b"\x1f\x8b\x08\x00" + zlib.compress(SVG),
    "xml-billion-laughs": lambda: BILLION,
    "rtf": lambda: rb"{\rtf1{\object\objdata 0105}}",
    "postscript": lambda: b"%!PS-Adobe-3.0\n(/etc/passwd) (r) file",
    "ole-doc": lambda: b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\x00" * 512,
    "lnk": lambda: b"L\x00\x00\x00\x01\x14\x02\x00" + b"\x00" * 64,
    "swf": lambda: b"FWS\x0a" + b"\x00" * 64,
    "rar": lambda: b"Rar!\x1a\x07\x01\x00" + b"\x00" * 64,
    "7z": lambda: b"7z\xbc\xaf\x27\x1c" + b"\x00" * 64,
    "gzip": lambda: b"\x1f\x8b\x08\x00" + b"\x00" * 64,
    "tiff": lambda: b"II*\x00" + b"\x00" * 64,
    "bmp": lambda: b"BM" + b"\x00" * 64,
    "nul-text": lambda: b"hello\x00world",
    "escape-text": lambda: b"hello \x1b]2;evil\x07 world",
    "three-bytes": lambda: b"abc",
    # archives
    "zip": lambda: zipped({"a.txt": b"hello"}),
    "zip-nested": lambda: nested_zip(2),
    "zip-in-docx-name": lambda: zipped({"word/document.xml": b"<x/>"}),
    # office
    "docx-macros": lambda: docx({"word/vbaProject.bin": b"\xd0\xcf\x11\xe0"}),
    "docm": lambda: docx({"[Content_Types].xml": MACRO_TYPES}),
    "xlsx-macro-sheet": lambda: xlsx({"xl/macrosheets/sheet1.xml": b"<x/>"}),
    "docx-ole": lambda: docx({"word/embeddings/oleObject1.bin": b"\xd0\xcf\x11\xe0"}),
    "docx-exe": lambda: docx({"word/media/run.exe": EXE}),
    "docx-template": lambda: docx(
        {"word/_rels/settings.xml.rels": relation("http://x.example/t.dotm", "attachedTemplate")}
    ),
    "docx-image-link": lambda: docx({"word/_rels/document.xml.rels": relation("http://x.example/i.png", "image")}),
    "docx-billion-laughs": lambda: docx({"word/document.xml": BILLION}),
    "docx-entity-in-part": lambda: docx({"docProps/core.xml": BILLION}),
    "docx-broken-xml": lambda: docx({"word/document.xml": b"<a><b></a>"}),
    "docx-climbing": lambda: docx({"../../etc/passwd": b"x"}),
    "docx-overlapping": overlapping_docx,
    "odt-basic": lambda: odt({"Basic/Standard/Module1.xml": b"<x/>"}),
    "odt-scripts": lambda: odt({"Scripts/python/evil.py": b"import os"}),
    # pictures and PDF
    "jpeg-truncated": lambda: jpeg()[:60],
    "png-truncated": lambda: png()[:50],
    "png-lying": lying_png_head,
    "png-8000": lambda: hollow_png(8000, 8000),
    "png-20000": lambda: hollow_png(20000, 20000),
    "webp-empty": lambda: b"RIFF\x04\x00\x00\x00WEBP" + b"VP8 " + b"\x00" * 20,
    "heic-empty": lambda: b"\x00\x00\x00\x18ftypheic\x00\x00\x00\x00heicmif1",
    "pdf-truncated": lambda: b"%PDF-1.7\n1 0 obj\n<<",
    "pdf-html": lambda: b"%PDF-1.7\n" + HTML,
    "pdf-locked": locked_pdf,
    # recordings that are none
    "mp3-html": lambda: b"ID3\x03\x00\x00\x00\x00\x00\x0a" + b"\x00" * 10 + HTML,
    "mp4-empty": lambda: b"\x00\x00\x00\x18ftypisom\x00\x00\x00\x00isommp42",
    "mp4-html": lambda: b"\x00\x00\x00\x18ftypisom\x00\x00\x00\x00isommp42" + HTML,
    "ogg-html": lambda: b"OggS" + HTML,
    "amr-html": lambda: b"#!AMR\n" + HTML,
    "webm-html": lambda: b"\x1aE\xdf\xa3" + HTML,
}
"""Refused, whatever the name says."""

INERT: dict[str, Callable[[], bytes]] = {
    "jpeg-zip": lambda: jpeg() + zipped({"evil.exe": EXE}),
    "jpeg-html": lambda: jpeg() + HTML,
    "jpeg-comment-script": lambda: jpeg(comment=SCRIPT),
    "jpeg-exif-script": lambda: jpeg(exif=gps_exif(note=SCRIPT.decode())),
    "png-text-script": lambda: png(note=SCRIPT.decode()),
    "png-tail": lambda: png() + HTML,
    "png-animated": animated_png,
    "eicar-text": lambda: EICAR,
    "text-script": lambda: b"javascript:alert(1)\n" + SCRIPT,
    "text-bidi": lambda: "请看\u202egpj.exe\u2066".encode(),
    "text-csv-formula": lambda: b'=cmd|"/c calc"!A1,2\n',
    "pdf-tail-html": lambda: pdf() + HTML,
    "pdf-open-action": lambda: pdf_with(_open_action),
    "pdf-named-script": lambda: pdf_with(_named_script),
    "pdf-page-action": lambda: pdf_with(_page_action),
    "pdf-launch": lambda: pdf_with(_launch),
    "pdf-link": lambda: pdf_with(_link),
    "pdf-form": lambda: pdf_with(_submit),
    "pdf-attached": lambda: pdf_with(_attached),
    "pdf-file-note": lambda: pdf_with(_file_note),
    "pdf-rich-media": lambda: pdf_with(_rich_media),
    "pdf-places": lambda: pdf_with(_places),
}
"""Taken, and the copy that officers see holds nothing of it."""

BOMBS: dict[str, Callable[[], bytes]] = {
    "png-8000": lambda: hollow_png(8000, 8000),
    "png-6300": lambda: hollow_png(6300, 6300),
    "pdf-10000-pages": lambda: long_pdf(10_000),
    "pdf-flate": lambda: pdf_with(_flate_in_page),
    "docx-300-megabytes": bomb_docx,
    "zip-nested": lambda: nested_zip(4),
}
"""Small files that want much memory or time."""

TRACES = (
    b"alert(", b"JavaScript", b"/Launch", b"/URI", b"evil", b"MZ\x90", b"EmbeddedFile", b"RichMedia", b"/XFA", b"GPTS",
    b"Li Mei", b"GPS", b"Exif", b"PK\x03\x04", b"<script", b"<html", b"acTL",
)  # fmt: skip
"""What must not stand in a cleaned picture or PDF."""
