"""What leaves the house: when, to whom, in which words, and what stands in the ledger of it."""

from __future__ import annotations

import datetime
import smtplib
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from email.message import EmailMessage as Plain
from typing import Any

import pytest
from django.core import mail as outgoing
from django.core.mail.backends.locmem import EmailBackend
from django.db import transaction

from huiyin.record import clock, keyring
from huiyin.record.cases.deeds import messages
from huiyin.record.cases.held.checking import verify_everything
from huiyin.record.cases.opening import access
from huiyin.record.cases.registering.registration import Registered
from huiyin.record.identity import access as identity
from huiyin.record.identity.access import Identity
from huiyin.record.ledger.chains import ChainRef
from huiyin.record.ledger.queries import events_of
from huiyin.record.notices import actions, queries
from huiyin.record.notices.channels import ChannelDown, NotAccepted, Reachable, Words
from huiyin.record.notices.models import Notice
from huiyin.stages.intake.actions import file_complaint
from tests.cast import Office, complaint, make_office

pytestmark = pytest.mark.django_db(databases=["default", "vault"])

NOON = datetime.datetime(2026, 3, 3, 4, tzinfo=datetime.UTC)  # twelve o'clock in Shanghai
MINUTE = datetime.timedelta(minutes=1)


@pytest.fixture(autouse=True)
def mail_is_set_up(settings: Any) -> None:
    settings.HUIYIN_MAIL_IS_SET_UP = True
    settings.DEFAULT_FROM_EMAIL = "Office <news@office.example>"
    settings.HUIYIN_BASE_URL = "https://complaints.example"


@pytest.fixture
def office() -> Office:
    return make_office(with_accounts=False)


@pytest.fixture
def noon() -> Iterator[None]:
    with clock.story(NOON):
        yield


@pytest.fixture
def told(office: Office, noon: None) -> Callable[..., Registered]:
    """Files a complaint to which the office writes a word, and waits until the notice of it is due."""

    def tell(**changes: Any) -> Registered:
        filed = file_complaint(complaint(**changes), key=None, digest="")
        messages.write_as_office(filed.case_number, "请带来照片。", by=office.wu)
        clock.set(clock.now() + MINUTE)
        return filed

    return tell


def kinds(filed: Registered) -> list[str]:
    """What the ledger says of notices."""
    return [
        event.kind
        for event in events_of(ChainRef.case(filed.case_number))
        if event.kind in {"contact_opened", "notice_sent", "notice_undelivered"}
    ]


@dataclass
class Fake:
    """A channel that does what a test wants."""

    fails: Exception | None = None
    is_shut: bool = False
    sent: list[Words] = field(default_factory=list)

    @contextmanager
    def line(self) -> Iterator[Fake]:
        if self.is_shut:
            raise ChannelDown("shut")
        yield self

    def reaches(self, contact: Reachable) -> bool:
        return bool(contact.email)

    def send(self, contact: Reachable, words: Words) -> None:
        if self.fails:
            raise self.fails
        self.sent.append(words)


@pytest.fixture
def channel(monkeypatch: pytest.MonkeyPatch) -> Fake:
    made = Fake()
    monkeypatch.setattr(actions, "CHANNELS", ((lambda: True, lambda: made),))
    return made


def test_a_mail_says_that_there_is_something_new_and_nothing_else(told):
    filed = told()
    assert actions.send_notices() == 1
    (mail,) = outgoing.outbox
    assert mail.to == ["limei@example.org"]
    whole = str(mail.message())
    said = f"{mail.subject}\n{mail.body}"
    for secret in ("李梅", "噪音", "请带来照片", "000-0000-0001", filed.case_number, filed.receipt_code or "?"):
        assert secret not in said
        assert secret not in whole
    assert f"以{filed.case_number[:4]}开头" in said
    assert "https://complaints.example/track/" in said
    assert mail.message()["Auto-Submitted"] == "auto-generated"
    assert actions.send_notices() == 0


def test_it_is_in_the_language_of_the_person(told):
    told(identity=Identity(name="Li Mei", email="limei@example.org", language="en"))
    actions.send_notices()
    (mail,) = outgoing.outbox
    assert mail.subject == "There is something new"
    assert "number and your code" in mail.body


def test_the_look_is_committed_before_the_address_is_opened(told, monkeypatch):
    filed, seen = told(), []
    opened = identity.reveal_contact

    def watched(vault_id: Any) -> Any:
        seen.append(kinds(filed))
        return opened(vault_id)

    monkeypatch.setattr(identity, "reveal_contact", watched)
    actions.send_notices()
    assert seen == [["contact_opened"]]
    assert kinds(filed) == ["contact_opened", "notice_sent"]
    holder = access.open_receipt(filed.case_number, filed.receipt_code or "", source="here")
    view = access.open_as_complainant(holder)
    (look,) = [each for each in view.looks if each.role == "system"]
    notice = Notice.objects.get()
    assert (look.purpose, look.what) == ("tell", f"notice {notice.number}")
    assert str(notice.number) in view.timeline[0].sentence.en
    assert verify_everything() == []


