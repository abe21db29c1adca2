"""Ways that take months: to the last recheck, with updates every four weeks, and sent to the wrong body."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser
from pypdf import PdfReader

from tests.journeys.office import WAYS, Office, opened
from tests.journeys.residents import NUMBER, Receipt, Resident
from tests.journeys.speech import pack

pytestmark = [
    pytest.mark.browser,
    pytest.mark.slow,
    pytest.mark.django_db(transaction=True, databases=["default", "vault"]),
]
TEXT = {
    "zh-hans": {
        "why": "需要等鉴定机构出具噪声检测报告。",
        "answer": "经查，工地有夜间施工许可。",
        "grounds": "许可在三月已经到期。",
        "opinion": "许可核对无误，维持原答复。",
        "again": "维持没有说明为什么不看录像。",
        "last": "复查没有查看录像，撤销，重新复查。",
        "news": "本月走访了三户邻居，并调取了执法记录。",
        "sent": "经核，属于公安机关职权。",
        "not_ours": "噪声来自建筑工地，不属于公安机关职权。",
        "stays": "夜间扰民依法由公安机关处理。",
        "settled": "由港口派出所牵头办理。",
    },
    "en": {
        "why": "The sound measurement of the laboratory is still to come.",
        "answer": "The site has a permit to work at night.",
        "grounds": "That permit ran out in March.",
        "opinion": "The permit was checked and is in order; the answer stands.",
        "again": "The opinion does not say why nobody looked at the film.",
        "last": "The review did not look at the film. It is set aside.",
        "news": "Three neighbours were visited this month and the records of the patrols were called in.",
        "sent": "This is for the police.",
        "not_ours": "The noise comes from a building site, which is not for the police.",
        "stays": "Disturbance at night is for the police by law.",
        "settled": "Harbour station takes the lead.",
    },
}
LAW = {"zh-hans": "《信访工作条例》第二十二条", "en": "Regulations on Petitions, Article 22"}
PETITION = ("cn-xinfang", "cn-xinfang-review", "cn-xinfang-recheck")


@pytest.fixture(params=WAYS, ids=lambda way: f"{way[0]}-{way[1]}")
def office(
    request: pytest.FixtureRequest, browser: Browser, live_server: Any, settings: Any, tmp_path: Path
) -> Iterator[Callable[..., Office]]:
    yield from opened(browser, live_server, settings, tmp_path, request.param)


def letters_of(resident: Resident, receipt: Receipt, number: str = "") -> list[str]:
    """The words of every letter that the page of the matter offers, in their order."""
    resident.visit("portal:case", number or receipt.number)
    links = resident.page.locator(
        "section[aria-labelledby=files] a[href*='letter=']:not([href*='print=']):not([href*='/proof/'])"
    )
    found = []
    for link in links.all():
        data = resident.fetches(link)
        assert data.startswith(b"%PDF")
        found.append("".join(page.extract_text() for page in PdfReader(BytesIO(data)).pages).replace("\n", ""))
    return found


def linked(resident: Resident, receipt: Receipt, known: set[str]) -> str:
    """The number of the review or recheck that the page has come to name."""
    resident.returns(receipt)
    found = [each.group() for each in NUMBER.finditer(resident.text) if each.group() not in known]
    assert found, resident.text
    return found[0]


def test_a_petition_extended_answered_reviewed_and_rechecked_to_the_end(office: Callable[..., Office]) -> None:
    here = office("cn-xinfang", *PETITION)
    say, text = here.say, TEXT[here.say.code]
    li_mei = here.resident()
    receipt = li_mei.files(known="named", name="李梅")
    wu = here.officer("wu")
    wu.moves(receipt.number, "accept")
    wu.moves(receipt.number, "assign", to=here.name("zhao"))

    here.after(40)
    zhao = here.officer("zhao")

    zhao.moves(receipt.number, "extend", days="20", reason="complex", text=text["why"])
    here.signs(receipt.number, "chu")
    li_mei.follows(receipt)
    li_mei.reads(text["why"])
    extension = letters_of(li_mei, receipt)[-1]
    assert text["why"].replace(" ", "") in extension.replace(" ", "")

    here.after(30)  # past the first date, within the extended one
    zhao.replies(receipt.number, text["answer"], outcome="explained")
    here.signs(receipt.number, "qian", "chen", "chu", "wei")
    li_mei.follows(receipt)
    li_mei.reads(text["answer"])
    assert text["answer"].replace(" ", "") in letters_of(li_mei, receipt)[-1].replace(" ", "")

    here.after(10)
    li_mei.follows(receipt)
    li_mei.follow_words(say.move("contest"))
    li_mei.fill(grounds=text["grounds"])
    li_mei.press("Ask for the review now")
    review = linked(li_mei, receipt, {receipt.number})
    jiang = here.officer("jiang")
    jiang.moves(review, "accept", procedure="cn-xinfang-review")
    jiang.moves(review, "assign", procedure="cn-xinfang-review", to=here.name("sun"))
    sun = here.officer("sun")
    sun.opens(receipt.number)  # whoever reviews reads the earlier file
    sun.reads(text["answer"])
    sun.replies(review, text["opinion"], outcome="not_supported", procedure="cn-xinfang-review")
    here.signs(review, "shen")

    here.after(5)
    li_mei.follows(receipt)
    li_mei.visit("portal:case", review)
    li_mei.reads(text["opinion"])
    assert text["opinion"].replace(" ", "") in letters_of(li_mei, receipt, review)[-1].replace(" ", "")
    li_mei.visit("portal:case", review)
    li_mei.follow_words(say.move("contest", "cn-xinfang-review"))
    li_mei.fill(grounds=text["again"])
    li_mei.press("Ask for the review now")
    li_mei.visit("portal:case", review)
    recheck = next(n.group() for n in NUMBER.finditer(li_mei.text) if n.group() not in {receipt.number, review})
    gao = here.officer("gao")
    gao.moves(recheck, "accept", procedure="cn-xinfang-recheck")
    gao.moves(recheck, "assign", procedure="cn-xinfang-recheck", to=here.name("bai"))
    bai = here.officer("bai")
    bai.replies(recheck, text["last"], outcome="supported", procedure="cn-xinfang-recheck")
    here.signs(recheck, "bai")

    li_mei.follows(receipt)
    li_mei.visit("portal:case", recheck)
    li_mei.reads(text["last"])
    li_mei.reads(say.of(pack("cn-xinfang-recheck")["states"]["closed"]["told"]))
    li_mei.reads(say.state("under_review", "cn-xinfang-review"))  # taken up again, with a clock of its own


def test_a_complaint_against_the_police_with_news_every_four_weeks(office: Callable[..., Office]) -> None:
    here = office("uk-police")
    text = TEXT[here.say.code]
    li_mei = here.resident()
    receipt = li_mei.files(known="named", name="李梅")
    here.officer("wu").moves(receipt.number, "record", procedure="uk-police")
    here.officer("he").moves(receipt.number, "investigate", procedure="uk-police", to=here.name("zhao"))
    zhao = here.officer("zhao")
    for month in range(1, 4):
        here.after(28)
        zhao.moves(receipt.number, "progress_investigation", procedure="uk-police", text=f"{text['news']} {month}")
        li_mei.follows(receipt)
        li_mei.reads(f"{text['news']} {month}")
    here.after(40)  # the fourth update is late
    li_mei.follows(receipt)
    li_mei.reads(here.say.of({"zh": "期限已过", "en": "A time limit was missed"}))
    zhao.moves(receipt.number, "decide_investigation", procedure="uk-police")
    zhao.moves(receipt.number, "reply", procedure="uk-police", text=text["answer"], outcome="explained")
    li_mei.follows(receipt)
    li_mei.reads(text["answer"])
    assert len(letters_of(li_mei, receipt)) >= 4


def test_a_matter_sent_to_the_wrong_body_is_objected_to_and_settled(office: Callable[..., Office]) -> None:
    here = office("cn-xinfang", *PETITION)
    say, text = here.say, TEXT[here.say.code]
    li_mei = here.resident()
    receipt = li_mei.files(known="named", name="李梅")
    wu, wei = here.officer("wu"), here.officer("wei")
    wu.moves(receipt.number, "transfer", to=say.of({"zh": "县公安局", "en": "County police bureau"}), text=text["sent"])
    wu.visit("desk:queue", "sent")
    wu.reads(receipt.number)
    not_ours = {"reason": "other_body", "text": text["not_ours"], "legal_basis": LAW[say.code]}
    wei.moves(receipt.number, "object", **not_ours)
    wu.moves(receipt.number, "refuse_return", text=text["stays"])
    wei.moves(receipt.number, "object", **not_ours)
    li_mei.follows(receipt)
    li_mei.reads(text["stays"])
    lu = here.officer("lu")
    lu.visit("desk:day")
    lu.reads(receipt.number)
    harbour = say.of({"zh": "县公安局 · 港口派出所", "en": "Harbour station"})
    lu.moves(receipt.number, "settle_competence", to=harbour, text=text["settled"])
    qian = here.officer("qian")
    qian.opens(receipt.number)
    assert not qian.page.get_by_role("link", name=say.move("object"), exact=True).count()
    qian.moves(receipt.number, "accept")
    li_mei.follows(receipt)
    li_mei.reads(text["settled"])
    assert any(text["settled"].replace(" ", "") in letter.replace(" ", "") for letter in letters_of(li_mei, receipt))
