"""The number of a matter in another system: how it is written, and what it must never be.

Such a number is compared exactly, so it is written in one way only. A telephone or identity number
is refused: it would be a key to a person, and nobody is looked up here by person.
"""

from __future__ import annotations

import re
import unicodedata

from huiyin.rules.refusal import Refusal

SYSTEM_LIMIT = 40  # characters
NUMBER_LIMIT = 60
_MOBILE = re.compile(r"(?:\+?86)?1[3-9]\d{9}")
_IDENTITY = re.compile(r"\d{6}((?:19|20)\d\d)(0[1-9]|1[0-2])(0[1-9]|[12]\d|3[01])\d{3}[\dX]")
_WEIGHTS = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)
_CHECK = "10X98765432"


def system_name(text: str) -> str:
    """The name of the other system in one spelling. Raises Refusal("empty") or Refusal("too_long")."""
    name = " ".join(_plain(text).split())
    if not name:
        raise Refusal("empty", field="system")
    if len(name) > SYSTEM_LIMIT:
        raise Refusal("too_long", field="system", maximum=SYSTEM_LIMIT)
    return name


def matter_number(text: str) -> str:
    """The number in one spelling. Raises Refusal("empty"), Refusal("too_long") or Refusal("external_personal")."""
    number = written(text)
    if not number:
        raise Refusal("empty", field="external_number")
    if len(number) > NUMBER_LIMIT:
        raise Refusal("too_long", field="external_number", maximum=NUMBER_LIMIT)
    if is_personal(number):
        raise Refusal("external_personal", field="external_number")
    return number


def written(text: str) -> str:
    """A number in one spelling: half-width, without blanks and invisible characters."""
    return "".join(_plain(text).split())


def is_personal(number: str) -> bool:
    """Is this a mobile number, or an identity number with its right check digit?"""
    bare = re.sub(r"[-‐-―()]", "", number).upper()
    if _MOBILE.fullmatch(bare):
        return True
    if not _IDENTITY.fullmatch(bare):
        return False
    total = sum(int(digit) * weight for digit, weight in zip(bare[:17], _WEIGHTS, strict=True))
    return _CHECK[total % 11] == bare[17]


def _plain(text: str) -> str:
    folded = unicodedata.normalize("NFKC", text)
    return "".join(" " if letter.isspace() else letter for letter in folded if not _is_invisible(letter))


def _is_invisible(letter: str) -> bool:
    return not letter.isspace() and unicodedata.category(letter) in {"Cf", "Cc", "Cs", "Cn"}
