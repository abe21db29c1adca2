"""The key of a desk: made by the first of its people who sets a passphrase, given on by those who hold it."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass

from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey, X25519PublicKey
from django.db import transaction

from huiyin.record import clock, keyring
from huiyin.record.bodies import queries as bodies
from huiyin.record.bodies.models import Officer, Post, Unit
from huiyin.record.bodies.queries import Reader
from huiyin.record.ledger.append import append_event
from huiyin.record.ledger.chains import ChainRef
from huiyin.record.sealing import in_hand, staff
from huiyin.record.sealing.models import DeskHolder, DeskKey, StaffKey
from huiyin.rules.procedure import Words
from huiyin.rules.refusal import Refusal
from huiyin.rules.sealing import ENOUGH_HOLDERS

LABEL = "desk key"


@dataclass(frozen=True, slots=True)
class MemberView:
    """One of the people of a desk: do they have a key of their own, and the desk's?"""

    code: str
    name: Words
    has_key: bool
    is_holder: bool
    is_self: bool


@dataclass(frozen=True, slots=True)
class DeskView:
    """A desk as its people see it; ``may_give`` where the reader can give its key to others now."""

    unit_code: str
    unit: Words
    has_key: bool
    may_give: bool
    members: tuple[MemberView, ...]

    @property
    def has_enough(self) -> bool:
        """Whether one forgotten passphrase would shut nothing."""
        return sum(each.is_holder for each in self.members) >= ENOUGH_HOLDERS


def begin_missing(by: Reader) -> None:
    """Make the keys of the reader's desks that have none, for the reader who has just unlocked."""
    key = staff.public_of([by.officer_id]).get(by.officer_id)
    if key is None:
        return
    for unit in sorted({post.unit_id for post in by.posts if not post.is_stand_in}):
        with transaction.atomic():
            private = X25519PrivateKey.generate()
            public = private.public_key().public_bytes_raw()
            row, is_new = DeskKey.objects.get_or_create(
                unit_id=unit, defaults={"public": public, "made_at": clock.now()}
            )
            if not is_new and not row.holders.exists():  # everybody forgot: what was sealed to the old key comes back
                row.public, row.made_at, is_new = public, clock.now(), True  # by whoever else can open it
                row.save(update_fields=["public", "made_at"])
            if is_new:
                wrap(row, by.officer_id, key, private)
                _note(row.unit_id, "desk_key_made", by, by.code)


def give(unit_code: str, officer_code: str, *, by: Reader) -> None:
    """Give the key of one's desk to another of its people, who has a key already; one must hold it and have unlocked.

    Raises Refusal("sealed_locked"), or "not_found" for whoever is not of the desk or has no key.
    """
    desk = DeskKey.objects.filter(unit__code=unit_code, unit__in=by.unit_ids).first()
    officer = Officer.objects.filter(code=officer_code).first()
    if desk is None or officer is None or officer.pk not in {each.pk for each in members_of(desk.unit_id)}:
        raise Refusal("not_found")
    private = opened(desk.unit_id)
    if private is None:
        raise Refusal("sealed_locked")
    key = staff.public_of([officer.pk]).get(officer.pk)
    if key is None:
        raise Refusal("not_found")
    with transaction.atomic():
        DeskHolder.objects.filter(desk=desk, officer=officer).delete()
        wrap(desk, officer.pk, key, private)
        _note(desk.unit_id, "desk_key_given", by, officer.code)


def desks_of(reader: Reader) -> tuple[DeskView, ...]:
    """The reader's own desks, with their people and who of them holds the key."""
    found = []
    for unit in Unit.objects.filter(pk__in=reader.unit_ids).order_by("id"):
        desk = DeskKey.objects.filter(unit=unit).first()
        members = members_of(unit.pk)
        keyed = set(StaffKey.objects.filter(officer__in=members).values_list("officer_id", flat=True))
        holding = set(desk.holders.values_list("officer_id", flat=True)) if desk else set()
        found.append(
            DeskView(
                unit_code=unit.code,
                unit=unit.name,
                has_key=desk is not None,
                may_give=desk is not None and opened(unit.pk) is not None,
                members=tuple(
                    MemberView(each.code, each.name, each.pk in keyed, each.pk in holding, each.pk == reader.officer_id)
                    for each in members
                ),
            )
        )
    return tuple(found)


def members_of(unit: int) -> list[Officer]:
    """Who acts in a post of the unit today."""
    posts = list(Post.objects.filter(unit=unit).order_by("id").values_list("pk", flat=True))
    acting = bodies.holders(posts)
    return list({acting[post].pk: acting[post] for post in posts if post in acting}.values())


def holders_of(units: Collection[int]) -> dict[int, set[int]]:
    """The officers who hold the key of each desk that has one; a desk whose key nobody holds any more is left out."""
    found: dict[int, set[int]] = {}
    rows = DeskHolder.objects.filter(desk__unit__in=list(units)).values_list("desk__unit_id", "officer_id")
    for unit, officer in rows:
        found.setdefault(unit, set()).add(officer)
    return found


def is_any_held() -> bool:
    """Whether anybody holds the key of any desk."""
    return DeskHolder.objects.exists()


def public_of(units: Collection[int]) -> dict[int, X25519PublicKey]:
    """The public halves of the desks that have one."""
    rows = DeskKey.objects.filter(unit__in=list(units)).values_list("unit_id", "public")
    return {unit: X25519PublicKey.from_public_bytes(bytes(public)) for unit, public in rows}


def opened(unit: int) -> X25519PrivateKey | None:
    """The private half of a desk, where it opens with the officer's key in hand."""
    mine = in_hand.hand()
    if mine.staff is None:
        return None
    if unit not in mine.desks:
        row = DeskHolder.objects.filter(desk__unit=unit, officer=mine.officer).first()
        try:
            raw = keyring.open_envelope(mine.staff, LABEL, bytes(row.wrap), _place(unit, mine.officer)) if row else b""
        except keyring.SealBroken:
            raw = b""  # wrapped to a key that was replaced: it is given anew by a colleague
        mine.desks[unit] = X25519PrivateKey.from_private_bytes(raw) if raw else None
    return mine.desks[unit]


def wrap(desk: DeskKey, officer: int, key: X25519PublicKey, private: X25519PrivateKey) -> None:
    """Write an officer's copy of a desk's private half."""
    blob = keyring.seal_envelope(key, LABEL, private.private_bytes_raw(), _place(desk.unit_id, officer))
    DeskHolder.objects.create(desk=desk, officer_id=officer, wrap=blob, made_at=clock.now())


def _place(unit: int, officer: int) -> bytes:
    return f"sealing_deskholder {unit} {officer}".encode()


def _note(unit: int, kind: str, by: Reader, officer: str) -> None:
    row = Unit.objects.select_related("body").get(pk=unit)
    details = {"unit": row.code, "officer": officer}
    append_event(ChainRef.body(row.body.code), kind, actor=by.actor(), details=details)
