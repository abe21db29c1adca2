"""Every step of a dispute is told to both sides, each where it said itself, and to nobody who did not say so."""

from __future__ import annotations

import datetime
from typing import Any

import pytest
from django.core import mail

from huiyin.record import clock
from huiyin.record.cases.given import Given
from huiyin.record.cases.moving import moves
from huiyin.record.cases.opening import access
from huiyin.record.cases.rounds.tick import act_on_terms
from huiyin.record.cases.shown.side_events import TOLD_TO_ALL
from huiyin.record.cases.table import side_deeds, side_view
from huiyin.record.cases.table.disputing import OtherSide
from huiyin.record.identity.access import Identity
from huiyin.record.ledger.chains import ChainRef
from huiyin.record.ledger.queries import events_of
from huiyin.record.notices import actions, occasions
from huiyin.record.notices.models import Notice
from huiyin.record.notices.queries import unreached
from huiyin.rules.refusal import Refusal
from huiyin.stages.mediation import choosing, later, meetings, passing_on
from huiyin.stages.mediation.meetings import Meeting
from huiyin.stages.mediation.table_models import SessionTime
from tests.cast import Office, make_move
from tests.mediating import OWN_WORDS, RELEASED, Table, begun, both_say, chosen, make_table_office, table
from tests.stages.mediation.test_at_the_table import agreed

pytestmark = pytest.mark.django_db(transaction=True, databases=["default", "vault"])
ASKER, OTHER, SAID_OF = "limei@example.org", "zhangwei@example.org", "said-of-zhang@example.org"


@pytest.fixture
def office(settings: Any) -> Office:
    settings.HUIYIN_MAIL_IS_SET_UP, settings.DEFAULT_FROM_EMAIL = True, "news@office.example"
    settings.HUIYIN_NOTICE_PAUSE = 0
    return make_table_office()


@pytest.fixture
def at(office: Office) -> Table:
    """Both sides left an address of their own; who asks also said one of the other."""
    made = table(
        identity=Identity(name="李梅", email=ASKER, notices="any"),
        others=(OtherSide(Identity(name="张伟", email=SAID_OF)),),
    )
    side_deeds.give_contact(made.other, Identity(name="张伟", email=OTHER, notices="any"))
    return made


def told() -> list[str]:
    """To whom a mail goes out now."""
    mail.outbox.clear()
    actions.send_notices()
    return sorted(address for each in mail.outbox for address in each.to)


def test_every_move_of_a_dispute_is_told_to_both_sides(office: Office, at: Table) -> None:
    told()
    both_say(at, "begin")
    told()
    make_move(at.number, "consent", by=office.wu)
    assert told() == [ASKER, OTHER]
    chosen(at, office)
    chosen(at, office, "ma-post")
    told()
    make_move(at.number, "begin_simple", by=office.wu, given=Given(to="lan-post"))
    assert told() == [ASKER, OTHER], "who mediates"
    make_move(at.number, "change_mediator_village", by=office.lan, given=Given(to="ma-post"))
    assert told() == [ASKER, OTHER], "the mediator was changed"
    both_say(at, "raise")
    told()
    make_move(at.number, "raise_to_town_simple", by=office.ma, given=Given(to="lan-post"))
    assert told() == [ASKER, OTHER], "the next level"
    passing_on.hand_over(at.number, "县自然资源局", by=office.lan)
    assert told() == [ASKER, OTHER], "handed over"
    make_move(at.number, "end_no_agreement", by=office.lan, given=Given(text="没有谈成。", route="court"))
    assert told() == [ASKER, OTHER], "the end"


def test_the_agreement_its_countdown_and_what_follows_are_told_to_both(
    office: Office, at: Table, monkeypatch: pytest.MonkeyPatch
) -> None:
    begun(at, office)
    told()
    agreed(office, at)
    assert told() == [ASKER, OTHER]
    now = clock.now()
    monkeypatch.setattr(clock, "now", lambda: now + datetime.timedelta(days=26))
    act_on_terms()
    kinds = [each.kind for each in events_of(ChainRef.case(at.number))]
    assert kinds.count("window_closing") == 1
    assert told() == [ASKER, OTHER], "the time in which both may ask the court is nearly over"
    monkeypatch.setattr(clock, "now", lambda: now + datetime.timedelta(days=80))
    assert later.ask_all() == 1
    assert told() == [ASKER, OTHER], "does it hold?"
    moves.move_as_side(at.asker, "say_not_kept")
    assert told() == [OTHER], "nobody is told of their own deed"
    both_say(at, "begin")
    told()
    make_move(at.number, "mediate_again", by=office.wu)
    assert told() == [ASKER, OTHER], "taken up again"


