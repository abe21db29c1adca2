"""A complaint about staff: its class, evidence before anybody is asked, heard before found at fault, closed when unfounded."""

from __future__ import annotations

import datetime

import pytest

from huiyin.record import clock
from huiyin.record.bodies.models import Post, Tie, Unit
from huiyin.record.cases.codes import receipts
from huiyin.record.cases.deeds import answering, classing, recusing
from huiyin.record.cases.fairness import letting_back, putting
from huiyin.record.cases.given import Given
from huiyin.record.cases.held.checking import verify_everything
from huiyin.record.cases.lists import queries
from huiyin.record.cases.models import Ask, Barred, Case, Draft, StaffComplaint
from huiyin.record.cases.moving import moves
from huiyin.record.cases.opening import access
from huiyin.record.cases.registering.registration import Named
from huiyin.record.cases.rounds.ask_tick import act_on_asks
from huiyin.record.cases.shown.case_view import AskView, CaseView, StaffView
from huiyin.record.law.versions import procedure_of
from huiyin.record.ledger.sequencer import sequence_pending
from huiyin.rules.procedure import Move
from huiyin.rules.refusal import Refusal
from huiyin.stages.intake.actions import file_complaint
from tests.cast import Office, add_officer, complaint, make_move, make_office

pytestmark = pytest.mark.django_db(databases=["default", "vault"])
FOUND = Given("查实。", outcome="supported", legal_basis="规则")
UNFOUNDED = Given("没有查实。", outcome="not_supported", legal_basis="规则")


@pytest.fixture
def office() -> Office:
    return make_office(with_accounts=False)


def filed(**more: object) -> receipts.Holder:
    """Against Chief Qian, of misconduct, with a camera that may have seen it."""
    values: dict[str, object] = {
        "subject": "所长推人", "about": (Named("officer", id="qian"),), "complaint_class": "misconduct",
        "evidence": ("camera",), "evidence_words": "大厅有摄像头。",
    }  # fmt: skip
    made = file_complaint(complaint(**(values | more)), key=None, digest="")
    return access.open_receipt(made.case_number, made.receipt_code or "", source="here")


def refused(code: str) -> pytest.RaisesExc[Refusal]:
    return pytest.raises(Refusal, check=lambda refusal: refusal.code == code)


def shown(view: CaseView) -> StaffView:
    assert view.staff is not None
    return view.staff


def asked(number: str, kind: str) -> AskView:
    found = shown(access.open_case(number, reader=Office().zheng)).of(kind)
    return found[-1]


def secure(office: Office, number: str) -> None:
    answering.answer(number, asked(number, "evidence").number, by=office.zheng, text="已拷贝。", outcome="secured")


def told(holder: receipts.Holder) -> str:
    return " ".join(entry.sentence.en for entry in access.open_as_complainant(holder).timeline)


def takes_it_up(office: Office, number: str) -> None:
    """The desk outside gives it to an officer of another unit."""
    make_move(number, "accept", by=office.zheng)
    make_move(number, "assign", by=office.zheng, given=Given(to="feng-post"))


def answers(office: Office, number: str, given: Given) -> None:
    make_move(number, "reply", by=office.feng, given=given)
    while (draft := Draft.objects.select_related("waiting_post").filter(case__number=number).first()) is not None:
        assert draft.waiting_post is not None
        moves.sign(number, by=getattr(office, draft.waiting_post.code.removesuffix("-post")))


def test_evidence_comes_first_and_its_result_is_told_before_anybody_is_asked(office: Office) -> None:
    holder = filed()
    number = holder.number
    row = Ask.objects.get(kind="evidence")
    assert (row.owed_by.code, row.text) == ("zheng-post", "大厅有摄像头。")
    with refused("evidence_first"):
        putting.put_to_officer(number, by=office.zheng, officer="qian", text="10月3日晚上在大厅推了人？")
    assert "secures what could vanish" in told(holder)
    secure(office, number)
    assert "Wu Jing" not in told(holder)
    assert "secured the evidence" in told(holder)
    assert putting.put_to_officer(number, by=office.zheng, officer="qian", text="10月3日晚上在大厅推了人？")


@pytest.mark.parametrize(
    ("said", "evidence", "words", "wanted"),
    [
        ("misconduct", ("witness",), "", True),
        ("misconduct", None, "", True),
        ("misconduct", (), "", False),
        ("misconduct", (), "有人录了音", True),
        ("service", ("call",), "", False),
        ("", None, "", False),
        ("", ("camera",), "", True),
    ],
)
def test_when_something_must_be_secured(
    office: Office, said: str, evidence: tuple[str, ...] | None, words: str, wanted: bool
) -> None:
    filed(complaint_class=said, evidence=evidence, evidence_words=words)
    assert Ask.objects.filter(kind="evidence").exists() == wanted


