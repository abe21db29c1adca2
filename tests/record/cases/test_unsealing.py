"""A confidential name opens when two people want it: with a reason, once, for three days, and seen by the one whose name it is."""

from __future__ import annotations

import datetime
from dataclasses import replace

import pytest

from huiyin.record import clock
from huiyin.record.approvals.models import Proposal
from huiyin.record.cases.codes import receipts
from huiyin.record.cases.deeds import unsealing
from huiyin.record.cases.given import Given
from huiyin.record.cases.opening import access
from huiyin.record.cases.papers import identity_files
from huiyin.record.identity import access as identity
from huiyin.record.ledger.chains import ChainRef
from huiyin.record.ledger.queries import events_of
from huiyin.rules.refusal import Refusal
from huiyin.rules.second_person import may_be_second
from huiyin.stages.intake.actions import file_complaint
from tests.cast import Office, add_officer, against_qian, complaint, make_move, make_office

pytestmark = pytest.mark.django_db(databases=["default", "vault"])


@pytest.fixture
def office() -> Office:
    office = make_office()
    add_officer("ku", ("库", "Ku"), "letters-outside", ("保管", "Keeper"), ["vault_keeper"])
    return office


@pytest.fixture
def holder(office: Office) -> receipts.Holder:
    filed = file_complaint(complaint(confidentiality="confidential"), key=None, digest="")
    make_move(filed.case_number, "accept", by=office.wu)
    return access.open_receipt(filed.case_number, filed.receipt_code or "", source="here")


def refused(code: str) -> pytest.RaisesExc[Refusal]:
    return pytest.raises(Refusal, check=lambda refusal: refusal.code == code)


def looks(holder: receipts.Holder) -> list[str]:
    return [each.what for each in access.open_as_complainant(holder).looks if each.what == "identity"]


def test_one_alone_opens_nothing(office, holder):
    with refused("not_yours_to_unseal"):
        access.unseal_identity(holder.number, reader=office.wu, reason="ask_back")
    with refused("not_yours_to_unseal"):
        unsealing.open_name(holder.number, reader=office.wu)
    with refused("reason_missing"):
        unsealing.ask(holder.number, by=office.wu, reason="curious")
    unsealing.ask(holder.number, by=office.wu, reason="protect")
    with refused("not_yours_to_unseal"):
        unsealing.open_name(holder.number, reader=office.wu)
    with refused("not_found"):
        unsealing.agree(Proposal.objects.get().pk, by=office.wu)
    assert looks(holder) == []


def test_two_open_it_once_and_both_are_seen(office, holder, monkeypatch):
    opened: list[int] = []
    reveal = identity.reveal

    def counted(vault_id):
        events = [each for each in events_of(ChainRef.case(holder.number)) if each.kind == "identity_unsealed"]
        opened.append(len(events))
        return reveal(vault_id)

    monkeypatch.setattr(identity, "reveal", counted)
    unsealing.ask(holder.number, by=office.wu, reason="protect")
    waiting = unsealing.waiting_for(office.ku)
    assert [(each.number, each.reason) for each in waiting] == [(holder.number, "protect")]
    unsealing.agree(waiting[0].id, by=office.ku)
    assert unsealing.open_name(holder.number, reader=office.wu).name == "李梅"
    assert opened == [1], "the look is committed before a byte is decrypted"
    with refused("not_yours_to_unseal"):
        unsealing.open_name(holder.number, reader=office.wu)
    view = access.open_as_complainant(holder)
    told = " ".join(each.sentence.en for each in view.timeline)
    assert "Wu Jing asked a second person" in told
    assert "Ku agreed, as the second person" in told
    assert [(each.name.en, each.purpose) for each in view.looks if each.what == "identity"] == [("Wu Jing", "protect")]


def test_what_was_agreed_is_over_after_three_days(office, holder):
    unsealing.ask(holder.number, by=office.wu, reason="protect")
    unsealing.agree(Proposal.objects.get().pk, by=office.ku)
    Proposal.objects.update(decided_at=clock.now() - unsealing.HOLDS - datetime.timedelta(seconds=1))
    with refused("not_yours_to_unseal"):
        unsealing.open_name(holder.number, reader=office.wu)
    unsealing.ask(holder.number, by=office.wu, reason="protect")


def test_it_is_for_the_one_who_asked_and_while_the_matter_is_theirs(office, holder):
    unsealing.ask(holder.number, by=office.wu, reason="protect")
    unsealing.agree(Proposal.objects.get().pk, by=office.ku)
    for other in (office.zhao, office.ku, office.he):
        with pytest.raises(Refusal):
            unsealing.open_name(holder.number, reader=other)


