"""A matter that becomes an accusation, or confidential, later: no word of it lies open from then on, and its people read on."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from django.db import connection

from huiyin.record.cases.codes import receipts
from huiyin.record.cases.codes.receipts import make_cards
from huiyin.record.cases.deeds import answering, confiding, helping, unsealing
from huiyin.record.cases.deeds.helping import Helper
from huiyin.record.cases.deeds.looking import ask_about_look
from huiyin.record.cases.deeds.messages import change_summary, write_as_complainant, write_as_office
from huiyin.record.cases.deeds.pressure import report_pressure
from huiyin.record.cases.deeds.recusing import name_as_complainant
from huiyin.record.cases.given import Given
from huiyin.record.cases.held.verifying import verify_cases
from huiyin.record.cases.lists import search
from huiyin.record.cases.models import Case, MatterKey, MatterWrap, Message, Receipt, ReceiptKey
from huiyin.record.cases.opening import access
from huiyin.record.cases.papers import attaching, letters
from huiyin.record.cases.registering.registration import Registered
from huiyin.record.cases.who.naming import Named
from huiyin.record.ledger.chains import ChainRef
from huiyin.record.ledger.queries import events_of
from huiyin.record.ledger.verify import verify_ledger
from huiyin.record.sealing import in_hand
from huiyin.rules.refusal import Refusal
from huiyin.stages.followup import actions as followup
from huiyin.stages.intake.actions import file_complaint, register_at_desk
from tests.cast import Office, complaint, make_move, make_office
from tests.matrix.test_theft import found
from tests.sealed import give_key, recovery_set, unlocked

pytestmark = pytest.mark.django_db(databases=["default", "vault"])
WORDS = (
    "紫藤花架下的水表坏了", "院子是蓝色铁门", "我们已经去看过", "工作摘要里的一句", "草稿里的第一句", "条例某条",
    "为什么看我的材料", "因为要核对事实", "夜间施工噪音",
)  # fmt: skip
LEDGER = "ledger_"  # what the history said before cannot be called back: the page says so


@pytest.fixture
def office() -> Iterator[Office]:
    with recovery_set():
        built = make_office()
        give_key(built.wu, built.he, built.zheng, built.guan, built.zhao, built.qian, built.feng, built.chen)
        yield built


def holder_of(filed: Registered) -> receipts.Holder:
    return access.open_receipt(filed.case_number, filed.receipt_code or "", source="here")


def row_of(filed: Registered) -> Case:
    return Case.scoped.get(number=filed.case_number)


def rows() -> bytes:
    """Every value of every table but the ledger's, and of the index for searching."""
    values: list[bytes] = []
    with connection.cursor() as cursor:
        for table in sorted(set(connection.introspection.table_names(cursor)) - {"cases_search"}):
            if not table.startswith(LEDGER):
                cursor.execute(f'SELECT * FROM "{table}"')
                values += [
                    bytes(each) if isinstance(each, bytes | memoryview) else str(each).encode()
                    for row in cursor.fetchall()
                    for each in row
                ]
    return b"\n".join(values)


def unharmed() -> list[str]:
    return [each.what for each in (*verify_cases(lambda *_: None), *verify_ledger(lambda *_: None))]


def written(office: Office) -> Registered:
    """An ordinary matter with everything in it: messages, a summary, a letter, a draft, a file, a question and its answer."""
    filed = file_complaint(complaint(description=WORDS[0]), key=None, digest="o")
    number = filed.case_number
    write_as_complainant(holder_of(filed), WORDS[1])
    attaching.add_as_complainant(holder_of(filed), "小院的记录".encode(), name="我的名字.txt", is_released=True)
    make_move(number, "accept", by=office.wu)
    write_as_office(number, WORDS[2], by=office.wu)
    change_summary(number, WORDS[3], by=office.wu)
    access.open_case(number, reader=office.wu)
    make_move(number, "assign", by=office.wu, given=Given(to="feng-post"))
    seq = next(each.seq for each in access.open_as_complainant(holder_of(filed)).looks if each.role == "registrar")
    ask_about_look(holder_of(filed), seq, text=WORDS[6])
    answering.answer(number, 1, by=office.wu, text=WORDS[7])
    access.open_case(number, reader=office.feng)
    make_move(number, "reply", by=office.feng, given=Given(text=WORDS[4], outcome="supported", legal_basis=WORDS[5]))
    assert [word for word in WORDS if not found(word, rows())] == [], "it lies open before"
    assert unharmed() == []
    return filed