def test_a_service_complaint_leaves_the_unit_in_and_only_the_officer_out(office: Office) -> None:
    holder = filed(complaint_class="service", about=(Named("officer", id="zhao"),), evidence=None, evidence_words="")
    case = Case.scoped.get(number=holder.number)
    assert [row.officer.code for row in Barred.objects.filter(case=case) if row.officer] == ["zhao"]
    assert not Barred.objects.filter(case=case).exclude(unit=None).exists()
    assert case.responsible_post is not None
    assert case.responsible_post.code == "zheng-post", "the desk outside sends it on, whatever the class"
    make_move(holder.number, "accept", by=office.zheng)
    make_move(holder.number, "assign", by=office.zheng, given=Given(to="zhou-post"))
    with refused("not_found"):
        access.open_case(holder.number, reader=office.zhao)


def test_misconduct_goes_outside_also_where_nobody_is_named(office: Office) -> None:
    holder = filed(about=())
    case = Case.scoped.get(number=holder.number)
    assert case.is_restricted
    assert case.responsible_post is not None
    assert case.responsible_post.code == "zheng-post"


def test_the_registrar_sets_the_class_with_a_reason_and_somebody_else_judges_a_doubt(office: Office) -> None:
    holder = filed(complaint_class="", evidence=None, evidence_words="")
    number = holder.number
    with refused("empty"):
        classing.set_class(number, by=office.zheng, complaint_class="service", why=" ")
    with refused("unknown_choice"):
        classing.set_class(number, by=office.zheng, complaint_class="rude", why="x")
    with refused("not_found"):
        classing.set_class(number, by=office.wu, complaint_class="service", why="x")
    with refused("not_allowed_now"):
        classing.contest_class(holder, text="不对。")
    classing.set_class(number, by=office.zheng, complaint_class="service", why="说的是答复太慢。")
    view = access.open_as_complainant(holder)
    assert (shown(view).complaint_class, shown(view).why) == ("service", "说的是答复太慢。")
    assert shown(view).may_contest
    key = classing.contest_class(holder, text="他推了我。")
    with refused("repeated"):
        classing.contest_class(holder, text="他推了我。")
    row = Ask.objects.get(kind="class")
    assert row.owed_by.code != "zheng-post"
    with refused("not_found"):
        answering.answer(number, key, by=office.zheng, text="不变", outcome="stays")
    with refused("not_allowed_now"):
        classing.set_class(number, by=office.zheng, complaint_class="misconduct", why="x")
    judge = getattr(office, row.owed_by.code.removesuffix("-post"))
    answering.answer(number, key, by=judge, text="说到了推人。", outcome="changed")
    assert shown(access.open_as_complainant(holder)).complaint_class == "misconduct"
    assert Ask.objects.filter(kind="evidence").exists(), "nobody has said that there is none"
    assert "changed the class" in told(holder)


def test_a_class_that_becomes_misconduct_takes_the_whole_unit_out_at_once(office: Office) -> None:
    holder = filed(complaint_class="service", about=(Named("officer", id="zhao"),), evidence=None, evidence_words="")
    make_move(holder.number, "accept", by=office.zheng)
    assert not Barred.objects.exclude(unit=None).exists()
    classing.set_class(holder.number, by=office.zheng, complaint_class="misconduct", why="说到了要钱。")
    assert [row.unit.code for row in Barred.objects.exclude(unit=None) if row.unit] == ["harbour"]
    classing.set_class(holder.number, by=office.zheng, complaint_class="service", why="还是答复慢。")
    assert Barred.objects.exclude(unit=None).exists(), "a class lets nobody back"
    sequence_pending()
    assert list(verify_everything()) == []


def test_nobody_unheard_is_found_at_fault(office: Office) -> None:
    holder = filed()
    number = holder.number
    secure(office, number)
    takes_it_up(office, number)
    with refused("unheard"):
        make_move(number, "reply", by=office.feng, given=FOUND)
    putting.put_to_officer(number, by=office.zheng, officer="qian", text="10月3日晚上在大厅推了人？")
    with refused("unheard"):
        make_move(number, "reply", by=office.feng, given=FOUND)
    one = putting.put_to(office.qian)[0]
    putting.answer_put(office.qian, one.key, "我只是拦了一下。")
    answers(office, number, FOUND)
    assert Case.scoped.get(number=number).outcome == "supported"


