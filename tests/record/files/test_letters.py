"""Letters in the life of a matter: what is looked at is what is sent, sealed, served and noted."""

from __future__ import annotations

import datetime
import io
import json
from dataclasses import replace

import pytest
from django.db import IntegrityError, connection, transaction
from pypdf import PdfReader

from huiyin.record import clock, keyring
from huiyin.record.bodies.queries import Reader
from huiyin.record.cases.codes.receipts import Holder
from huiyin.record.cases.given import Given
from huiyin.record.cases.models import Case, RunningTerm
from huiyin.record.cases.moving import moves
from huiyin.record.cases.opening import access
from huiyin.record.cases.papers import letters
from huiyin.record.cases.registering.registration import Registered
from huiyin.record.files import store, typesetting
from huiyin.record.files.models import Letter
from huiyin.record.ledger.chains import ChainRef
from huiyin.record.ledger.queries import EventView, events_of
from huiyin.rules import guards
from huiyin.rules.refusal import Refusal
from huiyin.stages.intake.actions import file_complaint
from tests.cast import Office, complaint, make_move, make_office

pytestmark = pytest.mark.django_db(databases=["default", "vault"])
FRIDAY = datetime.datetime(2025, 9, 26, 2, tzinfo=datetime.UTC)
REPLY = Given(
    text="您请求制止夜间施工。\n经查属实，已责令停止。", outcome="supported", legal_basis="噪声污染防治法第四十三条"
)
DECLINE = Given(text="先申请仲裁。", reason="arbitration", route="arbitration", legal_basis="调解仲裁法第五条")


def preview(
    number: str, move_id: str, given: Given | None = None, *, by: Reader, form: letters.Made = "pdf"
) -> letters.LetterFile | None:
    """A look ahead by an officer who confirms what the step wants confirmed."""
    confirmed = guards.written(moves.to_confirm(number, move_id, by=by))
    return letters.preview(number, move_id, replace(given or Given(), confirmed=confirmed), by=by, form=form)


@pytest.fixture
def office() -> Office:
    return make_office(with_accounts=False)


@pytest.fixture
def filed(office: Office) -> Registered:
    return file_complaint(complaint(), key=None, digest="")


@pytest.fixture
def assigned(office: Office, filed: Registered) -> str:
    make_move(filed.case_number, "accept", by=office.wu)
    make_move(filed.case_number, "assign", by=office.wu, given=Given(to="zhao-post"))
    return filed.case_number


def holder_of(filed: Registered) -> Holder:
    return access.open_receipt(filed.case_number, filed.receipt_code or "", source="here")


def words_in(file: letters.LetterFile | None) -> str:
    assert file is not None
    return "".join("".join(page.extract_text().split()) for page in PdfReader(io.BytesIO(file.data)).pages)


def last_move(number: str) -> EventView:
    return [event for event in events_of(ChainRef.case(number)) if event.kind == "case_moved"][-1]


def refused(code: str) -> pytest.RaisesExc[Refusal]:
    return pytest.raises(Refusal, check=lambda refusal: refusal.code == code)


def test_what_is_looked_at_is_what_is_stored_and_served(office: Office, filed: Registered) -> None:
    given = Given(text="请把视频带来。")
    seen = preview(filed.case_number, "accept", given, by=office.wu)
    assert seen is not None
    make_move(filed.case_number, "accept", by=office.wu, given=given, seen=seen.sha256)
    (letter,) = access.open_case(filed.case_number, reader=office.wu).letters
    assert (letter.kind, letter.sha256, letter.size) == ("acceptance_notice", seen.sha256, len(seen.data))
    assert last_move(filed.case_number).details["letter_sha256"] == seen.sha256
    assert letters.letter_as_officer(filed.case_number, letter.id, reader=office.wu).data == seen.data
    assert letters.letter_as_complainant(holder_of(filed), letter.id).data == seen.data


def test_looking_ahead_changes_nothing(office: Office, assigned: str) -> None:
    before = (len(events_of(ChainRef.case(assigned))), RunningTerm.objects.count(), Letter.objects.count())
    case = Case.scoped.get(number=assigned)
    preview(assigned, "reply", REPLY, by=office.zhao)
    preview(assigned, "reply", REPLY, by=office.zhao, form="docx")
    after = (len(events_of(ChainRef.case(assigned))), RunningTerm.objects.count(), Letter.objects.count())
    again = Case.scoped.get(number=assigned)
    assert after == before
    assert (again.state, again.version, again.due_on) == (case.state, case.version, case.due_on)


def test_another_letter_than_the_one_seen_cannot_go_out(office: Office, filed: Registered) -> None:
    seen = preview(filed.case_number, "accept", Given(text="请来。"), by=office.wu)
    assert seen is not None
    with refused("stale"):
        make_move(filed.case_number, "accept", by=office.wu, given=Given(text="不必来。"), seen=seen.sha256)
    assert Letter.objects.count() == 0
    assert Case.scoped.get(number=filed.case_number).state == "registered"


