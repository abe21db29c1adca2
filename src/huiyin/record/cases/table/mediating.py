"""Who could mediate a dispute, as pages name them; and two disputes over the same matter made one."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from django.db import transaction

from huiyin.record import clock
from huiyin.record.bodies import ground
from huiyin.record.bodies.models import Post
from huiyin.record.bodies.queries import Reader, holders
from huiyin.record.cases.given import Given
from huiyin.record.cases.keys import matter_keys
from huiyin.record.cases.models import Case, CaseLink, Party
from huiyin.record.cases.moving import moves
from huiyin.record.cases.opening import access
from huiyin.record.cases.parties import consenting, sides
from huiyin.record.cases.parties.consenting import ConsentView
from huiyin.record.cases.parties.sides import SideShown
from huiyin.record.cases.shown.case_view import CaseView
from huiyin.record.cases.who import scope
from huiyin.record.cases.who.conflict import away_from
from huiyin.record.law.versions import procedure_of
from huiyin.record.ledger.chains import Actor
from huiyin.rules import guards
from huiyin.rules.consenting import BEGIN
from huiyin.rules.procedure import Words
from huiyin.rules.refusal import Refusal

ROUTE = "joined_mediation"


@dataclass(frozen=True, slots=True)
class PostShown:
    """A post with who sits there, as the sides may know them: duty name, unit, office telephone."""

    id: int
    code: str
    name: Words
    title: Words
    unit: Words
    phone: str


def posts_shown(codes: Sequence[str]) -> dict[str, PostShown]:
    """These posts, by their codes."""
    rows = list(Post.objects.filter(code__in=list(codes)).select_related("unit"))
    acting = holders([row.pk for row in rows])
    return {
        row.code: PostShown(
            row.pk, row.code, acting[row.pk].name if row.pk in acting else row.title, row.title, row.unit.name,
            row.unit.phone,
        )
        for row in rows
    }  # fmt: skip


def posts_that_mediate(case_number: str) -> list[tuple[str, Words]]:
    """Mediators of the area of a dispute and of those above it, then every post whose work is mediation; nobody whom it
    keeps away, and no vacant post. As (code, name and unit)."""
    case = scope.case_by_number(case_number)
    if case is None:
        return []
    area = case.area.code if case.area else ""
    near = [each.post_code for level in ground.levels(area) for each in level.contacts if each.capacity == "mediator"]
    rows = {
        row.code: row for row in Post.objects.select_related("unit__body").order_by("unit__body_id", "unit_id", "id")
    }
    codes = dict.fromkeys([*near, *(code for code, row in rows.items() if "mediator" in row.roles)])
    acting, away = holders([rows[code].pk for code in codes]), away_from(case)
    found = []
    for code in codes:
        row, officer = rows[code], acting.get(rows[code].pk)
        if officer is not None and away.allows(row, officer):
            unit = row.unit.name
            found.append((code, Words(f"{officer.name_zh}（{unit.zh}）", f"{officer.name_en}, {unit.en}")))
    return found


def join(kept_number: str, other_number: str, *, side: int, text: str, by: Reader) -> None:
    """Two disputes over the same matter, opened by both sides, become one: ``kept_number`` goes on.

    Side number ``side`` of it is whoever asked for the other: that receipt opens it from now on, with what was released
    and the private words. The other one ends. Raises Refusal("not_found"), "not_your_move", "not_allowed_now", and what
    the move of joining refuses.
    """
    if kept_number == other_number:
        raise Refusal("not_allowed_now", move="join")
    with transaction.atomic():
        for number in sorted(
            (kept_number, other_number)
        ):  # always in the same order, so that no two wait for each other
            scope.in_hand(number, by, deed="join")
        kept, posts = scope.in_hand(kept_number, by, deed="join")
        other, _posts = scope.in_hand(other_number, by, deed="join")
        if not kept.is_open or kept.key_epoch or other.key_epoch or side < 2:
            raise Refusal("not_allowed_now", move="join", state=kept.state)
        matter_keys.must_be_open(kept)
        _sit_down(kept, other, side, actor=by.actor(posts[0]))
        CaseLink.objects.create(from_case=kept, to_case=other, kind="joined", made_at=clock.now())
        confirmed = guards.written(moves.to_confirm(other_number, "join", by=by))
        moves.move(other_number, "join", by=by, given=Given(route=ROUTE, text=text, confirmed=confirmed))


def _sit_down(kept: Case, other: Case, number: int, *, actor: Actor) -> None:
    """The one who asked for ``other`` takes the seat in ``kept``, on the own receipt."""
    here, there = sides.side_number(kept, number), sides.side_number(other, 1)
    own = here.receipt
    if own is not None and own.party_id == here.party_id:
        sides.close_code(own)
    party = there.party
    Party.objects.filter(pk=here.party_id).update(
        vault_id=party.vault_id, language=party.language, needs=party.needs, has_contact=party.has_contact,
        is_minor=party.is_minor,
    )  # fmt: skip
    here.receipt, here.released, here.guardian = there.receipt, there.released, there.guardian
    here.words = there.words or other.description
    here.save(update_fields=["receipt", "released", "guardian", "words"])
    there.state, there.left_at = "out", clock.now()  # bound by the move that ends it
    there.save(update_fields=["state", "left_at"])
    here.case = kept
    digest = access.sealed_digest(party.vault_id)
    sides.tell(kept, "sides_joined", actor=actor, number=number, identity_sha256=digest, joined=other.number)
    if consenting.ever_said_yes(there) and BEGIN in consenting.asked_now(kept):
        consenting.keep(here, procedure_of(kept.law_id), BEGIN, "yes", "own_channel", actor=actor)


@dataclass(frozen=True, slots=True)
class OfficeTable:
    """A dispute as whoever is responsible sees it: the case, the sides by their numbers, what each said yes or no to."""

    view: CaseView
    key: int
    sides: tuple[SideShown, ...]
    words: dict[int, str]
    consents: tuple[ConsentView, ...]
    asked: tuple[str, ...]
    agreed: frozenset[str]


def open_table(case_number: str, *, reader: Reader) -> OfficeTable:
    """Read the table as an officer; the look stands in the history first.

    Raises Refusal("not_found") also for a case that is no dispute, and for one that the reader may only follow.
    """
    view = access.open_case(case_number, reader=reader, purpose="handle", what="table")
    case = scope.case_by_number(case_number)
    if case is None or view.procedure.kind != "mediation" or not scope.granting_posts(reader, case, to_act=True):
        raise Refusal("not_found")
    words = {side.number: side.words for side in sides.sides_of(case) if side.words}
    return OfficeTable(
        view, case.pk, sides.shown(case), words, consenting.consents_of(case), consenting.asked_now(case),
        consenting.agreed_steps(case),
    )  # fmt: skip
