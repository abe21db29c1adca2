"""Numbers and codes: read kindly, never mistaken."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from huiyin.rules import receipt
from huiyin.rules.status_words import STATUS_WORDS

NINE = st.from_regex(r"[0-9]{9}", fullmatch=True)
EIGHTEEN = st.from_regex(r"[0-9]{18}", fullmatch=True)
SEVEN = st.from_regex(r"[0-9]{7}", fullmatch=True)
SAID = {
    "0": "0０零〇", "1": "1１一幺", "2": "2２二", "3": "3３三", "4": "4４四",
    "5": "5５五", "6": "6６六", "7": "7７七", "8": "8８八", "9": "9９九",
}  # fmt: skip
BETWEEN = st.sampled_from(
    ["", "", "", " ", "-", "—", "－", "\u3000", "\u200b", "\u2060", "\t", "\u00a0", "\u2011", "\ufeff"]
)


@st.composite
def as_typed(draw: st.DrawFn, written: str) -> str:
    parts = []
    for character in written:
        if character.isdigit():
            parts.append(draw(st.sampled_from(SAID[character])))
            parts.append(draw(BETWEEN))
    return draw(BETWEEN) + "".join(parts)


@given(NINE, EIGHTEEN, SEVEN, st.data())
def test_what_was_given_out_is_read_however_it_is_typed(
    nine: str, eighteen: str, seven: str, data: st.DataObject
) -> None:
    number, code, serial = receipt.make_case_number(nine), receipt.make_code(eighteen), receipt.make_card_serial(seven)
    assert receipt.parse_case_number(data.draw(as_typed(number))) == number
    assert receipt.parse_code(data.draw(as_typed(code))) == code.replace(" ", "")
    assert receipt.parse_card_serial(data.draw(as_typed(serial))) == serial
    assert receipt.show_code(code.replace(" ", "")) == code


@given(NINE, EIGHTEEN, st.data())
def test_one_wrong_digit_is_always_found(nine: str, eighteen: str, data: st.DataObject) -> None:
    for digits, parse in (
        (receipt.make_case_number(nine).replace("-", ""), receipt.parse_case_number),
        (receipt.make_code(eighteen).replace(" ", ""), receipt.parse_code),
    ):
        place = data.draw(st.integers(0, len(digits) - 1))
        wrong = data.draw(st.sampled_from([digit for digit in "0123456789" if digit != digits[place]]))
        assert parse(digits[:place] + wrong + digits[place + 1 :]) is None


@given(EIGHTEEN, st.integers(0, 18))
def test_two_neighbours_swapped_are_always_found_in_a_code(eighteen: str, place: int) -> None:
    digits = receipt.make_code(eighteen).replace(" ", "")
    swapped = digits[:place] + digits[place + 1] + digits[place] + digits[place + 2 :]
    assert swapped == digits or receipt.parse_code(swapped) is None


def test_the_check_digits_are_those_of_the_standard() -> None:
    assert receipt.make_case_number("079400079")[-1] == str(_mod_11_10("079400079"))
    assert int(receipt.make_code("123456789012345678").replace(" ", "")) % 97 == 1


def _mod_11_10(digits: str) -> int:
    """The recursive definition of ISO 7064, tried for each check digit."""
    for check in range(10):
        carried = 10
        for digit in digits:
            carried = (((carried + int(digit)) % 10) or 10) * 2 % 11
        if (carried + check) % 10 == 1:
            return check
    raise AssertionError


@pytest.mark.parametrize("typed", ["", "abc", "1234-5678", "1234-5678-9x", "1" * 500, "１２３四五六七八九十"])
def test_what_cannot_be_a_number_is_none(typed: str) -> None:
    assert receipt.parse_case_number(typed) is None
    assert receipt.parse_code(typed) is None
    assert receipt.parse_card_serial(typed) is None


@given(st.text(max_size=40))
def test_no_typing_breaks_the_reader(typed: str) -> None:
    for parse in (receipt.parse_case_number, receipt.parse_code, receipt.parse_card_serial):
        assert parse(typed) is None or parse(parse(typed) or "") == parse(typed)


@pytest.mark.parametrize("digits", ["", "12345678", "12345678a", "１２３４５６７８９"])
def test_a_number_is_made_of_plain_digits_only(digits: str) -> None:
    with pytest.raises(ValueError, match="digits"):
        receipt.make_case_number(digits)


def test_status_words_are_two_plain_words_and_stay_what_they_were() -> None:
    assert len(STATUS_WORDS) == 256
    assert len({words.zh for words in STATUS_WORDS}) == len({words.en for words in STATUS_WORDS}) == 256
    assert all(len(words.zh) == 2 and words.en.isalpha() and words.en.isascii() for words in STATUS_WORDS)
    assert receipt.make_status_word(b"\x00\xff rest").en == "hill dew"
    assert receipt.make_status_word(b"\x00\xff rest").zh == "青山 露珠"
