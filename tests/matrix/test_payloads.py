"""What somebody writes is shown, never run: payloads in each field, looked for in each page that shows it."""

from __future__ import annotations

import itertools
from html.parser import HTMLParser

import pytest
from django.test import Client

from huiyin.record.cases.deeds.messages import write_as_complainant, write_as_office
from huiyin.record.cases.given import Given
from huiyin.record.cases.opening import access
from huiyin.record.identity.access import Identity
from huiyin.stages.intake.actions import file_complaint
from tests.cast import complaint, make_move, make_office
from tests.matrix import town as matrix

pytestmark = pytest.mark.django_db(databases=["default", "vault"])
MARK = "x5s"
BASIC = (
    '<script>x5s()</script>', '"><img src=x5s onerror=x5s()>', "' autofocus onfocus=x5s() '", "</textarea><svg onload=x5s()>",
    "</title><script src=//x5s></script>", "{{ x5s }}{% x5s %}", "javascript:x5s()", "<a href=javascript:x5s()>x5s</a>",
    "--><iframe srcdoc='<script>x5s()</script>'>", "<style>@import 'x5s'</style>", "&lt;x5s&gt;<x5s>", "<math><mtext></x5s>",
)  # fmt: skip
WRAPS = ("%s", "%s\r\n%s", "＜x5s＞%s", "\u202e%s", "%s" * 3, "<!--%s", "<![CDATA[%s]]>", "<%s", "%s\\u003cx5s\\u003e", "'%s\"",
         "`%s`", "<xmp>%s", "<noscript><p title=\"</noscript>%s\">", "<form><button formaction=%s>", "<base href=%s>", "<link rel=x5s>%s",
         "<meta http-equiv=refresh content=0;url=%s>")  # fmt: skip
EVERYTHING = [wrap.replace("%s", payload) for wrap, payload in itertools.product(WRAPS, BASIC)]  # 204
PLAIN_ATTRIBUTES = frozenset({"value", "title", "aria-label", "content", "placeholder", "data-options"})


class Looker(HTMLParser):
    """Reads a page as a browser would, and notes wherever a payload became more than text."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.faults: list[str] = []
        self.seen = False
        self.inside = ""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.inside = tag if tag in {"script", "style"} else ""
        if MARK in tag or tag in {"iframe", "object", "embed", "math", "xmp", "base"}:
            self.faults.append(f"<{tag}>")
        for name, value in attrs:
            if MARK in name or name.startswith("on") or (name in {"srcdoc", "formaction"} and MARK in (value or "")):
                self.faults.append(f"{tag} {name}")
            elif MARK in (value or ""):
                self.seen = True
                is_our_address = (
                    name in {"href", "action"} and str(value).startswith("/") and not str(value).startswith("//")
                )
                if name not in PLAIN_ATTRIBUTES and not is_our_address:
                    self.faults.append(f"{tag} {name}={value}")

    def handle_data(self, data: str) -> None:
        if MARK in data:
            self.seen = True
            if self.inside:
                self.faults.append(f"inside {self.inside}")

    def handle_comment(self, data: str) -> None:
        if MARK in data:
            self.faults.append("comment")


@pytest.mark.parametrize(
    "payloads",
    [pytest.param(BASIC[:1], id="one"), pytest.param(BASIC, id="each", marks=pytest.mark.slow), pytest.param(EVERYTHING, id="all", marks=pytest.mark.full)],
)  # fmt: skip
def test_a_payload_is_shown_and_does_nothing(payloads: tuple[str, ...]) -> None:
    office = make_office()
    zhao = Client(headers={"accept-language": "en"})
    zhao.force_login(office.account("zhao"))
    for turn, payload in enumerate(payloads):
        filing = complaint(subject=payload[:200], description=payload, identity=Identity(name=payload, address=payload))
        filed = file_complaint(filing, key=None, digest=str(turn))
        number, code = filed.case_number, filed.receipt_code or ""
        with matrix.quick():
            make_move(number, "accept", by=office.wu)
            make_move(number, "assign", by=office.wu, given=Given(to="zhao-post"))
        write_as_complainant(access.open_receipt(number, code, source="here"), payload)
        write_as_office(number, payload, by=office.zhao)
        li_mei = Client(headers={"accept-language": "en"})
        li_mei.post("/track/", {"case_number": number, "receipt_code": code})
        desk = f"/desk/cases/{number}/"
        pages = [
            *(zhao.get(each) for each in (desk, f"{desk}print/", f"{desk}summary/", "/desk/queues/mine/", "/desk/")),
            zhao.post(f"{desk}identity/", {"reason": "protect"}),
            zhao.post(f"{desk}moves/reply/", {"text": payload, "outcome": "supported", "legal_basis": payload}),
            *(li_mei.get(f"/track/{number}/{each}") for each in ("", "content/", "way/")),
            li_mei.post(f"/track/{number}/message/", {"text": ""}),
            zhao.get("/desk/search/", {"q": payload}),
            zhao.post("/desk/sign-in/", {"username": payload, "password": "x"}),
            Client().post("/file/check/", {"subject": payload, "description": payload, "name": payload}),
            Client().get("/track/" + "x5s/"),
        ]
        seen = 0
        for page in pages:
            looker = Looker()
            looker.feed(page.content.decode())
            assert looker.faults == [], (payload, page.request["PATH_INFO"])
            seen += looker.seen
        assert seen >= 4, "the payload was shown, so the test could fail"


def test_a_payload_that_ran_would_be_found() -> None:
    for raw in (
        "<script>x5s()</script>",
        '<img src="x5s" onerror="x">',
        "<a href='javascript:x5s()'>",
        "<x5s>",
        "<!--x5s-->",
    ):
        looker = Looker()
        looker.feed(f"<p>{raw}</p>")
        assert looker.faults, raw
