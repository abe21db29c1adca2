"""What a complainant reads of notices: when her address was opened, for which notice, and whether it went out."""

from __future__ import annotations

from typing import Any

import pytest
from django.core import mail
from django.test import Client

from huiyin.record.cases.deeds import messages
from huiyin.record.identity import access as identity
from huiyin.record.notices import actions
from huiyin.record.notices.models import Notice
from huiyin.rules.reaching import WISHES
from tests.cast import Office, make_office
from tests.front.portal.visits import filed, sent, signed_in, words

pytestmark = pytest.mark.django_db(databases=["default", "vault"])


@pytest.fixture
def office(settings: Any) -> Office:
    settings.HUIYIN_MAIL_IS_SET_UP, settings.DEFAULT_FROM_EMAIL = True, "news@office.example"
    settings.HUIYIN_NOTICE_PAUSE = 0
    return make_office(with_accounts=False)


def told(office: Office, **answers: str) -> tuple[str, str]:
    receipt = filed(Client(), **answers)
    messages.write_as_office(receipt[0], "请带来照片。", by=office.wu)
    actions.send_notices()
    return receipt


def test_she_reads_that_her_address_was_used_and_by_whom(office):
    number, code = told(office, safe_times="", notices="any")
    assert [each.to for each in mail.outbox] == [["limei@example.org"]]
    page = words(signed_in(number, code).get(f"/track/{number}/"))
    notice = Notice.objects.get().number
    assert f"第{notice}号通知" in page
    assert f"通知的地址（第{notice}号通知）" in page


def test_her_own_words_about_safe_times_keep_the_mail_back(office):
    number, code = told(office)
    assert mail.outbox == []
    assert "没有送达" in words(signed_in(number, code).get(f"/track/{number}/"))


@pytest.mark.parametrize("wish", WISHES)
def test_a_wish_chosen_on_the_form_is_kept_with_the_address(office, wish):
    told(office, notices=wish)
    vault_id = Notice.objects.select_related("party").get().party.vault_id
    assert identity.reveal_contact(vault_id).notices == wish


def test_a_wish_that_is_not_in_the_list_is_refused(office):
    answer = sent(Client(), notices="whenever")
    assert answer.status_code == 422
    assert Notice.objects.count() == 0