def test_the_last_signer_sends_the_letter_that_every_signer_saw(office: Office, assigned: str) -> None:
    first = preview(assigned, "reply", REPLY, by=office.zhao)
    assert first is not None
    make_move(assigned, "reply", by=office.zhao, given=REPLY)
    for signer in (office.qian, office.chen, office.chu, office.wei):
        seen = letters.preview_draft(assigned, by=signer)
        assert seen is not None and seen.sha256 == first.sha256
        moves.sign(assigned, by=signer, seen=seen.sha256)
    assert last_move(assigned).details["letter_sha256"] == first.sha256
    said = words_in(first)
    assert "经办人：赵敏（民警，工号070004），港口派出所" in said  # the writer answers for it, not the registry


def test_the_answer_says_outcome_law_and_where_it_can_be_taken(office: Office, assigned: str) -> None:
    said = words_in(preview(assigned, "reply", REPLY, by=office.zhao))
    for words in ("信访事项处理意见书", "信访人：", "予以支持", "噪声污染防治法第四十三条", "请求复查", "由市公安局审查",
                  "最后一天是", "期限是怎样算出来的", "县公安局", "盖章处", f"/track/{assigned}/"):  # fmt: skip
        assert words in said


def test_the_dates_are_those_of_the_clock_with_their_count() -> None:
    with clock.story(FRIDAY):
        office = make_office(with_accounts=False)
        filed = file_complaint(complaint(language="en"), key=None, digest="")
        said = words_in(preview(filed.case_number, "accept", by=office.wu))
    assert "answeryouinwritingby25November2025" in said
    assert "27September2025to25November20251–60" in said
    assert "26September2025–" in said


def test_declining_names_reason_route_and_review(office: Office, filed: Registered) -> None:
    said = words_in(preview(filed.case_number, "decline", DECLINE, by=office.wu))
    for words in ("不予受理告知书", "应当通过仲裁解决", "申请仲裁", "12348", "请求复查", "由市信访局审查"):
        assert words in said


@pytest.mark.parametrize("missing", ["text", "legal_basis", "route", "reason"])
def test_a_required_part_cannot_be_left_out(office: Office, filed: Registered, missing: str) -> None:
    given = Given(**({name: getattr(DECLINE, name) for name in Given.__slots__} | {missing: ""}))
    with refused("input_missing"):
        preview(filed.case_number, "decline", given, by=office.wu)
    with refused("input_missing"):
        make_move(filed.case_number, "decline", by=office.wu, given=given)


def test_no_letter_knows_who_complained(office: Office, assigned: str, filed: Registered) -> None:
    code = filed.receipt_code or ""
    files = [
        preview(assigned, "reply", REPLY, by=office.zhao),
        preview(assigned, "reply", REPLY, by=office.zhao, form="large_print"),
        letters.acknowledgment_as_complainant(holder_of(filed)),
        letters.acknowledgment_as_officer(assigned, reader=office.zhao),
    ]
    for file in files:
        said = words_in(file)
        for word in ("李梅", "000-0000-0001", "limei", "夜间施工噪音", code, code[:4] + code[4:8]):
            assert word not in said


def test_a_letter_opens_only_in_its_own_matter(office: Office, filed: Registered) -> None:
    make_move(filed.case_number, "accept", by=office.wu)
    row = Letter.objects.get()
    assert b"%PDF" not in bytes(row.sealed) and b"letterhead" not in bytes(row.sealed_content)
    assert store.pdf_of(row, filed.case_number).startswith(b"%PDF")
    with pytest.raises(keyring.SealBroken):
        store.pdf_of(row, "0000-0000-00")
    row.number = "2026-other-1"
    with pytest.raises(keyring.SealBroken):
        store.content_of(row, filed.case_number)


def test_nobody_reads_a_letter_unseen_or_from_outside(office: Office, filed: Registered) -> None:
    make_move(filed.case_number, "accept", by=office.wu)
    (letter,) = access.open_as_complainant(holder_of(filed)).letters
    for stranger in (office.zhao, office.feng):
        with refused("not_found"):
            letters.letter_as_officer(filed.case_number, letter.id, reader=stranger)
        with refused("not_found"):
            letters.record_service(filed.case_number, letter.id, how="post", on=today(), by=stranger)
    other = file_complaint(complaint(), key=None, digest="")
    with refused("not_found"):
        letters.letter_as_complainant(holder_of(other), letter.id)
    letters.letter_as_officer(filed.case_number, letter.id, reader=office.he, form="large_print")
    looks = access.open_as_complainant(holder_of(filed)).looks
    assert f"letter {letter.number}" in {look.what for look in looks if look.name.zh == "何主任"}


def today() -> datetime.date:
    return clock.today("Asia/Shanghai")


