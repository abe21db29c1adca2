"""A helper of a sealed matter: a code of their own, a key of their own, and nothing of either once it was taken back."""

from __future__ import annotations

import datetime
from collections.abc import Iterator

import pytest

from huiyin.record import clock
from huiyin.record.cases.codes import receipts
from huiyin.record.cases.codes.receipts import Holder
from huiyin.record.cases.deeds import helping, messages
from huiyin.record.cases.deeds.helping import Code, Helper
from huiyin.record.cases.deeds.pressure import report_pressure
from huiyin.record.cases.deeds.recusing import name_as_complainant
from huiyin.record.cases.held.verifying import verify_cases
from huiyin.record.cases.keys import texts
from huiyin.record.cases.models import Authority, Case, MatterWrap, Message, Receipt, ReceiptKey
from huiyin.record.cases.opening import access
from huiyin.record.cases.papers import attaching
from huiyin.record.cases.registering.registration import Registered
from huiyin.record.cases.who.naming import Named
from huiyin.record.sealing import in_hand
from huiyin.rules.refusal import Refusal
from huiyin.stages.followup import actions as followup
from huiyin.stages.intake.actions import file_complaint
from tests.cast import Office, complaint, make_office
from tests.matrix.test_theft import database, found
from tests.sealed import give_key, recovery_set, unlocked

pytestmark = pytest.mark.django_db(databases=["default", "vault"])
WORDS = "紫藤花架下的水表坏了"
LATER = "这句话是后来写的"


@pytest.fixture
def office() -> Iterator[Office]:
    with recovery_set():
        built = make_office()
        give_key(built.wu, built.he, built.zheng, built.guan)
        yield built


@pytest.fixture
def filed(office: Office) -> Registered:
    with in_hand.scope():
        return file_complaint(complaint(confidentiality="confidential", description=WORDS), key=None, digest="x")


def holder_of(filed: Registered) -> Holder:
    return access.open_receipt(filed.case_number, filed.receipt_code or "", source="here")


def helped(filed: Registered, **more: object) -> Code:
    with in_hand.scope():
        return helping.add_helper(holder_of(filed), Helper("lawyer", "王律师", **more))  # type: ignore[arg-type]


def opened(code: Code) -> Holder:
    return access.open_receipt(code.number, code.code, source="there")


def unharmed() -> list[str]:
    return [each.what for each in verify_cases(lambda *_: None)]


def test_a_helper_reads_and_writes_with_a_code_of_their_own(filed: Registered) -> None:
    code = helped(filed, may="write")
    assert Receipt.objects.get(number=code.number).suite == 2, "no fast hash of it"
    with in_hand.scope():
        helper = opened(code)
        assert access.open_as_complainant(helper).description == WORDS
        messages.write_as_complainant(helper, "代她说一句")
        assert attaching.add_as_complainant(helper, b"words", name="a.txt").is_new
        with pytest.raises(Refusal, match="helper_may_not"):
            helping.add_helper(helper, Helper("other"))
        with pytest.raises(Refusal, match="helper_may_not"):
            followup.replace_code(helper, receipts.new_code())
    with in_hand.scope():
        view = access.open_as_complainant(holder_of(filed))
        assert [(each.text, each.helper) for each in view.messages] == [("代她说一句", 1)]
    assert not found("代她说一句", database())
    with pytest.raises(Refusal, match="check_digits"):
        access.open_receipt(code.number, receipts.new_code(), source="there")
    assert unharmed() == []


def test_taken_back_neither_the_code_nor_the_key_opens_anything_new(filed: Registered) -> None:
    code = helped(filed)
    other = helped(filed)
    with in_hand.scope():
        kept = opened(code)
        access.open_as_complainant(kept)
    with in_hand.scope():
        helping.end_helper(holder_of(filed), 1)
    with in_hand.scope():
        messages.write_as_complainant(holder_of(filed), LATER)
    with pytest.raises(Refusal, match="check_digits"):
        opened(code)
    case = Case.scoped.get(number=filed.case_number)
    assert case.key_epoch == 2
    public = bytes(ReceiptKey.objects.get(receipt__number=code.number).public)
    assert not MatterWrap.objects.filter(to_public=public).exists()
    with in_hand.scope():
        in_hand.take_complainant(kept.key)
        assert texts.read(case, "cases_message.text", Message.objects.get().text) == "", (
            "whoever kept the key reads nothing new"
        )
    with in_hand.scope():
        assert access.open_as_complainant(opened(other)).messages[0].text == LATER, "the other helper goes on"
    with unlocked(Office().wu):
        assert access.open_case(filed.case_number, reader=Office().wu).messages[0].text == LATER
    assert unharmed() == []


def test_it_ends_by_itself_on_its_day(filed: Registered) -> None:
    today = clock.today("Asia/Shanghai")
    code = helped(filed, until_on=today)
    Authority.objects.update(until_on=today - datetime.timedelta(days=1))
    with pytest.raises(Refusal, match="check_digits"):
        opened(code)
    with in_hand.scope():
        access.open_as_complainant(holder_of(filed))
    assert not MatterWrap.objects.filter(kind="helper").exists(), "at the next opening the wraps go too"


def test_a_new_key_of_the_matter_is_the_helpers_too(filed: Registered) -> None:
    code = helped(filed)
    with in_hand.scope():
        name_as_complainant(holder_of(filed), [Named("officer", id="qian")])
        messages.write_as_complainant(holder_of(filed), LATER)
    assert Case.scoped.get(number=filed.case_number).key_epoch == 2
    with in_hand.scope():
        assert access.open_as_complainant(opened(code)).messages[0].text == LATER
    assert unharmed() == []


def test_her_report_of_pressure_stays_her_own(filed: Registered) -> None:
    code = helped(filed)
    with in_hand.scope():
        number = report_pressure(holder_of(filed), text="儿子叫我别告", about=())
        access.open_as_complainant(holder_of(filed), number)
    public = bytes(ReceiptKey.objects.get(receipt__number=code.number).public)
    assert not MatterWrap.objects.filter(key__case__number=number, to_public=public).exists()
    with in_hand.scope(), pytest.raises(Refusal, match="not_found"):
        access.open_as_complainant(opened(code), number)


def test_who_files_for_somebody_else_gets_a_code_from_the_first_minute(office: Office) -> None:
    with in_hand.scope():
        made = file_complaint(
            complaint(confidentiality="confidential", description=WORDS),
            key=None,
            digest="h",
            helper=Helper("relative"),
        )
    assert made.helper_code and made.helper_code != made.receipt_code
    with in_hand.scope():
        helper = access.open_receipt(made.helper_number, made.helper_code, source="there")
        assert (helper.helper, access.open_as_complainant(helper).description) == (1, WORDS)
    assert unharmed() == []