def test_what_one_side_does_is_told_to_the_other_and_not_to_itself(office: Office, at: Table) -> None:
    told()
    choosing.offer(at.number, "lan-post", "peoples_mediator", by=office.wu)
    choosing.disclose(at.number, "lan-post", tie="none", words="", may_penalise=False, by=office.wu)
    assert told() == [ASKER, OTHER]
    choosing.answer(at.other, "lan-post", "object")
    assert told() == [ASKER]
    moves.consent_as_side(at.other, "begin", "yes")
    assert told() == [ASKER]
    moves.move_as_side(at.asker, "leave")
    assert told() == [OTHER]


def test_a_side_that_is_spoken_with_alone_is_told_alone(office: Office, at: Table) -> None:
    begun(at, office)
    told()
    when = clock.now() + datetime.timedelta(days=2)
    meeting = Meeting((when,), "on_site", place="调解室", with_side=2)
    number = meetings.propose(at.number, meeting, by=office.lan)
    assert told() == [OTHER]
    (time,) = SessionTime.objects.all()
    meetings.say_times(at.other, "", number, {time.number: "yes"})
    meetings.fix(at.number, number, time.number, by=office.lan)
    assert told() == [OTHER]
    assert "session_proposed" not in {each.kind for each in side_view.open_as_side(at.asker).timeline}


def test_no_message_goes_to_an_address_that_somebody_else_said_of_a_side(office: Office) -> None:
    made = begun(table(others=(OtherSide(Identity(name="张伟", email=SAID_OF)),)), office)
    rows = {each.party.kind for each in Notice.objects.select_related("party")}
    assert rows == {"complainant", "other_party"}, "a row never shows whether an address was left"
    assert SAID_OF not in told()
    assert unreached(made.number) == {}
    assert access.unseal_side(made.number, 2, reader=office.lan, reason="invite").email == SAID_OF


def test_the_message_says_nothing_and_names_each_side_its_own_number(office: Office, at: Table) -> None:
    begun(at, office)
    told()
    assert {each.to[0] for each in mail.outbox} == {ASKER, OTHER}
    for each in mail.outbox:
        words = f"{each.subject} {each.body}"
        own, others = (at.number, at.other_number) if each.to == [ASKER] else (at.other_number, at.number)
        assert own[:4] in words
        for secret in (OWN_WORDS, RELEASED, "李梅", "张伟", "地界", "调解", own, others, at.asker_code, at.other_code):
            assert secret not in words


def test_who_said_no_or_left_hears_no_more_and_who_said_yes_hears_the_end(office: Office, at: Table) -> None:
    moves.consent_as_side(at.other, "begin", "yes")
    told()
    moves.move_as_side(at.asker, "leave")
    assert told() == [OTHER], "it said yes, and reads that it is over"


def test_a_message_that_does_not_arrive_shows_on_the_desk_and_a_new_contact_is_told_again(
    office: Office, at: Table
) -> None:
    begun(at, office)
    Notice.objects.filter(party__kind="other_party").update(state="undelivered", settled_at=clock.now())
    assert list(unreached(at.number)) == [2]
    told()
    side_deeds.record_contact(
        at.number, 2, Identity(name="张伟", email="new@example.org", notices="any"), by=office.lan
    )
    assert unreached(at.number) == {}
    assert told() == ["new@example.org"]
    with pytest.raises(Refusal, match="not_found"):
        side_deeds.record_contact(at.number, 1, Identity(name="李梅"), by=office.lan)
    with pytest.raises(Refusal, match="not_found"):
        side_deeds.record_contact(at.number, 2, Identity(name="张伟"), by=office.zhao)
    own = [each.kind for each in side_view.open_as_side(at.other).timeline]
    assert own.count("side_contact_given") == 2
    assert "side_contact_given" not in {each.kind for each in side_view.open_as_side(at.asker).timeline}


def test_what_every_side_is_told_of_every_side_can_read() -> None:
    assert occasions.TO_ALL_SIDES <= occasions.TELLING
    assert occasions.TO_ALL_SIDES <= TOLD_TO_ALL
    left = occasions.TELLING & TOLD_TO_ALL - occasions.TO_ALL_SIDES
    assert left == {"invitation_failed"}, "whoever asked sees to it; every other step is told to all"
