"""``huiyin procedures``: a clerk checks a pack of the own office, sees what it changes, and gets a picture."""

from __future__ import annotations

from io import StringIO

import pytest
from django.core.management import CommandError, call_command

OWN = """inherits = "generic"
id = "own"
version = "1"
name = { zh = "本县", en = "Our county" }
remove = ["vectors"]
[terms.decide]
length = 10
"""


@pytest.fixture(autouse=True)
def in_english(monkeypatch: pytest.MonkeyPatch) -> None:
    """Whatever the terminal is set to in which the tests run."""
    for name in ("LC_ALL", "LC_MESSAGES", "LANG"):
        monkeypatch.delenv(name, raising=False)


def said(*words: str) -> str:
    out = StringIO()
    call_command("procedures", *words, stdout=out)
    return out.getvalue()


@pytest.fixture
def own(tmp_path):
    path = tmp_path / "own.toml"
    path.write_text(OWN, encoding="utf-8")
    return path


def test_every_installed_pack_is_sound():
    lines = said("check").splitlines()
    assert len(lines) >= 17
    assert all(": sound; " in line for line in lines)
    assert any("cn-police" in line and "not verified: XF-triage" in line for line in lines)


def test_an_office_checks_its_own_pack_without_touching_ours(own):
    assert "own 1: sound" in said("check", str(own))
    own.write_text(OWN.replace("length = 10", 'length = "ten"'), encoding="utf-8")
    out = StringIO()
    with pytest.raises(CommandError, match="1 mistake"):
        call_command("procedures", "check", str(own), stdout=out)
    assert out.getvalue() == f"{own}:7: length must be a whole number, at least 0\n"


def test_what_a_new_version_changes_is_said_in_both_languages(own):
    assert "(decide): 20 working days becomes 10 working days." in said("diff", "generic", str(own))
    assert "（decide）：20个工作日 改为 10个工作日。" in said("diff", "generic", str(own), "--language", "zh")
    assert said("diff", "generic", "generic") == "Nothing changes.\n"


def test_the_picture_is_printed_or_written(own, tmp_path):
    assert said("draw", "uk-police").startswith("<svg ")
    target = tmp_path / "picture.svg"
    assert str(target) in said("draw", str(own), "--language", "zh", "--to", str(target))
    assert 'lang="zh-Hans"' in target.read_text(encoding="utf-8")


@pytest.mark.parametrize("words", [("check", "nowhere"), ("draw", "nowhere"), ("diff", "generic", "nowhere.toml")])
def test_a_pack_that_is_not_there_is_named(words):
    with pytest.raises(CommandError, match="neither an installed pack nor a file"):
        said(*words)


def test_a_calendar_that_is_missing_is_named(own):
    own.write_text(OWN.replace('version = "1"', 'version = "1"\ncalendar = "XX"'), encoding="utf-8")
    out = StringIO()
    with pytest.raises(CommandError):
        call_command("procedures", "check", str(own), stdout=out)
    assert "no calendar 'XX'" in out.getvalue()


def test_the_check_speaks_the_language_of_its_reader(own, monkeypatch):
    assert "own 1：没有问题；" in said("check", str(own), "--language", "zh")
    monkeypatch.setenv("LANG", "zh_CN.UTF-8")
    assert "没有问题" in said("check", str(own))
    assert "没有变化。" in said("diff", "generic", "generic")
    own.write_text(OWN.replace("length = 10", 'length = "ten"'), encoding="utf-8")
    out = StringIO()
    with pytest.raises(CommandError, match="1 处错误"):
        call_command("procedures", "check", str(own), stdout=out)
    assert out.getvalue() == f"{own}:7: length 应当是整数，至少为 0\n"
    with pytest.raises(CommandError, match="既不是已安装的办理规则"):
        said("check", "nowhere.toml")
    monkeypatch.setenv("LC_ALL", "en_GB.UTF-8")
    assert "Nothing changes." in said("diff", "generic", "generic")
