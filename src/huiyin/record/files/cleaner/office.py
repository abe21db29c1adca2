"""Office documents: not opened, only looked through. Nothing cleans them in a way one can trust, so they stay as they came."""

from __future__ import annotations

import codecs
import io
import zipfile
import zlib
from xml.parsers import expat

from huiyin.record.files.cleaner.outcome import DAMAGED, KIND, Cleaned, NotTaken
from huiyin.record.files.kinds import OPEN_TEXT, SHEET, WORD

NAMES = codecs.lookup("cp437").name  # how old archives write names; loaded while files can be opened
MOST_PARTS = 2_000
LARGEST_UNPACKED = 200 * 1024 * 1024  # bytes of all parts together, as the directory says and as they are read
LARGEST_READ = 64 * 1024 * 1024  # bytes of XML that are parsed
MACROS = ("vbaproject", "vbadata", "activex/", "macrosheets/", "basic/", "scripts/", "ctrlprops/", "customui")
INSIDE = (".bin", ".exe", ".dll", ".js", ".vbs", ".zip", ".jar", ".hta", ".ps1", ".lnk", ".html", ".htm", ".svg")
MAIN = {
    b"wordprocessingml.document.main+xml": (WORD, "word/document.xml"),
    b"spreadsheetml.sheet.main+xml": (SHEET, "xl/workbook.xml"),
}
PRINTER = "printersettings"  # a .bin that every sheet carries


def clean(_begun: str, data: bytes) -> Cleaned:
    """A docx, xlsx or odt that holds together, without macros, programs or parts fetched from elsewhere."""
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as pack:
            _must_be_whole(pack, data)
            media_type, main = _what(pack)
            for part in pack.namelist():
                if part.endswith((".xml", ".rels")) and part != main:
                    _must_be_plain(pack, part)
            _must_be_plain(pack, main)
    except (zipfile.BadZipFile, zlib.error, NotImplementedError, EOFError, OSError, ValueError, LookupError) as broken:
        raise NotTaken(DAMAGED) from broken
    except RuntimeError as locked:  # what the library says of a password
        raise NotTaken("attachment_locked") from locked
    except MemoryError:
        raise NotTaken(DAMAGED) from None
    return Cleaned(media_type)


def _must_be_whole(pack: zipfile.ZipFile, data: bytes) -> None:
    """The directory fills the file, is of human size, and no two parts share their bytes, as bombs do."""
    parts = pack.infolist()
    packed, loose = sum(each.compress_size for each in parts), sum(each.file_size for each in parts)
    if not parts or len(parts) > MOST_PARTS or loose > LARGEST_UNPACKED or packed > len(data):
        raise NotTaken(DAMAGED)
    if len({each.header_offset for each in parts}) != len(parts) or len(set(pack.namelist())) != len(parts):
        raise NotTaken(DAMAGED)
    if pack.comment or data[-22:-18] != b"PK\x05\x06":
        raise NotTaken(DAMAGED)
    for each in parts:
        name = each.filename.lower()
        if each.flag_bits & 1:
            raise NotTaken("attachment_locked")
        if any(word in name for word in MACROS):
            raise NotTaken("attachment_macros")
        if name.endswith(INSIDE) and PRINTER not in name:
            raise NotTaken("attachment_inside")
        if name.startswith(("/", "..")) or "\\" in name or "\x00" in each.orig_filename:
            raise NotTaken(DAMAGED)


def _what(pack: zipfile.ZipFile) -> tuple[str, str]:
    """Which document it is, and its main part, by what it declares."""
    names = set(pack.namelist())
    if "mimetype" in names:
        if _read(pack, "mimetype", 200).strip() != OPEN_TEXT.encode() or "content.xml" not in names:
            raise NotTaken(KIND)
        return OPEN_TEXT, "content.xml"
    if "[Content_Types].xml" not in names:
        raise NotTaken(KIND)
    declared = _read(pack, "[Content_Types].xml", 1024 * 1024)
    if b"macroEnabled" in declared or b"vbaProject" in declared:
        raise NotTaken("attachment_macros")
    for mark, (media_type, main) in MAIN.items():
        if mark in declared and main in names:
            return media_type, main
    raise NotTaken(KIND)


def _must_be_plain(pack: zipfile.ZipFile, part: str) -> None:
    """XML without a document type (no entity can grow), and no link that fetches something by itself."""

    def begun(name: str, attributes: dict[str, str]) -> None:
        is_fetched = attributes.get("TargetMode", "").lower() == "external"
        is_harmless = attributes.get("Type", "").lower().endswith("/hyperlink")
        if name.rpartition(":")[2] == "Relationship" and is_fetched and not is_harmless:
            raise NotTaken("attachment_inside")

    def refuse(*_said: object) -> None:
        raise NotTaken(DAMAGED)

    parser = expat.ParserCreate()
    parser.StartDoctypeDeclHandler = refuse
    parser.EntityDeclHandler = refuse
    parser.StartElementHandler = begun
    try:
        parser.Parse(_read(pack, part, LARGEST_READ), True)
    except expat.ExpatError as broken:
        raise NotTaken(DAMAGED) from broken


def _read(pack: zipfile.ZipFile, part: str, largest: int) -> bytes:
    with pack.open(part) as file:
        found = file.read(largest + 1)
    if len(found) > largest:
        raise NotTaken(DAMAGED)
    return found
