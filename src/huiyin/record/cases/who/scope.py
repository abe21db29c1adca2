"""The one query layer: which cases a reader may find, count and open.

Every list, count and search starts here. Being named in a matter goes before
every grant: such a case is not there.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from django.db.models import Exists, OuterRef, Q, QuerySet

from huiyin.record import clock
from huiyin.record.bodies.queries import Reader
from huiyin.record.cases.models import Barred, Case, Grant
from huiyin.record.cases.models.assignment import READING
from huiyin.record.prepared import Place, Prepared
from huiyin.rules.refusal import Refusal

OUTSIDE = "outside"  # the capacity of a grant to a desk that looks into something the units concerned must not learn of
RELATED = ("body", "unit", "category", "area", "responsible_post__unit__body")
Key = int | Place


def current_grants(now: datetime | Place | None = None) -> Q:
    """Grants in force at this instant."""
    now = now or clock.now()
    return Q(from_at__lte=now) & (Q(until_at=None) | Q(until_at__gt=now))


def is_named(officer: Key, units: Sequence[Key]) -> Q:
    """Barriers that name the officer or one of the units."""
    found = Q(officer=officer)
    for unit in units:
        found |= Q(unit=unit)
    return found


def barrier(officer: Key, units: Sequence[Key]) -> Q:
    """On cases: those that name neither the officer nor one of the units.

    It does not depend on the row: it is looked up once, not for each of a thousand.
    """
    return ~Q(pk__in=Barred.objects.filter(is_named(officer, units)).values("case_id"))


def not_barred(reader: Reader) -> QuerySet[Case]:
    """Cases that name neither the reader nor a unit of the reader."""
    return Case.scoped.filter(barrier(reader.officer_id, reader.unit_ids))


def not_barred_sql(reader: Reader) -> tuple[str, list[int]]:
    """The same barrier for hand-written SQL over ``cases_case AS c``: a condition and its parameters."""
    named = "officer_id = %s" + " OR unit_id = %s" * len(reader.unit_ids)
    return f"c.id NOT IN (SELECT case_id FROM cases_barred WHERE {named})", [reader.officer_id, *reader.unit_ids]  # noqa: S608


_DESKS = Prepared(
    lambda: Grant.objects.filter(current_grants(Place("now")), post=Place("post"), case=None).values_list("unit_id")
)
_ON_CASE = Prepared(
    lambda: Grant.objects.filter(current_grants(Place("now")), case=Place("case")).values_list("post_id", "capacity")
)
_BARRED = Prepared(lambda: Barred.objects.filter(case=Place("case")).values_list("officer_id", "unit_id"))
_BY_NUMBER = Prepared(lambda: Case.scoped.select_related(*RELATED).filter(number=Place("number")))
_BY_KEY = Prepared(lambda: Case.scoped.select_related(*RELATED).filter(pk=Place("key")))
_LOCK_BY_NUMBER = Prepared(lambda: Case.scoped.select_for_update().filter(number=Place("number")).values_list("pk"))
_LOCK = Prepared(lambda: Case.scoped.select_for_update().filter(pk=Place("key")).values_list("pk"))


def desk_units(reader: Reader) -> list[int]:
    """Units whose unrestricted cases the reader may open, by a desk grant."""
    now = clock.now()
    return sorted({unit for post in reader.post_ids for (unit,) in _DESKS.all(post=post, now=now)})


def openable_case(case_number: str, reader: Reader, *, lock: bool = False) -> tuple[Case, list[int]] | None:
    """One case that the reader may open, with the posts through which; locked until the transaction ends if asked."""
    found = _found(case_number, reader, lock=lock)
    return (found[0], found[1]) if found else None


def opened(case_number: str, reader: Reader, *, lock: bool = False) -> tuple[Case, list[int]]:
    """The same for a deed. Raises Refusal("not_found") for what is not there or not the reader's, which look alike."""
    found = openable_case(case_number, reader, lock=lock)
    if found is None:
        raise Refusal("not_found")
    return found


