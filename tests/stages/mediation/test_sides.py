"""Each side is asked alone, invited, erased when it never agreed; urgency, mediators, joining and handing over."""

from __future__ import annotations

import datetime

import pytest

from huiyin.record import clock
from huiyin.record.cases.codes import receipts
from huiyin.record.cases.given import Given
from huiyin.record.cases.held.verifying import verify_cases
from huiyin.record.cases.moving import moves
from huiyin.record.cases.opening import access
from huiyin.record.cases.table import mediating, side_deeds, side_view
from huiyin.record.cases.table.disputing import OtherSide
from huiyin.record.identity.access import Identity
from huiyin.record.identity.models import SealedIdentity
from huiyin.record.ledger.chains import ChainRef
from huiyin.record.ledger.queries import events_of
from huiyin.rules.refusal import Refusal
from huiyin.stages.mediation import asked_alone, choosing, inviting, passing_on, urgent
from huiyin.stages.mediation.models import Dispute, SideNote, Urgency
from tests.cast import make_move
from tests.mediating import OWN_WORDS, begun, both_say, chosen, make_table_office, opened, table

pytestmark = pytest.mark.django_db(transaction=True, databases=["default", "vault"])
LATER = datetime.timedelta(days=31)


def _nothing(_what: str, _count: object = 0) -> None:
    pass


def _findings() -> list[str]:
    return [str(each) for each in verify_cases(_nothing)]


def _later(monkeypatch: pytest.MonkeyPatch, by: datetime.timedelta) -> None:
    now = clock.now()
    monkeypatch.setattr(clock, "now", lambda: now + by)


def test_who_said_no_is_erased_after_thirty_days_and_not_a_day_before(monkeypatch: pytest.MonkeyPatch) -> None:
    make_table_office()
    at = table()
    side_deeds.say_own(at.other, released="我不同意", words="别的话")
    rows = SealedIdentity.objects.using("vault").count()
    moves.move_as_side(at.other, "refuse")
    assert side_deeds.erase_sides() == 0
    _later(monkeypatch, LATER)
    assert side_deeds.erase_sides() == 1
    assert SealedIdentity.objects.using("vault").count() == rows - 1
    assert side_deeds.erase_sides() == 0
    with pytest.raises(Refusal, match="check_digits"):
        access.open_receipt(at.other_number, at.other_code, source="there")
    assert "我不同意" not in repr(side_view.open_as_side(at.asker))
    assert Dispute.objects.get().result == "refused"
    assert _findings() == []


def test_who_says_no_to_mediating_again_took_part_and_is_not_erased(monkeypatch: pytest.MonkeyPatch) -> None:
    """Zhang Wei agreed and signed; that the agreement was broken and he wants no second round takes nothing back."""
    office = make_table_office()
    at = begun(table(), office)
    both_say(at, "agree")
    make_move(at.number, "agree_in_writing", by=office.lan, given=Given(text="各退一尺。"))
    moves.move_as_side(at.asker, "say_not_kept")
    moves.consent_as_side(at.other, "begin", "no")
    make_move(at.number, "end_not_kept", by=office.lan, given=Given(text="可以起诉。", route="court"))
    _later(monkeypatch, LATER)
    assert side_deeds.erase_sides() == 0
    access.open_receipt(at.other_number, at.other_code, source="there")
    assert _findings() == []


def test_who_agreed_and_left_later_is_not_erased_by_the_clock() -> None:
    office = make_table_office()
    at = begun(table(), office)
    moves.move_as_side(at.other, "leave")
    assert side_view.open_as_side(at.other).erase_on is None


def test_an_invitation_gives_a_new_code_and_ends_the_old_one() -> None:
    office = make_table_office()
    made = opened(is_both=False)
    first = inviting.invite(made.case_number, 2, "slip", by=office.wu)
    second = inviting.invite(made.case_number, 2, "visit", by=office.wu)
    assert first.number == second.number
    with pytest.raises(Refusal, match="check_digits"):
        access.open_receipt(first.number, first.code, source="x")
    assert access.open_receipt(second.number, second.code, source="x").side == "other_party"
    inviting.note_not_reached(made.case_number, 2, by=office.wu)
    assert [each.has_failed for each in inviting.invitations(made.case_number)] == [False, True]
    with pytest.raises(Refusal, match="not_found"):
        inviting.invite(made.case_number, 2, "slip", by=office.zhao)
    assert _findings() == []


