"""Chance walks legal paths of every procedure on the real services, with the clock moving in between.

Whatever happens: an open matter has exactly one responsible post, a named duty or a
step of the complainant ahead, one extension at most, a path that can be told, and a
ledger that holds; a promise stays open until the complainant or a reviewer says that
it is done, and a missed one reaches the superior once (``promises``). Which walk failed is in the seed; run it again with the same number.
"""

from __future__ import annotations

import datetime
import random
from dataclasses import dataclass

import pytest
from django.test import override_settings

from huiyin.record import clock
from huiyin.record.bodies.models import Officer
from huiyin.record.bodies.queries import Reader, reader_of
from huiyin.record.cases.codes.receipts import Holder
from huiyin.record.cases.given import Given
from huiyin.record.cases.models import Case, Grant, RunningTerm
from huiyin.record.cases.moving import moves
from huiyin.record.cases.opening import access
from huiyin.record.cases.rounds.duty_tick import act_on_duties
from huiyin.record.cases.rounds.tick import act_on_terms
from huiyin.record.cases.shown.case_view import CaseView
from huiyin.record.cases.who.transfers import recipients
from huiyin.record.law.models import ProcedureVersion
from huiyin.record.law.versions import procedure_of
from huiyin.rules.guards import to_confirm, written
from huiyin.rules.procedure import Move
from huiyin.rules.refusal import Refusal
from huiyin.stages.intake.actions import file_complaint
from tests.cast import PROCEDURES, add_officer, complaint, make_office
from tests.walks import frame, promises

pytestmark = pytest.mark.django_db(databases=["default", "vault"])

PACKS = sorted(
    path.stem
    for path in PROCEDURES.glob("*.toml")
    if not path.stem.endswith(("-review", "-recheck", "-appeal", "-mediation"))
)


@dataclass
class Walk:
    """One matter on its way, with everybody who may have a hand in it."""

    chance: random.Random
    holder: Holder
    number: str
    readers: list[Reader]

    def check(self) -> None:
        """The whole family."""
        check_family(self.number)

    def step(self) -> None:
        """Let some days pass, let the clock act, then let somebody do something that is allowed."""
        clock.set(clock.now() + datetime.timedelta(days=self.chance.choice((0, 0, 1, 3, 10, 40)), hours=1))
        act_on_terms()
        act_on_duties()
        promises.none_was_missed_in_silence()
        mine = [link.number for link in access.open_as_complainant(self.holder).links if link.is_later]
        number = self.chance.choice([self.number, *mine])
        if self.chance.random() < 0.3 and promises.say_something(self.chance, self.holder, number, self.readers):
            return
        if self.chance.random() < 0.25 and self.as_complainant(number):
            return
        for reader in self.chance.sample(self.readers, len(self.readers)):
            if self.as_officer(number, reader):
                return

    def as_complainant(self, number: str) -> bool:
        """A step of the complainant's own, if one is open."""
        view = access.open_as_complainant(self.holder, number)
        return self.make(view, [offer.move for offer in view.offers if offer.refusal is None], None)

    def as_officer(self, number: str, reader: Reader) -> bool:
        """A step of an officer, if this one may take any."""
        try:
            view = access.open_case(number, reader=reader)
        except Refusal as refusal:
            assert refusal.code == "not_found"  # noqa: PT017 - one of many tries
            return False
        if view.draft is not None and view.draft.may_sign:
            self.sign(number, reader)
            return True
        return self.make(view, [offer.move for offer in view.offers if offer.refusal is None], reader)

    def sign(self, number: str, reader: Reader) -> None:
        """Sign, or send back; what came too late to be signed (an extension after the day) goes back too."""
        if self.chance.random() < 0.8:
            try:
                moves.sign(number, by=reader)
            except Refusal as refusal:
                assert refusal.code in TOO_LATE, refusal.code  # noqa: PT017
            else:
                return
        moves.return_draft(number, by=reader, note="请再看一遍。")

    def make(self, view: CaseView, open_moves: list[Move], reader: Reader | None) -> bool:
        """Make one of the open moves; a refusal must be one of those that the rules know, and change nothing."""
        for move in self.chance.sample(open_moves, len(open_moves)):
            given = self.given(view, move, reader)
            try:
                if reader is None:
                    moves.move_as_complainant(self.holder, move.id, case_number=view.number, given=given)
                else:
                    moves.move(view.number, move.id, by=reader, given=given, version=view.version)
            except Refusal as refusal:
                assert refusal.code in EXPECTED, (refusal.code, refusal.params, move.id)  # noqa: PT017
                continue
            return True
        return False

    def given(self, view: CaseView, move: Move, reader: Reader | None) -> Given:
        """Inputs that fit the move."""
        asked = {*move.requires, *move.accepts}
        posts = recipients(view.number, move.id, reader=reader) if reader is not None and "to" in asked else []
        outcome = self.chance.choice(move.outcomes) if move.outcomes else ""
        reasons = list(move.reasons) or [stop.id for name in move.suspends for stop in view.procedure.terms[name].stops]
        return Given(
            text="这是一段说明。" if "text" in asked else "",
            reason=(self.chance.choice(reasons) if reasons else "理由") if "reason" in asked else "",
            route=self.chance.choice(list(view.procedure.routes) or [""]) if "route" in asked else "",
            to=self.chance.choice(posts)[0] if posts else "",
            legal_basis="公开的办理规则" if "legal_basis" in asked else "",
            outcome=outcome,
            duties=promises.made(self.chance, move, outcome),
            matter_class="claim" if "class" in asked else "",
            confirmed=written([guard.id for guard in to_confirm(view.procedure, move)]),
            days=str(self.chance.randint(1, 20)) if "days" in asked else "",
        )


