"""The tool that collects sentences: what it finds, keeps, and compiles."""

from __future__ import annotations

import gettext
import io
from pathlib import Path

import pytest

from tools.message_files import Message, compiled, read_po, written
from tools.message_sources import found_in
from tools.messages import complaints, contradictions, merge

TEMPLATE = """{% load i18n %}<h1>{% translate "Start" %}</h1>
{% blocktranslate trimmed count n=n %}
  One day left
{% plural %}
  {{ n }} days left
{% endblocktranslate %}
<p title="{% translate 'It is "late"' context "deadline" %}">{{ _("Hello") }}</p>"""

PYTHON = """from django.utils.translation import gettext as _, pgettext
def words(due): return _("Answer by "
    "%(due)s") % {"due": due}, pgettext("move", "Close"), _(due)
"""


@pytest.fixture
def room(tmp_path: Path) -> Path:
    (tmp_path / "templates").mkdir()
    (tmp_path / "templates" / "start.html").write_text(TEMPLATE, encoding="utf-8")
    (tmp_path / "views.py").write_text(PYTHON, encoding="utf-8")
    return tmp_path


def test_sentences_of_templates_and_python_are_found(room):
    found = {message.key: message for message in found_in(room)}
    assert set(found) == {
        ("", "Start"), ("", "One day left"), ("deadline", 'It is "late"'), ("", "Hello"),
        ("", "Answer by %(due)s"), ("move", "Close"),
    }  # fmt: skip
    assert found["", "One day left"].plural == "%(n)s days left"


def test_a_file_read_again_is_written_the_same(room, tmp_path):
    messages = [
        message.with_translation(Message("", "", msgstr=(f"第{n}句 %(due)s\n“二”",)))
        for n, message in enumerate(found_in(room))
    ]
    messages.append(Message("", "Gone", msgstr=("没有了",)).unused())
    file = tmp_path / "django.po"
    file.write_text(written(messages), encoding="utf-8")
    again = read_po(file)
    assert [(m.key, m.msgstr, m.is_unused) for m in again] == [(m.key, m.msgstr, m.is_unused) for m in messages]


def test_the_compiled_file_answers_in_chinese(room):
    messages = [message.with_translation(Message("", "", msgstr=("好",))) for message in found_in(room)]
    words = gettext.GNUTranslations(io.BytesIO(compiled(messages)))
    assert words.gettext("Start") == "好"
    assert words.pgettext("move", "Close") == "好"
    assert words.ngettext("One day left", "%(n)s days left", 3) == "好"


def test_what_is_missing_doubtful_unused_or_lost_is_named():
    untranslated = Message("", "Start", where=["a.html"])
    lost = Message("", "Due %(on)s", msgstr=("到期",), where=["a.html"])
    said = complaints([untranslated, lost, Message("", "Gone", msgstr=("没有了",)).unused()])
    assert [line.split(":")[0] for line in said] == ["not translated", "named places differ (on)", "no longer said"]


def test_one_sentence_has_one_chinese_in_every_room():
    root = Path(__file__).resolve().parents[2] / "src"
    first, second = Message("", "Close", msgstr=("办结",)), Message("", "Close", msgstr=("关闭",))
    assert len(list(contradictions({root / "a": [first], root / "b": [second]}))) == 1


def test_a_sentence_that_moves_takes_its_chinese_along():
    known = Message("", "Start", msgstr=("开始",))
    (merged,) = merge([Message("", "Start", where=["b.html"])], [], {known.key: known}, prune=False)
    assert merged.msgstr == ("开始",)