def test_the_officer_reads_what_is_put_and_nothing_else(office: Office) -> None:
    holder = filed()
    number = holder.number
    secure(office, number)
    assert putting.put_to(office.qian) == ()
    putting.put_to_officer(number, by=office.zheng, officer="qian", text="10月3日晚上在大厅推了人？")
    with refused("repeated"):
        putting.put_to_officer(number, by=office.zheng, officer="qian", text="再问一次")
    with refused("unknown_choice"):
        putting.put_to_officer(number, by=office.zheng, officer="feng", text="x")
    one = putting.put_to(office.qian)[0]
    for words in (number, "所长推人", "柳村河边", "李梅", "大厅有摄像头"):
        assert words not in repr(one)
    with refused("not_found"):
        access.open_case(number, reader=office.qian)
    assert queries.queue("asked", reader=office.qian).items == ()
    assert putting.put_to(office.zhao) == ()
    assert putting.put_to(office.chu) == (), "nothing of it appears for the officer's leaders"
    with refused("not_found"):
        putting.answer_put(office.zhao, one.key, "x")
    putting.answer_put(office.qian, one.key, "我只是拦了一下。")
    with refused("repeated"):
        putting.answer_put(office.qian, one.key, "再说一次。")
    assert shown(access.open_as_complainant(holder)).of("put")[0].answer == "我只是拦了一下。"


def test_who_lets_the_day_pass_was_heard_in_so_far(office: Office) -> None:
    now = datetime.datetime(2026, 3, 2, 9, tzinfo=datetime.UTC)
    with clock.story(now):
        holder = filed()
        secure(office, holder.number)
        putting.put_to_officer(holder.number, by=office.zheng, officer="qian", text="推了人？")
        case = Case.scoped.get(number=holder.number)
        with refused("unheard"):
            putting.check_finding(case, _reply(case), FOUND)
    with clock.story(now + datetime.timedelta(days=9)):
        act_on_asks()
        act_on_asks()
        assert Ask.objects.get(kind="put").outcome == "did_not_answer"
        putting.check_finding(Case.scoped.get(number=holder.number), _reply(case), FOUND)
        assert "did not answer by" in told(holder)
        with refused("not_allowed_now"):
            putting.answer_put(office.qian, putting.put_to(office.qian)[0].key, "太晚了。")


def _reply(case: Case) -> Move:
    return procedure_of(case.law_id).moves["reply"]


def test_what_proved_unfounded_is_closed_to_view_at_its_end(office: Office) -> None:
    holder = filed(evidence=())
    number = holder.number
    takes_it_up(office, number)
    answers(office, number, UNFOUNDED)
    moves.move_as_complainant(holder, "accept_reply")
    assert not Case.scoped.get(number=number).is_open
    for reader in (office.feng, office.chen, office.chu, office.wei, office.qian, office.zhao, office.wu):
        with refused("not_found"):
            access.open_case(number, reader=reader)
    assert access.open_case(number, reader=office.zheng).number == number
    assert "Only you, the desk outside" in told(holder)
    sequence_pending()
    assert list(verify_everything()) == []


def test_what_was_found_to_be_so_is_not_closed(office: Office) -> None:
    holder = filed(evidence=())
    takes_it_up(office, holder.number)
    answers(office, holder.number, Given("解释。", outcome="explained", legal_basis="规则"))
    moves.move_as_complainant(holder, "accept_reply")
    assert access.open_case(holder.number, reader=office.feng).number == holder.number


def test_taking_somebody_off_those_kept_away_takes_two(office: Office) -> None:
    holder = filed()
    number = holder.number
    view = shown(access.open_case(number, reader=office.zheng))
    unit = next(key for key, name in view.kept_away if name.en == "Harbour station")
    with refused("empty"):
        letting_back.propose(number, unit, by=office.zheng, why="")
    with refused("unknown_choice"):
        letting_back.propose(number, "0", by=office.zheng, why="x")
    with refused("not_found"):
        letting_back.propose(number, unit, by=office.wu, why="x")
    ask = letting_back.propose(number, unit, by=office.zheng, why="登记时选错了所。")
    row = Ask.objects.get(kind="removal")
    assert row.owed_by.code != "zheng-post"
    assert "proposes that somebody who is kept away may see this again" in told(holder)
    with refused("not_found"):
        answering.answer(number, ask, by=office.zheng, text="同意", outcome="let_back")
    with refused("not_found"):
        answering.answer(number, ask, by=office.chu, text="同意", outcome="let_back")
    Ask.objects.filter(pk=row.pk).update(owed_by=Post.objects.get(code="zheng-post"))
    with refused("second_person_needed"):
        answering.answer(number, ask, by=office.zheng, text="同意", outcome="let_back")
    Ask.objects.filter(pk=row.pk).update(owed_by=row.owed_by)
    second = getattr(office, row.owed_by.code.removesuffix("-post"))
    answering.answer(number, ask, by=second, text="看过登记表，确是选错。", outcome="let_back")
    assert not Barred.objects.filter(unit__code="harbour").exists()
    assert Barred.objects.filter(officer__code="qian").exists()
    assert "as the second person, agreed" in told(holder)
    sequence_pending()
    assert list(verify_everything()) == []


