"""What in a text tells who somebody is: identity numbers, telephone numbers, number plates, home addresses.

A cautious look, to offer and never to decide: what it finds is shown to the person, who moves it or leaves it.
It would rather miss one than take a date, an amount of money or a case number for a telephone.
"""

from __future__ import annotations

import datetime
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

KINDS = ("id_number", "phone", "plate", "address")
MOST = 20  # places shown for one text; a list of more is no help

_WIDE = str.maketrans(
    "０１２３４５６７８９ＸｘＡＢＣＤＥＦＧＨＪＫＬＭＮＰＱＲＳＴＵＶＷＹＺ－　",
    "0123456789XxABCDEFGHJKLMNPQRSTUVWYZ- ",
)
_NOT_INSIDE = r"(?<![0-9A-Za-z.,\-/¥￥$£€+])"
_NOT_GOING_ON = r"(?![0-9A-Za-z]|[.,\-/][0-9]|\s?(?:元|万|亿|块|角|%|％|吨|公斤|千克|平方|立方|yuan|RMB|CNY))"

_ID = re.compile(r"(?<![0-9A-Za-z])([0-9]{6})([ -]?)([0-9]{8})\2([0-9]{3}[0-9Xx])(?![0-9A-Za-z])")
_WEIGHTS = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)
_CHECKS = "10X98765432"

_MOBILE = re.compile(_NOT_INSIDE + r"(?:(?:\+|00)?86[ -]?)?1[3-9][0-9]([ -]?)[0-9]{4}\1[0-9]{4}" + _NOT_GOING_ON)
_PLUS = re.compile(r"(?<![0-9A-Za-z])\+[1-9][0-9]{0,2}(?:[ -]?\(?[0-9]{1,5}\)?){2,5}" + _NOT_GOING_ON)
_LANDLINE = re.compile(_NOT_INSIDE + r"(?:\(0[0-9]{2,3}\) ?|0[0-9]{2,3}[- ])[2-8][0-9]{6,7}" + _NOT_GOING_ON)
_BRITISH = re.compile(
    _NOT_INSIDE
    + r"0(?:7[0-9]{9}|7[0-9]{3}[ -][0-9]{6}|[12][0-9]{3}[ -][0-9]{6}|20[ -][0-9]{4}[ -][0-9]{4})"
    + _NOT_GOING_ON
)
_SAID = re.compile(
    r"(?:电话|手机|联系方式|座机|热线|[Tt]el(?:ephone)?|[Pp]hone|[Mm]obile|[Cc]all me (?:on|at))"
    r"(?:号码?|是|为| number| no\.?| is)?[ ]?[:：]?[ ]?(?P<number>[2-9][0-9]{6,7}|[6-9][0-9]{9})" + _NOT_GOING_ON
)

_PLATE = re.compile(
    r"(?<![0-9A-Za-z])[京津沪渝冀豫云辽黑湘皖鲁新苏浙赣鄂桂甘晋蒙陕吉闽贵粤青藏川宁琼][A-HJ-Z][ ·•.]?"
    r"(?=[A-HJ-NP-Z0-9]{0,5}[0-9])[A-HJ-NP-Z0-9]{4,5}[A-HJ-NP-Z0-9挂学警港澳](?![0-9A-Za-z])"
)
_BRITISH_PLATE = re.compile(r"(?<![0-9A-Za-z])[A-HJ-PR-Y][A-HJ-PR-Y][0-9]{2} ?[A-HJ-PR-Z]{3}(?![0-9A-Za-z])")

_DOOR = r"(?:[0-9]{1,5}(?:号楼|号院|栋|幢|座|号)(?:\s?[-A-Za-z0-9]{1,6}(?:单元|层|楼))?\s?[0-9]{1,5}(?:室|号|户))"
_STREET = r"[\u4e00-\u9fff]{2,14}(?:路|街|巷|弄|胡同|大道|道|村|社区|小区|花园|家园|苑|公寓|新村|里|坊|组)"
_FLAT = re.compile(rf"{_STREET}(?:[0-9]{{1,5}}(?:号|弄))?{_DOOR}")
_LIVES = re.compile(
    rf"(?:家住|住在|我住|住址(?:是|为|[:：])?|家庭地址(?:是|为|[:：])?|家在|住)在?[ ]?(?P<place>{_STREET}[0-9]{{1,5}}(?:号|弄|栋|幢){_DOOR}?)"
)
_ROAD = (
    r"[0-9]{1,5}[A-Za-z]?,? (?:[A-Z][A-Za-z'’]+ ){1,3}"
    r"(?:Street|St|Road|Rd|Lane|Ln|Avenue|Ave|Close|Drive|Court|Crescent|Terrace|Gardens|Square|Place|Way)\b"
)
_ENGLISH = re.compile(
    rf"(?:(?:Flat|Apartment|Apt|Room|Unit)\.? [0-9]{{1,5}}[A-Za-z]?,? (?:[A-Z][A-Za-z'’]+ (?:House|Court|Building),? )?{_ROAD}"
    rf"|(?:[Ii] live at|[Mm]y (?:home )?address is|[Mm]y home (?:is )?at|[Ww]e live at):? (?P<place>{_ROAD}))"
)

