"""A file that shows who somebody is lies with the name: in no list, opened one at a time, with a reason, and seen."""

from __future__ import annotations

import pytest

from huiyin.record.approvals.models import Proposal
from huiyin.record.cases.codes import receipts
from huiyin.record.cases.deeds import unsealing
from huiyin.record.cases.deeds.helping import Helper, add_helper
from huiyin.record.cases.given import Given
from huiyin.record.cases.held.verifying import verify_cases
from huiyin.record.cases.opening import access
from huiyin.record.cases.papers import identity_files
from huiyin.record.cases.registering.registration import sweep_vault
from huiyin.record.files.models import Attachment
from huiyin.record.identity.models import SealedIdentity
from huiyin.rules.refusal import Refusal
from huiyin.stages.intake.actions import file_complaint
from tests.cast import Office, complaint, make_move, make_office
from tests.record.files.honest import jpeg

pytestmark = pytest.mark.django_db(databases=["default", "vault"])
CARD = jpeg(size=(300, 200))


@pytest.fixture
def office() -> Office:
    return make_office(with_accounts=False)


def refused(code: str) -> pytest.RaisesExc[Refusal]:
    return pytest.raises(Refusal, check=lambda refusal: refusal.code == code)


def filed(known: str = "named") -> receipts.Holder:
    made = file_complaint(complaint(confidentiality=known), key=None, digest="")
    return access.open_receipt(made.case_number, made.receipt_code or "", source="here")


def test_it_stands_in_no_list_and_opens_with_a_reason_alone(office, settings, tmp_path):
    li_mei = filed()
    identity_files.add(li_mei, CARD)
    make_move(li_mei.number, "accept", by=office.wu)
    make_move(li_mei.number, "assign", by=office.wu, given=Given(to="zhao-post"))
    assert not Attachment.objects.exists()
    assert len(list(identity_files.stored_names())) == 1
    assert access.open_case(li_mei.number, reader=office.zhao).attachments == ()
    assert identity_files.count(li_mei) == 1
    assert identity_files.numbers(li_mei.number, reader=office.zhao) == [1]
    with refused("reason_missing"):
        identity_files.open_file(li_mei.number, 1, reader=office.zhao)
    with pytest.raises(Refusal):
        identity_files.open_file(li_mei.number, 1, reader=office.wu, reason="ask_back")
    assert access.unseal_identity(li_mei.number, reader=office.zhao, reason="ask_back").note == ""
    assert identity_files.open_file(li_mei.number, 1, reader=office.zhao, reason="verify_facts").data == CARD
    looks = [(each.what, each.purpose) for each in access.open_as_complainant(li_mei).looks if each.what != "case"]
    assert ("identity_file", "verify_facts") in looks
    with refused("not_found"):
        identity_files.open_file(li_mei.number, 2, reader=office.zhao, reason="ask_back")
    assert sweep_vault() == 0
    assert [each.what for each in verify_cases(lambda *_: None)] == []
    SealedIdentity.objects.using("vault").exclude(blob=b"").update(blob=b"x" * 60)
    assert any("sealed_parts" in each.what for each in verify_cases(lambda *_: None))


def test_of_a_confidential_matter_it_opens_only_where_a_second_agreed(office):
    li_mei = filed("confidential")
    identity_files.add(li_mei, CARD)
    with refused("not_yours_to_unseal"):
        identity_files.open_file(li_mei.number, 1, reader=office.wu, reason="ask_back")
    unsealing.ask(li_mei.number, by=office.wu, reason="protect")
    unsealing.agree(Proposal.objects.get().pk, by=office.zheng)
    unsealing.open_name(li_mei.number, reader=office.wu)
    assert identity_files.open_file(li_mei.number, 1, reader=office.wu).data == CARD


def test_nothing_of_the_kind_is_kept_of_an_anonymous_person_or_taken_from_a_helper(office):
    with refused("not_found"):
        identity_files.add(filed("anonymous"), CARD)
    li_mei = filed()
    code = add_helper(li_mei, Helper("relative"))
    with refused("helper_may_not"):
        identity_files.add(access.open_receipt(code.number, code.code, source="x"), CARD)


def test_five_are_enough_and_a_program_is_none(office):
    li_mei = filed()
    for each in range(identity_files.MOST):
        identity_files.add(li_mei, jpeg(size=(300, 200 + each)))
    with refused("attachments_full"):
        identity_files.add(li_mei, CARD)
    with pytest.raises(Refusal):
        identity_files.add(filed(), b"MZ\x90\x00 this is a program")
