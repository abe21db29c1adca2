"""Conflict of interest under way: stepping aside, recusal, naming somebody later. Each takes hold at once and shows no reason."""

from __future__ import annotations

import pytest

from huiyin.record.bodies.queries import Reader, colleague_posts, public_officers
from huiyin.record.cases.codes import receipts
from huiyin.record.cases.deeds import answering, recusing
from huiyin.record.cases.given import Given
from huiyin.record.cases.lists import queries
from huiyin.record.cases.lists.search import search
from huiyin.record.cases.models import Ask, Barred, Case, Draft
from huiyin.record.cases.moving import moves
from huiyin.record.cases.opening import access
from huiyin.record.cases.registering.registration import Named
from huiyin.record.cases.who import responsible
from huiyin.record.ledger.chains import ChainRef
from huiyin.record.ledger.queries import events_of
from huiyin.record.ledger.sequencer import sequence_pending
from huiyin.record.ledger.verify import verify_ledger
from huiyin.rules.refusal import Refusal
from huiyin.stages.intake.actions import file_complaint
from tests.cast import Office, complaint, make_move, make_office

pytestmark = pytest.mark.django_db(databases=["default", "vault"])
REPLY = Given("已处理。", outcome="supported", legal_basis="规则")


@pytest.fixture
def office() -> Office:
    return make_office(with_accounts=False)


@pytest.fixture
def holder(office: Office) -> receipts.Holder:
    filed = file_complaint(complaint(), key=None, digest="")
    access.open_case(filed.case_number, reader=office.wu)
    make_move(filed.case_number, "accept", by=office.wu)
    make_move(filed.case_number, "assign", by=office.wu, given=Given(to="zhao-post"))
    return access.open_receipt(filed.case_number, filed.receipt_code or "", source="here")


def refused(code: str) -> pytest.RaisesExc[Refusal]:
    return pytest.raises(Refusal, check=lambda refusal: refusal.code == code)


def responsible_for(number: str) -> str:
    post = Case.scoped.get(number=number).responsible_post
    assert post is not None
    return post.code


def kinds(number: str) -> list[str]:
    return [event.kind for event in events_of(ChainRef.case(number))]


def finds_nothing(reader: Reader, number: str) -> bool:
    """In no list, no count, no search, no page, no step."""
    listed = {row.number for name in queries.QUEUES for row in queries.queue(name, reader=reader).items}
    listed |= {row.number for row in search("施工", reader=reader).items}
    with refused("not_found"):
        access.open_case(number, reader=reader)
    with refused("not_found"):
        make_move(number, "reply", by=reader, given=REPLY)
    return number not in listed and sum(queries.counts(reader).values()) == 0


def test_who_steps_aside_loses_it_at_once_and_the_head_assigns_it_anew(office: Office, holder: receipts.Holder) -> None:
    number = holder.number
    terms = [(term.id, term.due_on) for term in access.open_as_complainant(holder).running]
    with refused("unknown_choice"):
        recusing.step_aside(number, by=office.zhao, tie="because")
    with refused("not_found"):
        recusing.step_aside(number, by=office.feng, tie="relative")
    recusing.step_aside(number, by=office.zhao, tie="relative")
    assert finds_nothing(office.zhao, number)
    assert responsible_for(number) == "qian-post"
    view = access.open_as_complainant(holder)
    assert [(term.id, term.due_on) for term in view.running] == terms, "no clock stops"
    told = " ".join(entry.sentence.en for entry in view.timeline)
    assert "stepped aside because of a possible conflict of interest" in told
    assert "relative" not in told, "others read no reason"
    assert "zhao-post" not in {code for code, _zh, _en in responsible.assignable_posts(Case.scoped.get(number=number))}
    make_move(number, "assign", by=office.qian, given=Given(to="zhou-post"))
    assert responsible_for(number) == "zhou-post"
    with refused("unknown_choice"):
        moves.hand_over(number, by=office.zhou, to="zhao-post", why="x")
    sequence_pending()
    assert verify_ledger() == []


def test_when_everybody_of_the_unit_steps_aside_it_goes_outside_and_then_up(
    office: Office, holder: receipts.Holder
) -> None:
    number = holder.number
    for reader in (office.zhao, office.qian):
        recusing.step_aside(number, by=reader, tie="close")
    assert responsible_for(number) == "zheng-post"
    recusing.step_aside(number, by=office.zheng, tie="close")
    case = Case.scoped.get(number=number)
    assert case.body.code in {"city-letters", "city-police"}
    assert "rose_to_next_body" in kinds(number)
    assert "went up to" in " ".join(entry.sentence.en for entry in access.open_as_complainant(holder).timeline)


def test_the_last_one_cannot_leave_it_to_nobody(office: Office, holder: receipts.Holder) -> None:
    number = holder.number
    last = [office.qian, office.zheng, office.han, office.jiang, office.he, office.chu, office.shen]
    recusing.step_aside(number, by=office.zhao, tie="other")
    with refused("no_desk"):
        for _each in last:
            post = responsible_for(number)
            reader = next(each for each in last if f"{each.code}-post" == post)
            recusing.step_aside(number, by=reader, tie="other")
    assert Case.scoped.get(number=number).responsible_post is not None
    assert queries.may_open(
        number, reader=next(each for each in last if f"{each.code}-post" == responsible_for(number))
    )


