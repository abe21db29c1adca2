"""Sealed matters: their words stand nowhere open, and open for those alone who bring a key."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey
from django.conf import settings
from django.core.management import CommandError, call_command

from huiyin.record import keyring, remembered
from huiyin.record.bodies.models import Appointment
from huiyin.record.bodies.queries import Reader
from huiyin.record.cases.codes import receipts
from huiyin.record.cases.codes.receipts import make_cards
from huiyin.record.cases.deeds import answering, classing
from huiyin.record.cases.deeds.looking import ask_about_look
from huiyin.record.cases.deeds.messages import write_as_complainant, write_as_office
from huiyin.record.cases.deeds.recusing import name_as_complainant, step_aside
from huiyin.record.cases.fairness.putting import put_to, put_to_officer
from huiyin.record.cases.given import Given
from huiyin.record.cases.held.verifying import verify_cases
from huiyin.record.cases.keys import matter_keys, texts
from huiyin.record.cases.lists import search
from huiyin.record.cases.lists.queues import queue
from huiyin.record.cases.models import Case, MatterKey, MatterWrap, Message, Receipt
from huiyin.record.cases.moving import moves
from huiyin.record.cases.opening import access
from huiyin.record.cases.papers import attaching, letters
from huiyin.record.cases.registering.registration import Named, Registered
from huiyin.record.cases.words import reader_copies
from huiyin.record.files import attachments
from huiyin.record.files.models import Attachment
from huiyin.record.ledger.chains import ChainRef
from huiyin.record.ledger.queries import events_of
from huiyin.record.sealing import desks, in_hand
from huiyin.rules.refusal import Refusal
from huiyin.stages.intake.actions import file_complaint, register_at_desk
from tests.cast import LONG_AGO, Office, add_officer, against_qian, complaint, make_move, make_office
from tests.matrix.test_theft import database, found
from tests.sealed import give_key, recovery_set, unlocked

pytestmark = pytest.mark.django_db(databases=["default", "vault"])
COVERED = "紫藤花架下的［已隐去］坏了"
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


def holder_of(filed: Registered) -> receipts.Holder:
    return access.open_receipt(filed.case_number, filed.receipt_code or "", source="here")


def assign(number: str, to: str, *, by: Reader) -> None:
    """A confidential matter leaves its unit with a reader copy."""
    reader_copies.make(number, ["水表"], by=by)
    make_move(number, "assign", by=by, given=Given(to=to))


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


def test_an_officer_reads_it_after_unlocking_and_not_before(office: Office) -> None:
    filed = written_both_ways(office)
    before = row_of(filed).version, len(events_of(ChainRef.case(filed.case_number)))
    with in_hand.scope(), pytest.raises(Refusal, match="sealed_locked"):
        access.open_case(filed.case_number, reader=office.wu)
    assert before == (row_of(filed).version, len(events_of(ChainRef.case(filed.case_number)))), "nothing left: no look"
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
        assign(filed.case_number, "zhao-post", by=office.wu)
    with unlocked(office.zhao):
        assert access.open_case(filed.case_number, reader=office.zhao).description == COVERED
    with in_hand.scope():
        assert access.open_as_complainant(holder_of(filed)).description == WORDS[0], "the original is the complainant's"
    assert [word for word in (WORDS[0], COVERED) if found(word, database())] == []
    assert verify_cases(lambda what, count: None) == []


def test_a_desk_without_a_key_is_not_given_it(office: Office) -> None:
    filed = written_both_ways(office)
    with unlocked(office.wu), pytest.raises(Refusal, match="desk_has_no_key"):
        assign(filed.case_number, "feng-post", by=office.wu)
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
    filed = confidential()
    with unlocked(office.wu):
        notice = Given("不予受理的理由", "litigation", "court", legal_basis="第二十二条某款")
        make_move(filed.case_number, "decline", by=office.wu, given=notice)
    with in_hand.scope():
        moves.ask_for_review(holder_of(filed), given=Given(text="我不服这个决定", reason="我不服这个决定"))
    words = (*WORDS, "夜间施工噪音", "不予受理的理由", "第二十二条某款", "我不服这个决定")
    assert [word for word in words if found(word, database())] == []
    with in_hand.scope():
        view = access.open_as_complainant(holder_of(filed))
        later = access.open_as_complainant(holder_of(filed), view.links[0].number)
    assert view.answer is not None and (view.answer.text, view.answer.legal_basis) == (
        "不予受理的理由",
        "第二十二条某款",
    )
    assert (later.subject, later.description) == ("夜间施工噪音", "我不服这个决定")
    with unlocked(office.han):
        assert access.open_case(later.number, reader=office.han).description == "我不服这个决定"
        assert access.open_case(filed.case_number, reader=office.han).description == WORDS[0], "and what came before"
    assert verify_cases(lambda what, count: None) == []


def test_what_is_sent_back_and_signed_stays_sealed(office: Office) -> None:
    """A draft, its note, the letter, a promise, a question about a look and its answer."""
    give_key(office.wei)
    with unlocked(office.chen):
        desks.give("police-office", "wei", by=office.chen)
    filed = confidential()
    number = filed.case_number
    with unlocked(office.wu):
        make_move(number, "accept", by=office.wu)
        assign(number, "zhao-post", by=office.wu)
    with unlocked(office.zhao):
        reply = Given(text="草稿里的第一句", outcome="supported", legal_basis="条例某条")
        make_move(number, "reply", by=office.zhao, given=reply)
    for signer, deed in (
        (office.qian, "back"),
        (office.zhao, "again"),
        (office.qian, "sign"),
        (office.chen, "sign"),
        (office.chu, "sign"),
        (office.wei, "sign"),
    ):
        with unlocked(signer):
            if deed == "back":
                moves.return_draft(number, by=signer, note="请改写第二段")
            elif deed == "again":
                access.open_case(number, reader=signer)
                make_move(
                    number,
                    "reply",
                    by=signer,
                    given=Given(text="改好的第二句", outcome="supported", legal_basis="条例某条"),
                )
            else:
                moves.sign(number, by=signer)
    with in_hand.scope():
        holder = holder_of(filed)
        view = access.open_as_complainant(holder)
        assert view.answer is not None and view.answer.text == "改好的第二句"
        assert letters.letter_as_complainant(holder, view.letters[-1].id).data.startswith(b"%PDF")
        seq = next(each.seq for each in view.looks if each.role == "handler")
        ask_about_look(holder, seq, text="为什么看我的材料")
    with unlocked(office.zhao):
        answering.answer(number, 1, by=office.zhao, text="因为要核对事实")
    words = (
        "草稿里的第一句",
        "请改写第二段",
        "改好的第二句",
        "条例某条",
        "为什么看我的材料",
        "因为要核对事实",
        WORDS[0],
    )
    assert [word for word in words if found(word, database())] == []
    with in_hand.scope():
        ask = access.open_as_complainant(holder_of(filed)).asks[0]
    assert (ask.text, ask.answer) == ("为什么看我的材料", "因为要核对事实")
    assert verify_cases(lambda what, count: None) == []


def test_a_file_of_it_opens_with_a_key_alone(office: Office) -> None:
    filed = confidential()
    with in_hand.scope():
        attaching.add_as_complainant(holder_of(filed), "小院的记录".encode(), name="我的名字.txt", is_released=True)
    row = Attachment.objects.get(case__number=filed.case_number)
    with in_hand.scope(), pytest.raises(Refusal, match="sealed_locked"):
        attaching.open_as_officer(filed.case_number, 1, "original", reader=office.wu)
    for label in (attachments.LABEL_KEY, attachments.LABEL_NAME):
        with pytest.raises(keyring.SealBroken):
            attachments.data_of(row, filed.case_number, "original")
        with pytest.raises(keyring.SealBroken):
            keyring.open_sealed(label, bytes(row.sealed_key), b"")
    with unlocked(office.wu):
        assert (
            attaching.open_as_officer(filed.case_number, 1, "original", reader=office.wu).data.decode() == "小院的记录"
        )


def test_a_unit_named_later_loses_its_wraps_and_a_new_key_begins(office: Office) -> None:
    filed = written_both_ways(office)
    with unlocked(office.wu):
        assign(filed.case_number, "zhao-post", by=office.wu)
    with unlocked(office.zhao):
        assert access.open_case(filed.case_number, reader=office.zhao).subject
    with in_hand.scope():
        name_as_complainant(holder_of(filed), [Named("officer", id="zhao")])
        write_as_complainant(holder_of(filed), "这句话是后来写的")
    case = row_of(filed)
    assert case.key_epoch == 2
    assert not MatterWrap.objects.filter(key__case=case, unit__code="harbour").exists()
    with unlocked(office.wu):
        assert reader_copies.cover_message(filed.case_number, 3, [], by=office.wu) == 0
    with unlocked(office.zhao):
        assert [texts.read(case, "cases_message.text", row.text) for row in Message.objects.filter(case=case)] == [
            ""
        ] * 3
    with unlocked(office.zheng):
        view = access.open_case(filed.case_number, reader=office.zheng)
        assert [each.text for each in view.messages] == [*WORDS[1:], "这句话是后来写的"]
    assert verify_cases(lambda what, count: None) == []


def test_one_officer_who_steps_aside_reads_nothing_new_and_the_desk_goes_on(office: Office) -> None:
    filed = written_both_ways(office)
    with unlocked(office.wu):
        assign(filed.case_number, "zhao-post", by=office.wu)
    with unlocked(office.zhao):
        step_aside(filed.case_number, by=office.zhao, tie="relative")
    with in_hand.scope():
        write_as_complainant(holder_of(filed), "这句话是后来写的")
    case = row_of(filed)
    assert case.responsible_post is not None and case.responsible_post.code == "qian-post"
    assert not MatterWrap.objects.filter(key__case=case, unit__code="harbour").exists(), (
        "a desk key would open for Zhao too"
    )
    with unlocked(office.wu):
        assert reader_copies.cover_message(filed.case_number, 3, [], by=office.wu) == 0
    last = Message.objects.filter(case=case).latest("id")
    with unlocked(office.zhao):
        assert last.text and texts.read(case, "cases_message.text", last.text) == ""
    with unlocked(office.qian):
        view = access.open_case(filed.case_number, reader=office.qian)
        assert (view.description, view.messages[-1].text) == (COVERED, "这句话是后来写的")
    assert verify_cases(lambda what, count: None) == []


def test_two_of_three_bodies_recover_a_matter_and_one_alone_does_not(
    office: Office, bodies: dict[str, X25519PrivateKey]
) -> None:
    filed = written_both_ways(office)
    case = row_of(filed)
    for first, second in keyring.PAIRS_OF_BODIES:
        with in_hand.scope():
            matter_keys.recover(case, 1, first + second, bodies[first], bodies[second])
            assert texts.read(case, "cases_case.description", case.description) == WORDS[0]
        with in_hand.scope(), pytest.raises(keyring.SealBroken):
            matter_keys.recover(case, 1, first + second, bodies[first], bodies[first])


def test_a_desk_that_forgot_everything_is_given_its_matters_back_by_two_bodies(
    office: Office, bodies: dict[str, X25519PrivateKey], tmp_path: Path
) -> None:
    filed = written_both_ways(office)
    give_key(office.wu, office.he)  # both forgot: new keys, and with them a new key of the desk
    with unlocked(office.wu), pytest.raises(Refusal, match="sealed_locked"):
        access.open_case(filed.case_number, reader=office.wu)
    folder = Path(settings.HUIYIN_KEYS_DIR)
    with pytest.raises(CommandError, match="Two keys of two"):
        call_command("recover", *[str(folder / "recovery-a.x25519.OFFLINE")] * 2)
    call_command("recover", str(folder / "recovery-c.x25519.OFFLINE"), str(folder / "recovery-a.x25519.OFFLINE"))
    with unlocked(office.wu):
        assert access.open_case(filed.case_number, reader=office.wu).description == WORDS[0]


def test_a_complainant_who_comes_gives_the_desk_its_matter_back_too(office: Office) -> None:
    filed = written_both_ways(office)
    give_key(office.wu, office.he)
    with in_hand.scope():
        access.open_as_complainant(holder_of(filed))
    with unlocked(office.wu):
        assert access.open_case(filed.case_number, reader=office.wu).description == WORDS[0]


def test_a_key_put_in_the_place_of_another_is_found(office: Office) -> None:
    """Who changes the public half in the table would read what is written from then on: the nightly check says so."""
    filed = confidential()
    assert verify_cases(lambda what, count: None) == []
    own = X25519PrivateKey.generate().public_key().public_bytes_raw()
    MatterKey.objects.filter(case__number=filed.case_number).update(public=own)
    assert [finding for finding in verify_cases(lambda what, count: None) if "A key" in finding.what] != []


def test_a_desk_whose_key_holders_have_left_seals_nothing_new(office: Office) -> None:
    Appointment.objects.filter(officer__code__in=("wu", "he"), post__unit__code="letters-intake").update(
        until_on=LONG_AGO
    )
    remembered.forget()
    add_officer("qiu", ("邱新", "Qiu Xin"), "letters-intake", ("登记员", "Registrar"), ["registrar"])
    assert row_of(confidential()).key_epoch == 0


def test_evidence_class_and_doubt_about_staff_are_sealed_and_what_is_put_is_for_the_officer(office: Office) -> None:
    filing = replace(
        against_qian(), complaint_class="misconduct", evidence=("camera",), evidence_words="门口的监控七天就没了"
    )
    with in_hand.scope():
        filed = file_complaint(filing, key=None, digest="staff")
    number = filed.case_number
    with unlocked(office.zheng):
        view = access.open_case(number, reader=office.zheng)
        assert view.staff is not None and view.staff.evidence_words == "门口的监控七天就没了"
        evidence = view.staff.of("evidence")[0]
        assert evidence.text == "门口的监控七天就没了"
        answering.answer(number, evidence.number, by=office.zheng, text="录像已经封存三份", outcome="secured")
        classing.set_class(number, by=office.zheng, complaint_class="misconduct", why="涉嫌打骂当事人")
        put_to_officer(number, by=office.zheng, officer="qian", text="有人说您当天在场")
    with in_hand.scope():
        classing.contest_class(holder_of(filed), text="我认为这样分类不对")
    with unlocked(office.qian):
        (put,) = put_to(office.qian)
        assert put.view.text == "有人说您当天在场"
    words = ("门口的监控七天就没了", "录像已经封存三份", "涉嫌打骂当事人", "我认为这样分类不对")
    assert [word for word in words if found(word, database())] == []
    with in_hand.scope():
        staff = access.open_as_complainant(holder_of(filed)).staff
    assert staff is not None and staff.why == "涉嫌打骂当事人"
    assert verify_cases(lambda what, count: None) == []
