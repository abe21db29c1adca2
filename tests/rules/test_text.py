"""What people type is kept, less what XML 1.0 forbids."""

from xml.etree import ElementTree

from hypothesis import given
from hypothesis import strategies as st

from huiyin.rules.text import storable

ANY_TEXT = st.text(st.characters(codec=None), max_size=60)


@given(ANY_TEXT)
def test_stored_text_survives_an_xml_document(text: str) -> None:
    kept = storable(text)
    escaped = kept.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;").replace("\r", "&#13;")
    assert (ElementTree.fromstring(f"<p>{escaped}</p>").text or "") == kept


@given(ANY_TEXT)
def test_nothing_else_is_taken_and_the_second_time_takes_nothing(text: str) -> None:
    kept = storable(text)
    assert storable(kept) == kept
    rest = iter(text)
    assert all(character in rest for character in kept)


def test_tabs_emoji_marks_and_ideographic_spaces_stay() -> None:
    typed = "\u3000 夜里\t吵 😀 \u200f<b>&amp;</b>\r\n "
    assert storable(typed + "\x00\x0b\x1f\ufffe\ud800") == typed