def test_whether_there_is_an_address_shows_neither_in_the_row_nor_in_the_ledger(told):
    filings = [told(), told(identity=None), told(confidentiality="anonymous", identity=None)]
    filings.append(told(identity=Identity(name="李梅", email="limei@example.org", notices="never")))
    for _ in range(2):
        actions.send_notices()
    assert [mail.to for mail in outgoing.outbox] == [["limei@example.org"]]
    rows = Notice.objects.values_list("state", "tries", "number")
    assert len(set(rows)) == 1
    assert {tuple(kinds(filed)) for filed in filings} == {("contact_opened", "notice_sent")}
    details = [
        [(each.kind, each.details, each.actor) for each in events_of(ChainRef.case(filed.case_number))[-2:]]
        for filed in filings
    ]
    assert all(each == details[0] for each in details)


def test_without_a_channel_everything_waits_and_nothing_is_opened(told, settings):
    settings.HUIYIN_MAIL_IS_SET_UP = False
    filed = told()
    assert actions.send_notices() == 0
    assert kinds(filed) == []
    now = queries.standing()
    assert (now.is_set_up, now.waiting, now.undelivered) == (False, 1, 0)
    assert now.oldest is not None


def test_a_server_that_is_shut_costs_no_try_and_opens_no_address(told, channel):
    filed, channel.is_shut = told(), True
    with pytest.raises(ChannelDown):
        actions.send_notices()
    assert kinds(filed) == []
    channel.is_shut = False
    assert actions.send_notices() == 1


def test_a_mail_that_is_not_taken_is_tried_again_ever_later_and_then_given_up(told, channel):
    filed, channel.fails = told(), NotAccepted()
    pauses = []
    for _ in range(actions.TRIES):
        assert actions.send_notices() == 1
        assert actions.send_notices() == 0, "not before its time"
        row = Notice.objects.get()
        pauses.append(row.next_try_at - clock.now())
        clock.set(row.next_try_at)
    assert pauses == [MINUTE * 5**number for number in range(actions.TRIES)]
    assert Notice.objects.get().state == "undelivered"
    assert kinds(filed) == ["contact_opened"] * actions.TRIES + ["notice_undelivered"]
    assert queries.undelivered_since(filed.case_number) is not None
    clock.set(clock.now() + datetime.timedelta(days=60))
    assert actions.send_notices() == 0
    assert actions.forget_sent() == 0, "what reached nobody is not forgotten"


def test_every_try_bears_the_same_message_id(told, channel):
    told()
    actions.send_notices()
    Notice.objects.update(state="waiting", settled_at=None, next_try_at=clock.now())  # killed before it was marked
    actions.send_notices()
    first, second = channel.sent
    assert first == second
    told()
    actions.send_notices()
    assert channel.sent[2].token != first.token


def test_words_about_safe_times_are_for_people(told, channel):
    careful = Identity(name="李梅", email="limei@example.org", safe_times="不要在家里提起")
    filed = told(identity=careful)
    actions.send_notices()
    assert channel.sent == []
    assert Notice.objects.get().state == "undelivered"
    assert queries.undelivered_since(filed.case_number) is not None


def test_a_mail_waits_for_the_hours_that_were_wished(told, channel):
    told(identity=Identity(name="李梅", email="limei@example.org", safe_times="晚上", notices="evening"))
    assert actions.send_notices() == 1
    assert channel.sent == []
    at = Notice.objects.get().next_try_at
    assert at == datetime.datetime(2026, 3, 3, 10, tzinfo=datetime.UTC)  # six in the evening
    clock.set(at - MINUTE)
    assert actions.send_notices() == 0
    clock.set(at)
    actions.send_notices()
    assert len(channel.sent) == 1


def test_an_address_that_does_not_open_holds_up_nobody_else(told, channel):
    told()
    told()
    with transaction.atomic(using="vault"):
        first = Notice.objects.order_by("id").select_related("party")[0].party.vault_id
        identity.SealedIdentity.objects.using("vault").filter(pk=first).update(contact=b"broken")
    assert actions.send_notices() == 2
    assert len(channel.sent) == 1
    assert Notice.objects.filter(state="waiting", tries=1).count() == 1


def test_a_process_without_the_contact_key_takes_nothing_up(told, channel, monkeypatch):
    filed = told()

    def refuse() -> None:
        raise keyring.KeyringError("not here")

    monkeypatch.setattr(keyring, "contact_private", refuse)
    with pytest.raises(keyring.KeyringError):
        actions.send_notices()
    assert kinds(filed) == []
    assert Notice.objects.get().tries == 0


def test_rows_of_what_was_sent_long_ago_are_removed(told, channel):
    told()
    actions.send_notices()
    assert actions.forget_sent() == 0
    clock.set(clock.now() + actions.KEPT + MINUTE)
    assert actions.forget_sent() == 1


def refused(*_: object) -> None:
    raise smtplib.SMTPRecipientsRefused({})


def gone(*_: object) -> None:
    raise smtplib.SMTPServerDisconnected


@pytest.mark.parametrize(("answer", "is_down"), [(refused, False), (gone, True)])
def test_the_answers_of_a_mail_server(told, monkeypatch, answer, is_down):
    told()
    monkeypatch.setattr(EmailBackend, "send_messages", answer)
    if is_down:
        with pytest.raises(ChannelDown):
            actions.send_notices()
    else:
        actions.send_notices()
    row = Notice.objects.get()
    assert (row.state, row.tries) == ("waiting", 1)


def test_the_message_id_tells_nothing_and_is_well_formed(told):
    filed = told()
    actions.send_notices()
    message = outgoing.outbox[0].message()
    parsed = Plain()
    parsed["Message-ID"] = message["Message-ID"]
    assert parsed["Message-ID"].endswith("@office.example>")
    assert filed.case_number.replace("-", "") not in parsed["Message-ID"].replace("-", "")
