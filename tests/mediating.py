"""The cast of a dispute: Li Mei asks; Zhang Wei is the other side; Mediator Sun Lan mediates, Elder Ma in the village.

Both are invented. What is written here is what the tests search for where it must not stand.
"""

from __future__ import annotations

from dataclasses import dataclass

from huiyin.record.bodies.queries import Reader
from huiyin.record.cases.codes.receipts import Holder
from huiyin.record.cases.given import Given
from huiyin.record.cases.moving import moves
from huiyin.record.cases.opening import access
from huiyin.record.cases.table.disputing import OtherSide
from huiyin.record.identity.access import Identity
from huiyin.record.law import folders
from huiyin.record.law.versions import adopt
from huiyin.stages.mediation import actions, choosing
from huiyin.stages.mediation.actions import Asking, Opened
from tests.cast import PROCEDURES, Office, add_officer, make_move, make_office

PACKS = ("cn-people-mediation", "cn-three-level-mediation")
OWN_WORDS = "他家的墙往我这边挪了两尺，我睡不着。ONLY-FOR-THE-MEDIATOR-A"
RELEASED = "想请人量一量两家之间的界线。"
OTHER_NAME, OTHER_PHONE = "张伟", "000-0000-0077"


@dataclass(frozen=True)
class Table:
    """A dispute with both sides holding their codes."""

    number: str
    asker: Holder
    other: Holder
    asker_code: str
    other_number: str
    other_code: str


def make_table_office(*, packs: tuple[str, ...] = PACKS) -> Office:
    """The invented office with mediation in force, and two mediators at the reception."""
    office = make_office()
    adopt_mediation(packs)
    add_officer("lan", ("孙兰", "Sun Lan"), "letters-intake", ("调解员", "Mediator"), ["mediator", "handler"])
    add_officer("ma", ("马老", "Elder Ma"), "letters-intake", ("调解员", "Mediator"), ["mediator"])
    return office


def adopt_mediation(packs: tuple[str, ...] = PACKS) -> None:
    """Put mediation into force."""
    for name in packs:
        adopt((PROCEDURES / f"{name}.toml").read_text("utf-8"), file=f"{name}.toml", bases=folders.bases())


def asking(**changes: object) -> Asking:
    """Li Mei asks for mediation of a boundary with Zhang Wei."""
    values: dict[str, object] = {
        "kind": "land",
        "subject": "两家的地界",
        "words": OWN_WORDS,
        "released": RELEASED,
        "others": (OtherSide(Identity(name=OTHER_NAME, phone=OTHER_PHONE)),),
        "identity": Identity(name="李梅", phone="000-0000-0001"),
        "area": "willow",
        "is_both": True,
    }
    return Asking(**(values | changes))  # type: ignore[arg-type]


def opened(**changes: object) -> Opened:
    """A dispute opened by both sides together."""
    return actions.open_dispute(asking(**changes))


def table(**changes: object) -> Table:
    """A dispute opened by both, each with a code."""
    made = opened(**changes)
    assert made.registered is not None and made.registered.receipt_code is not None
    first = made.others[0]
    asker = access.open_receipt(made.case_number, made.registered.receipt_code, source="here")
    other = access.open_receipt(first.number, first.code, source="there")
    return Table(made.case_number, asker, other, made.registered.receipt_code, first.number, first.code)


def begun(at: Table, office: Office, *, move: str = "begin_simple", to: str = "lan-post") -> Table:
    """Both have said yes, and a mediator was named."""
    moves.consent_as_side(at.other, "begin", "yes")
    make_move(at.number, "consent", by=office.wu)
    chosen(at, office, to)
    make_move(at.number, move, by=office.wu, given=Given(to=to))
    return at


def chosen(at: Table, office: Office, post: str = "lan-post", *, by: Reader | None = None) -> None:
    """Both sides accept a mediator who disclosed that there is no tie, each with its own code."""
    by = by or office.wu
    choosing.offer(at.number, post, "peoples_mediator", by=by)
    choosing.disclose(at.number, post, tie="none", words="", may_penalise=False, by=by)
    for holder in (at.asker, at.other):
        choosing.answer(holder, post, "accept", case_number=at.number if holder is at.asker else "")


def both_say(at: Table, step: str, answer: str = "yes") -> None:
    """Both sides say the same to a step, each on its own channel."""
    for holder in (at.asker, at.other):
        moves.consent_as_side(holder, step, answer)
