"""A dispute is opened by one side, by both, by an officer, out of a complaint; consent comes first, leaving is free."""

from __future__ import annotations

import pytest

from huiyin.record.cases.codes import receipts
from huiyin.record.cases.deeds import duties, helping, messages
from huiyin.record.cases.deeds.helping import Helper
from huiyin.record.cases.given import Given
from huiyin.record.cases.held.verifying import verify_cases
from huiyin.record.cases.moving import moves
from huiyin.record.cases.opening import access
from huiyin.record.cases.table import side_view
from huiyin.record.identity.access import Identity
from huiyin.record.ledger.chains import ChainRef
from huiyin.record.ledger.queries import events_of
from huiyin.rules.refusal import Refusal
from huiyin.stages.intake.actions import file_complaint
from huiyin.stages.mediation import actions
from huiyin.stages.mediation.models import Dispute
from tests.cast import complaint, make_move
from tests.mediating import (
    OTHER_NAME,
    OWN_WORDS,
    RELEASED,
    asking,
    begun,
    both_say,
    chosen,
    make_table_office,
    opened,
    table,
)

pytestmark = pytest.mark.django_db(transaction=True, databases=["default", "vault"])


def _nothing(_what: str, _count: object = 0) -> None:
    pass


def _findings() -> list[str]:
    return [str(each) for each in verify_cases(_nothing)]


def test_a_dispute_opened_by_both_gives_each_side_a_code_of_its_own() -> None:
    make_table_office()
    at = table()
    assert at.other_number != at.number
    row = Dispute.objects.get()
    assert (row.kind, row.opened_by, row.result, row.begun_on) == ("land", "both", "", None)
    view = side_view.open_as_side(at.other)
    assert view.number == at.other_number
    assert [each.released for each in view.others] == [RELEASED]
    assert OWN_WORDS not in repr(view) and OTHER_NAME not in repr(view) and at.number not in repr(view.timeline)
    assert _findings() == []


def test_what_mediation_cannot_do_is_said_with_the_right_way() -> None:
    make_table_office()
    with pytest.raises(Refusal) as refused:
        actions.open_dispute(asking(excluded=("abuse",)))
    assert (refused.value.code, refused.value.params["route"]) == ("not_for_mediation", "protection")
    assert not Dispute.objects.exists()


def test_it_begins_when_every_side_said_yes_for_itself_and_not_before() -> None:
    office = make_table_office()
    at = table()
    with pytest.raises(Refusal, match="not_allowed_now"):
        make_move(at.number, "consent", by=office.wu)
    moves.consent_as_side(at.other, "begin", "yes")
    make_move(at.number, "consent", by=office.wu)
    chosen(at, office)
    make_move(at.number, "begin_simple", by=office.wu, given=Given(to="lan-post"))
    row = Dispute.objects.get()
    assert (row.level, row.complexity) == ("village", "simple")
    assert row.begun_on is not None
    assert _findings() == []


def test_a_yes_to_one_step_is_no_yes_to_another_nor_to_the_same_one_later() -> None:
    office = make_table_office()
    at = begun(table(), office)
    both_say(at, "go_on")
    with pytest.raises(Refusal, match="not_allowed_now"):
        make_move(at.number, "raise_to_town_simple", by=office.lan, given=Given(to="lan-post"))
    make_move(at.number, "go_on_village", by=office.lan)
    with pytest.raises(Refusal, match="not_allowed_now"):
        make_move(at.number, "go_on_village", by=office.lan)
    both_say(at, "raise")
    make_move(at.number, "raise_to_town_simple", by=office.lan, given=Given(to="lan-post"))
    assert Dispute.objects.get().level == "town"
    assert _findings() == []


def test_one_no_outweighs_an_earlier_yes() -> None:
    office = make_table_office()
    at = table()
    moves.consent_as_side(at.other, "begin", "yes")
    moves.consent_as_side(at.other, "begin", "no")
    with pytest.raises(Refusal, match="not_allowed_now"):
        make_move(at.number, "consent", by=office.wu)


@pytest.mark.parametrize("who", ["asker", "other"])
def test_each_side_leaves_at_any_time_with_one_step(who: str) -> None:
    office = make_table_office()
    at = begun(table(), office)
    moves.move_as_side(getattr(at, who), "leave")
    row = Dispute.objects.get()
    assert (row.result, row.ended_on is not None) == ("left", True)
    assert _findings() == []


def test_whoever_says_no_before_it_began_is_to_be_erased() -> None:
    make_table_office()
    at = table()
    moves.move_as_side(at.other, "refuse")
    assert Dispute.objects.get().result == "refused"
    view = side_view.open_as_side(at.other)
    assert view.erase_on is not None and (view.erase_on - view.received_on).days == 30


def test_the_other_side_reaches_nothing_of_the_complainant() -> None:
    office = make_table_office()
    at = begun(table(), office)
    for reach in (
        lambda: access.open_as_complainant(at.other),
        lambda: access.open_as_complainant(at.other, at.number),
        lambda: messages.write_as_complainant(at.other, "words"),
        lambda: moves.move_as_complainant(at.other, "leave"),
        lambda: duties.confirm_done(at.other, 1),
        lambda: helping.add_helper(at.other, Helper("relative")),
        lambda: access.replace_contact(at.other, Identity(phone="1")),
        lambda: side_view.open_as_side(at.other, at.asker.number + "x"),
    ):
        with pytest.raises(Refusal) as refused:
            reach()
        assert refused.value.code == "not_found"


def test_an_officer_opens_it_with_the_consents_that_were_heard() -> None:
    office = make_table_office()
    cards = receipts.make_cards(1)
    with pytest.raises(Refusal, match="consent_missing"):
        actions.open_dispute(asking(channel="counter", is_both=False), by=office.wu)
    made = actions.open_dispute(
        asking(channel="counter", is_both=False, consents={1: "in_person", 2: "phone"}), by=office.wu, card=cards[0][0]
    )
    make_move(made.case_number, "consent", by=office.wu)
    assert Dispute.objects.get().opened_by == "officer"
    kinds = [each.kind for each in events_of(ChainRef.case(made.case_number))]
    assert kinds.count("consent_given") == 2
    assert _findings() == []


def test_a_complaint_goes_on_beside_the_mediation_that_grew_out_of_it() -> None:
    make_table_office()
    filed = file_complaint(complaint(), key=None, digest="")
    assert filed.receipt_code is not None
    holder = access.open_receipt(filed.case_number, filed.receipt_code, source="here")
    before = access.open_as_complainant(holder).terms
    made = actions.open_dispute(asking(is_both=False), holder=holder, complaint=filed.case_number)
    after = access.open_as_complainant(holder)
    assert [(each.id, each.due_on, each.state) for each in after.terms] == [
        (each.id, each.due_on, each.state) for each in before
    ]
    assert [(each.kind, each.number) for each in after.links] == [("mediation", made.case_number)]
    assert side_view.open_as_side(holder, made.case_number).side == 1
    with pytest.raises(Refusal, match="repeated"):
        actions.open_dispute(asking(is_both=False), holder=holder, complaint=filed.case_number)
    assert _findings() == []


def test_what_is_asked_alone_opens_nothing_for_a_side_without_a_code() -> None:
    make_table_office()
    made = opened(is_both=False)
    assert made.others == ()
