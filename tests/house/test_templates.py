"""Every page: it loads, runs nothing inline, trusts nothing, and each field has its words."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from django.template import TemplateSyntaxError, engines

SOURCE = Path(__file__).resolve().parents[2] / "src" / "huiyin"
FILES = sorted(file for file in SOURCE.rglob("*") if "templates" in file.parts and file.suffix in {".html", ".txt"})
PAGES = [file for file in FILES if file.suffix == ".html"]

INLINE = {
    "inline style": re.compile(r"<style\b|<[^>{%]*\sstyle\s*=", re.I),
    "inline script": re.compile(r"<script(?![^>]*\bsrc\s*=)", re.I),
    "event attribute": re.compile(r"<\w[^>]*\son\w+\s*=", re.I),
    "javascript address": re.compile(r"javascript:", re.I),
    "trusted text": re.compile(r"\|\s*safe\b|autoescape\s+off|\|\s*safeseq\b"),
    "foreign address": re.compile(r"""(?:src|<link[^>]*href)\s*=\s*["']https?://""", re.I),
}
FIELD = re.compile(r"<(?:input|select|textarea)\b(?:[^>\"']|\"[^\"]*\"|'[^']*')*>", re.I | re.S)
NEEDS_NO_LABEL = re.compile(r"""type\s*=\s*["']?(?:hidden|submit|button|reset)""", re.I)
FIELD_ID = re.compile(r"""\bid\s*=\s*(?:"([^"]+)"|'([^']+)')""", re.I)
RAW_TEXT = re.compile(r">([^<>{}]*[A-Za-z一-鿿]{2,}[^<>{}]*)<")
NOT_TRANSLATED = {"Huiyin", "回音", "English", "中文", "English中文", "RFC 9457", "OpenAPI 3.1", "AGPL-3.0-or-later"}


def called(file: Path) -> str:
    return file.relative_to(SOURCE).as_posix()


def name_of(file: Path) -> str:
    parts = file.parts
    return "/".join(parts[len(parts) - parts[::-1].index("templates") :])


def problems(text: str) -> list[str]:
    """What a page may never hold."""
    bare = re.sub(r"{#.*?#}|{% comment.*?endcomment %}", "", text, flags=re.S)
    found = [name for name, pattern in INLINE.items() if pattern.search(bare)]
    return found + [f"field without a label: {field[:60]}" for field in unlabelled(bare)]


def unlabelled(text: str) -> list[str]:
    """Fields that no label in the same template points at."""
    found = []
    for match in FIELD.finditer(text):
        field = match.group()
        if NEEDS_NO_LABEL.search(field) or "aria-label" in field:
            continue
        identity = FIELD_ID.search(field)
        if identity is None:
            found.append(field)
            continue
        label = re.compile(
            r"""<label\b[^>]*\bfor\s*=\s*["']""" + re.escape(identity.group(1) or identity.group(2)), re.I
        )
        if not label.search(text):
            found.append(field)
    return found


def untranslated(text: str) -> list[str]:
    """Words that stand on a page in one language only."""
    bare = re.sub(
        r"{#.*?#}|{% comment.*?endcomment %}|{% blocktrans.*?endblocktrans\w* %}|<script.*?</script>|<(?:code|kbd)\b.*?</(?:code|kbd)>",
        "",
        text,
        flags=re.S,
    )
    bare = re.sub(r"{%.*?%}|{{.*?}}", "", bare, flags=re.S)
    words = (match.group(1).strip(" \n·|:：（）()") for match in RAW_TEXT.finditer(bare))
    return [word for word in words if word not in NOT_TRANSLATED]


@pytest.mark.parametrize("file", FILES, ids=called)
def test_a_template_loads(file):
    try:
        engines["django"].get_template(name_of(file))
    except TemplateSyntaxError as problem:
        pytest.fail(str(problem))


@pytest.mark.parametrize("file", PAGES, ids=called)
def test_a_page_runs_nothing_inline_trusts_nothing_and_labels_its_fields(file):
    assert problems(file.read_text(encoding="utf-8")) == []


@pytest.mark.parametrize("file", PAGES, ids=called)
def test_every_word_of_a_page_can_be_translated(file):
    words = untranslated(file.read_text(encoding="utf-8"))
    if "patterns" in file.parts:  # there the headings are the names of parts, as they stand in code
        words = [word for word in words if not re.fullmatch(r"[a-z_]+(, [a-z_]+)*", word)]
    assert words == []


def test_two_templates_never_share_a_name():
    names = [name_of(file) for file in FILES]
    assert sorted({name for name in names if names.count(name) > 1}) == []


@pytest.mark.parametrize(
    "planted",
    ['<p style="color:red">', "<style>p{}</style>", "<script>go()</script>", "<a onclick='go()'>", "{{ text|safe }}",
     '<input name="phone">', '<input id="a"><label for="b">', '<script src="https://example.org/x.js"></script>'],
)  # fmt: skip
def test_a_planted_fault_is_found(planted):
    assert problems(planted)


def test_an_honest_page_passes():
    page = '{% load i18n %}<label for="{{ field.id }}">{% translate "Name" %}</label><input id="{{ field.id }}" type="text">'
    assert problems(page) == []
    assert untranslated(page) == []
    assert untranslated("<p>Only English</p>") == ["Only English"]
