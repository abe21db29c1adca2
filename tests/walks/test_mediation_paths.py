"""Chance walks legal paths of the mediation packs on the real services, with two sides and a clock that moves.

Whatever happens: nothing begins, goes up or settles without the yes of every side to that very step; each side can leave
from every open state of intake and mediation with one step; who never said yes is erased; no colour, no private word is
left after the end; and the history holds. Which walk failed is in the seed.
"""

from __future__ import annotations

import datetime
import random
from dataclasses import dataclass, field

import pytest

from huiyin.record import clock
from huiyin.record.bodies.queries import Reader
from huiyin.record.cases.codes.receipts import Holder
from huiyin.record.cases.given import Given
from huiyin.record.cases.models import Case, Consent, Grant, Side
from huiyin.record.cases.moving import moves
from huiyin.record.cases.opening import access
from huiyin.record.cases.rounds.tick import act_on_terms
from huiyin.record.cases.table import side_deeds, side_view
from huiyin.record.law.versions import procedure_of
from huiyin.rules import consenting as rule
from huiyin.rules.guards import to_confirm, written
from huiyin.rules.refusal import Refusal
from huiyin.stages.mediation import choosing, urgent
from huiyin.stages.mediation.models import Dispute, SideNote, Urgency
from tests.mediating import PACKS, begun, make_table_office, table
from tests.walks import frame

pytestmark = pytest.mark.django_db(databases=["default", "vault"])
EXPECTED = {
    "not_allowed_now", "too_early", "window_closed", "unknown_choice", "mediator_must_stay_away", "not_told_yet", "not_chosen_by_all", "repeated",
}  # fmt: skip
# Left to pure chance, nineteen disputes of twenty end before anybody sits at the table: three of four begin there.
BEGINNINGS = {
    "cn-people-mediation": ("", "name_mediator", "name_mediator", "name_mediator"),
    "cn-three-level-mediation": ("", "begin_simple", "begin_ordinary", "begin_complex"),
}
PATIENCE = 0.85  # how often an office that could end it does something else, where there is something else
STEPS = 16