TOO_LATE = {"window_closed", "no_extension", "no_signer", "day_past"}  # a draft that lay too long
EXPECTED = {
    "window_closed", "too_early", "extension_used", "extension_too_long", "no_extension", "no_stop", "sign_off_waits",
    "unknown_choice", "input_missing", "no_signer", "no_desk", "guard_not_met", "guard", "repeated", "not_allowed_now",
}  # fmt: skip


def check_family(number: str) -> None:
    """What must hold of a case and its family at any time."""
    for case in Case.scoped.all():
        if case.is_open:
            assert case.responsible_post_id is not None
            assert Grant.objects.filter(case=case, capacity="responsible", until_at=None).count() == 1
        rows = list(RunningTerm.objects.filter(case=case))
        procedure = procedure_of(case.law_id)
        assert all(len(row.extensions) <= 1 for row in rows), "one extension at most"
        assert all(row.first_due_on <= row.due_on or row.is_provisional or row.state == "stopped" for row in rows)
        ahead = [row for row in rows if row.state in {"running", "stopped"}]
        is_elsewhere = case.stage == "review"
        if case.is_open and not ahead and not is_elsewhere:
            can_go_on = [move for move in procedure.moves.values() if case.state in move.from_states]
            assert can_go_on, f"{number} stands in {case.state} with nothing ahead"
    promises.check()


def walk(pack: str, seed: int) -> None:
    make_office(with_accounts=False, procedures=None)
    add_officer("lu", ("卢督", "Lu Du"), "city-letters-desk", ("督查员", "Supervisor"), ["supervisor"])
    assert ProcedureVersion.objects.filter(procedure=pack, is_current=True).exists()
    with override_settings(HUIYIN_PROCEDURE=pack):
        frame.walk(f"{pack} {seed}", begin)


def begin(chance: random.Random) -> Walk:
    """A complaint, and everybody of the office."""
    filed = file_complaint(complaint(), key=None, digest="")
    holder = access.open_receipt(filed.case_number, filed.receipt_code or "", source="walk")
    readers = [reader_of(officer) for officer in Officer.objects.order_by("id")]
    return Walk(chance, holder, filed.case_number, readers)


@pytest.mark.slow
@pytest.mark.parametrize("seed", frame.seeds(PACKS))
@pytest.mark.parametrize("pack", PACKS)
def test_every_path_holds(pack: str, seed: int) -> None:
    walk(pack, seed)


@pytest.mark.full
@pytest.mark.parametrize("seed", frame.seeds_in_full(PACKS))
@pytest.mark.parametrize("pack", PACKS)
def test_every_path_holds_at_length(pack: str, seed: int) -> None:
    walk(pack, seed)