def test_reading_on_the_portal_is_service_once(office: Office, filed: Registered) -> None:
    make_move(filed.case_number, "accept", by=office.wu)
    holder = holder_of(filed)
    (letter,) = access.open_as_complainant(holder).letters
    assert letter.received_on is None
    for _ in range(2):
        letters.letter_as_complainant(holder, letter.id)
    (letter,) = access.open_as_complainant(holder).letters
    assert [(each.how, each.by) for each in letter.services] == [("portal_read", "complainant")]
    assert letter.received_on == today()
    told = [entry.sentence.en for entry in access.open_as_complainant(holder).timeline]
    assert told.count(f"You read letter {letter.number} here.") == 1


def test_posting_handing_over_and_coming_back_are_noted(office: Office, filed: Registered) -> None:
    make_move(filed.case_number, "accept", by=office.wu)
    (letter,) = access.open_case(filed.case_number, reader=office.wu).letters
    for how in ("post", "returned", "handed_over"):
        letters.record_service(filed.case_number, letter.id, how=how, on=today(), by=office.wu)
    (letter,) = access.open_case(filed.case_number, reader=office.wu).letters
    assert [each.how for each in letter.services] == ["post", "returned", "handed_over"]
    assert {each.by for each in letter.services} == {"070001"}
    kinds = [event.kind for event in events_of(ChainRef.case(filed.case_number))]
    assert kinds[-4:-1] == ["letter_posted", "letter_returned", "letter_handed_over"]


def test_service_has_its_bounds(office: Office, filed: Registered) -> None:
    make_move(filed.case_number, "accept", by=office.wu)
    (letter,) = access.open_case(filed.case_number, reader=office.wu).letters
    one_day = datetime.timedelta(days=1)
    for how, on, code in (
        ("portal_read", today(), "unknown_choice"),
        ("pigeon", today(), "unknown_choice"),
        ("post", today() + one_day, "date_in_future"),
        ("post", today() - one_day, "dates_reversed"),
    ):
        with refused(code):
            letters.record_service(filed.case_number, letter.id, how=how, on=on, by=office.wu)
    with pytest.raises(IntegrityError), transaction.atomic():
        store.note_service(Letter.objects.get(), how="pigeon", on=today(), at=clock.now(), by="x")


def test_the_acknowledgment_tells_what_happens_by_when(filed: Registered) -> None:
    said = words_in(letters.acknowledgment_as_complainant(holder_of(filed)))
    for words in ("信访事项接收告知书", filed.case_number, "接访科", "吴静", "接下来的期限"):
        assert words in said


def test_each_letter_of_a_matter_has_its_own_number(office: Office, assigned: str) -> None:
    make_move(assigned, "reply", by=office.zhao, given=REPLY)
    for signer in (office.qian, office.chen, office.chu, office.wei):
        moves.sign(assigned, by=signer)
    view = access.open_case(assigned, reader=office.zhao)
    numbers = [letter.number for letter in view.letters]
    assert len(numbers) == len(set(numbers)) == 2
    assert view.documents[-1].number == numbers[-1]
    assert numbers == [f"{today().year}-{assigned}-{count}" for count in (1, 2)]


def test_where_no_font_is_the_move_goes_on_and_the_page_stands_in(
    office: Office, filed: Registered, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(typesetting, "is_available", lambda: False)
    assert not letters.are_available()
    with refused("no_typeface"):
        preview(filed.case_number, "accept", by=office.wu)
    make_move(filed.case_number, "accept", by=office.wu, given=Given(text="请来。"))
    view = access.open_as_complainant(holder_of(filed))
    assert view.letters == () and view.documents[0].text == "请来。"
    assert "letter" not in last_move(filed.case_number).details


def test_a_draft_that_lacks_a_part_never_goes_round(office: Office, assigned: str) -> None:
    with refused("input_missing"):
        make_move(assigned, "reply", by=office.zhao, given=Given(text="好。", outcome="supported"))


def test_no_letter_lies_in_the_open(office: Office, filed: Registered) -> None:
    make_move(filed.case_number, "accept", by=office.wu, given=Given(text="暗号梧桐树"))
    with connection.cursor() as cursor:
        cursor.execute("SELECT kind, number, language, sha256 FROM files_letter")
        assert "梧桐" not in json.dumps(cursor.fetchall(), ensure_ascii=False)


def test_an_extension_shows_the_old_day_beside_the_new(office: Office, assigned: str) -> None:
    with clock.story(clock.now() + datetime.timedelta(days=40)):
        before = RunningTerm.objects.get(case__number=assigned, term="XF-handle").due_on
        given = Given(text="需要等待噪声鉴定结果。", reason="complex", days="20")
        said = words_in(preview(assigned, "extend", given, by=office.zhao))
        make_move(assigned, "extend", by=office.zhao, given=given)
        moves.sign(assigned, by=office.chu)
        after = RunningTerm.objects.get(case__number=assigned, term="XF-handle").due_on
    assert after > before
    for day in (before, after):
        assert f"{day.year}年{day.month}月{day.day}日" in said
    assert "原定期限是" in said and "噪声鉴定" in said and "《信访工作条例》第34条" in said
