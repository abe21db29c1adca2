"""The process that serves pages never opens an address: the key of the notifier is not read by anything a browser asks for."""

from __future__ import annotations

import pytest
from django.test import Client

from huiyin.record import keyring
from huiyin.record.keyring import files
from huiyin.record.notices.actions import send_notices
from tests.cast import Office, make_move, make_office
from tests.front.portal.visits import filed, signed_in

pytestmark = pytest.mark.django_db(databases=["default", "vault"])


@pytest.fixture
def office() -> Office:
    return make_office()


def test_no_page_reads_the_contact_key_and_the_notifier_does(office, monkeypatch, settings):
    settings.HUIYIN_MAIL_IS_SET_UP = True
    settings.HUIYIN_NOTICE_PAUSE = 0
    read: list[str] = []
    pair = files._pair

    def watched(place, name):
        read.append(name)
        return pair(place, name)

    monkeypatch.setattr(files, "_pair", watched)
    keyring.forget()
    number, code = filed(Client())
    li_mei = signed_in(number, code)
    make_move(number, "accept", by=office.wu)
    for page in ("", "contact-details/", "proof/", "files/"):
        assert li_mei.get(f"/track/{number}/{page}").status_code == 200
    assert (
        li_mei.post(
            f"/track/{number}/contact-details/", {"phone": "1", "language": "zh-hans", "notices": ""}
        ).status_code
        == 303
    )
    wu = Client()
    wu.force_login(office.account("wu"))
    assert wu.get(f"/desk/cases/{number}/").status_code == 200
    assert wu.post(f"/desk/cases/{number}/identity/", {"reason": "ask_back"}).status_code == 200
    assert "contact" not in read
    send_notices()
    assert "contact" in read