def test_named_later_no_word_of_it_lies_open_any_more_and_all_go_on(office: Office) -> None:
    filed = written(office)
    number = filed.case_number
    with in_hand.scope():
        name_as_complainant(holder_of(filed), [Named("officer", id="qian")])
    case = row_of(filed)
    assert case.key_epoch == 1
    assert [word for word in WORDS if found(word, rows())] == []
    assert search.search("紫藤花架", reader=office.wu).items == ()
    assert unharmed() == []
    with in_hand.scope(), pytest.raises(Refusal, match="sealed_locked"):
        access.open_case(number, reader=office.feng)
    with unlocked(office.feng):
        view = access.open_case(number, reader=office.feng)
        assert (view.subject, view.description, view.officer_summary) == (WORDS[8], WORDS[0], WORDS[3])
        assert [each.text for each in view.messages] == [WORDS[1], WORDS[2]]
        assert attaching.open_as_officer(number, 1, "original", reader=office.feng).data.decode() == "小院的记录"
    with unlocked(office.qian), pytest.raises(Refusal, match="not_found"):
        access.open_case(number, reader=office.qian)
    with in_hand.scope():
        view = access.open_as_complainant(holder_of(filed))
        assert (view.description, view.asks[0].text, view.asks[0].answer) == (WORDS[0], WORDS[6], WORDS[7])
        assert letters.letter_as_complainant(holder_of(filed), view.letters[0].id).data.startswith(b"%PDF")
        assert any("From now on the words" in each.sentence.en for each in view.timeline)
    assert unharmed() == []


def test_the_server_keeps_the_complainants_key_only_until_the_next_entry(office: Office) -> None:
    filed = written(office)
    session = holder_of(filed)
    followup.rate(session, solved="no")
    with in_hand.scope():
        name_as_complainant(session, [Named("officer", id="qian")])
        view = access.open_as_complainant(session)
        assert view.description == WORDS[0], "the session of before reads on"
        assert view.sealing.waits_for_code
    assert MatterWrap.objects.filter(kind="entry").count() == 1
    with in_hand.scope():
        fresh = holder_of(filed)
        assert fresh.key
        view = access.open_as_complainant(fresh)
        assert view.description == WORDS[0]
        assert not view.sealing.waits_for_code
        rating = followup.rating_of(fresh)
        assert rating is not None and rating.solved == "no"
        with pytest.raises(Refusal, match="not_found"):
            access.open_as_complainant(session)
    assert not MatterWrap.objects.filter(kind="entry").exists()
    receipt = Receipt.objects.get(number=filed.case_number)
    assert receipt.suite == 2
    assert bytes(receipt.verifier) != receipts.verifier(filed.case_number, filed.receipt_code or "")
    with in_hand.scope():
        in_hand.take_entry()
        assert access.open_as_complainant(holder_of(filed)).description == WORDS[0]
    with pytest.raises(Refusal, match="check_digits"):
        access.open_receipt(filed.case_number, receipts.new_code(), source="here")
    assert unharmed() == []


def test_something_else_named_seals_nothing_and_a_unit_named_does(office: Office) -> None:
    with in_hand.scope():
        filed = file_complaint(complaint(description=WORDS[0]), key=None, digest="o")
    make_move(filed.case_number, "accept", by=office.wu)
    with in_hand.scope():
        name_as_complainant(holder_of(filed), [Named("other", text="门口的人")])
    assert row_of(filed).key_epoch == 0, "nobody of the staff is named"
    with in_hand.scope():
        name_as_complainant(holder_of(filed), [Named("unit", id="harbour")])
    assert row_of(filed).key_epoch == 1
    with unlocked(office.wu):
        assert access.open_case(filed.case_number, reader=office.wu).about[0].name.zh == "门口的人"
    assert unharmed() == []


def test_asked_for_later_it_is_confidential_sealed_and_its_name_needs_two(office: Office) -> None:
    filed = written(office)
    with in_hand.scope():
        assert confiding.make_confidential(holder_of(filed)) is True
    case = row_of(filed)
    assert (case.confidentiality, case.key_epoch) == ("confidential", 1)
    assert [word for word in WORDS if found(word, rows())] == []
    with unlocked(office.feng):
        draft = access.open_case(filed.case_number, reader=office.feng).draft
        assert draft is not None and draft.given["text"] == WORDS[4], "a draft under way goes on, sealed"
        with pytest.raises(Refusal, match="not_yours_to_unseal"):
            access.unseal_identity(filed.case_number, reader=office.feng, reason="protect")
        unsealing.ask(filed.case_number, by=office.feng, reason="protect")
    with in_hand.scope(), pytest.raises(Refusal, match="repeated"):
        confiding.make_confidential(holder_of(filed))
    anonymous = file_complaint(complaint(confidentiality="anonymous", identity=None), key=None, digest="a")
    with pytest.raises(Refusal, match="not_allowed_now"):
        confiding.make_confidential(holder_of(anonymous))
    assert unharmed() == []


def test_where_the_desk_has_no_key_it_stays_open_and_the_page_says_so() -> None:
    office = make_office()
    filed = written(office)
    with in_hand.scope():
        name_as_complainant(holder_of(filed), [Named("officer", id="qian")])
        view = access.open_as_complainant(holder_of(filed))
    assert row_of(filed).key_epoch == 0
    assert view.sealing.lies_open
    assert unharmed() == []


def test_a_row_changed_behind_it_is_still_found(office: Office) -> None:
    filed = written(office)
    with in_hand.scope():
        name_as_complainant(holder_of(filed), [Named("officer", id="qian")])
    assert unharmed() == []
    MatterKey.objects.filter(case__number=filed.case_number).update(public=b"x" * 32)
    assert any("A key" in each for each in unharmed())
    Message.objects.filter(case__number=filed.case_number).update(text="put in its place")
    assert any("messages" in each for each in unharmed())


