"""Mail: read from one address, refused where it is not safe, tried by the operator, counted for whoever watches."""

from __future__ import annotations

from io import StringIO
from typing import Any

import pytest
from django.core import mail as outgoing
from django.core.management import CommandError, call_command
from django.test import Client

from huiyin.config.environment import Mail, SettingError, mail
from huiyin.config.startup import weak_mail
from huiyin.record.cases.deeds import messages
from huiyin.stages.intake.actions import file_complaint
from tests.cast import complaint, make_office

SENDER = "Office <news@office.example>"


def of(url: str, monkeypatch: pytest.MonkeyPatch) -> Mail:
    monkeypatch.setenv("EMAIL_URL", url)
    return mail("EMAIL_URL")


def test_one_address_says_everything(monkeypatch):
    found = of("smtp+tls://office:p%40ss@mail.example.org", monkeypatch)
    assert (found.host, found.port, found.user, found.password) == ("mail.example.org", 587, "office", "p@ss")
    assert (found.starts_tls, found.is_tls, found.is_set_up) == (True, False, True)
    assert of("smtps://mail.example.org:2465", monkeypatch).port == 2465
    assert of("smtp://localhost", monkeypatch).port == 25


def test_without_it_there_is_no_mail(monkeypatch):
    assert not of("", monkeypatch).is_set_up
    assert of("console:", monkeypatch).is_set_up


@pytest.mark.parametrize("url", ["mail.example.org", "imap://mail.example.org", "smtp://", "smtp://host:99999999"])
def test_what_cannot_be_a_mail_server_is_refused_with_an_example(url, monkeypatch):
    with pytest.raises(SettingError, match="EMAIL_URL"):
        of(url, monkeypatch)


@pytest.mark.parametrize(
    ("url", "sender", "refused"),
    [
        ("", "", ""),
        ("smtp+tls://mail.example.org", SENDER, ""),
        ("smtp://127.0.0.1:2525", SENDER, ""),
        ("smtp://mail.example.org", SENDER, "in clear"),
        ("console:", SENDER, "console"),
        ("smtps://mail.example.org", "", "HUIYIN_MAIL_FROM"),
        ("smtps://mail.example.org", "the office", "HUIYIN_MAIL_FROM"),
    ],
)
def test_unsafe_mail_is_refused_at_the_start(url, sender, refused, monkeypatch, settings):
    settings.MAIL, settings.DEFAULT_FROM_EMAIL = of(url, monkeypatch), sender
    found = list(weak_mail())
    assert bool(found) == bool(refused)
    assert refused in "".join(found)


def said(*words: str) -> str:
    output = StringIO()
    call_command("mail", *words, stdout=output)
    return output.getvalue()


@pytest.mark.django_db(databases=["default", "vault"])
def test_the_operator_reads_that_mail_is_not_set_up_and_how_many_wait(settings: Any):
    office = make_office(with_accounts=False)
    number = file_complaint(complaint(), key=None, digest="").case_number
    messages.write_as_office(number, "请带来照片。", by=office.wu)
    assert "Mail is not set up" in said()
    assert "1 notices wait" in said()
    with pytest.raises(CommandError, match="EMAIL_URL"):
        said("--to", "operator@office.example")
    figures = Client(REMOTE_ADDR="127.0.0.1").get("/metrics").content.decode()
    assert "huiyin_notices_waiting 1.0" in figures
    assert "huiyin_mail_is_set_up 0.0" in figures


@pytest.mark.django_db
def test_the_operator_tries_the_mail_server(settings: Any):
    settings.HUIYIN_MAIL_IS_SET_UP, settings.DEFAULT_FROM_EMAIL = True, SENDER
    assert "took the trial" in said("--to", "operator@office.example")
    assert outgoing.outbox[0].to == ["operator@office.example"]
