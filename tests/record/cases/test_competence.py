"""A matter sent to the wrong body: objected to, taken back, left, settled; and no time limit stops meanwhile."""

from __future__ import annotations

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from huiyin.record.bodies.models import Body, Unit
from huiyin.record.bodies.queries import Reader
from huiyin.record.cases.deeds import messages
from huiyin.record.cases.given import Given
from huiyin.record.cases.held.checking import verify_everything
from huiyin.record.cases.lists import queries
from huiyin.record.cases.models import Case, Grant, RunningTerm
from huiyin.record.cases.opening import access
from huiyin.record.cases.registering import registration
from huiyin.record.cases.who.transfers import recipients
from huiyin.record.ledger.sequencer import sequence_pending
from huiyin.rules.refusal import Refusal
from huiyin.stages.intake.actions import file_complaint
from tests.cast import Office, add_officer, against_qian, complaint, make_move, make_office

pytestmark = pytest.mark.django_db(databases=["default", "vault"])
SENT = Given(to="police", text="经核，属于县公安局职权。")
NOT_OURS = Given(reason="other_body", text="不属于公安机关职权。", legal_basis="信访工作条例第二十二条")


@pytest.fixture
def office() -> Office:
    return make_office(with_accounts=False)


@pytest.fixture
def superior(office: Office) -> Reader:
    """A supervisor above the two bodies: they share none in the cast, so the sender's own superior settles."""
    return add_officer("lu", ("卢督", "Lu Du"), "city-letters-desk", ("督查员", "Supervisor"), ["supervisor"])


@pytest.fixture
def filed(office: Office) -> registration.Registered:
    return file_complaint(complaint(), key=None, digest="")


@pytest.fixture
def sent(office: Office, filed: registration.Registered) -> str:
    make_move(filed.case_number, "transfer", by=office.wu, given=SENT)
    return filed.case_number


def case_of(number: str) -> Case:
    return Case.scoped.select_related("body", "responsible_post").get(number=number)


def dates_of(number: str) -> dict[str, object]:
    rows = RunningTerm.objects.filter(case__number=number, state="running")
    return {row.term: row.due_on for row in rows if row.term in {"XF-inform", "XF-inform-t"}}


def offered(number: str, reader: Reader) -> set[str]:
    view = access.open_case(number, reader=reader)
    return {offer.move.id for offer in view.offers if offer.refusal is None}


def test_the_receiver_is_responsible_and_the_sender_follows_without_a_move(office: Office, sent: str) -> None:
    case = case_of(sent)
    assert (case.body.code, case.responsible_post.code if case.responsible_post else "") == ("police", "wei-post")
    assert {"accept", "object"} <= offered(sent, office.wei)
    assert offered(sent, office.wu) == set()
    with pytest.raises(Refusal) as refused:
        make_move(sent, "accept", by=office.wu)
    assert refused.value.code == "not_your_move"
    with pytest.raises(Refusal):
        messages.write_as_office(sent, "请尽快办理", by=office.wu)
    assert [row.number for row in queries.queue("sent", reader=office.wu).items] == [sent]
    assert queries.queue("sent", reader=office.wu).counts["sent"] == 1
    assert queries.queue("sent", reader=office.wei).items == ()


def test_the_complainant_reads_where_it_went_with_the_same_code(
    office: Office, filed: registration.Registered, sent: str
) -> None:
    view = access.open_as_complainant(access.open_receipt(sent, filed.receipt_code or "", source="here"))
    assert view.body.en == "County police bureau"
    assert [document.kind for document in view.documents] == ["transfer_notice"]


def test_the_first_objection_is_the_senders_to_answer_and_taking_back_leaves_the_first_time_limit(
    office: Office, sent: str
) -> None:
    inform = dates_of(sent)["XF-inform"]
    make_move(sent, "object", by=office.wei, given=NOT_OURS)
    assert case_of(sent).responsible_post_id == office.wu.post_ids[0]
    assert {"agree_to_return", "refuse_return"} <= offered(sent, office.wu)
    assert "settle_competence" not in offered(sent, office.wu)
    assert offered(sent, office.wei) == set()
    make_move(sent, "agree_to_return", by=office.wu)
    assert case_of(sent).state == "returned"
    assert dates_of(sent)["XF-inform"] == inform
    with pytest.raises(Refusal) as refused:
        access.open_case(sent, reader=office.wei)
    assert refused.value.code == "not_found"


