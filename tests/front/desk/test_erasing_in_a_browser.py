"""The pages of an erasure in a real browser: of a matter that ended years ago, which no town of the demo has."""

from __future__ import annotations

import datetime
from typing import Any

import pytest
from django.conf import settings
from django.test import Client
from django.urls import reverse
from playwright.sync_api import Browser

from huiyin.record import clock
from huiyin.record.approvals.models import Proposal
from huiyin.record.cases.deeds import erasing
from huiyin.record.cases.models import Case
from huiyin.stages.intake.actions import file_complaint
from tests.axe import violations
from tests.cast import Office, add_officer, complaint, make_office
from tests.sealed import cheap, give_key, recovery_set

pytestmark = [
    pytest.mark.browser, pytest.mark.slow, pytest.mark.django_db(transaction=True, databases=["default", "vault"]),
]  # fmt: skip
LAW = "某档案管理办法第九条第一款，以及本单位关于事项内容保存期限的规定" * 3
EXAMINED = [("zh-CN", 320), ("en", 1280)]


def seen(browser: Browser, url: str, cookies: dict[str, str], addresses: list[str]) -> list[str]:
    """What is wrong on some pages, at both widths and in both languages."""
    faults = []
    for language, width in EXAMINED:
        context = browser.new_context(viewport={"width": width, "height": 900}, locale=language, bypass_csp=True)
        context.add_cookies([{"name": name, "value": value, "url": url} for name, value in cookies.items()])
        page = context.new_page()
        for address in addresses:
            answer = page.goto(url + address)
            assert answer is not None and answer.status == 200, address
            faults += violations(page)
            if page.evaluate("document.documentElement.scrollWidth") > width:
                faults.append(f"{address} scrolls sideways at {width}")
        context.close()
    return faults


def cookies_of(office: Office, name: str) -> dict[str, str]:
    account, client = office.account(name), Client()
    account.language = ""
    client.force_login(account)
    return {settings.SESSION_COOKIE_NAME: client.cookies[settings.SESSION_COOKIE_NAME].value}


def test_proposing_deciding_and_what_is_read_afterwards(browser: Browser, live_server: Any) -> None:
    with recovery_set(), cheap():
        office = make_office()
        add_officer("ku", ("库", "Ku"), "letters-outside", ("保管", "Keeper"), ["vault_keeper"])
        give_key(office.wu)
        filed = file_complaint(complaint(confidentiality="confidential"), key=None, digest="x")
        number = filed.case_number
        Case.scoped.filter(number=number).update(is_open=False, closed_at=clock.now() - datetime.timedelta(days=4000))
        pages = [reverse("desk:erasures"), reverse("desk:erasure", args=[number])]
        assert seen(browser, live_server.url, cookies_of(office, "ku"), pages) == []
        key = erasing.propose(number, by=office.ku, legal_basis=LAW)
        assert seen(browser, live_server.url, cookies_of(office, "he"), pages[:1]) == []
        assert seen(browser, live_server.url, cookies_of(office, "ku"), pages[:1]) == []
        li_mei = Client()
        li_mei.post(reverse("portal:track"), {"case_number": number, "receipt_code": filed.receipt_code})
        hers = {name: morsel.value for name, morsel in li_mei.cookies.items()}
        mine = [reverse("portal:case", args=[number])]
        assert seen(browser, live_server.url, hers, mine) == []
        Proposal.objects.update(proposed_at=clock.now() - datetime.timedelta(days=32))
        assert seen(browser, live_server.url, cookies_of(office, "he"), pages[:1]) == []
        erasing.erase(key, by=office.he)
        assert seen(browser, live_server.url, hers, mine) == []