def test_a_no_is_told_with_its_reason(office, holder):
    unsealing.ask(holder.number, by=office.wu, reason="invite")
    with refused("input_missing"):
        unsealing.decline(Proposal.objects.get().pk, by=office.ku, why=" ")
    unsealing.decline(Proposal.objects.get().pk, by=office.ku, why="a message does as well")
    assert "did not agree" in access.open_as_complainant(holder).timeline[0].sentence.en
    assert unsealing.waiting_for(office.ku) == []


def test_whoever_is_accused_is_no_second_and_learns_of_nothing(office):
    filed = file_complaint(replace(against_qian(), confidentiality="confidential"), key=None, digest="")
    unsealing.ask(filed.case_number, by=office.zheng, reason="protect")
    for other in (office.qian, office.zhao, office.wu, office.xu):
        assert unsealing.waiting_for(other) == []
        with refused("not_found"):
            unsealing.agree(Proposal.objects.get().pk, by=other)


@pytest.fixture
def named(office: Office) -> receipts.Holder:
    filed = file_complaint(complaint(), key=None, digest="named")
    make_move(filed.case_number, "accept", by=office.wu)
    make_move(filed.case_number, "assign", by=office.wu, given=Given(to="zhao-post"))
    return access.open_receipt(filed.case_number, filed.receipt_code or "", source="here")


def test_a_second_reader_of_a_named_identity_needs_a_second_person(office, named):
    """Zhao is responsible and opens it alone; Chief Qian, who has the desk, needs somebody outside who agrees."""
    assert unsealing.standing_of(named.number, reader=office.qian) == "none"
    assert unsealing.standing_of(named.number, reader=office.zhao) == ""
    with refused("not_found"):
        unsealing.ask(named.number, by=office.zhao, reason="protect")
    with refused("not_yours_to_unseal"):
        unsealing.open_name(named.number, reader=office.qian)
    unsealing.ask(named.number, by=office.qian, reason="protect")
    with refused("not_yours_to_unseal"):
        unsealing.open_name(named.number, reader=office.qian)
    with refused("not_found"):
        unsealing.agree(Proposal.objects.get().pk, by=office.qian)
    unsealing.agree(Proposal.objects.get().pk, by=office.ku)
    with refused("not_yours_to_unseal"):
        access.unseal_identity(named.number, reader=office.qian, reason="protect")
    assert unsealing.open_name(named.number, reader=office.qian).name == "李梅"
    with refused("not_yours_to_unseal"):
        unsealing.open_name(named.number, reader=office.qian)
    view = access.open_as_complainant(named)
    assert [(each.name.en, each.purpose) for each in view.looks if each.what == "identity"] == [
        ("Qian Gang", "protect")
    ]
    assert access.unseal_identity(named.number, reader=office.zhao, reason="ask_back").name == "李梅"


def test_a_second_reader_opens_the_files_beside_the_name_by_the_same_word(office, named):
    identity_files.add(named, b"a scan of a card")
    with refused("not_yours_to_unseal"):
        identity_files.open_file(named.number, 1, reader=office.qian, reason="protect")
    unsealing.ask(named.number, by=office.qian, reason="protect")
    unsealing.agree(Proposal.objects.get().pk, by=office.ku)
    assert unsealing.open_name(named.number, reader=office.qian).name == "李梅"
    assert identity_files.open_file(named.number, 1, reader=office.qian).data == b"a scan of a card"


def test_who_only_follows_a_matter_cannot_ask_for_its_name(office, named):
    for other in (office.feng, office.ku, office.chen):
        with pytest.raises(Refusal):
            unsealing.ask(named.number, by=other, reason="protect")
        assert unsealing.standing_of(named.number, reader=other) == ""


@pytest.mark.parametrize(
    ("roles", "is_outside", "is_own_unit", "may"),
    [
        (["vault_keeper"], False, True, True),
        (["registrar"], True, False, True),
        (["registrar"], True, True, False),
        (["body_head"], False, False, True),
        (["body_head"], False, True, False),
        (["unit_head"], False, False, False),
        (["handler"], False, False, False),
    ],
)
def test_who_may_be_the_second(roles, is_outside, is_own_unit, may):
    assert may_be_second(roles, is_outside=is_outside, is_own_unit=is_own_unit) is may
