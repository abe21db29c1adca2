"""A PDF with its pages and nothing else: no script, action, form, file, note, description or place in it."""

from __future__ import annotations

import io
import zlib

import pikepdf
from pikepdf import Array, Dictionary, Name, Object, Pdf, Stream

from huiyin.record.files.cleaner import jpeg
from huiyin.record.files.cleaner.outcome import DAMAGED, Cleaned, NotTaken
from huiyin.record.files.kinds import MOST_PAGES

PAGE_KEYS = frozenset(
    "/Type /Parent /Contents /Resources /MediaBox /CropBox /BleedBox /TrimBox /ArtBox /Rotate /UserUnit /Group".split()
)
"""What a page keeps. Links, notes, actions, thumbnails and measures of maps are not among it."""
OUT = frozenset(
    "/JS /JavaScript /OpenAction /EmbeddedFiles /EF /AF /XFA /AcroForm /RichMedia /RichMediaContent /RichMediaSettings"
    " /Metadata /PieceInfo /Measure /VP /LGIDict /GPTS /LPTS /GCS /OPI /Alternates".split()
)
"""Keys that stand nowhere in the copy. Actions hang on pages, notes and the catalogue, none of which is taken over;
a key such as /A is not here, for a page may call its letters so."""
PICTURES = {"/DCTDecode", "/JPXDecode"}
TRACES = (b"Exif\x00\x00", b"http://ns.adobe.com/xap/")
LARGEST_STREAM = 64 * 1024 * 1024  # bytes of one unpacked picture or page


def clean(_begun: str, data: bytes) -> Cleaned:
    """The pages as they look, drawn fields and stamps too. Raises NotTaken for what is locked, damaged or too long."""
    try:
        with Pdf.open(io.BytesIO(data), inherit_page_attributes=True) as found:
            if len(found.pages) > MOST_PAGES:
                raise NotTaken("attachment_pages", maximum=MOST_PAGES)
            if not found.pages:
                raise NotTaken(DAMAGED)
            found.flatten_annotations("all")
            return Cleaned("application/pdf", "application/pdf", _pages_of(found))
    except pikepdf.PasswordError:
        raise NotTaken("attachment_locked") from None
    except (pikepdf.PdfError, ValueError, TypeError, KeyError, RuntimeError, zlib.error, RecursionError) as broken:
        raise NotTaken(DAMAGED) from broken


def _pages_of(found: Pdf) -> bytes:
    """A new file that takes over the pages alone; what hung on the old one stays behind."""
    with Pdf.new() as bare:
        for page in found.pages:
            for key in set(page.obj.keys()) - PAGE_KEYS:
                del page.obj[key]
        bare.pages.extend(found.pages)
        for each in bare.objects:
            _strip(each)
        held = io.BytesIO()
        bare.save(held, fix_metadata_version=False, deterministic_id=True)
        return held.getvalue()


def _strip(each: Object) -> None:
    """Take the keys out, of a whole object and of what lies in it."""
    waiting = [each]
    while waiting:
        one = waiting.pop()
        if isinstance(one, Stream):
            _bare_stream(one)
        if isinstance(one, Dictionary | Stream):
            for key in set(one.keys()) & OUT:
                del one[key]
            waiting.extend(value for _key, value in one.items() if _is_held(value))
        elif isinstance(one, Array):
            waiting.extend(value for value in one.as_list() if _is_held(value))


def _is_held(value: object) -> bool:
    """Whether a value lies inside its owner; what is only pointed at has its own turn."""
    return isinstance(value, Dictionary | Array) and not value.is_indirect


def _bare_stream(stream: Stream) -> None:
    """A picture without its notes; a page without a picture hidden between its words."""
    named = stream.get(Name.Filter, None)
    filters = [str(each) for each in named.as_list()] if isinstance(named, Array) else [str(named)] if named else []
    if filters and filters[-1] in PICTURES:
        raw = stream.read_raw_bytes()
        for each in filters[:-1]:
            raw = _unpacked(each, raw)
        stream.write(jpeg.without_notes(raw), filter=Name(filters[-1]), decode_parms=_last_parms(stream))
    elif stream.get(Name.Subtype, None) != Name.Image and any(trace in stream.read_bytes() for trace in TRACES):
        raise NotTaken(DAMAGED)


def _unpacked(filter_: str, raw: bytes) -> bytes:
    if filter_ != "/FlateDecode":
        raise NotTaken(DAMAGED)
    loose = zlib.decompressobj().decompress(raw, LARGEST_STREAM + 1)
    if len(loose) > LARGEST_STREAM:
        raise NotTaken(DAMAGED)
    return loose


def _last_parms(stream: Stream) -> Dictionary | None:
    parms = stream.get(Name.DecodeParms, None)
    if isinstance(parms, Array):
        parms = parms[-1] if len(parms) else None
    return parms if isinstance(parms, Dictionary) else None