def test_a_side_puts_its_own_contact_in_place_of_a_wrong_one() -> None:
    office = make_table_office()
    at = table()
    side_deeds.give_contact(at.other, Identity(name="张伟", phone="000-0000-0099"))
    found = access.unseal_side(at.number, 2, reader=office.wu, reason="invite")
    assert found.phone == "000-0000-0099"
    looks = side_view.open_as_side(at.other).looks
    assert [each.what for each in looks if each.purpose == "invite"] == ["identity"]
    assert not [each for each in side_view.open_as_side(at.asker).looks if each.purpose == "invite"]
    assert _findings() == []


def test_a_family_matter_sits_at_one_table_once_each_side_said_alone_that_it_is_safe() -> None:
    make_table_office()
    at = table(kind="family")
    key = Dispute.objects.get().case_id
    assert not asked_alone.may_sit_together(key, 2)
    asked_alone.say_whether_safe(at.asker, "yes")
    assert not asked_alone.may_sit_together(key, 2)
    asked_alone.say_whether_safe(at.other, "no")
    assert not asked_alone.may_sit_together(key, 2)
    for view in (side_view.open_as_side(at.asker), access.open_as_complainant(at.asker)):
        kinds = [each.kind for each in view.timeline]
        assert kinds.count("safety_answered") == 1, "of the other side it is not even told that it answered"
    asked_alone.say_whether_safe(at.other, "yes")
    assert asked_alone.may_sit_together(key, 2)
    moves.move_as_side(at.other, "leave")
    assert not SideNote.objects.exists()
    assert _findings() == []


def test_urgency_is_sealed_seen_by_the_sides_doubted_looked_at_and_gone(monkeypatch: pytest.MonkeyPatch) -> None:
    office = make_table_office()
    at = begun(table(), office)
    urgent.set_urgency(
        at.number, colour="red", reason="没有地方住 REASON", help_needed=("home",), involved=("relief",), by=office.lan
    )
    key = Urgency.objects.get().case_id
    urgent.doubt(at.other, "没那么急 DOUBT")
    found = urgent.of_case(key)
    assert found is not None and (found.colour, found.doubts) == ("red", {2: "没那么急 DOUBT"})
    events = repr([(each.kind, each.details) for each in events_of(ChainRef.case(at.number))])
    assert not any(word in events for word in ("'red'", "REASON", "DOUBT", "home", "relief"))
    urgent.look_again(at.number, by=office.lan)
    assert urgent.erase_what_is_over() == 0
    _later(monkeypatch, datetime.timedelta(days=15))
    assert urgent.of_case(key) is None
    assert urgent.erase_what_is_over() == 1
    assert not Urgency.objects.exists()


def test_urgency_is_gone_when_the_dispute_ends() -> None:
    office = make_table_office()
    at = begun(table(), office)
    urgent.set_urgency(at.number, colour="blue", reason="平稳", help_needed=(), involved=(), by=office.lan)
    moves.move_as_side(at.asker, "leave")
    assert not Urgency.objects.exists()


def test_a_mediator_is_chosen_by_all_after_every_tie_was_disclosed() -> None:
    office = make_table_office()
    at = table()
    moves.consent_as_side(at.other, "begin", "yes")
    make_move(at.number, "consent", by=office.wu)
    for post in ("lan-post", "ma-post"):
        choosing.offer(at.number, post, "elder", by=office.wu)
    with pytest.raises(Refusal, match="not_told_yet"):
        choosing.answer(at.other, "lan-post", "accept")
    choosing.disclose(at.number, "lan-post", tie="none", words="", may_penalise=False, by=office.wu)
    choosing.answer(at.other, "lan-post", "accept")
    choosing.answer(at.asker, "lan-post", "accept")
    choosing.answer(at.asker, "ma-post", "object")
    lan, ma = choosing.candidates(at.number)
    assert (lan.is_chosen, ma.is_chosen) == (True, False)
    with pytest.raises(Refusal, match="mediator_must_stay_away"):
        make_move(at.number, "begin_simple", by=office.wu, given=Given(to="ma-post"))
    make_move(at.number, "begin_simple", by=office.wu, given=Given(to="lan-post"))
    choosing.disclose(at.number, "lan-post", tie="kin", words="表亲", may_penalise=False, by=office.wu, is_late=True)
    assert choosing.held_void(at.number, "lan-post") is not None
    with pytest.raises(Refusal, match="mediator_must_stay_away"):
        make_move(at.number, "change_mediator_village", by=office.wu, given=Given(to="lan-post"))
    assert _findings() == []


