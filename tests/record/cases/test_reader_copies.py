"""A confidential matter goes on as a copy: what is covered is nowhere for its readers, and whole for the one who wrote it."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from huiyin.record.cases.codes import receipts
from huiyin.record.cases.deeds import messages
from huiyin.record.cases.given import Given
from huiyin.record.cases.held.verifying import verify_cases
from huiyin.record.cases.keys import original_words
from huiyin.record.cases.lists import queries
from huiyin.record.cases.lists.search import rebuild, search
from huiyin.record.cases.models import Case, Message, ReaderCopy
from huiyin.record.cases.opening import access
from huiyin.record.cases.words import reader_copies
from huiyin.record.ledger.chains import ChainRef
from huiyin.record.ledger.queries import events_of
from huiyin.rules.covering import cover, covered_in
from huiyin.rules.refusal import Refusal
from huiyin.stages.intake.actions import file_complaint
from tests.cast import Office, complaint, make_move, make_office

pytestmark = pytest.mark.django_db(databases=["default", "vault"])
TOLD = "我是柳村三组唯一养蜂的，电话13812345678。夜里太吵。"
READ = "我是［已隐去］，电话［已隐去］。夜里太吵。"
PASSAGES = ["柳村三组唯一养蜂的", "13812345678"]


@pytest.fixture
def office() -> Office:
    return make_office(with_accounts=False)


@pytest.fixture
def holder(office: Office) -> receipts.Holder:
    told = complaint(description=TOLD, subject="养蜂人与噪音", confidentiality="confidential")
    filed = file_complaint(told, key=None, digest="")
    holder = access.open_receipt(filed.case_number, filed.receipt_code or "", source="here")
    messages.write_as_complainant(holder, "我养蜂，13812345678")
    make_move(filed.case_number, "accept", by=office.wu)
    return holder


def refused(code: str) -> pytest.RaisesExc[Refusal]:
    return pytest.raises(Refusal, check=lambda refusal: refusal.code == code)


def unharmed() -> list[str]:
    return [each.what for each in verify_cases(lambda *_: None)]


def test_it_goes_to_no_other_unit_without_a_copy(office, holder):
    with refused("reader_copy_first"):
        make_move(holder.number, "assign", by=office.wu, given=Given(to="zhao-post"))
    assert reader_copies.make(holder.number, [], by=office.wu) == 0, "nothing to cover is a judgement too"
    make_move(holder.number, "assign", by=office.wu, given=Given(to="zhao-post"))


def test_readers_read_the_copy_and_the_complainant_reads_both(office, holder):
    assert reader_copies.make(holder.number, [*PASSAGES, "养蜂"], by=office.wu) == 5
    make_move(holder.number, "assign", by=office.wu, given=Given(to="zhao-post"))
    view = access.open_case(holder.number, reader=office.zhao)
    assert (view.subject, view.description) == ("［已隐去］人与噪音", READ)
    assert view.messages[0].text == "我［已隐去］，［已隐去］"
    assert view.reader_copy is not None
    assert (view.reader_copy.count, view.may_open_original) == (5, False)
    mine = access.open_as_complainant(holder)
    assert (mine.subject, mine.description, mine.messages[0].text) == ("养蜂人与噪音", TOLD, "我养蜂，13812345678")
    assert mine.reader_copy is not None
    assert mine.reader_copy.description == READ


def test_what_is_covered_is_found_by_nobody(office, holder):
    reader_copies.make(holder.number, [*PASSAGES, "养蜂"], by=office.wu)
    for _again in range(2):
        assert search("养蜂", reader=office.wu).items == ()
        assert [row.number for row in search("太吵", reader=office.wu).items] == [holder.number]
        rebuild()
    rows = {row.number: row.subject for name in queries.QUEUES for row in queries.queue(name, reader=office.wu).items}
    assert rows[holder.number] == "［已隐去］人与噪音"
    assert not Case.scoped.filter(description__contains="养蜂").exists()
    assert "养蜂".encode() not in b"".join(bytes(row.sealed_original) for row in ReaderCopy.objects.all())


def test_only_the_desk_that_keeps_it_opens_the_original_and_the_complainant_sees_it(office, holder):
    reader_copies.make(holder.number, PASSAGES, by=office.wu)
    make_move(holder.number, "assign", by=office.wu, given=Given(to="zhao-post"))
    for reader in (office.zhao, office.qian, office.feng, office.zheng):
        with refused("not_found"):
            reader_copies.open_original(holder.number, reader=reader)
        with refused("not_found"):
            reader_copies.make(holder.number, [], by=reader)
    assert TOLD in reader_copies.open_original(holder.number, reader=office.wu).texts
    looks = [(look.name.en, look.what) for look in access.open_as_complainant(holder).looks]
    assert ("Wu Jing", "original_words") in looks
    with refused("not_your_move"):
        make_move(holder.number, "reply", by=office.wu, given=Given("…", outcome="supported", legal_basis="规则"))


def test_made_anew_it_begins_with_the_original(office, holder):
    reader_copies.make(holder.number, PASSAGES, by=office.wu)
    messages.write_as_complainant(holder, "柳村三组")
    reader_copies.make(holder.number, ["柳村三组"], by=office.wu)
    view = access.open_case(holder.number, reader=office.wu)
    assert view.description == TOLD.replace("柳村三组", "［已隐去］")
    assert [each.text for each in view.messages] == ["我养蜂，13812345678", "［已隐去］"]
    assert [each.text for each in access.open_as_complainant(holder).messages] == ["我养蜂，13812345678", "柳村三组"]
    assert ReaderCopy.objects.count() == 2


def test_a_named_matter_has_no_copy(office):
    filed = file_complaint(complaint(), key=None, digest="")
    with refused("not_found"):
        reader_copies.make(filed.case_number, PASSAGES, by=office.wu)


def test_the_history_still_fits_and_a_changed_copy_is_found(office, holder):
    reader_copies.make(holder.number, PASSAGES, by=office.wu)
    messages.complete_registration(holder.number, by=office.wu, description="后来又吵了一夜。")
    messages.write_as_complainant(holder, "还在吵")
    assert access.open_as_complainant(holder).description == f"{TOLD}\n\n后来又吵了一夜。"
    assert unharmed() == []
    case = Case.scoped.get(number=holder.number)
    Case.scoped.filter(pk=case.pk).update(description=case.description.replace("夜里太吵", "一切都好"))
    assert any("reader_copy" in each for each in unharmed())
    Case.scoped.filter(pk=case.pk).update(description=case.description)
    copy = ReaderCopy.objects.get()
    whole = original_words.originals(case, copy) | {"description": "一切都好"}
    ReaderCopy.objects.filter(pk=copy.pk).update(sealed_original=original_words.sealed(case, whole))
    assert any("text" in each for each in unharmed())


def test_the_event_says_how_many_and_never_what(office, holder):
    reader_copies.make(holder.number, PASSAGES, by=office.wu)
    event = next(each for each in events_of(ChainRef.case(holder.number)) if each.kind == "reader_copy_made")
    assert event.details["count"] == 3
    assert "养蜂" not in str(event.details)


def test_a_passage_that_stands_nowhere_is_named_before_anybody_relies_on_it(office, holder):
    shown = reader_copies.preview(holder.number, ["养蜂", "王芳"], reader=office.wu)
    assert (shown.count, shown.missed) == (3, ("王芳",))


def test_suggested_is_what_tells_who_it_is(office, holder):
    assert reader_copies.open_original(holder.number, reader=office.wu).suggested == ("13812345678",)


def test_what_is_written_later_waits_for_its_keeper_alone(office, holder):
    reader_copies.make(holder.number, [*PASSAGES, "养蜂"], by=office.wu)
    make_move(holder.number, "assign", by=office.wu, given=Given(to="zhao-post"))
    before = access.open_case(holder.number, reader=office.zhao)
    messages.write_as_complainant(holder, "我又来了，养蜂的，13912345678")
    view = access.open_case(holder.number, reader=office.zhao)
    assert [(each.text, each.is_withheld) for each in view.messages][1:] == [("", True)]
    assert not Message.objects.filter(text__contains="养蜂").exists()
    mine = access.open_as_complainant(holder).messages[-1]
    assert (mine.text, mine.is_withheld) == ("我又来了，养蜂的，13912345678", True)
    assert unharmed() == []
    assert reader_copies.waiting_for(office.wu) == [holder.number]
    for other in (office.zhao, office.qian, office.zheng):
        assert reader_copies.waiting_for(other) == []
        with refused("not_found"):
            reader_copies.open_message(holder.number, 2, reader=other)
        with refused("not_found"):
            reader_copies.cover_message(holder.number, 2, [], by=other)
    words = reader_copies.open_message(holder.number, 2, reader=office.wu)
    assert words.texts == ("我又来了，养蜂的，13912345678",)
    assert set(words.suggested) == {"13912345678", "养蜂"}, "what programs find, and what the copy covers elsewhere"
    with refused("not_found"):
        reader_copies.open_message(holder.number, 1, reader=office.wu)
    assert reader_copies.preview_message(holder.number, 2, ["养蜂", "王芳"], reader=office.wu).missed == ("王芳",)
    assert reader_copies.cover_message(holder.number, 2, words.suggested, by=office.wu) == 2
    after = access.open_case(holder.number, reader=office.zhao)
    assert [(each.text, each.is_withheld) for each in after.messages][1:] == [
        ("我又来了，［已隐去］的，［已隐去］", False)
    ]
    assert (after.description, after.messages[0].text) == (before.description, before.messages[0].text)
    assert reader_copies.waiting_for(office.wu) == []
    with refused("not_found"):
        reader_copies.cover_message(holder.number, 2, [], by=office.wu)
    assert unharmed() == []
    Message.objects.filter(case__number=holder.number, text__startswith="我又").update(text="put in its place")
    assert any("reader_copy" in each for each in unharmed())


@given(
    words=st.text("养蜂人abc 。", min_size=1, max_size=60),
    passages=st.lists(st.text("养蜂人abc", min_size=1, max_size=4), max_size=4),
)
def test_what_was_covered_can_be_suggested_again(words, passages):
    shown = cover(words, passages).text
    assert all(each in words for each in covered_in(words, shown))
    assert cover(words, passages).count == 0 or covered_in(words, shown)
