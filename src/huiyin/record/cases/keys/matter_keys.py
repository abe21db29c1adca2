"""The keys of sealed matters: begun at filing, wrapped to those who may read, begun anew when one must stay away.

Whoever writes needs the public half alone. Whoever reads brings a key that opens a wrap (``sealing.in_hand``), and
passes it on to the desks that came to have the matter since: the clock, which holds no key, may have moved it.
"""

from __future__ import annotations

import hashlib
from collections.abc import Collection

from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey, X25519PublicKey
from django.db.models import Q

from huiyin.record import clock, keyring
from huiyin.record.bodies import queries as bodies
from huiyin.record.bodies.models import Post
from huiyin.record.cases.models import Ask, Case, CaseLink, Grant, MatterKey, MatterWrap, Receipt, ReceiptKey
from huiyin.record.cases.who import scope
from huiyin.record.cases.who.conflict import Away, away_from
from huiyin.record.ledger.append import append_event
from huiyin.record.ledger.chains import Actor, ChainRef
from huiyin.record.prepared import Place, Prepared, insert
from huiyin.record.sealing import desks, in_hand, staff
from huiyin.rules.chain import Json
from huiyin.rules.refusal import Refusal
from huiyin.rules.sealing import Reader, who_gets

LABEL, LABEL_ENTRY = "matter key", "matter key until the next entry"
ENTRY, COMPLAINANT, HELPER = "entry", "complainant", "helper"
PRESSURE = "retaliation"  # the kind of link to a report of pressure, which stays the complainant's own
_KEY = Prepared(lambda: MatterKey.objects.filter(case=Place("case"), epoch=Place("epoch")))
_WRAPS = Prepared(lambda: MatterWrap.objects.filter(key__case=Place("case"), key__epoch=Place("epoch")))
_FOR_ENTRY = Prepared(lambda: MatterWrap.objects.filter(key__case=Place("case"), kind=ENTRY).values_list("pk")[:1])


def is_possible(unit: int) -> bool:
    """Whether a matter that comes to a desk can be sealed: somebody who is there today holds the desk's key, and recovery is set up.

    Where not, it is kept as an ordinary one, and the public page says so: a matter that nobody could read would be lost.
    """
    holding = desks.holders_of([unit]).get(unit, set()) if keyring.recovery_set() else set()
    return bool(holding) and not holding.isdisjoint(each.pk for each in desks.members_of(unit))


def is_possible_somewhere() -> bool:
    """Whether any desk at all could have a matter sealed."""
    return bool(keyring.recovery_set()) and desks.is_any_held()


def begin(number: str) -> X25519PrivateKey:
    """A first key for a matter that is about to be written."""
    private = X25519PrivateKey.generate()
    in_hand.hand().matters[number, 1] = private
    return private


def write_first(case: Case, private: X25519PrivateKey, receipt: X25519PublicKey | None) -> None:
    """Write the first key of a case that stands now, and wrap it to all who may read."""
    _write(case, private, case.key_epoch, receipt)


def begin_anew(case: Case) -> None:
    """A new key for what is written from now on, because somebody must stay away; no old key is needed for it.

    What was written before they may have read: their wraps of it go too, where somebody else still has one.
    """
    complainant = _complainant_of(case)
    case.key_epoch += 1
    case.save(update_fields=["key_epoch"])
    private = X25519PrivateKey.generate()
    in_hand.hand().matters[case.number, case.key_epoch] = private
    _write(case, private, case.key_epoch, complainant)
    share(case)
    told: dict[str, Json] = {
        "epoch": case.key_epoch, "key_sha256": digest_of(private.public_key().public_bytes_raw()),
    }  # fmt: skip
    append_event(ChainRef.case(case.number), "matter_key_renewed", actor=Actor.system(), details=told)


def public_half(case: Case) -> X25519PublicKey:
    """The half of the newest key to which everybody may write."""
    mine = in_hand.hand().matters.get((case.number, case.key_epoch))
    if mine is not None:
        return mine.public_key()
    row = _KEY.first(case=case.pk, epoch=case.key_epoch)
    if row is None:
        raise keyring.KeyringError(f"Matter {case.number} is sealed, and its key {case.key_epoch} is not there.")
    return X25519PublicKey.from_public_bytes(bytes(row.public))


