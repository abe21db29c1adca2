"""What no page of the desk ever holds: a receipt code, a rating, a sealed name."""

from __future__ import annotations

import pytest

from huiyin.record.cases.given import Given
from huiyin.record.cases.moving import moves
from huiyin.record.cases.opening import access
from huiyin.record.cases.registering.registration import Filing
from huiyin.stages.followup.actions import rate
from huiyin.stages.intake.actions import file_complaint
from tests.cast import Office, complaint, make_move
from tests.front.conftest import SignedIn
from tests.front.desk.conftest import Matter, filed

pytestmark = pytest.mark.django_db(databases=["default", "vault"])

OF_A_CASE = ("", "?show=looks", "?show=documents", "print/", "platform/", "platform.txt", "moves/assign/", "moves/reply/", "moves/close/", "message/",
             "summary/", "complete/", "sign/")  # fmt: skip
LISTS = ("", "queues/mine/", "queues/unit/", "queues/waiting/", "queues/sign/", "search/?q=夜间", "hand-over/",
         "stand-ins/", "tokens/", "settings/", "keys/", "enquiry/", "register/")  # fmt: skip
EVERYBODY = ("wu", "zhao", "zhou", "qian", "chen", "chu", "wei", "feng", "zheng", "sun", "han")


def everything(signed_in: SignedIn, matter: Matter) -> str:
    found = []
    for name in EVERYBODY:
        client = signed_in(name)
        addresses = [f"/desk/{each}" for each in LISTS]
        addresses += [f"/desk/cases/{matter.number}/{each}" for each in OF_A_CASE]
        addresses += [f"/desk/slip/{matter.number}/", f"/desk/registered/{matter.number}/"]
        found += [client.get(address).content.decode() for address in addresses]
    return "\n".join(found)


@pytest.fixture
def rated(office: Office) -> Matter:
    """A matter that went the whole way and was rated badly, in words."""
    filing: Filing = complaint(subject="夜间噪音")
    matter = filed(file_complaint(filing, key=None, digest="rated"))
    make_move(matter.number, "accept", by=office.wu)
    make_move(matter.number, "assign", by=office.wu, given=Given(to="zhao-post"))
    make_move(matter.number, "reply", by=office.zhao, given=Given("已处理。", outcome="explained", legal_basis="规则"))
    for signer in (office.qian, office.chen, office.chu, office.wei):
        moves.sign(matter.number, by=signer)
    holder = access.open_receipt(matter.number, matter.code, source="here")
    rate(holder, solved="no", score=1, comment="答非所问，没有解决")
    return matter


@pytest.mark.slow
def test_no_page_of_the_desk_holds_a_code_a_rating_or_a_name(signed_in: SignedIn, rated: Matter) -> None:
    shown = everything(signed_in, rated)
    code = rated.code.replace(" ", "")
    groups = [code[start : start + 4] for start in range(0, 20, 4)]
    codes = [separator.join(groups) for separator in ("", " ", "-", "\u00a0")]
    words = [*codes, "答非所问", "rating", "评价", "李梅", "000-0000-0001", "limei@example.org"]
    assert [word for word in words if word in shown] == []
    assert rated.number in shown


def test_every_page_of_a_case_leaves_a_look(signed_in: SignedIn, office: Office, rated: Matter) -> None:
    zhao = signed_in("zhao")
    before = len(access.open_case(rated.number, reader=office.zhao).looks)
    zhao.get(f"/desk/cases/{rated.number}/")
    zhao.get(f"/desk/cases/{rated.number}/print/")
    assert len(access.open_case(rated.number, reader=office.zhao).looks) == before + 3  # our own last one counts too