def test_a_refused_objection_gives_it_back_and_the_second_goes_above_both(
    office: Office, superior: Reader, sent: str
) -> None:
    make_move(sent, "object", by=office.wei, given=NOT_OURS)
    make_move(sent, "refuse_return", by=office.wu, given=Given(text="治安类事项属于公安机关职权。"))
    assert case_of(sent).responsible_post_id == office.wei.post_ids[0]
    make_move(sent, "object", by=office.wei, given=NOT_OURS)
    assert case_of(sent).responsible_post_id == superior.post_ids[0]
    assert "agree_to_return" not in offered(sent, office.wu)
    assert offered(sent, superior) == {"settle_competence"}
    settled = Given(to="harbour", text="由港口派出所办理。")
    make_move(sent, "settle_competence", by=superior, given=settled)
    case = case_of(sent)
    assert case.responsible_post is not None
    assert case.responsible_post.code == "qian-post"
    assert "object" not in offered(sent, office.qian)
    with pytest.raises(Refusal) as refused:
        make_move(sent, "object", by=office.qian, given=NOT_OURS)
    assert refused.value.code == "not_allowed_now"
    assert Grant.objects.filter(case=case, capacity="responsible", until_at=None).count() == 1
    while sequence_pending():
        pass
    assert verify_everything() == []


def test_without_anybody_above_a_second_objection_is_refused_and_nothing_moves(office: Office, sent: str) -> None:
    make_move(sent, "object", by=office.wei, given=NOT_OURS)
    make_move(sent, "refuse_return", by=office.wu, given=Given(text="属于公安机关职权。"))
    before = case_of(sent).version
    with pytest.raises(Refusal) as refused:
        make_move(sent, "object", by=office.wei, given=NOT_OURS)
    assert refused.value.code == "no_desk"
    assert (case_of(sent).state, case_of(sent).version) == ("triaged", before)


@pytest.mark.parametrize("to", ["letters", "nowhere", "harbour-post", ""])
def test_it_is_sent_to_another_place_that_exists(office: Office, filed: registration.Registered, to: str) -> None:
    with pytest.raises(Refusal) as refused:
        make_move(filed.case_number, "transfer", by=office.wu, given=Given(to=to, text="转送。"))
    assert refused.value.params.get("field") == "to"
    assert case_of(filed.case_number).version == 1


def test_what_names_a_unit_is_never_sent_there(office: Office) -> None:
    filed = file_complaint(against_qian(), key=None, digest="")
    offered_places = {code for code, _zh, _en in recipients(filed.case_number, "transfer", reader=office.zheng)}
    assert "harbour" not in offered_places
    assert {"hill", "police"} <= offered_places
    with pytest.raises(Refusal):
        make_move(filed.case_number, "transfer", by=office.zheng, given=Given(to="harbour", text="转送。"))


def test_every_place_offered_takes_the_matter(office: Office, filed: registration.Registered) -> None:
    places = [code for code, _zh, _en in recipients(filed.case_number, "transfer", reader=office.wu)]
    assert "police" in places
    for code in places:
        other = file_complaint(complaint(), key=None, digest="")
        make_move(other.case_number, "transfer", by=office.wu, given=Given(to=code, text="转送。"))
        assert case_of(other.case_number).state == "triaged"


@pytest.mark.parametrize("move", ["transfer", "triage"])
def test_where_it_may_go_is_asked_once_however_many_people_there_are(
    office: Office, filed: registration.Registered, move: str
) -> None:
    with CaptureQueriesContext(connection) as few:
        before = recipients(filed.case_number, move, reader=office.wu)
    for number in range(6):
        unit = Unit.objects.create(
            code=f"more-{number}", body=Body.objects.get(code="police"), name_zh="派出所", name_en="Station"
        )
        add_officer(f"more{number}", ("某", "Some"), unit.code, ("民警", "Officer"), ["handler"])
    with CaptureQueriesContext(connection) as many:
        after = recipients(filed.case_number, move, reader=office.wu)
    assert len(after) == len(before) + 6
    assert len(many) <= len(few)
