"""What a side does at its table beside moves and consents, what the office does for a side, and how a side is erased."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from django.db import transaction

from huiyin.record import clock
from huiyin.record.bodies.queries import Reader
from huiyin.record.cases.codes import receipts
from huiyin.record.cases.codes.receipts import Holder
from huiyin.record.cases.given import TEXT_LIMIT
from huiyin.record.cases.models import Case, Party, Side
from huiyin.record.cases.opening import access
from huiyin.record.cases.parties import sides
from huiyin.record.cases.registering.registration import Identity
from huiyin.record.cases.who import scope
from huiyin.record.ledger.append import append_event
from huiyin.record.ledger.chains import Actor, ChainRef
from huiyin.rules.chain import Json
from huiyin.rules.refusal import Refusal
from huiyin.rules.text import storable

Told = Mapping[str, Json] | Callable[[int, int], Mapping[str, Json]]
"""What an event tells besides; or what writes the stage's own rows once it is clear that they may be written, for the key of
the case and the side (0: the office), and gives what the event tells of them."""

BATCH = 50  # sides in one run of the clock


def say_own(holder: Holder, *, case_number: str = "", released: str, words: str) -> None:
    """A side changes what the others may read, and its words for the mediator; said twice it counts once.

    Raises Refusal("not_found"), "helper_may_not", "too_long", or "not_allowed_now" once it has left.
    """
    said = {"released": storable(released), "words": storable(words)}
    for name, value in said.items():
        if len(value) > TEXT_LIMIT:
            raise Refusal("too_long", field=name, maximum=TEXT_LIMIT)
    with transaction.atomic():
        side = staying(sides.locked_of_holder(holder, case_number))
        if (side.released, side.words) == (said["released"], said["words"]):
            return
        side.released, side.words = said["released"], said["words"]
        side.save(update_fields=["released", "words"])
        sides.tell(side.case, "side_said", actor=sides.actor_of(side, holder), number=side.number)


def note_of_side(
    holder: Holder,
    kind: str,
    *,
    case_number: str = "",
    may_have_ended: bool = False,
    told: Told | None = None,
) -> tuple[int, int]:
    """An event that tells that a side said something of its own, and nothing of what; gives (key of the case, side).

    What was said is kept by the stage, in the caller's transaction. Raises what ``say_own`` raises.
    """
    side = sides.locked_of_holder(holder, case_number)
    if not may_have_ended:
        staying(side)
    note(
        side.case,
        kind,
        actor=sides.actor_of(side, holder),
        **{"side": side.number, **_told(told, side.case_id, side.number)},
    )
    return side.case_id, side.number


def number_of(holder: Holder, case_number: str = "") -> str:
    """The number of the dispute that a receipt opens a side of. Raises Refusal("not_found")."""
    return sides.of_holder(holder, case_number).case.number


def key_and_side(holder: Holder, case_number: str = "") -> tuple[int, int]:
    """The key of that dispute and the number of the side, for stages that keep a row of their own beside it."""
    side = sides.of_holder(holder, case_number)
    return side.case_id, side.number


def body_for(holder: Holder, case_number: str = "") -> tuple[str, str]:
    """The body of that dispute with its time zone: what a side rates. Raises Refusal("not_found") or "helper_may_not"."""
    body = sides.of_holder(holder, case_number, to="own").case.body
    return body.code, body.time_zone


def staying_sides(case_number: str) -> tuple[int, ...]:
    """The numbers of the sides that have not left."""
    case = scope.case_by_number(case_number)
    return tuple(each.number for each in sides.sides_of(case) if each.state != "out") if case else ()


def note_by_office(
    case_number: str, kind: str, *, by: Reader, may_have_ended: bool = False, told: Told | None = None
) -> tuple[int, Actor]:
    """An event of the office's own in a dispute, in the caller's transaction; gives the key of the case and who did it.

    Raises Refusal("not_found"), "not_your_move", or "not_allowed_now" once the dispute has ended.
    """
    case, posts = scope.in_hand(case_number, by, deed=kind)
    if not case.is_open and not may_have_ended:
        raise Refusal("not_allowed_now", move=kind, state=case.state)
    actor = by.actor(posts[0])
    note(case, kind, actor=actor, **_told(told, case.pk, 0))
    return case.pk, actor


def _told(told: Told | None, case_id: int, side: int) -> Mapping[str, Json]:
    return told(case_id, side) if callable(told) else told or {}


def invite(case_number: str, side_number: int, *, by: Reader) -> tuple[str, str]:
    """A number and a code for another side, to be printed on its slip; shown once. An earlier code ends.

    Raises what ``note_by_office`` and ``sides.give_code`` refuse, and Refusal("not_found") for a side that is not there.
    """
    with transaction.atomic():
        case, posts = scope.in_hand(case_number, by, deed="invite")
        if not case.is_open:
            raise Refusal("not_allowed_now", move="invite", state=case.state)
        return sides.give_code(sides.side_number(case, side_number), actor=by.actor(posts[0]))


def set_guardian(case_number: str, side_number: int, guardian: str, *, by: Reader) -> None:
    """A minor's guardian sits beside; or the dispute is about the guardian, and the office sees to somebody else.

    Raises Refusal("unknown_choice", field="guardian"), "not_found", and what ``note_by_office`` refuses.
    """
    if guardian not in sides.GUARDIANS:
        raise Refusal("unknown_choice", field="guardian")
    with transaction.atomic():
        case, posts = scope.in_hand(case_number, by, deed="guardian")
        if not case.is_open:
            raise Refusal("not_allowed_now", move="guardian", state=case.state)
        side = sides.side_number(case, side_number)
        if not side.party.is_minor:
            raise Refusal("not_found")
        side.guardian = guardian
        side.save(update_fields=["guardian"])
        sides.tell(case, "side_guardian", actor=by.actor(posts[0]), number=side_number)


def give_contact(holder: Holder, identity: Identity, *, case_number: str = "") -> None:
    """Another side puts its own contact in place of what was said of it; the old one is never read back.

    Raises Refusal("not_found") or "not_allowed_now" once it has left.
    """
    side = staying(sides.of_holder(holder, case_number, to="own"))
    if side.party.kind == receipts.COMPLAINANT:
        raise Refusal("not_found")
    sealed = access.replace_identity(side.party.vault_id, identity)
    with transaction.atomic(durable=True):
        side = sides.locked(side)
        Party.objects.filter(pk=side.party_id).update(has_contact=identity.contact().is_given)
        actor = Actor.other_party(side.number)
        sides.tell(side.case, "side_contact_given", actor=actor, number=side.number, identity_sha256=sealed)


def record_contact(case_number: str, side_number: int, identity: Identity, *, by: Reader) -> None:
    """What another side itself says, in person or by telephone, of how it wants to be reached; the old one is gone.

    Raises Refusal("not_found") also for the side that asked, "not_your_move", or "not_allowed_now" once it has left.
    """
    with transaction.atomic():
        side = _other_in_hand(case_number, side_number, by)[0]
    sealed = access.replace_identity(side.party.vault_id, identity)
    with transaction.atomic(durable=True):
        side, actor = _other_in_hand(case_number, side_number, by)
        Party.objects.filter(pk=side.party_id).update(has_contact=identity.contact().is_given)
        sides.tell(side.case, "side_contact_given", actor=actor, number=side.number, identity_sha256=sealed)


def _other_in_hand(case_number: str, side_number: int, by: Reader) -> tuple[Side, Actor]:
    case, posts = scope.in_hand(case_number, by, deed="contact")
    side = staying(sides.side_number(case, side_number))
    if side.party.kind == receipts.COMPLAINANT or side.erased_at is not None:
        raise Refusal("not_found")
    return side, by.actor(posts[0])


def note(case: Case, kind: str, *, actor: Actor, **details: Json) -> None:
    """One event of a dispute."""
    append_event(ChainRef.case(case.number), kind, actor=actor, details=details)


def staying(side: Side) -> Side:
    """A side that still takes part in an open dispute. Raises Refusal("not_allowed_now")."""
    if side.state == "out" or not side.case.is_open:
        raise Refusal("not_allowed_now", move="table", state=side.case.state)
    return side


def erase_sides(*, limit: int = BATCH) -> int:
    """Erase every side whose day has come: its row in the vault, its words, its code. Gives how many; made for the clock.

    The row in the vault goes first: killed in between, the next run does the rest.
    """
    done = 0
    due = Side.objects.filter(erased_at=None, erase_on__lte=clock.today("UTC")).order_by("erase_on", "id")
    for key in list(due.values_list("pk", flat=True)[:limit]):
        done += _erase(key)
    return done


def _erase(key: int) -> int:
    found = Side.objects.select_related("party", "case__body").get(pk=key)
    if found.erase_on is None or found.erase_on > clock.today(found.case.body.time_zone):
        return 0
    vault_id = found.party.vault_id
    is_shared = Party.objects.filter(vault_id=vault_id).exclude(pk=found.party_id).exists()
    if not is_shared:
        access.erase_identity(vault_id)
    with transaction.atomic():
        side = sides.locked(found)
        if side.erased_at is not None:
            return 0
        own = side.receipt
        if own is not None and own.party_id == side.party_id:
            sides.close_code(own)
        Party.objects.filter(pk=side.party_id).update(needs="", has_contact=False)
        side.released, side.words, side.erased_at = "", "", clock.now()
        side.save(update_fields=["released", "words", "erased_at"])
        more: dict[str, Json] = {} if is_shared else {"identity_sha256": ""}
        sides.tell(side.case, "side_erased", actor=Actor.system(), number=side.number, **more)
    return 1
