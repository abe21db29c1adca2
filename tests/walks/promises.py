"""What walks do with promises, and what must hold of every promise at any time."""

from __future__ import annotations

import datetime
import random
from collections import Counter
from collections.abc import Callable, Sequence

from huiyin.record import clock
from huiyin.record.bodies.queries import Reader
from huiyin.record.cases.codes.receipts import Holder
from huiyin.record.cases.deeds import duties
from huiyin.record.cases.models import Duty, DutyStep
from huiyin.record.cases.opening import access
from huiyin.record.cases.shown.case_view import DutyView
from huiyin.record.ledger.chains import ChainRef
from huiyin.record.ledger.queries import events_of
from huiyin.rules import duties as rule
from huiyin.rules.procedure import Move
from huiyin.rules.refusal import Refusal

ZONE = "Asia/Shanghai"
WORDS = "说明做了什么，或者还缺什么。"
AFTER = {"say_done": "said_done", "confirm": "confirmed", "deny": "open", "find": "found_done"}
MISSED = ("duty_missed", "duty_reported")


def made(chance: random.Random, move: Move, outcome: str) -> str:
    """Up to two promises of an answer that may bind; sometimes one that is not possible yet."""
    if (move.outcome or outcome) not in rule.BINDING or not rule.may_bind(move):
        return ""
    today = clock.today(ZONE)
    return rule.written(
        [
            rule.Duty(chance.choice(list(rule.KINDS)), today + datetime.timedelta(days=chance.randint(0, 30)), WORDS)
            for _ in range(chance.randint(0, 2))
        ]
    )


def say_something(chance: random.Random, holder: Holder, number: str, readers: Sequence[Reader]) -> bool:
    """Somebody says what may be said about one of the promises of a matter: kept, missed, confirmed, looked at again."""
    view = access.open_as_complainant(holder, number)
    if not view.duties:
        return False
    seen = chance.choice(view.duties)
    if chance.random() < 0.5 and seen.deeds:
        deed = chance.choice(sorted(seen.deeds))
        doing = {"confirm": duties.confirm_done, "deny": duties.deny_done}[deed]
        doing(holder, seen.number, case_number=number, text=WORDS)
        return True
    return any(_by_officer(chance, number, seen.number, reader) for reader in chance.sample(readers, len(readers)))


def _by_officer(chance: random.Random, number: str, duty: int, reader: Reader) -> bool:
    try:
        mine = next(each for each in access.open_case(number, reader=reader).duties if each.number == duty)
    except Refusal as refusal:
        assert refusal.code == "not_found"  # noqa: PT017 - one of many tries
        return False
    deed = chance.choice(sorted(mine.deeds)) if mine.deeds else ""
    if not deed:
        return False
    if deed == "move":
        later = _later(chance, mine)
        duties.move_day(number, duty, by=reader, due_on=later, text=WORDS)
        return True
    doing: Callable[..., None] = {"say_done": duties.say_done, "find": duties.find_done}[deed]
    doing(number, duty, by=reader, text=WORDS)
    return True


def _later(chance: random.Random, duty: DutyView) -> datetime.date:
    """Another day than the one it has, from tomorrow on."""
    day = clock.today(ZONE) + datetime.timedelta(days=chance.randint(1, 60))
    return day if day != duty.due_on else day + datetime.timedelta(days=1)


def check() -> None:
    """Only the complainant's word or a reviewer's finding ends a promise; each missed day was told once."""
    for duty in Duty.objects.select_related("case"):
        said = [step.deed for step in DutyStep.objects.filter(duty=duty).order_by("id") if step.deed != "move"]
        assert duty.state == (AFTER[said[-1]] if said else "open")
        assert (duty.state in rule.PENDING) == (duty.ended_at is None) == (not said or said[-1] in {"say_done", "deny"})
        assert all(count == 1 for count in _acts(duty).values()), "the clock said it twice"


def none_was_missed_in_silence() -> None:
    """After a run of the clock: what is open past its day was told, once, and to a superior where there is one."""
    for duty in Duty.objects.filter(state="open", due_on__lt=clock.today(ZONE)).select_related("case"):
        assert _acts(duty)["missed", duty.due_on.isoformat()] == 1


def _acts(duty: Duty) -> Counter[tuple[str, str]]:
    """What the clock did about a promise: which act, for which day."""
    return Counter(
        ("missed" if event.kind in MISSED else "reminder", str(event.details["due_on"]))
        for event in events_of(ChainRef.case(duty.case.number))
        if event.kind in {*MISSED, "duty_reminder"} and event.details["duty"] == duty.number
    )