def private_half(case: Case, epoch: int) -> X25519PrivateKey | None:
    """The half that opens what was written under an epoch, where a key in hand opens a wrap of it."""
    mine = in_hand.hand()
    known = mine.matters.get((case.number, epoch))
    if known is not None or mine.is_empty:
        return known
    for wrap in _WRAPS.all(case=case.pk, epoch=epoch):
        place = _place(case, epoch, wrap.kind)
        if wrap.kind == ENTRY and mine.is_complainant:
            raw = keyring.open_sealed(LABEL_ENTRY, bytes(wrap.blob), place)
        elif (opener := _opener(wrap)) is not None:
            try:
                raw = keyring.open_envelope(opener, LABEL, bytes(wrap.blob), place)
            except keyring.SealBroken:
                continue
        else:
            continue
        mine.matters[case.number, epoch] = X25519PrivateKey.from_private_bytes(raw)
        return mine.matters[case.number, epoch]
    return None


def is_open(case: Case) -> bool:
    """Whether the newest words of a matter can be read with what is in hand; of an ordinary one always."""
    return not case.key_epoch or private_half(case, case.key_epoch) is not None


def is_erased(case: Case) -> bool:
    """Whether the words of a sealed matter were erased: no key of it is wrapped to anybody any more."""
    return bool(case.key_epoch) and not MatterWrap.objects.filter(key__case=case).exists()


def must_be_open(case: Case) -> None:
    """Raises Refusal("sealed_locked") where a sealed matter is shut: nobody decides on words they cannot read.

    Raises Refusal("words_erased") where there are none any more.
    """
    if not is_open(case):
        raise Refusal("words_erased" if is_erased(case) else "sealed_locked")


def share(case: Case) -> None:
    """Wrap every key in hand to the desks that may read the matter by now, and take it back from who must stay away."""
    if not case.key_epoch:
        return
    away = away_from(case)
    readers, helpers = _readers(case, away), _helpers_of(case)
    for key in MatterKey.objects.filter(case=case).order_by("epoch"):
        private = private_half(case, key.epoch)
        if private is not None:
            _wrap_to(case, key, private, readers)
            _wrap_to_helpers(case, key, private, helpers)
        if away.units or away.officers:
            _take_back(key, away)


def must_reach(case: Case, post: Post | None) -> None:
    """Somebody in a post is to go on with the matter: their desk needs a key. Raises Refusal("desk_has_no_key")."""
    if post is not None and not _reaches(case, post):
        raise Refusal("desk_has_no_key")


def digest_of(public: bytes) -> str:
    """What the ledger says of a key: the hash of its public half, so that none is put in its place unseen."""
    return hashlib.sha256(public).hexdigest()


def recover(case: Case, epoch: int, pair: str, first: X25519PrivateKey, second: X25519PrivateKey) -> None:
    """Open a key by two of the three bodies, and take it in hand. Raises ``SealBroken``."""
    kind = f"recovery_{pair}"
    wrap = MatterWrap.objects.get(key__case=case, key__epoch=epoch, kind=kind)
    raw = keyring.open_for_pair(first, second, LABEL, bytes(wrap.blob), _place(case, epoch, kind))
    in_hand.hand().matters[case.number, epoch] = X25519PrivateKey.from_private_bytes(raw)


def complainant_key_of(case: Case) -> X25519PublicKey | None:
    """The public half of the complainant's key, for a matter that grows out of this one."""
    return _complainant_of(case)


def _complainant_of(case: Case) -> X25519PublicKey | None:
    found = MatterWrap.objects.filter(key__case=case, kind="complainant").order_by("-key__epoch").first()
    if found is not None:
        return X25519PublicKey.from_public_bytes(bytes(found.to_public))
    own = ReceiptKey.objects.filter(receipt__party__case=case, receipt__party__kind="complainant", receipt__suite=2)
    row = own.first()  # of a matter whose words were erased, and of one that another of the family made sealed
    return X25519PublicKey.from_public_bytes(bytes(row.public)) if row else None


