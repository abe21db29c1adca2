"""Sealed matters: their words stand nowhere open, and open for those alone who bring a key."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey

from huiyin.record.cases import access, moves, receipts, search, texts
from huiyin.record.cases.given import Given
from huiyin.record.cases.messages import write_as_complainant, write_as_office
from huiyin.record.cases.models import Case, MatterWrap, Message, Receipt
from huiyin.record.cases.queues import queue
from huiyin.record.cases.receipts import make_cards
from huiyin.record.cases.registration import Registered
from huiyin.record.cases.verifying import verify_cases
from huiyin.record.sealing import in_hand
from huiyin.rules.refusal import Refusal
from huiyin.stages.intake.actions import file_complaint, register_at_desk
from tests.cast import Office, against_qian, complaint, make_move, make_office
from tests.matrix.test_theft import database, found
from tests.sealed import give_key, recovery_set, unlocked

pytestmark = pytest.mark.django_db(databases=["default", "vault"])
WORDS = ("紫藤花架下的水表坏了", "院子是蓝色铁门", "回信暗号已经收到")


@pytest.fixture
def bodies() -> Iterator[dict[str, X25519PrivateKey]]:
    with recovery_set() as halves:
        yield halves


@pytest.fixture
def office(bodies: dict[str, X25519PrivateKey]) -> Office:
    built = make_office()
    give_key(built.wu, built.he, built.zheng, built.guan, built.zhao, built.zhou, built.qian, built.chen, built.chu)
    return built


def confidential(**more: object) -> Registered:
    return file_complaint(
        complaint(confidentiality="confidential", description=WORDS[0], **more), key=None, digest="sealed"
    )


def holder_of(filed: Registered) -> access.Holder:
    return access.open_receipt(filed.case_number, filed.receipt_code or "", source="here")


def row_of(filed: Registered) -> Case:
    return Case.scoped.get(number=filed.case_number)


def written_both_ways(office: Office) -> Registered:
    filed = confidential()
    with in_hand.scope():
        write_as_complainant(holder_of(filed), WORDS[1])
    with unlocked(office.wu):
        make_move(filed.case_number, "accept", by=office.wu)
        write_as_office(filed.case_number, WORDS[2], by=office.wu)
    return filed


def test_a_confidential_filing_stands_in_no_table_in_clear(office: Office) -> None:
    filed = written_both_ways(office)
    loot = database()
    assert [word for word in (*WORDS, "夜间施工噪音") if found(word, loot)] == []
    assert row_of(filed).key_epoch == 1


def test_its_complainant_reads_it_with_the_code(office: Office) -> None:
    filed = written_both_ways(office)
    with in_hand.scope():
        view = access.open_as_complainant(holder_of(filed))
    assert (view.subject, view.description) == ("夜间施工噪音", WORDS[0])
    assert [each.text for each in view.messages] == list(WORDS[1:])
    assert not view.is_locked


def test_an_officer_reads_it_after_unlocking_and_not_before(office: Office) -> None:
    filed = written_both_ways(office)
    with in_hand.scope():
        locked = access.open_case(filed.case_number, reader=office.wu)
    assert locked.is_locked and not locked.offers
    assert (locked.subject, locked.description, [each.text for each in locked.messages]) == ("", "", ["", ""])
    with unlocked(office.wu):
        view = access.open_case(filed.case_number, reader=office.wu)
    assert view.description == WORDS[0]
    with in_hand.scope(), pytest.raises(Refusal, match="sealed_locked"):
        write_as_office(filed.case_number, "nothing", by=office.wu)


def test_a_wrong_code_opens_nothing_and_no_fast_hash_of_the_right_one_is_kept(office: Office) -> None:
    filed = confidential()
    with pytest.raises(Refusal, match="check_digits"):
        access.open_receipt(filed.case_number, "00000-00000-00000-00000", source="here")
    ordinary = file_complaint(complaint(), key=None, digest="o")
    with pytest.raises(Refusal, match="check_digits"):
        access.open_receipt(filed.case_number, ordinary.receipt_code or "", source="here")
    assert bytes(Receipt.objects.get(number=filed.case_number).verifier) != receipts.verifier(
        filed.case_number, filed.receipt_code or ""
    )


def test_a_complaint_about_chief_qian_is_sealed_and_his_desk_gets_no_wrap(office: Office) -> None:
    filed = file_complaint(against_qian(), key=None, digest="q")
    case = row_of(filed)
    assert case.key_epoch == 1
    units = set(MatterWrap.objects.filter(key__case=case, kind="desk").values_list("unit__code", flat=True))
    assert units == {"letters-outside"}
    assert not MatterWrap.objects.filter(key__case=case, officer__code="qian").exists()
    with unlocked(office.qian):
        with pytest.raises(Refusal, match="not_found"):
            access.open_case(filed.case_number, reader=office.qian)
        assert texts.read(case, "cases_case.subject", case.subject) == "", "not even with the row in his hands"
        assert search.search(filed.case_number, reader=office.qian).items == ()


def test_a_move_to_another_desk_hands_on_the_key(office: Office) -> None:
    filed = written_both_ways(office)
    with unlocked(office.wu):
        make_move(filed.case_number, "assign", by=office.wu, given=Given(to="zhao-post"))
    with unlocked(office.zhao):
        assert access.open_case(filed.case_number, reader=office.zhao).description == WORDS[0]


def test_a_desk_without_a_key_is_not_given_it(office: Office) -> None:
    filed = written_both_ways(office)
    with unlocked(office.wu), pytest.raises(Refusal, match="desk_has_no_key"):
        make_move(filed.case_number, "assign", by=office.wu, given=Given(to="feng-post"))
    assert row_of(filed).unit.code == "letters-intake"


def test_search_and_lists_say_its_number_and_clock_only(office: Office) -> None:
    filed = confidential()
    with unlocked(office.wu):
        assert search.search("紫藤花架", reader=office.wu).items == ()
        assert search.search(filed.case_number, reader=office.wu).items[0].subject == ""
        line = next(each for each in queue("mine", reader=office.wu).items if each.number == filed.case_number)
    assert line.subject == "" and line.is_sealed
    search.rebuild()
    assert search.search("紫藤花架", reader=office.wu).items == ()


def test_the_nightly_check_follows_it_without_a_key(office: Office) -> None:
    filed = written_both_ways(office)
    assert verify_cases(lambda what, count: None) == []
    row = Message.objects.filter(case__number=filed.case_number).first()
    assert row is not None
    case = row_of(filed)
    Message.objects.filter(pk=row.pk).update(text=texts.seal(case, "cases_message.text", "put in its place"))
    assert verify_cases(lambda what, count: None) != []


def test_words_moved_to_another_matter_do_not_open(office: Office) -> None:
    filed, other = confidential(), confidential()
    case, stranger = row_of(filed), row_of(other)
    with unlocked(office.wu):
        assert texts.read(case, "cases_case.description", case.description) == WORDS[0]
        assert texts.read(stranger, "cases_case.description", case.description) == ""
        assert texts.read(case, "cases_message.text", case.description) == "", "nor in another place of its own"


def test_where_the_desk_has_no_key_it_stays_an_ordinary_confidential_matter(bodies: object) -> None:
    built = make_office()
    filed = confidential()
    assert row_of(filed).key_epoch == 0
    assert access.open_case(filed.case_number, reader=built.wu).description == WORDS[0]


def test_an_ordinary_matter_is_not_touched(office: Office) -> None:
    filed = file_complaint(complaint(), key=None, digest="o")
    assert (row_of(filed).key_epoch, row_of(filed).subject) == (0, "夜间施工噪音")
    assert access.open_case(filed.case_number, reader=office.wu).subject == "夜间施工噪音"


def test_a_card_made_ahead_opens_what_the_desk_registers_sealed(office: Office) -> None:
    ((serial, number, code),) = make_cards(1)
    given = complaint(channel="counter", confidentiality="confidential", description=WORDS[0])
    register_at_desk(given, by=office.wu, card=serial)
    assert not found(WORDS[0], database())
    with in_hand.scope():
        assert access.open_as_complainant(access.open_receipt(number, code, source="here")).description == WORDS[0]


def test_a_review_of_it_is_sealed_too_and_opens_with_the_same_code(office: Office) -> None:
    give_key(office.jiang, office.sun, office.han)
    filed = written_both_ways(office)
    with unlocked(office.wu):
        make_move(
            filed.case_number, "decline", by=office.wu, given=Given(text="不予受理的理由", reason="no_competence")
        )
    with in_hand.scope():
        moves.ask_for_review(holder_of(filed), given=Given(text="我不服这个决定", reason="我不服这个决定"))
    assert not found("我不服这个决定", database())
