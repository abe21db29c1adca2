"""The mail of the morning: two counts for who wants them, on working days, once, and nothing of restricted matters."""

from __future__ import annotations

import datetime
from collections.abc import Iterator
from typing import Any

import pytest
from django.core import mail as outgoing

from huiyin.record import clock
from huiyin.record.bodies.models import Account
from huiyin.record.notices import morning
from huiyin.record.notices.channels import ChannelDown, NotAccepted
from huiyin.stages.intake.actions import file_complaint
from tests.cast import Office, against_qian, complaint, make_office

pytestmark = pytest.mark.django_db(databases=["default", "vault"])

BEGAN = datetime.datetime(2026, 3, 3, 4, tzinfo=datetime.UTC)
SHANGHAI = datetime.timezone(datetime.timedelta(hours=8))


def at(day: datetime.date, hour: int, minute: int = 0) -> None:
    """The clock of the office stands at this hour of this day."""
    clock.set(datetime.datetime.combine(day, datetime.time(hour, minute), tzinfo=SHANGHAI))


@pytest.fixture(autouse=True)
def story(settings: Any) -> Iterator[None]:
    settings.HUIYIN_MAIL_IS_SET_UP = True
    settings.DEFAULT_FROM_EMAIL = "Office <news@office.example>"
    settings.HUIYIN_BASE_URL = "https://complaints.example"
    with clock.story(BEGAN):
        yield


@pytest.fixture
def office() -> Office:
    return make_office()


@pytest.fixture
def due(office: Office) -> datetime.date:
    """Wu has one ordinary matter; gives the day it is first due."""
    filed = file_complaint(complaint(), key=None, digest="")
    Account.objects.filter(officer__code="wu").update(morning_mail="wu@office.example", language="en")
    return min(term.due_on for term in filed.terms)


def test_two_counts_and_the_way_to_the_desk(due: datetime.date) -> None:
    at(due, 7, 29)
    assert morning.send_morning_mail() == 0
    at(due, 7, 30)
    assert morning.send_morning_mail() == 1
    (sent,) = outgoing.outbox
    assert (sent.to, sent.subject) == (["wu@office.example"], "1 due today, 0 overdue")
    assert "https://complaints.example/desk/" in sent.body
    assert morning.send_morning_mail() == 0


def test_the_next_working_day_it_is_overdue(due: datetime.date) -> None:
    day = due
    told = []
    for _ in range(9):
        day += datetime.timedelta(days=1)
        at(day, 9)
        if morning.send_morning_mail():
            told.append(day.weekday())
            assert outgoing.outbox[-1].subject == "0 due today, 1 overdue"
    assert len(told) >= 6
    assert set(told) <= {0, 1, 2, 3, 4}


def test_none_where_nothing_is_due_or_nobody_asked_for_it(due: datetime.date, office: Office) -> None:
    at(due - datetime.timedelta(days=1), 9)
    assert morning.send_morning_mail() == 0
    Account.objects.update(morning_mail="")
    at(due, 9)
    assert morning.send_morning_mail() == 0
    assert outgoing.outbox == []


def test_a_restricted_matter_is_not_counted(office: Office) -> None:
    filed = file_complaint(against_qian(), key=None, digest="")
    first = min(term.due_on for term in filed.terms)
    for account in Account.objects.all():
        Account.objects.filter(pk=account.pk).update(morning_mail=f"{account.pk}@office.example")
    at(first, 9)
    assert morning.send_morning_mail() == 0
    assert outgoing.outbox == []


@pytest.mark.parametrize("problem", [NotAccepted("full"), ChannelDown("gone")])
def test_what_was_not_taken_is_tried_again(
    due: datetime.date, problem: Exception, monkeypatch: pytest.MonkeyPatch
) -> None:
    at(due, 9)
    with monkeypatch.context() as broken:
        broken.setattr("huiyin.record.notices.mail.MailLine.send", _raise(problem))
        if isinstance(problem, ChannelDown):
            with pytest.raises(ChannelDown):
                morning.send_morning_mail()
        else:
            assert morning.send_morning_mail() == 0
    assert morning.send_morning_mail() == 1


def _raise(problem: Exception) -> Any:
    def send(*_given: object) -> None:
        raise problem

    return send
