"""Chance walks through complaints about staff, with the clock moving: whatever anybody tries, in whatever order.

The officer named and the officer's unit and leaders never open the matter and never find it; nobody is asked before what
was named is secured; no answer finds anybody at fault unheard; nobody is let back by one person. The history holds.
"""

from __future__ import annotations

import datetime
import os
import random
from collections.abc import Callable
from contextlib import suppress

import pytest

from huiyin.record import clock
from huiyin.record.approvals import actions as approvals
from huiyin.record.bodies.queries import Reader
from huiyin.record.cases.codes.receipts import Holder
from huiyin.record.cases.deeds import answering, classing, recusing
from huiyin.record.cases.fairness import letting_back, putting
from huiyin.record.cases.given import Given
from huiyin.record.cases.held.checking import verify_everything
from huiyin.record.cases.lists import queries
from huiyin.record.cases.models import Ask, Barred, Case, Document, Draft, Removal
from huiyin.record.cases.moving import moves
from huiyin.record.cases.opening import access
from huiyin.record.cases.registering.registration import Named
from huiyin.record.cases.rounds.ask_tick import act_on_asks
from huiyin.record.ledger.sequencer import sequence_pending
from huiyin.rules.refusal import Refusal
from huiyin.stages.intake.actions import file_complaint
from tests.cast import Office, complaint, make_move, make_office

pytestmark = pytest.mark.django_db(databases=["default", "vault"])
START = datetime.datetime(2026, 3, 2, 2, tzinfo=datetime.UTC)
STEPS = 16
SEEDS = range(os.environ.get("DATABASE_URL", "").startswith("postgres"), 24, 2)
FOUND = Given("查实。", outcome="supported", legal_basis="规则")