def test_the_record_decides_whether_a_mediator_was_chosen_and_no_officer_ticks_it() -> None:
    office = make_table_office()
    at = table()
    moves.consent_as_side(at.other, "begin", "yes")
    make_move(at.number, "consent", by=office.wu)
    to_lan = Given(to="lan-post")
    assert moves.to_confirm(at.number, "begin_simple", by=office.wu) == ()
    for ticked in ("", "chosen ties_told no_power"):
        with pytest.raises(Refusal, match=r"not_told_yet|unknown_choice"):
            moves.move(at.number, "begin_simple", by=office.wu, given=Given(to="lan-post", confirmed=ticked))
    choosing.offer(at.number, "lan-post", "elder", by=office.wu)
    choosing.disclose(at.number, "lan-post", tie="knows", words="", may_penalise=False, by=office.wu)
    with pytest.raises(Refusal, match="not_chosen_by_all"):
        make_move(at.number, "begin_simple", by=office.wu, given=to_lan)
    choosing.answer(at.asker, "lan-post", "accept")
    with pytest.raises(Refusal, match="not_chosen_by_all"):
        make_move(at.number, "begin_simple", by=office.wu, given=to_lan)
    choosing.answer(at.other, "lan-post", "accept")
    make_move(at.number, "begin_simple", by=office.wu, given=to_lan)
    assert Dispute.objects.get().level == "village"
    assert _findings() == []


def test_what_a_side_said_in_person_or_on_paper_counts_with_who_heard_it_and_when() -> None:
    office = make_table_office()
    at = table()
    moves.consent_as_side(at.other, "begin", "yes")
    make_move(at.number, "consent", by=office.wu)
    today = clock.today("Asia/Shanghai")

    def hear(
        side: int, said: str = "accept", *, how: str = "paper", on: datetime.date = today, by: object = office.wu
    ) -> None:
        choosing.record_answer(at.number, "lan-post", side, said, how=how, heard_on=on, by=by)  # type: ignore[arg-type]

    choosing.offer(at.number, "lan-post", "elder", by=office.wu)
    with pytest.raises(Refusal, match="not_told_yet"):
        hear(2)
    choosing.disclose(at.number, "lan-post", tie="none", words="", may_penalise=False, by=office.wu)
    choosing.answer(at.asker, "lan-post", "accept")
    for wrong, code in (
        ({"side": 3}, "unknown_choice"), ({"side": 2, "how": "own_channel"}, "unknown_choice"),
        ({"side": 2, "said": "yes"}, "unknown_choice"), ({"side": 2, "by": office.zhao}, "not_found"),
        ({"side": 2, "on": today + datetime.timedelta(days=1)}, "date_in_future"), ({"side": 1}, "said_by_itself"),
    ):  # fmt: skip
        with pytest.raises(Refusal, match=code):
            hear(**wrong)
    hear(2, how="phone", on=today - datetime.timedelta(days=1))
    (lan,) = choosing.candidates(at.number)
    assert lan.is_chosen
    assert [(side, how.en, on) for side, how, on in lan.heard] == [
        (2, "by telephone", today - datetime.timedelta(days=1))
    ]
    told = [each for each in events_of(ChainRef.case(at.number)) if each.kind == "mediator_picked"][-1]
    assert (told.details["side"], told.details["how"], told.actor["post"]) == (2, "phone", "wu-post")
    choosing.answer(at.other, "lan-post", "object")
    assert choosing.candidates(at.number)[0].heard == ()
    with pytest.raises(Refusal, match="said_by_itself"):
        hear(2)
    with pytest.raises(Refusal, match="mediator_must_stay_away"):
        make_move(at.number, "begin_simple", by=office.wu, given=Given(to="lan-post"))
    assert _findings() == []


