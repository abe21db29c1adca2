"""Chinese and English text as search tokens: overlapping pairs of characters.

One way of reading serves the index, the query and the final check, so that they agree exactly:
``normalise`` gives the text in compatibility form and small letters, each run of spaces, punctuation
and control characters as one space. A document found is one whose normalised text contains the
normalised query; every pair of the query then stands in the document too.

Runs of seven or more digits are telephone, identity and account numbers, and so are mobile numbers
written in groups. They are neither indexed nor accepted: nobody is looked up here by number.
"""

from __future__ import annotations

import re
import unicodedata
from operator import add

from huiyin.rules.refusal import Refusal

LONGEST_NUMBER = 6
SHORTEST_QUERY = 2
_LONG_NUMBER = re.compile(rf"\d{{{LONGEST_NUMBER + 1},}}|(?<!\d)1[3-9]\d ?\d{{4}} ?\d{{4}}(?!\d)")
_SPACES = re.compile(r" {2,}")
_ALPHABET = "0123456789abcdefghijklmnopqrstuvwxyz"
_SHORT_CODES = 35 * 36 * 36


class _Reading(dict[int, str]):
    """How each character is read, worked out when it is first met."""

    def __missing__(self, code: int) -> str:
        read = "".join(map(_read_one, unicodedata.normalize("NFKC", chr(code)).casefold()))
        self[code] = read
        return read


class _Codes(dict[str, str]):
    """Each character as letters and digits, such that no code begins another."""

    def __missing__(self, character: str) -> str:
        number = ord(character)
        width = 3 if number < _SHORT_CODES else 4
        digits = ""
        for _ in range(width):
            number, rest = divmod(number, 36)
            digits = _ALPHABET[rest] + digits
        self[character] = code = digits if width == 3 else "z" + digits
        return code


def _read_one(character: str) -> str:
    category = unicodedata.category(character)
    if category == "Cf" or "\ufe00" <= character <= "\ufe0f" or "\U000e0100" <= character <= "\U000e01ef":
        return ""
    return " " if category[0] in "ZP" or category == "Cc" else character


_READING = _Reading()
_CODES = _Codes()


def normalise(text: str) -> str:
    """The text as it is searched: see the head of this file."""
    return _SPACES.sub(" ", _LONG_NUMBER.sub(" ", _read(text))).strip(" ")


def tokens(text: str) -> frozenset[str]:
    """The set of character pairs of a document; no positions, no order."""
    return _pairs(normalise(text))


def query_tokens(query: str) -> frozenset[str]:
    """The pairs that a document must hold; refuses what is too short or is a long number."""
    if _LONG_NUMBER.search(_read(query)):
        raise Refusal("search_number", longest=LONGEST_NUMBER)
    found = _pairs(normalise(query))
    if not found:
        raise Refusal("search_too_short", shortest=SHORTEST_QUERY)
    return found


def matches(text: str, query: str) -> bool:
    """Does the text contain the query? The exact check after the index has narrowed the field."""
    return normalise(query) in normalise(text)


def encode(token: str) -> str:
    """A pair as six (rarely up to ten) ASCII letters and digits, safe in every index."""
    return _CODES[token[0]] + _CODES[token[1]]


def index_terms(text: str) -> list[str]:
    """The encoded tokens of a document, sorted."""
    found: set[str] = set()
    for run in normalise(text).split(" "):
        codes = [_CODES[character] for character in run]
        found.update(map(add, codes, codes[1:]))
    return sorted(found)


def _read(text: str) -> str:
    return _SPACES.sub(" ", unicodedata.normalize("NFC", text.translate(_READING)))


def _pairs(normal: str) -> frozenset[str]:
    found: set[str] = set()
    for run in normal.split(" "):
        found.update(map(add, run, run[1:]))
    return frozenset(found)