_GAPS = {
    "zh": {"id_number": "身份证号", "phone": "电话", "plate": "车牌", "address": "住址"},
    "en": {"id_number": "identity number", "phone": "phone", "plate": "number plate", "address": "address"},
}
_SHORT_GAP = "［…］"


@dataclass(frozen=True, slots=True)
class Telltale:
    """A place in a text; ``start`` and ``end`` count characters from 0, ``end`` is the first after it."""

    kind: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Taken:
    """A text after some places were taken out, and what stood there, as (kind, words)."""

    text: str
    words: tuple[tuple[str, str], ...]


def telltales(text: str) -> tuple[Telltale, ...]:
    """The places in a text that may tell who somebody is, in order, none over another; at most ``MOST``."""
    flat = text.translate(_WIDE)  # one character for one, so that places stay places
    found: list[Telltale] = []
    for each in sorted(_all(flat), key=lambda each: (KINDS.index(each.kind), each.start, -each.end)):
        if all(each.end <= other.start or other.end <= each.start for other in found):
            found.append(each)
    return tuple(sorted(found, key=lambda each: each.start)[:MOST])


def is_id_number(digits: str) -> bool:
    """Whether 18 characters are a citizen's number: a day of birth, and the check character of GB 11643 (MOD 11-2)."""
    if len(digits) != 18 or not (digits[:17].isascii() and digits[:17].isdigit()) or digits[0] == "0":
        return False
    try:
        born = datetime.date(int(digits[6:10]), int(digits[10:12]), int(digits[12:14]))
    except ValueError:
        return False
    total = sum(int(digit) * weight for digit, weight in zip(digits, _WEIGHTS, strict=False))
    return 1880 <= born.year <= 2100 and digits[17].upper() == _CHECKS[total % 11]


def take_out(text: str, places: Sequence[Telltale], *, is_kept: bool, limit: int) -> Taken:
    """The text with a marked gap at each place, and the words that stood there.

    ``is_kept``: the words go into the sealed part; otherwise they go nowhere, and the gap says so. A gap is written
    in the language of the text, and short where the text would grow over ``limit`` characters.
    """
    language = "zh" if any("\u4e00" <= sign <= "\u9fff" for sign in text) else "en"
    taken = _taken(text, places, [gap(each.kind, language, is_kept=is_kept) for each in places])
    return taken if len(taken.text) <= limit else _taken(text, places, [_SHORT_GAP for _each in places])


def _taken(text: str, places: Sequence[Telltale], gaps: Sequence[str]) -> Taken:
    parts: list[str] = []
    words: list[tuple[str, str]] = []
    last = 0
    for each, instead in sorted(zip(places, gaps, strict=True), key=lambda pair: pair[0].start):
        parts += [text[last : each.start], instead]
        words.append((each.kind, text[each.start : each.end]))
        last = each.end
    return Taken("".join(parts) + text[last:], tuple(words))


def gap(kind: str, language: str, *, is_kept: bool) -> str:
    """What stands in a text where something was taken out."""
    name = _GAPS[language][kind]
    if language == "zh":
        return f"［{name}已移到封存部分］" if is_kept else f"［{name}已删去］"
    return f"[{name} moved to the sealed part]" if is_kept else f"[{name} taken out]"


def _all(flat: str) -> Iterator[Telltale]:
    for each in _ID.finditer(flat):
        if is_id_number(each[1] + each[3] + each[4]):
            yield Telltale("id_number", *each.span())
    for pattern in (_MOBILE, _PLUS, _LANDLINE, _BRITISH):
        for each in pattern.finditer(flat):
            if 7 <= sum(sign.isdigit() for sign in each[0]) <= 15:
                yield Telltale("phone", *each.span())
    for each in _SAID.finditer(flat):
        if not _is_day(each["number"]):
            yield Telltale("phone", *each.span("number"))
    for pattern in (_PLATE, _BRITISH_PLATE):
        for each in pattern.finditer(flat):
            yield Telltale("plate", *each.span())
    for pattern in (_FLAT, _LIVES, _ENGLISH):
        for each in pattern.finditer(flat):
            yield Telltale("address", *each.span("place" if each.groupdict().get("place") else 0))


def _is_day(digits: str) -> bool:
    try:
        datetime.datetime.strptime(digits, "%Y%m%d")  # noqa: DTZ007 - a day, not an instant
    except ValueError:
        return False
    return True