def _write(case: Case, private: X25519PrivateKey, epoch: int, complainant: X25519PublicKey | None) -> None:
    public = private.public_key().public_bytes_raw()
    key = MatterKey(case=case, epoch=epoch, public=public, made_at=clock.now())
    insert(key)
    raw, rows = private.private_bytes_raw(), []
    if complainant is not None:
        rows.append(_wrap(case, key, COMPLAINANT, complainant, raw))
    else:  # their code opens no key yet: the server keeps this one, until they come with the code (ADR 16)
        blob = keyring.seal(LABEL_ENTRY, raw, _place(case, epoch, ENTRY))
        rows.append(MatterWrap(key=key, kind=ENTRY, to_public=b"", blob=blob, made_at=clock.now()))
    set_of = keyring.recovery_set()
    for pair in keyring.PAIRS_OF_BODIES if set_of else ():
        kind = f"recovery_{''.join(pair)}"
        blob = keyring.seal_for_pair(set_of, pair, LABEL, raw, _place(case, epoch, kind))
        to = set_of[pair[0]].public_bytes_raw()
        rows.append(MatterWrap(key=key, kind=kind, to_public=to, blob=blob, made_at=clock.now()))
    if rows:
        insert(*rows)
    _wrap_to(case, key, private, _readers(case, away_from(case)))
    _wrap_to_helpers(case, key, private, _helpers_of(case))


def _readers(case: Case, away: Away) -> frozenset[Reader]:
    """Who may read the matter by now: the desks of all who hold a grant or are asked something, and of supervision."""
    granted = Grant.objects.filter(scope.current_grants(), case=case).values_list("post__unit_id", flat=True)
    asked = Ask.objects.filter(case=case, state="open").values_list("owed_by__unit_id", flat=True)
    above = {post.unit_id for post in bodies.posts_with_role("supervisor", body=case.body_id)}
    units = {case.unit_id, *granted, *asked, *above}
    holding = desks.holders_of(units)
    for unit, holders in holding.items() if away.officers else ():  # who came to a desk may be given its key tomorrow
        holders |= away.officers & {each.pk for each in desks.members_of(unit)}
    return who_gets(holding, away_units=away.units, away_officers=away.officers)


def _helpers_of(case: Case) -> list[X25519PublicKey]:
    """The keys of those who help the complainant now, of the whole family; none of a report of pressure and what comes of it."""
    first, known = case.pk, {case.pk}
    while (link := CaseLink.objects.filter(to_case=first).order_by("id").first()) is not None:
        if link.kind == PRESSURE or link.from_case_id in known:
            return []
        first = link.from_case_id
        known.add(first)
    today = clock.today(case.body.time_zone)
    until = Q(receipt__party__authority__until_on=None) | Q(receipt__party__authority__until_on__gte=today)
    found = ReceiptKey.objects.filter(
        until, receipt__suite=2, receipt__party__case=first, receipt__party__authority__ended_at=None
    ).exclude(receipt__party__kind="complainant")
    return [X25519PublicKey.from_public_bytes(bytes(row.public)) for row in found.order_by("id")]


def _wrap_to_helpers(
    case: Case, key: MatterKey, private: X25519PrivateKey, helpers: Collection[X25519PublicKey]
) -> None:
    """Give the helpers of now their wraps, and take back those of whoever helps no more."""
    wanted = {each.public_bytes_raw(): each for each in helpers}
    held = {bytes(wrap.to_public): wrap.pk for wrap in MatterWrap.objects.filter(key=key, kind=HELPER)}
    if lost := [held[each] for each in held if each not in wanted]:
        MatterWrap.objects.filter(pk__in=lost).delete()
    rows = [_wrap(case, key, HELPER, wanted[each], private.private_bytes_raw()) for each in wanted if each not in held]
    if rows:
        insert(*rows)


def _wrap_to(case: Case, key: MatterKey, private: X25519PrivateKey, readers: Collection[Reader]) -> None:
    units = desks.public_of([each.id for each in readers if each.kind == "desk"])
    officers = staff.public_of([each.id for each in readers if each.kind == "staff"])
    has = {(wrap.kind, bytes(wrap.to_public)) for wrap in MatterWrap.objects.filter(key=key)}
    raw, rows = private.private_bytes_raw(), []
    for each in sorted(readers):
        to = (units if each.kind == "desk" else officers).get(each.id)
        if to is not None and (each.kind, to.public_bytes_raw()) not in has:
            row = _wrap(case, key, each.kind, to, raw)
            row.unit_id, row.officer_id = (each.id, None) if each.kind == "desk" else (None, each.id)
            rows.append(row)
    if rows:
        insert(*rows)


def _wrap(case: Case, key: MatterKey, kind: str, to: X25519PublicKey, raw: bytes) -> MatterWrap:
    blob = keyring.seal_envelope(to, LABEL, raw, _place(case, key.epoch, kind))
    return MatterWrap(key=key, kind=kind, to_public=to.public_bytes_raw(), blob=blob, made_at=clock.now())