def test_a_second_person_who_says_no_leaves_everything_as_it_was(office: Office) -> None:
    holder = filed()
    key = shown(access.open_case(holder.number, reader=office.zheng)).kept_away[0][0]
    ask = letting_back.propose(holder.number, key, by=office.zheng, why="选错了。")
    before = Barred.objects.count()
    post = Ask.objects.get(kind="removal").owed_by.code
    answering.answer(holder.number, ask, by=getattr(office, post[:-5]), text="没有证据。", outcome="kept_away")
    assert Barred.objects.count() == before
    assert letting_back.propose(holder.number, key, by=office.zheng, why="又看了一遍。")


def test_a_declared_tie_keeps_an_officer_away_from_the_first_moment(office: Office) -> None:
    tie = Tie.objects.create(
        officer_id=office.zheng.officer_id, unit=Unit.objects.get(code="harbour"), declared_at=clock.now()
    )
    holder = filed()
    case = Case.scoped.get(number=holder.number)
    assert case.responsible_post is not None
    assert case.responsible_post.code != "zheng-post"
    with refused("not_found"):
        access.open_case(holder.number, reader=office.zheng)
    tie.ended_at = clock.now()
    tie.save()
    number = filed().number
    assert access.open_case(number, reader=office.zheng).number == number


def test_who_is_named_later_brings_the_ties_along(office: Office) -> None:
    Tie.objects.create(officer_id=office.wu.officer_id, to_officer_id=office.qian.officer_id, declared_at=clock.now())
    made = file_complaint(complaint(), key=None, digest="")
    holder = access.open_receipt(made.case_number, made.receipt_code or "", source="here")
    assert access.open_case(made.case_number, reader=office.wu).number == made.case_number
    recusing.name_as_complainant(holder, [Named("officer", id="qian")])
    with refused("not_found"):
        access.open_case(made.case_number, reader=office.wu)
    sequence_pending()
    assert list(verify_everything()) == []


def test_against_the_head_of_the_office_it_rises_to_the_next_body_by_itself(office: Office) -> None:
    holder = filed(about=(Named("officer", id="he"),))
    case = Case.scoped.get(number=holder.number)
    assert case.body.code == "city-letters"
    assert case.responsible_post is not None
    assert case.responsible_post.code == "han-post"
    with refused("not_found"):
        access.open_case(holder.number, reader=office.zheng)


def test_where_a_whole_body_is_conflicted_it_rises_and_evidence_with_it(office: Office) -> None:
    add_officer("lu", ("路远", "Lu Yuan"), "city-letters-desk", ("处长", "Head of division"), ["unit_head"])
    holder = filed(about=(Named("body", id="letters"), Named("unit", id="letters-intake")))
    assert Case.scoped.get(number=holder.number).body.code == "city-letters"
    assert Ask.objects.get(kind="evidence").owed_by.unit.body.code == "city-letters"


def test_a_desk_that_steps_aside_hands_on_what_it_has_in_hand(office: Office) -> None:
    holder = filed()
    recusing.step_aside(holder.number, by=office.zheng, tie="close")
    case = Case.scoped.get(number=holder.number)
    assert case.responsible_post is not None
    reader = getattr(office, case.responsible_post.code.removesuffix("-post"))
    assert shown(access.open_case(holder.number, reader=reader)).may_set
    assert Ask.objects.get(kind="evidence").owed_by.code != "zheng-post"
    sequence_pending()
    assert list(verify_everything()) == []


def test_of_misconduct_the_desk_outside_alone_says_who_deals_with_it(office: Office) -> None:
    add_officer("lin", ("林山", "Lin Shan"), "hill", ("所长", "Chief"), ["unit_head"])
    add_officer("mu", ("穆山", "Mu Shan"), "hill", ("民警", "Officer"), ["handler"])
    holder = filed(evidence=())
    make_move(holder.number, "accept", by=office.zheng)
    make_move(holder.number, "assign", by=office.zheng, given=Given(to="lin-post"))
    with refused("not_your_move"):
        moves.hand_over(holder.number, by=office.lin, to="mu-post", why="忙")
    with refused("not_your_move"):
        make_move(holder.number, "assign", by=office.lin, given=Given(to="mu-post"))
    offered = {each.move.id for each in access.open_case(holder.number, reader=office.lin).offers}
    assert "assign" not in offered
    make_move(holder.number, "assign", by=office.zheng, given=Given(to="mu-post"))
    assert access.open_case(holder.number, reader=office.mu).number == holder.number


def test_a_class_changed_behind_the_program_is_found(office: Office) -> None:
    holder = filed()
    classing.set_class(holder.number, by=office.zheng, complaint_class="misconduct", why="推人。")
    sequence_pending()
    assert list(verify_everything()) == []
    StaffComplaint.objects.update(complaint_class="service")
    assert [str(each) for each in verify_everything()]