def test_a_card_printed_before_is_sealed_and_its_code_becomes_the_key_at_the_first_entry(office: Office) -> None:
    ((serial, number, code),) = make_cards(1)
    ReceiptKey.objects.all().delete()  # as cards were printed before
    register_at_desk(
        complaint(channel="counter", confidentiality="confidential", description=WORDS[0]), by=office.wu, card=serial
    )
    assert not found(WORDS[0], rows())
    assert Receipt.objects.get(number=number).suite == 1
    with in_hand.scope():
        assert access.open_as_complainant(access.open_receipt(number, code, source="here")).description == WORDS[0]
    assert Receipt.objects.get(number=number).suite == 2
    assert not MatterWrap.objects.filter(kind="entry").exists()
    assert unharmed() == []


def test_a_card_with_a_key_that_came_ordinary_opens_by_that_key(office: Office) -> None:
    ((serial, number, code),) = make_cards(1)
    register_at_desk(complaint(channel="counter", description=WORDS[0]), by=office.wu, card=serial)
    public = bytes(ReceiptKey.objects.get().public)
    with in_hand.scope():
        confiding.make_confidential(access.open_receipt(number, code, source="here"))
    with in_hand.scope():
        assert access.open_as_complainant(access.open_receipt(number, code, source="here")).description == WORDS[0]
    assert bytes(ReceiptKey.objects.get().public) == public
    assert unharmed() == []


def test_helpers_of_before_read_on_until_the_complainant_comes_and_then_need_a_new_code(office: Office) -> None:
    filed = written(office)
    kept = helping.add_helper(holder_of(filed), Helper("lawyer"))
    late = helping.add_helper(holder_of(filed), Helper("relative"))
    with in_hand.scope():
        name_as_complainant(holder_of(filed), [Named("officer", id="qian")])
    with in_hand.scope():
        helper = access.open_receipt(kept.number, kept.code, source="there")
        assert helper.helper and helper.key
        assert access.open_as_complainant(helper).description == WORDS[0]
    with in_hand.scope():
        view = access.open_as_complainant(holder_of(filed))
    assert [each.is_active for each in view.helpers] == [True, False]
    with in_hand.scope():
        again = access.open_receipt(kept.number, kept.code, source="there")
        assert access.open_as_complainant(again).description == WORDS[0]
    with pytest.raises(Refusal, match="check_digits"):
        access.open_receipt(late.number, late.code, source="there")
    assert unharmed() == []


def test_what_grows_out_of_it_before_the_next_entry_opens_to_the_complainant_too(office: Office) -> None:
    filed = written(office)
    session = holder_of(filed)
    with in_hand.scope():
        name_as_complainant(session, [Named("officer", id="qian")])
        made = report_pressure(session, text="有人上门来过", about=())
        assert access.open_as_complainant(session, made).description == "有人上门来过"
    with in_hand.scope():
        fresh = holder_of(filed)
        assert access.open_as_complainant(fresh, made).description == "有人上门来过"
    assert not MatterWrap.objects.filter(kind="entry").exists()
    assert unharmed() == []


def test_somebody_named_later_still_begins_a_new_key_that_waits_like_the_first(office: Office) -> None:
    filed = written(office)
    session = holder_of(filed)
    with in_hand.scope():
        name_as_complainant(session, [Named("officer", id="qian")])
        name_as_complainant(session, [Named("unit", id="police-office")])
        write_as_complainant(session, "这句话是后来写的")
    assert row_of(filed).key_epoch == 2
    with in_hand.scope():
        view = access.open_as_complainant(holder_of(filed))
        assert [each.text for each in view.messages] == [*WORDS[1:3], "这句话是后来写的"]
    assert unharmed() == []


def test_the_story_tells_it_once(office: Office) -> None:
    filed = written(office)
    with in_hand.scope():
        name_as_complainant(holder_of(filed), [Named("officer", id="qian")])
        name_as_complainant(holder_of(filed), [Named("unit", id="hill")])
    kinds = [event.kind for event in events_of(ChainRef.case(filed.case_number))]
    assert kinds.count("sealed_later") == 1


def test_a_report_of_pressure_because_of_an_ordinary_matter_is_sealed_itself(office: Office) -> None:
    filed = file_complaint(complaint(), key=None, digest="o")
    session = holder_of(filed)
    with in_hand.scope():
        made = report_pressure(session, text="有人上门来过", about=[Named("officer", id="qian")])
        assert access.open_as_complainant(session, made).description == "有人上门来过"
        assert access.open_as_complainant(session, made).sealing.waits_for_code
    assert not found("有人上门来过", rows())
    assert row_of(filed).key_epoch == 0
    with in_hand.scope():
        fresh = holder_of(filed)
        assert access.open_as_complainant(fresh, made).description == "有人上门来过"
        assert access.open_as_complainant(fresh).description.startswith("柳村河边")
    assert not MatterWrap.objects.filter(kind="entry").exists()
    assert unharmed() == []