def _take_back(key: MatterKey, away: Away) -> None:
    """Delete the wraps of those who stay away.

    A desk of which one officer alone must stay away keeps its wrap until its others have their own, for else nobody
    there could read on; until then the gate alone keeps that officer out.
    """
    wraps = list(key.wraps.filter(kind__in=("desk", "staff")))
    holding = desks.holders_of([wrap.unit_id for wrap in wraps if wrap.unit_id is not None])
    shared = [wrap for wrap in wraps if wrap.unit_id is not None and holding.get(wrap.unit_id, set()) & away.officers]
    lost = [wrap.pk for wrap in wraps if wrap.unit_id in away.units or wrap.officer_id in away.officers]
    if any(wrap.pk not in lost and wrap not in shared for wrap in wraps):
        lost += [wrap.pk for wrap in shared]
    if lost:
        MatterWrap.objects.filter(pk__in=lost).delete()


def _opener(wrap: MatterWrap) -> X25519PrivateKey | None:
    mine = in_hand.hand()
    if wrap.kind == "desk":
        return desks.opened(wrap.unit_id or 0)
    if wrap.kind == "staff":
        return mine.staff if wrap.officer_id == mine.officer else None
    return mine.complainants.get(bytes(wrap.to_public)) if wrap.kind in {COMPLAINANT, HELPER} else None


def _reaches(case: Case, post: Post) -> bool:
    wraps = MatterWrap.objects.filter(key__case=case, key__epoch=case.key_epoch)
    holder = bodies.holders([post.pk]).get(post.pk)
    units = desks.public_of([post.unit_id])
    if post.unit_id in units and wraps.filter(kind="desk", to_public=units[post.unit_id].public_bytes_raw()).exists():
        return True
    return holder is not None and wraps.filter(kind="staff", officer=holder).exists()


def _place(case: Case, epoch: int, kind: str) -> bytes:
    return f"{case.number} cases_matterwrap {epoch} {kind}".encode()


def waits_for_entry(cases: Collection[int]) -> bool:
    """Whether a key of one of the cases waits for the complainant's next entry with the code."""
    return any(_FOR_ENTRY.first(case=case) for case in cases)


def wrap_all(case: Case, kind: str, to: X25519PublicKey) -> None:
    """Wrap every key of a case that can be opened with what is in hand to one holder of a code."""
    has = set(MatterWrap.objects.filter(key__case=case, kind=kind, to_public=to.public_bytes_raw()).values_list("key"))
    rows = []
    for key in MatterKey.objects.filter(case=case).order_by("epoch"):
        private = private_half(case, key.epoch)
        if private is not None and (key.pk,) not in has:
            rows.append(_wrap(case, key, kind, to, private.private_bytes_raw()))
    if rows:
        insert(*rows)


def entry_made(case: Case, to: X25519PublicKey) -> None:
    """The complainant came with the code: what waited for it is wrapped to their key, and the server keeps none of it."""
    wrap_all(case, COMPLAINANT, to)
    MatterWrap.objects.filter(key__case=case, kind=ENTRY).delete()


def lock_for_code(receipt: Receipt, code: str) -> tuple[ReceiptKey, X25519PrivateKey]:
    """A complainant's key for a receipt, which the code opens; the row is not written yet."""
    private, salt = X25519PrivateKey.generate(), keyring.new_salt()
    stretched = keyring.stretch(code, salt, keyring.CODE)
    public = private.public_key().public_bytes_raw()
    locked = keyring.lock_private(stretched, private, receipt_place(receipt.number))
    return ReceiptKey(receipt=receipt, public=public, salt=salt, locked=locked), private


def lock_again(key: ReceiptKey, number: str, private: bytes, code: str) -> None:
    """Lock the complainant's key by another code; the row is not written yet."""
    key.salt = keyring.new_salt()
    stretched = keyring.stretch(code, key.salt, keyring.CODE)
    key.locked = keyring.lock_private(stretched, X25519PrivateKey.from_private_bytes(private), receipt_place(number))


def receipt_place(number: str) -> bytes:
    """Where a complainant's key stands: on its receipt."""
    return f"cases_receiptkey {number}".encode()


def verifier_of(key: ReceiptKey) -> bytes:
    """What stands in the receipt, and so in the ledger, in the place of a hash of the code: the hash of the locked key."""
    return hashlib.sha256(bytes(key.public) + bytes(key.salt) + bytes(key.locked)).digest()