@pytest.mark.parametrize(("tie", "penalises"), [("kin", False), ("interest", False), ("none", True)])
def test_who_has_a_binding_tie_or_can_penalise_a_side_cannot_mediate(tie: str, penalises: bool) -> None:
    office = make_table_office()
    at = table()
    moves.consent_as_side(at.other, "begin", "yes")
    make_move(at.number, "consent", by=office.wu)
    choosing.offer(at.number, "lan-post", "officer", by=office.wu)
    choosing.disclose(at.number, "lan-post", tie=tie, words="", may_penalise=penalises, by=office.wu)
    with pytest.raises(Refusal, match="mediator_must_stay_away"):
        make_move(at.number, "begin_simple", by=office.wu, given=Given(to="lan-post"))


def test_two_disputes_over_one_matter_are_joined_and_each_keeps_receipt_and_private_words() -> None:
    office = make_table_office()
    first = opened(is_both=False)
    second = opened(
        is_both=False, words="我的话 ONLY-B", released="我愿意谈", identity=Identity(name="张伟", phone="000-0000-0088")
    )
    assert second.registered is not None and second.registered.receipt_code is not None
    theirs = access.open_receipt(second.case_number, second.registered.receipt_code, source="b")
    mediating.join(first.case_number, second.case_number, side=2, text="合并办理。", by=office.wu)
    view = side_view.open_as_side(theirs)
    assert (view.side, view.own_words, view.own_released) == (2, "我的话 ONLY-B", "我愿意谈")
    assert OWN_WORDS not in repr(view) and first.case_number not in repr(view.number)
    make_move(first.case_number, "consent", by=office.wu)
    assert sorted(Dispute.objects.values_list("result", flat=True)) == ["", "joined"]
    assert _findings() == []


def test_the_next_level_is_offered_when_the_time_of_this_one_is_over(monkeypatch: pytest.MonkeyPatch) -> None:
    office = make_table_office()
    at = begun(table(), office)
    view, today = side_view.open_as_side(at.other), clock.today("Asia/Shanghai")
    assert passing_on.offered_level(view, today) is None
    offered = passing_on.offered_level(view, today + datetime.timedelta(days=20))
    assert offered is not None and offered.id == "town"
    both_say(at, "raise")
    chosen(at, office, "ma-post", by=office.lan)
    make_move(at.number, "raise_to_town_simple", by=office.lan, given=Given(to="ma-post"))
    assert OWN_WORDS in access.open_case(at.number, reader=office.ma).description, "the file goes with it"


def test_a_hand_over_counts_once_the_other_body_has_accepted() -> None:
    office = make_table_office()
    at = begun(table(), office)
    passing_on.hand_over(at.number, "县自然资源局", by=office.lan)
    (row,) = passing_on.passed_on(at.number)
    assert row.is_accepted is None
    with pytest.raises(Refusal, match="repeated"):
        passing_on.hand_over(at.number, "县自然资源局", by=office.lan)
    passing_on.note_answer(at.number, row.id, is_accepted=True, by=office.lan)
    passing_on.join_parallel(at.number, "judicial", "县法院", number="1", by=office.lan)
    assert [each.is_accepted for each in passing_on.passed_on(at.number)] == [True, None]


def test_a_minor_says_yes_with_somebody_beside_and_no_alone() -> None:
    office = make_table_office()
    at = table(others=(OtherSide(Identity(name="小张"), is_minor=True),))
    with pytest.raises(Refusal, match="guardian_missing"):
        moves.consent_as_side(at.other, "begin", "yes")
    side_deeds.set_guardian(at.number, 2, "matter", by=office.wu)
    moves.consent_as_side(at.other, "begin", "yes")
    make_move(at.number, "consent", by=office.wu)
    moves.move_as_side(at.other, "leave")
    assert _findings() == []


def test_no_answer_ends_it_only_after_the_time_for_asking() -> None:
    office = make_table_office()
    made = opened(is_both=False)
    with pytest.raises(Refusal, match="too_early"):
        make_move(made.case_number, "end_unanswered", by=office.wu, given=Given(route="court", text="没有答复。"))


def test_a_helper_with_a_code_cannot_say_yes_for_the_one_who_asked() -> None:
    make_table_office()
    at = table()
    cards = receipts.make_cards(1)
    assert cards
    with pytest.raises(Refusal, match="not_found"):
        moves.consent_as_side(at.other, "begin", "yes", case_number=at.number + "0")
