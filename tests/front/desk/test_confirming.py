"""What no program can know is confirmed under a name; what the record knows it checks by itself."""

from __future__ import annotations

from typing import Any

import pytest

from huiyin.record.cases.given import Given
from huiyin.record.cases.models import Draft
from huiyin.record.cases.moving import moves
from huiyin.record.cases.opening import access
from huiyin.record.cases.registering.registration import Named
from huiyin.record.ledger.chains import ChainRef
from huiyin.record.ledger.queries import events_of
from huiyin.rules.refusal import Refusal
from huiyin.stages.intake.actions import file_complaint
from tests.cast import Office, complaint, make_move
from tests.front.conftest import SignedIn
from tests.front.desk.conftest import TO_ACCEPT, Matter

pytestmark = pytest.mark.django_db(databases=["default", "vault"])


def told(number: str, move: str) -> dict[str, Any]:
    """The details of the event of a move."""
    events = [each for each in events_of(ChainRef.case(number)) if each.kind == "case_moved"]
    return next(dict(each.details) for each in reversed(events) if each.details["move"] == move)


def test_each_thing_to_confirm_is_a_sentence_with_a_box(signed_in: SignedIn, new_matter: Matter) -> None:
    page = signed_in("wu").get(f"/desk/cases/{new_matter.number}/moves/accept/")
    assert [bound.html_name for bound in page.context["form"].to_confirm] == list(TO_ACCEPT)
    assert "The same matter is not pending at another level" in page.content.decode()
    assert "article 19" in page.content.decode()
    assert not any(bound.value() for bound in page.context["form"].to_confirm)
    declining = signed_in("wu").get(f"/desk/cases/{new_matter.number}/moves/decline/")
    assert declining.context["form"].to_confirm == []


@pytest.mark.parametrize("step", ["preview", "confirm"])
def test_without_a_tick_nothing_happens_and_nothing_typed_is_lost(
    signed_in: SignedIn, office: Office, new_matter: Matter, step: str
) -> None:
    typed = {"version": "1", "text": "写了很久的告知", "confirm_recusal": "on", "step": step}
    answer = signed_in("wu").post(f"/desk/cases/{new_matter.number}/moves/accept/", typed)
    form = answer.context["form"]
    assert answer.status_code == 422
    assert set(form.errors) == {"confirm_pending_elsewhere"}
    assert "this is not the right step" in answer.content.decode()
    assert (form["text"].value(), bool(form["confirm_recusal"].value())) == ("写了很久的告知", True)
    assert access.open_case(new_matter.number, reader=office.wu).state.id == "registered"


def test_what_was_confirmed_stands_in_the_history_of_the_matter(signed_in: SignedIn, new_matter: Matter) -> None:
    wu, where = signed_in("wu"), f"/desk/cases/{new_matter.number}/moves/accept/"
    seen = wu.post(where, TO_ACCEPT | {"version": "1"})
    assert [guard.id for guard in seen.context["told"].confirmed] == ["pending_elsewhere", "recusal"]
    carried = {bound.html_name: str(bound.value() or "") for bound in seen.context["form"]}
    assert wu.post(where, carried | {"step": "confirm"}).status_code == 302
    assert told(new_matter.number, "accept")["confirmed"] == "pending_elsewhere recusal"


def test_a_signer_reads_what_another_program_left_unsaid(
    signed_in: SignedIn, office: Office, with_zhao: Matter
) -> None:
    given = Given("已处理。", outcome="explained", legal_basis="规则", confirmed="unsaid")
    moves.move(with_zhao.number, "reply", by=office.zhao, given=given)
    page = signed_in("qian").get(f"/desk/cases/{with_zhao.number}/sign/").content.decode()
    assert "Nobody confirmed" in page
    assert "has no direct interest" in page


def test_the_writer_of_a_draft_confirms_and_every_signer_reads_it(
    signed_in: SignedIn, office: Office, with_zhao: Matter
) -> None:
    given = Given("已处理。", outcome="explained", legal_basis="规则")
    with pytest.raises(Refusal, match="not_confirmed"):
        moves.move(with_zhao.number, "reply", by=office.zhao, given=given)
    assert not Draft.objects.exists()
    make_move(with_zhao.number, "reply", by=office.zhao, given=given)
    assert "has no direct interest" in signed_in("qian").get(f"/desk/cases/{with_zhao.number}/sign/").content.decode()
    for signer in (office.qian, office.chen, office.chu, office.wei):
        moves.sign(with_zhao.number, by=signer)
    assert told(with_zhao.number, "reply")["confirmed"] == "recusal"


def test_nothing_else_is_taken_as_confirmed(office: Office, new_matter: Matter) -> None:
    for said in ("recusal", "recusal pending_elsewhere not_settled", "RECUSAL pending_elsewhere"):
        with pytest.raises(Refusal) as refused:
            moves.move(new_matter.number, "accept", by=office.wu, given=Given(confirmed=said))
        assert refused.value.params["field"] == "confirmed"


@pytest.mark.parametrize(
    ("named", "to", "is_refused"),
    [
        (Named("unit", id="harbour"), "harbour", True),
        (Named("officer", id="qian"), "harbour", True),
        (Named("body", id="police"), "police", True),
        (Named("body", id="police"), "hill", True),
        (Named("unit", id="harbour"), "police", False),
        (Named("unit", id="harbour"), "hill", False),
    ],
)
def test_what_is_reported_never_goes_to_whom_it_is_about(
    office: Office, named: Named, to: str, is_refused: bool
) -> None:
    filed = file_complaint(complaint(about=(named,)), key=None, digest="")
    by = office.wu if named.kind == "body" else office.zheng
    given = Given(to=to, text="转送。", matter_class="accusation")
    if not is_refused:
        make_move(filed.case_number, "transfer", by=by, given=given)
        return
    with pytest.raises(Refusal) as refused:
        make_move(filed.case_number, "transfer", by=by, given=given)
    assert (refused.value.code, refused.value.params["field"]) == ("goes_to_the_accused", "to")
