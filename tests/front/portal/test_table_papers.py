"""What another side gets in writing, and what it says of how it was: as who asked, under its own number."""

from __future__ import annotations

import io

import pytest
from django.test import Client
from pypdf import PdfReader

from huiyin.record.cases.given import Given
from huiyin.record.cases.moving import moves
from huiyin.record.cases.opening import access
from huiyin.record.cases.papers import letters
from huiyin.record.cases.table import side_letters, side_view
from huiyin.record.files.models import Letter, Service
from huiyin.record.ledger.chains import ChainRef
from huiyin.record.ledger.queries import events_of
from huiyin.rules.refusal import Refusal
from huiyin.stages.followup import actions as followup
from huiyin.stages.followup.models import Rating
from tests.cast import Office, make_move
from tests.front.portal.test_table import _both
from tests.mediating import OWN_WORDS, Table, begun, make_table_office, table
from tests.stages.mediation.test_at_the_table import agreed, findings

pytestmark = pytest.mark.django_db(transaction=True, databases=["default", "vault"])


@pytest.fixture
def office() -> Office:
    return make_table_office()


@pytest.fixture
def at(office: Office) -> Table:
    """A dispute that ended in an agreement."""
    made = begun(table(), office)
    agreed(office, made)
    return made


def text_of(data: bytes) -> str:
    return "".join("".join(page.extract_text().split()) for page in PdfReader(io.BytesIO(data)).pages)


def page(client: Client, number: str) -> str:
    return client.get(f"/table/{number}/").content.decode()


def test_each_side_opens_the_agreement_from_its_own_page_and_the_reading_is_written_down(at: Table) -> None:
    (letter,) = Letter.objects.all()
    for client, number in zip(_both(at), (at.number, at.other_number), strict=True):
        link = f"/table/{number}/letter/?letter={letter.pk}"
        assert link in page(client, number)
        for address in (link, f"{link}&print=large"):
            answer = client.get(address)
            assert (answer.status_code, answer["Content-Type"]) == (200, "application/pdf")
            assert "把界石放回原处" in text_of(answer.content)
    own = [each.what for each in side_view.open_as_side(at.other).looks]
    assert own.count(f"letter {letter.number.replace(at.number, at.other_number)}") == 2
    theirs = [each.what for each in access.open_as_complainant(at.asker).looks]
    assert theirs.count(f"letter {letter.number}") == 2
    assert findings() == []


def test_the_copy_of_the_other_side_bears_its_own_number_and_every_word_is_the_same(at: Table) -> None:
    (letter,) = Letter.objects.all()
    first = letters.letter_as_complainant(at.asker, letter.pk)
    copy = side_letters.letter_as_side(at.other, letter.pk)
    digits, own = (number.replace("-", "") for number in (at.number, at.other_number))
    words, own_words = text_of(first.data).replace("-", ""), text_of(copy.data).replace("-", "")
    assert digits in words and digits not in own_words and own in own_words
    assert words.replace(digits, own) == own_words
    assert at.number not in copy.name and OWN_WORDS not in own_words
    assert at.number not in page(_both(at)[1], at.other_number)


def test_what_another_side_reads_is_no_service_on_the_one_who_asked(at: Table) -> None:
    (letter,) = Letter.objects.all()
    side_letters.letter_as_side(at.other, letter.pk)
    assert not Service.objects.exists()
    assert side_letters.letter_as_side(at.asker, letter.pk).sha256 == letter.sha256
    assert Service.objects.get().how == "portal_read"


def test_a_letter_of_another_matter_and_a_strange_key_open_nothing(office: Office, at: Table) -> None:
    second = begun(table(), office)
    make_move(second.number, "end_no_agreement", by=office.lan, given=Given(text="没有谈成。", route="court"))
    of_second = Letter.objects.order_by("id").last()
    assert of_second is not None
    with pytest.raises(Refusal, match="not_found"):
        side_letters.letter_as_side(at.other, of_second.pk)
    client = _both(at)[1]
    for asked in (f"?letter={of_second.pk}", "?letter=99999", ""):
        answer = client.get(f"/table/{at.other_number}/letter/{asked}")
        assert b"%PDF" not in answer.content and b"receipt_code" in answer.content
    assert client.get(f"/table/{at.other_number}/letter/?letter=x").status_code == 404
    assert "没有谈成" in page(_both(second)[1], second.other_number)


@pytest.mark.parametrize("who", ["asker", "other"])
def test_each_side_rates_once_changes_its_mind_and_reads_it_back_alone(at: Table, who: str) -> None:
    clients = dict(zip(("asker", "other"), _both(at), strict=True))
    numbers = {"asker": at.number, "other": at.other_number}
    events = len(events_of(ChainRef.case(at.number)))
    address = f"/table/{numbers[who]}/rating/"
    assert address in page(clients[who], numbers[who])
    for solved in ("no", "partly"):
        answer = clients[who].post(address, {"solved": solved, "score": "2", "comment": "COMMENT-OF-ONE"})
        assert answer.status_code == 303
    assert [(each.solved, each.score) for each in Rating.objects.all()] == [("partly", 2)]
    kinds = {each.kind for each in events_of(ChainRef.case(at.number))[events:]}
    assert kinds == {"receipt_used"}, "no event tells of a rating"
    assert "COMMENT-OF-ONE" in clients[who].get(address).content.decode()
    for other in {"asker", "other"} - {who}:
        assert "COMMENT-OF-ONE" not in clients[other].get(f"/table/{numbers[other]}/rating/").content.decode()


def test_the_ratings_of_both_sides_are_counted_alike(at: Table) -> None:
    followup.rate(at.asker, solved="yes", score=5)
    followup.rate(at.other, solved="no", score=1)
    first, second = Rating.objects.order_by("id")
    assert (first.body_code, first.quarter) == (second.body_code, second.quarter)
    assert (first.solved, second.solved) == ("yes", "no")


def test_before_there_is_anything_to_rate_nobody_is_asked(office: Office) -> None:
    at = begun(table(), office)
    for client, number in zip(_both(at), (at.number, at.other_number), strict=True):
        assert f"/table/{number}/rating/" not in page(client, number)
        assert b"receipt_code" in client.get(f"/table/{number}/rating/").content
        client.post(f"/table/{number}/rating/", {"solved": "no"})
    assert not Rating.objects.exists()


def test_who_left_can_say_how_it_was_and_leaving_it_out_leaves_no_mark(office: Office) -> None:
    at = begun(table(), office)
    moves.move_as_side(at.other, "leave")
    before = len(events_of(ChainRef.case(at.number)))
    client = _both(at)[1]
    assert client.post(f"/table/{at.other_number}/rating/", {"score": "5"}).status_code == 422
    assert client.post(f"/table/{at.other_number}/rating/", {"solved": "no"}).status_code == 303
    assert len(Rating.objects.all()) == 1
    assert {each.kind for each in events_of(ChainRef.case(at.number))[before:]} == {"receipt_used"}


def test_no_event_holds_what_a_side_said_of_how_it_was(at: Table) -> None:
    followup.rate(at.other, solved="no", score=1, comment="COMMENT-OF-ONE")
    for event in events_of(ChainRef.case(at.number)):
        assert "COMMENT-OF-ONE" not in repr(event)
