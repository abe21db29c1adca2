"""The other side is invited by mail: its number and nothing of the matter; the code goes another way; what fails shows."""

from __future__ import annotations

from typing import Any

import pytest
from django.core import mail

from huiyin.record.cases.moving import moves
from huiyin.record.cases.opening import access
from huiyin.record.cases.table import side_deeds, side_view
from huiyin.record.cases.table.disputing import OtherSide
from huiyin.record.identity.access import Identity
from huiyin.record.identity.models import SealedIdentity
from huiyin.record.ledger.chains import ChainRef
from huiyin.record.ledger.queries import events_of
from huiyin.record.notices.actions import send_invitation, send_notices
from huiyin.record.notices.channels import ChannelDown, NotAccepted
from huiyin.record.notices.mail import MailLine
from huiyin.rules.refusal import Refusal
from huiyin.stages.mediation import inviting
from tests.cast import Office
from tests.mediating import OWN_WORDS, RELEASED, make_table_office, opened
from tests.stages.mediation.test_at_the_table import findings
from tests.stages.mediation.test_sides import LATER, _later

pytestmark = pytest.mark.django_db(transaction=True, databases=["default", "vault"])
OTHER = "zhangwei@example.org"


@pytest.fixture
def office(settings: Any) -> Office:
    settings.HUIYIN_MAIL_IS_SET_UP, settings.DEFAULT_FROM_EMAIL = True, "news@office.example"
    settings.HUIYIN_NOTICE_PAUSE = 0
    return make_table_office()


def asked(**contact: str) -> str:
    return opened(is_both=False, others=(OtherSide(Identity(name="张伟", **contact)),)).case_number


def states(number: str) -> list[tuple[bool, bool]]:
    return [(each.waits, each.has_failed) for each in inviting.invitations(number)]


def test_the_mail_holds_the_number_and_the_page_never_the_code_nor_what_it_is_about(office: Office) -> None:
    number = asked(email=OTHER)
    slip = inviting.invite(number, 2, "mail", by=office.wu)
    assert states(number) == [(True, False)]
    assert inviting.send_waiting(send_invitation) == 1
    assert inviting.send_waiting(send_invitation) == 0
    (sent,) = mail.outbox
    words = f"{sent.subject} {sent.body}"
    assert sent.to == [OTHER] and slip.number in words and "/track/" in words
    digits = "".join(each for each in slip.code if each.isdecimal())
    for secret in (slip.code, digits, digits[:8], number, OWN_WORDS, RELEASED, "李梅", "张伟", "地界", "调解"):
        assert secret not in words and secret not in words.replace(" ", "")
    assert states(number) == [(False, False)]
    holder = access.open_receipt(slip.number, slip.code, source="there")
    looks = side_view.open_as_side(holder).looks
    assert [(each.what, each.purpose) for each in looks if each.role == "system"] == [("contact", "invite")]
    assert findings() == []


def test_what_was_said_for_the_invitation_serves_nothing_else_and_is_gone_after_thirty_days(
    office: Office, monkeypatch: pytest.MonkeyPatch
) -> None:
    number = asked(email=OTHER)
    slip = inviting.invite(number, 2, "mail", by=office.wu)
    inviting.send_waiting(send_invitation)
    mail.outbox.clear()
    holder = access.open_receipt(slip.number, slip.code, source="there")
    rows = SealedIdentity.objects.using("vault").count()
    moves.move_as_side(holder, "refuse")
    send_notices()
    assert OTHER not in [address for each in mail.outbox for address in each.to]
    _later(monkeypatch, LATER)
    assert side_deeds.erase_sides() == 1
    assert SealedIdentity.objects.using("vault").count() == rows - 1


@pytest.mark.parametrize("contact", [{}, {"phone": "000-0000-0077"}])
def test_without_an_address_it_shows_as_not_delivered_and_the_slip_still_works(
    office: Office, contact: dict[str, str]
) -> None:
    number = asked(**contact)
    inviting.invite(number, 2, "mail", by=office.wu)
    assert inviting.send_waiting(send_invitation) == 0
    assert states(number) == [(False, True)] and mail.outbox == []
    assert [each.kind for each in events_of(ChainRef.case(number))][-1] == "invitation_failed"
    slip = inviting.invite(number, 2, "slip", by=office.wu)
    assert access.open_receipt(slip.number, slip.code, source="there").side == "other_party"
    assert findings() == []


def test_an_address_that_is_refused_shows_and_a_server_that_is_gone_loses_nothing(
    office: Office, monkeypatch: pytest.MonkeyPatch
) -> None:
    number = asked(email=OTHER)
    inviting.invite(number, 2, "mail", by=office.wu)

    def gone(*_args: object) -> None:
        raise ChannelDown("gone")

    with monkeypatch.context() as broken:
        broken.setattr(MailLine, "send", gone)
        with pytest.raises(ChannelDown):
            inviting.send_waiting(send_invitation)
    assert states(number) == [(True, False)]

    def refused(*_args: object) -> None:
        raise NotAccepted("SMTPRecipientsRefused")

    with monkeypatch.context() as broken:
        broken.setattr(MailLine, "send", refused)
        assert inviting.send_waiting(send_invitation) == 0
    assert states(number) == [(False, True)]


def test_where_no_mail_is_set_up_it_is_not_offered(office: Office, settings: Any) -> None:
    settings.HUIYIN_MAIL_IS_SET_UP = False
    number = asked(email=OTHER)
    with pytest.raises(Refusal, match="unknown_choice"):
        inviting.invite(number, 2, "mail", by=office.wu)
    assert states(number) == []
