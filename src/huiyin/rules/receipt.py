"""Case numbers, receipt codes and card serials: digits one can read out, with check digits.

The case number stands on paper and is known to officers; the receipt code is the complainant's
key. Both are given their digits by the caller, so that chance stays out of the rules. What people
type or say is read kindly: full-width and Chinese digits, 幺 for one, spaces and dashes anywhere.
"""

from __future__ import annotations

import unicodedata

from huiyin.rules.procedure import Words
from huiyin.rules.status_words import STATUS_WORDS

CASE_NUMBER_DIGITS = 9
CODE_DIGITS = 18
CARD_DIGITS = 7

_CHINESE = str.maketrans("零〇○幺一二三四五六七八九两壹贰叁肆伍陆柒捌玖", "00011234567892123456789")
_DIGITS = frozenset("0123456789")


def make_case_number(nine_digits: str) -> str:
    """``NNNN-NNNN-NC``: nine digits and one check digit (ISO 7064, MOD 11,10)."""
    digits = _exactly(nine_digits, CASE_NUMBER_DIGITS)
    whole = digits + _check_digit(digits)
    return f"{whole[:4]}-{whole[4:8]}-{whole[8:]}"


def parse_case_number(text: str) -> str | None:
    """The case number in its one form, or None where the digits cannot be right."""
    digits = read_digits(text)
    if digits is None or len(digits) != CASE_NUMBER_DIGITS + 1 or _check_digit(digits[:-1]) != digits[-1]:
        return None
    return make_case_number(digits[:-1])


def make_code(eighteen_digits: str) -> str:
    """The receipt code in five groups of four; the last two are check digits (ISO 7064, MOD 97-10)."""
    digits = _exactly(eighteen_digits, CODE_DIGITS)
    return show_code(digits + _check_pair(digits))


def show_code(twenty_digits: str) -> str:
    """Twenty digits in five groups of four, to be read out and written down."""
    digits = _exactly(twenty_digits, CODE_DIGITS + 2)
    return " ".join(digits[start : start + 4] for start in range(0, len(digits), 4))


def parse_code(text: str) -> str | None:
    """The twenty digits of a receipt code, or None where they cannot be right."""
    digits = read_digits(text)
    if digits is None or len(digits) != CODE_DIGITS + 2 or _check_pair(digits[:-2]) != digits[-2:]:
        return None
    return digits


def make_card_serial(seven_digits: str) -> str:
    """``NNNN-NNNC``: the serial of a scratch card, typed by the officer who hands it out."""
    digits = _exactly(seven_digits, CARD_DIGITS)
    whole = digits + _check_digit(digits)
    return f"{whole[:4]}-{whole[4:]}"


def parse_card_serial(text: str) -> str | None:
    """The card serial in its one form, or None where the digits cannot be right."""
    digits = read_digits(text)
    if digits is None or len(digits) != CARD_DIGITS + 1 or _check_digit(digits[:-1]) != digits[-1]:
        return None
    return make_card_serial(digits[:-1])


def make_status_word(derived: bytes) -> Words:
    """Two plain words to be said on the telephone instead of the code.

    ``derived`` comes from a keyed hash of the receipt; two of its bytes choose the words. Who knows
    them learns state, date and name, nothing else.
    """
    first, second = STATUS_WORDS[derived[0]], STATUS_WORDS[derived[1]]
    return Words(zh=f"{first.zh} {second.zh}", en=f"{first.en} {second.en}")


def read_digits(text: str) -> str | None:
    """The digits in what somebody typed, or None where anything else stands between them.

    Spaces, dashes of every kind and invisible marks are passed over.
    """
    if len(text) > 200:
        return None
    found: list[str] = []
    for character in unicodedata.normalize("NFKC", text).translate(_CHINESE):
        if character in _DIGITS:
            found.append(character)
        elif (value := unicodedata.decimal(character, None)) is not None:
            found.append(str(value))
        elif not _is_passed_over(character):
            return None
    return "".join(found)


def _is_passed_over(character: str) -> bool:
    category = unicodedata.category(character)
    return category in {"Zs", "Zl", "Zp", "Pd", "Cf", "Cc", "Mn"} or character in "−ー_·.,;:、。，"


def _exactly(digits: str, count: int) -> str:
    if len(digits) != count or not _DIGITS.issuperset(digits):
        raise ValueError(f"{count} digits are needed")
    return digits


def _check_digit(digits: str) -> str:
    """ISO 7064, MOD 11,10: finds every single wrong digit and nearly every swap of neighbours."""
    product = 10
    for digit in digits:
        product = ((product + int(digit)) % 10 or 10) * 2 % 11
    return str((11 - product) % 10)


def _check_pair(digits: str) -> str:
    """ISO 7064, MOD 97-10: finds every single wrong digit and every swap of neighbours."""
    return f"{98 - int(digits) * 100 % 97:02d}"