@dataclass
class Walk:
    """One dispute on its way; ``said`` is what each side has said and no step has spent."""

    chance: random.Random
    number: str
    holders: dict[int, Holder]
    readers: list[Reader]
    said: dict[int, dict[str, str]] = field(default_factory=dict)
    chosen: dict[str, dict[int, str]] = field(default_factory=dict)

    def step(self) -> None:
        clock.set(clock.now() + datetime.timedelta(days=self.chance.choice((0, 0, 0, 1, 1, 3, 3, 10, 40)), hours=1))
        act_on_terms()
        urgent.erase_what_is_over()
        side_deeds.erase_sides()
        deed = self.chance.choice(
            (
                self.say,
                self.say,
                self.say,
                self.choose,
                self.choose,
                self.office,
                self.office,
                self.office,
                self.colour,
                self.go,
            )
        )
        deed()

    def say(self) -> None:
        """One side, or each of them, says yes or no to something that is asked now."""
        case = Case.scoped.get(number=self.number)
        asked = rule.steps_from(procedure_of(case.law_id), case.state)
        if not asked:
            return
        step, sides = self.chance.choice(asked), list(self.holders.items())
        for number, holder in sides if self.chance.random() < 0.6 else [self.chance.choice(sides)]:
            answer = self.chance.choice(("yes", "yes", "yes", "yes", "yes", "no"))
            try:
                moves.consent_as_side(holder, step, answer)
            except Refusal as refusal:
                assert refusal.code in {"not_allowed_now", "not_found"}  # noqa: PT017
            else:
                self.said.setdefault(number, {})[step] = answer

    def choose(self) -> None:
        """A mediator is on the list, and a side says yes or no to that person, with its code or to an officer."""
        post, by = self.chance.choice(("lan-post", "ma-post")), self.chance.choice(self.readers)
        side, said = self.chance.choice(sorted(self.holders)), self.chance.choice(("accept",) * 5 + ("object",))
        try:
            choosing.offer(self.number, post, "elder", by=by)
            choosing.disclose(self.number, post, tie="none", words="", may_penalise=False, by=by)
            if self.chance.random() < 0.3:
                today = clock.today("Asia/Shanghai")
                choosing.record_answer(self.number, post, side, said, how="paper", heard_on=today, by=by)
            else:
                choosing.answer(self.holders[side], post, said)
        except Refusal as refusal:
            assert refusal.code in {"not_found", "not_your_move", "not_allowed_now", "unknown_choice", "said_by_itself"}  # noqa: PT017
        else:
            self.chosen.setdefault(post, {})[side] = said

    def office(self) -> None:
        """Somebody in the office makes one of the moves that are open."""
        reader = self.chance.choice(self.readers)
        try:
            view = access.open_case(self.number, reader=reader)
        except Refusal as refusal:
            assert refusal.code == "not_found"  # noqa: PT017
            return
        offered = [offer.move for offer in view.offers if offer.refusal is None]
        is_patient, states = self.chance.random() < PATIENCE, view.procedure.states
        tried = self.chance.sample(offered, len(offered))
        for move in sorted(tried, key=lambda each: is_patient and states[each.to_state].is_final):
            came_from, asked = view.state.id, {*move.requires, *move.accepts}
            given = Given(
                text="这是一段说明。" if "text" in asked else "",
                reason=self.chance.choice(list(move.reasons)) if "reason" in asked else "",
                route=self.chance.choice(list(view.procedure.routes)) if "route" in asked else "",
                to=self.chance.choice(("lan-post", "ma-post")) if "to" in asked else "",
                confirmed=written([guard.id for guard in to_confirm(view.procedure, move)]),
            )
            step = rule.step_of(view.procedure, move, came_from)
            try:
                moves.move(self.number, move.id, by=reader, given=given, version=view.version)
            except Refusal as refusal:
                assert refusal.code in EXPECTED, (refusal.code, move.id)  # noqa: PT017
                continue
            if move.assigns:
                said = self.chosen.get(given.to, {})
                assert all(said.get(side) == "accept" for side in self.holders), (move.id, self.chosen)
            if step:
                assert all(self.said.get(side, {}).get(step) == "yes" for side in self.holders), (move.id, self.said)
            if step or Case.scoped.get(number=self.number).state != came_from:
                self.spend(step if Case.scoped.get(number=self.number).state == came_from else "")
            return

    def spend(self, step: str) -> None:
        for said in self.said.values():
            for each in [step] if step else list(said):
                said.pop(each, None)

    def colour(self) -> None:
        """Somebody says how soon help is needed."""
        try:
            urgent.set_urgency(
                self.number, colour=self.chance.choice(("red", "yellow", "blue")), reason="帮助", help_needed=("home",),
                involved=(), by=self.chance.choice(self.readers),
            )  # fmt: skip
        except Refusal as refusal:
            assert refusal.code in {"not_found", "not_allowed_now", "not_your_move"}  # noqa: PT017

    def go(self) -> None:
        """A side does what is its own to do: says that it holds or not, and now and then leaves (``check``: it always could)."""
        holder = self.chance.choice(list(self.holders.values()))
        own = ["leave", "refuse"] if self.chance.random() < 0.12 else ["record_performed", "say_not_kept"]
        with_pack = procedure_of(Case.scoped.get(number=self.number).law_id).moves
        move = self.chance.choice([name for name in own if name in with_pack])
        came_from = Case.scoped.get(number=self.number).state
        try:
            moves.move_as_side(holder, move)
        except Refusal as refusal:
            assert refusal.code in {"not_allowed_now", "not_found", "too_early"}  # noqa: PT017
        else:
            if Case.scoped.get(number=self.number).state != came_from:
                self.spend("")

    def check(self) -> None:
        """What must hold at any time; once a side is erased, its code opens nothing any more."""
        if Side.objects.exclude(erased_at=None).exists():
            self.check_erased()
            return
        case = Case.scoped.get(number=self.number)
        procedure, row = procedure_of(case.law_id), Dispute.objects.get()
        state = procedure.states[case.state]
        if case.is_open:
            assert Grant.objects.filter(case=case, capacity="responsible", until_at=None).count() == 1
        for holder in self.holders.values():
            if state.stage not in {"intake", "mediation"}:
                continue
            offers = side_view.open_as_side(holder).offers
            assert any(each.move.id == "leave" and each.refusal is None for each in offers), state.id
        began = Consent.objects.filter(step=rule.BEGIN, answer="yes").values_list("side__number", flat=True)
        if row.begun_on:
            assert set(began) == set(self.holders), "nothing began before every side had said yes"
        assert bool(row.ended_on) == state.is_final
        assert (row.result in rule.RESULTS) == (state.is_final or state.stage == "followup"), (row.result, state.id)
        if state.is_final:
            assert not Urgency.objects.exists() and not SideNote.objects.exists()

    def check_erased(self) -> None:
        """Only who never said yes to mediation is erased, and then no word of theirs is left."""
        for side in Side.objects.exclude(erased_at=None):
            assert not side.words and not side.released
            said = list(
                Consent.objects.filter(side=side, step=rule.BEGIN).order_by("id").values_list("spent_at", "answer")
            )
            # What was asked once is spent at once: the last word of each time counts.
            assert "yes" not in dict(said).values(), "a side that took part is not erased"
            assert not Dispute.objects.get().begun_on
        if not Case.scoped.get(number=self.number).is_open:
            assert not Urgency.objects.exists() and not SideNote.objects.exists()


def walk(pack: str, seed: int) -> str:
    """One walk; gives the state in which it ended."""
    office = make_table_office(packs=PACKS[: PACKS.index(pack) + 1])

    def begin(chance: random.Random) -> Walk:
        """Both sides with their codes; whoever asked has said yes by asking. Mostly a mediator sits with them already."""
        at, move = table(), chance.choice(BEGINNINGS[pack])
        to = chance.choice(("lan-post", "ma-post")) if move else ""
        if move:
            begun(at, office, move=move, to=to)
        sides, said = {1: at.asker, 2: at.other}, {} if move else {1: {rule.BEGIN: "yes"}}
        chosen = {to: dict.fromkeys(sides, "accept")} if move else {}
        return Walk(chance, at.number, sides, [office.wu, office.lan, office.ma, office.zhao], said, chosen)

    frame.walk(f"{pack} {seed}", begin, steps=STEPS)
    return Case.scoped.order_by("id")[0].state


@pytest.mark.slow
@pytest.mark.parametrize("seed", frame.seeds(PACKS))
@pytest.mark.parametrize("pack", PACKS)
def test_every_path_of_a_mediation_holds(pack: str, seed: int) -> None:
    walk(pack, seed)


@pytest.mark.full
@pytest.mark.parametrize("seed", frame.seeds_in_full(PACKS))
@pytest.mark.parametrize("pack", PACKS)
def test_every_path_of_a_mediation_holds_at_length(pack: str, seed: int) -> None:
    walk(pack, seed)
