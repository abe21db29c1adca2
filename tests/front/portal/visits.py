"""How a resident moves through the pages, so that a test reads as a sentence."""

from __future__ import annotations

import re
from typing import Any

from django.test import Client

from huiyin.record.cases.given import Given
from huiyin.record.cases.moving import moves
from tests.cast import Office, make_move

ANSWERS = {
    "subject": "夜间施工噪音",
    "description": "河边工地每天夜里施工到两点，孩子睡不着。",
    "area": "willow",
    "category": "noise",
    "about_body": "",
    "about_unit": "",
    "about_officer": "",
    "about_words": "",
    "confidentiality": "named",
    "name": "李梅",
    "phone": "000-0000-0001",
    "email": "limei@example.org",
    "address": "柳村一号",
    "language": "zh-hans",
    "needs": "",
    "safe_times": "晚上六点以后",
    "key": "a-random-key-of-a-page-1",
}


def sent(client: Client, **changes: str) -> Any:
    """Li Mei presses "send" on the page with all her answers."""
    return client.post("/file/check/", ANSWERS | {"send": "1"} | changes)


def hidden(page: Any) -> dict[str, str]:
    """What a page carries in hidden fields."""
    text = page.content.decode()
    found = re.findall(r'<input type="hidden" name="([^"]+)" value="([^"]*)"', text)
    return {name: value for name, value in found if name != "csrfmiddlewaretoken"}


def filed(client: Client, **changes: str) -> tuple[str, str]:
    """Number and code, read off the receipt page."""
    answer = sent(client, **changes)
    assert answer.status_code == 303, answer.content.decode()
    text = client.get(answer["Location"]).content.decode()
    number = re.search(r"[0-9]{4}-[0-9]{4}-[0-9]{2}", text)
    code = re.search(r"(?:[0-9]{4} ){4}[0-9]{4}", text)
    assert number and code
    return number.group(), code.group()


def signed_in(number: str, code: str) -> Client:
    """A browser in which number and code were typed."""
    client = Client()
    answer = client.post("/track/", {"case_number": number, "receipt_code": code})
    assert answer.status_code == 303
    return client


def answered(office: Office, number: str, outcome: str = "supported", text: str = "夜间施工已停止。") -> None:
    """Zhao answers, and everybody who must sign does."""
    make_move(number, "accept", by=office.wu, given=Given(text="您反映的夜间施工噪音已受理。"))
    make_move(number, "assign", by=office.wu, given=Given(to="zhao-post"))
    given = Given(text=text, outcome=outcome, legal_basis="《信访工作条例》第三十二条")
    make_move(number, "reply", by=office.zhao, given=given)
    for signer in (office.qian, office.chen, office.chu, office.wei):
        moves.sign(number, by=signer)


def without_token(page: Any) -> bytes:
    """The page less what differs at every loading."""
    return re.sub(rb'name="csrfmiddlewaretoken" value="[^"]*"', b"", page.content)


def words(page: Any) -> str:
    """The text of a page."""
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", page.content.decode()))