class Walk:
    """One matter about Chief Qian, and what anybody may try in it."""

    def __init__(self, chance: random.Random, office: Office) -> None:
        self.chance, self.office = chance, office
        made = file_complaint(
            complaint(
                about=(Named("officer", id="qian"),),
                complaint_class=chance.choice(["", "service", "misconduct"]),
                evidence=chance.choice([None, (), ("camera",), ("call", "witness")]),
            ),
            key=None, digest="",
        )  # fmt: skip
        self.holder: Holder = access.open_receipt(made.case_number, made.receipt_code or "", source="walk")
        self.number = made.case_number
        if chance.random() < 0.7:
            self.accepts()
            make_move(self.number, "assign", by=office.zheng, given=Given(to="feng-post"))

    @property
    def deeds(self) -> list[Callable[[], object]]:
        """What can be tried, possible or not."""
        return [
            self.sets_class, self.doubts, self.answers, self.answers, self.puts, self.officer_answers, self.proposes_to_let_back,
            self.names_another, self.accepts, self.assigns, self.assigns, self.replies, self.replies, self.signs, self.days_pass,
        ]  # fmt: skip

    def anybody(self) -> Reader:
        """One of the cast."""
        reader: Reader = getattr(
            self.office, self.chance.choice(["zheng", "zheng", "wu", "he", "feng", "zhao", "qian", "chu", "han"])
        )
        return reader

    def sets_class(self) -> None:
        chosen = self.chance.choice(["service", "misconduct"])
        classing.set_class(self.number, by=self.anybody(), complaint_class=chosen, why="理由")

    def doubts(self) -> None:
        classing.contest_class(self.holder, text="不对")

    def answers(self) -> None:
        """Whoever is asked, or tries."""
        row = Ask.objects.filter(state="open").order_by("?").first()
        if row is not None:
            own = getattr(self.office, row.owed_by.code.removesuffix("-post"))
            by = self.chance.choice([own, own, self.anybody()])
            outcome = self.chance.choice(
                ["secured", "nothing_left", "stays", "changed", "let_back", "kept_away", "answered"]
            )
            answering.answer(self.number, row.number, by=by, text="答", outcome=outcome)

    def puts(self) -> None:
        waits = Ask.objects.filter(kind="evidence", state="open").exists()
        before = Ask.objects.filter(kind="put").count()
        with suppress(Refusal):
            putting.put_to_officer(self.number, by=self.anybody(), officer="qian", text="请说明")
        assert not waits or Ask.objects.filter(kind="put").count() == before, "evidence comes first"

    def officer_answers(self) -> None:
        for one in putting.put_to(self.office.qian)[:1]:
            putting.answer_put(self.office.qian, one.key, "说明")

    def proposes_to_let_back(self) -> None:
        rows = list(Barred.objects.all())
        letting_back.propose(self.number, str(self.chance.choice(rows).pk), by=self.anybody(), why="选错")

    def names_another(self) -> None:
        recusing.name_as_complainant(self.holder, [Named("officer", id=self.chance.choice(["zhao", "zhou"]))])

    def accepts(self) -> None:
        make_move(self.number, "accept", by=self.office.zheng)

    def assigns(self) -> None:
        make_move(
            self.number, "assign", by=self.office.zheng, given=Given(to=self.chance.choice(["feng-post", "zhou-post"]))
        )

    def replies(self) -> None:
        by = self.chance.choice([self.office.feng, self.office.zhou])
        make_move(self.number, "reply", by=by, given=FOUND)

    def signs(self) -> None:
        """Everybody at whom the draft waits, one after the other."""
        while (
            draft := Draft.objects.select_related("waiting_post").filter(case__number=self.number).first()
        ) is not None:
            moves.sign(self.number, by=getattr(self.office, draft.waiting_post.code.removesuffix("-post")))

    def days_pass(self) -> None:
        clock.set(clock.now() + datetime.timedelta(days=self.chance.randint(1, 6)))
        act_on_asks()

    def holds(self) -> None:
        """What must be so after every step."""
        case = Case.scoped.get(number=self.number)
        barred = {
            row.officer.code if row.officer else row.unit.code if row.unit else "" for row in Barred.objects.all()
        }
        assert not case.is_open or case.responsible_post is not None
        let_back = Ask.objects.filter(kind="removal", outcome="let_back").exists()
        assert let_back or "qian" in barred, "one person, or a class, lets nobody back"
        for row in Removal.objects.filter(ask__outcome="let_back"):
            proposal = approvals.proposal(row.proposal, kind=letting_back.KIND)
            assert proposal.decided_by not in {None, proposal.proposed_by}, "two people"
        if "qian" in barred:
            assert not queries.may_open(self.number, reader=self.office.qian)
            assert self.number not in {
                line.number for name in queries.QUEUES for line in queries.queue(name, reader=self.office.qian).items
            }
        if "harbour" in barred:
            assert not queries.may_open(self.number, reader=self.office.zhao)
        if Document.objects.filter(case=case, outcome="supported").exists() and self._class() == "misconduct":
            heard = Ask.objects.filter(kind="put").exclude(state="open")
            assert heard.exists() or self._answered_as_service, "nobody is found at fault unheard"

    _answered_as_service = False

    def _class(self) -> str:
        view = access.open_as_complainant(self.holder)
        assert view.staff is not None
        return view.staff.complaint_class or view.staff.said


@pytest.mark.slow
@pytest.mark.parametrize("seed", SEEDS)
def test_whatever_is_tried_it_stays_fair_to_both(seed: int) -> None:
    chance = random.Random(seed)
    with clock.story(START):
        walk = Walk(chance, make_office(with_accounts=False))
        for _step in range(STEPS):
            before = walk._class()
            answered = Document.objects.filter(outcome="supported").exists()
            with suppress(Refusal):
                chance.choice(walk.deeds)()
            if not answered and Document.objects.filter(outcome="supported").exists():
                walk._answered_as_service = before != "misconduct"
            walk.holds()
        while sequence_pending():
            pass
        assert list(verify_everything()) == []