def test_recusal_is_decided_above_with_reasons_and_hidden_until_then(office: Office, holder: receipts.Holder) -> None:
    number = holder.number
    key = recusing.ask_for_recusal(holder, text="他是对方的表哥。")
    row = Ask.objects.get()
    assert row.owed_by.code == "qian-post"
    assert access.open_case(number, reader=office.zhao).asks == ()
    assert "recusal_asked" not in {entry.kind for entry in access.open_case(number, reader=office.zhao).timeline}
    with refused("repeated"):
        recusing.ask_for_recusal(holder, text="再次请求。")
    with refused("not_found"):
        answering.answer(number, key, by=office.zhao, text="x", outcome="refused")
    answering.answer(number, key, by=office.qian, text="确实是亲属。", outcome="granted")
    assert finds_nothing(office.zhao, number)
    assert responsible_for(number) == "qian-post"
    view = access.open_as_complainant(holder)
    assert view.recusal is not None
    assert view.recusal.answer == "确实是亲属。"
    with pytest.raises(Refusal):
        recusing.ask_for_recusal(holder, text=" ")


def test_a_refused_recusal_changes_nothing_and_can_be_asked_again(office: Office, holder: receipts.Holder) -> None:
    key = recusing.ask_for_recusal(holder, text="他态度不好。")
    answering.answer(holder.number, key, by=office.qian, text="没有利害关系。", outcome="refused")
    assert responsible_for(holder.number) == "zhao-post"
    assert not Barred.objects.exists()
    assert access.open_as_complainant(holder).may_ask_recusal
    recusing.ask_for_recusal(holder, text="现在知道他是亲戚。")


def test_the_recusal_of_a_head_is_decided_by_the_body_above(office: Office, holder: receipts.Holder) -> None:
    moves.hand_over(holder.number, by=office.qian, to="qian-post", why="x")
    recusing.ask_for_recusal(holder, text="所长自己就是被反映的人。")
    assert Ask.objects.get().owed_by.code == "chu-post"


def test_whoever_is_named_later_loses_it_in_that_transaction(office: Office, holder: receipts.Holder) -> None:
    number = holder.number
    access.open_case(number, reader=office.qian)
    recusing.name_as_complainant(holder, [Named("officer", "qian")])
    for reader in (office.qian, office.zhao, office.zhou):
        assert finds_nothing(reader, number)
    case = Case.scoped.get(number=number)
    assert (case.is_restricted, responsible_for(number)) == (True, "zheng-post")
    looks = access.open_as_complainant(holder).looks
    marked = {look.name.en for look in looks if look.is_by_named}
    assert marked == {"Qian Gang"}
    assert "Wu Jing" in {look.name.en for look in looks}, "a look of somebody else is not marked"
    assert not queries.may_open(number, reader=office.wu), "a matter that names staff is opened by grants on it alone"


def test_a_draft_that_lies_with_somebody_named_begins_anew(office: Office, holder: receipts.Holder) -> None:
    number = holder.number
    make_move(number, "reply", by=office.zhao, given=REPLY)
    assert queries.counts(office.qian)["sign"] == 1
    recusing.name_as_complainant(holder, [Named("officer", "qian")])
    assert not Draft.objects.exists()
    assert queries.counts(office.qian)["sign"] == 0
    with pytest.raises(Refusal):
        moves.sign(number, by=office.qian)


def test_a_question_to_somebody_named_goes_to_others(office: Office, holder: receipts.Holder) -> None:
    recusing.ask_for_recusal(holder, text="换人。")
    recusing.name_as_complainant(holder, [Named("unit", "harbour")])
    assert Ask.objects.get().owed_by.code == "chu-post"
    assert queries.counts(office.qian)["asked"] == 0


def test_only_the_desk_outside_names_somebody_for_the_office(office: Office, holder: receipts.Holder) -> None:
    number = holder.number
    with refused("not_your_move"):
        recusing.name_at_desk(number, [Named("officer", "feng")], by=office.zhao)
    recusing.name_as_complainant(holder, [Named("officer", "qian")])
    recusing.name_at_desk(number, [Named("officer", "feng")], by=office.zheng)
    assert Barred.objects.filter(officer__code="feng").exists()
    with refused("empty"):
        recusing.name_as_complainant(holder, [])
    with refused("unknown_choice"):
        recusing.name_as_complainant(holder, [Named("officer", "nobody")])


def test_nothing_lets_anybody_infer_who_is_named(office: Office, holder: receipts.Holder) -> None:
    """What colleagues outside see is the same whoever is named: lists, counts, rosters, menus, refusals."""
    seen = {}
    for name in ("zhao", "zhou"):
        filed = file_complaint(complaint(about=(Named("officer", name),)), key=None, digest=name)
        readers = (office.wu, office.feng, office.zhao, office.zhou, office.qian)
        with refused("not_found") as first:
            access.open_case(filed.case_number, reader=office.zhao)
        with refused("not_found") as second:
            access.open_case("1234-5678-95", reader=office.zhao)
        assert first.value.params == second.value.params
        seen[name] = (
            [queries.counts(reader) for reader in readers],
            [[row.number for row in queries.queue("unit", reader=reader).items] for reader in readers],
            [colleague_posts(reader) for reader in readers],
            [each.code for each in public_officers()],
            [post for post, _zh, _en in responsible.assignable_posts(Case.scoped.get(number=holder.number))],
        )
    assert seen["zhao"] == seen["zhou"]