def in_hand(case_number: str, reader: Reader, *, deed: str, lock: bool = True) -> tuple[Case, list[int]]:
    """One case in which the reader may act, with the posts through which.

    Raises Refusal("not_found"), and Refusal("not_your_move") for a matter that they may only read.
    """
    case, acting = opened_to_act(case_number, reader, lock=lock)
    if not acting:
        raise Refusal("not_your_move", move=deed)
    return case, acting


def opened_to_act(case_number: str, reader: Reader, *, lock: bool = False) -> tuple[Case, list[int]]:
    """One case that the reader may open, with the posts through which they may act in it: none where they may only read.

    Raises Refusal("not_found") as ``opened`` does.
    """
    found = _found(case_number, reader, lock=lock)
    if found is None:
        raise Refusal("not_found")
    return found[0], found[2]


def case_by_key(key: int) -> Case | None:
    """A case for somebody whose right to it is settled: the holder of its receipt, or a lock that is held."""
    return _BY_KEY.first(key=key)


def case_by_number(case_number: str) -> Case | None:
    """A case by its number, for a deed that asks by itself who may do it, and shows nothing of the case."""
    return _BY_NUMBER.first(number=case_number)


def locked(key: int) -> Case:
    """The case as it stands, locked until the transaction ends.

    Locked first and read afterwards: what a join brings along would otherwise
    be of the time before the wait.
    """
    _LOCK.all(key=key)
    return _BY_KEY.all(key=key)[0]


def _found(case_number: str, reader: Reader, *, lock: bool) -> tuple[Case, list[int], list[int]] | None:
    """One case that the reader may open, the posts through which, and those among them through which they may act."""
    if lock and not _LOCK_BY_NUMBER.all(number=case_number):
        return None
    case = _BY_NUMBER.first(number=case_number)
    if case is None or is_barred(reader, case):
        return None
    posts, acting = _granting(reader, case)
    return (case, posts, acting) if posts else None


def is_barred(reader: Reader, case: Case) -> bool:
    """Whether the case names the reader or a unit of the reader."""
    units = set(reader.unit_ids)
    return any(officer == reader.officer_id or unit in units for officer, unit in _BARRED.all(case=case.pk))


def openable(reader: Reader) -> QuerySet[Case]:
    """Cases the reader may open by a current grant."""
    own = Grant.objects.filter(current_grants(), case=OuterRef("pk"), post__in=reader.post_ids)
    return not_barred(reader).filter(Q(is_restricted=False, unit__in=desk_units(reader)) | Exists(own))


def granting_posts(reader: Reader, case: Case, *, to_act: bool = False) -> list[int]:
    """The reader's posts through which this case may be opened; ``to_act``: through which moves may be made in it."""
    return _granting(reader, case)[1 if to_act else 0]


def _granting(reader: Reader, case: Case) -> tuple[list[int], list[int]]:
    """The reader's posts through which this case may be opened, and those through which moves may be made in it."""
    now = clock.now()
    on_case = _ON_CASE.all(case=case.pk, now=now)
    by_desk = {
        post for post in reader.post_ids if not case.is_restricted and (case.unit_id,) in _DESKS.all(post=post, now=now)
    }
    opening = by_desk | {post for post, _capacity in on_case}
    acting = by_desk | {post for post, capacity in on_case if capacity not in READING}
    return [post for post in reader.post_ids if post in opening], [post for post in reader.post_ids if post in acting]


def reads_from_outside(reader: Reader, case: Case) -> bool:
    """Whether the reader opens the case for a desk outside the units that have it: they must not learn of it."""
    own = {capacity for post, capacity in _ON_CASE.all(case=case.pk, now=clock.now()) if post in reader.post_ids}
    return own == {OUTSIDE} and (case.is_restricted or case.unit_id not in desk_units(reader))
