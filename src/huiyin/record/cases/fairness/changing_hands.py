"""An officer comes to a post: what bars the officer holds there at once, whichever way led to the post.

An appointment, a stand-in, a desk that is lent, today or from a day on: the matters from which the officer must stay away
leave that post, and where the officer is named for misconduct the new unit stays away too. Nobody is told why: a refusal at
the appointment would tell that there is such a matter.
"""

from __future__ import annotations

import datetime
import logging
from collections.abc import Collection

from django.db import transaction

from huiyin.record import clock
from huiyin.record.bodies import queries as bodies
from huiyin.record.bodies.models import Appointment, Officer, StandIn
from huiyin.record.bodies.queries import Reader
from huiyin.record.cases.fairness.keeping_away import bar, keep_away
from huiyin.record.cases.fairness.staff import class_of, complaint_of
from huiyin.record.cases.models import About, Barred, Case, Grant, MatterWrap
from huiyin.record.cases.who import scope
from huiyin.record.ledger.chains import Actor
from huiyin.rules.fairness import bars_whole_unit
from huiyin.rules.refusal import Refusal

LATELY = datetime.timedelta(
    days=3
)  # how far back the clock looks for posts that changed hands: a worker may have stood still
log = logging.getLogger(__name__)


def act_on_changed_hands() -> int:
    """Hold the barriers of whoever came to a post today or a few days ago; run again it finds nothing to do."""
    today = clock.newest_day()
    lately = {"from_on__lte": today, "from_on__gte": today - LATELY}
    officers = set(Appointment.objects.filter(**lately).values_list("officer", flat=True))
    officers |= set(StandIn.objects.filter(**lately, ended_at=None).values_list("officer", flat=True))
    return hold(officers)


def hold(officers: Collection[int]) -> int:
    """Hold what bars these officers in the posts they have today; gives how many matters changed."""
    changed = 0
    for officer in Officer.objects.filter(pk__in=list(officers)).order_by("pk"):
        reader = bodies.reader_of(officer)
        for key in _matters_of(reader):
            with transaction.atomic():
                changed += _hold(scope.locked(key), reader)
    return changed


def _matters_of(reader: Reader) -> list[int]:
    """Open matters that name or bar the officer, and those that bar a unit of the officer and lie with a post of the officer."""
    own = Barred.objects.filter(officer=reader.officer_id, case__is_open=True).values_list("case", flat=True)
    held = Grant.objects.filter(scope.current_grants(), post__in=reader.post_ids, case__is_open=True)
    both = Barred.objects.filter(unit__in=reader.unit_ids, case__in=held.values("case")).values_list("case", flat=True)
    return sorted({*own, *both})


def _hold(case: Case, reader: Reader) -> int:
    """One locked matter: gives 1 where something changed."""
    before = _standing(case)
    units = _units_out(case, reader)
    officers = bodies.tied_to((), units) if units else set()
    if Barred.objects.filter(case=case, unit__in=reader.unit_ids).exists():
        officers |= {reader.officer_id}  # who is out with a unit is out at every other post too
    lies_there = MatterWrap.objects.filter(key__case=case, kind="desk", unit__in=reader.unit_ids).exists()
    is_named = Barred.objects.filter(case=case, officer=reader.officer_id).exists()
    try:
        with transaction.atomic():
            keep_away(
                case, officers=officers, units=units, actor=Actor.system(), is_new_key_due=lies_there and is_named
            )
    except Refusal:  # nobody else could take it: whom it bars stays out all the same
        log.warning("a matter lies with a post whose holder must stay away, and no desk could take it")
        bar(case, officers=officers, units=units)
    return int(_standing(case) != before)


def _units_out(case: Case, reader: Reader) -> set[int]:
    """The units that the officer brings down with them: of who is named, unless it is about a service alone."""
    is_named = About.objects.filter(case=case, officer=reader.officer_id).exists()
    is_barred = Barred.objects.filter(case=case, officer=reader.officer_id).exists()  # else two people let them back
    if not (is_named and is_barred and bars_whole_unit(class_of(complaint_of(case)))):
        return set()
    heads = {post.body_id for post in reader.posts if "body_head" in post.roles}
    return set(reader.unit_ids) | bodies.units_of_bodies(heads)


def _standing(case: Case) -> tuple[object, ...]:
    grants = Grant.objects.filter(scope.current_grants(), case=case).order_by("pk").values_list("pk", flat=True)
    barred = Barred.objects.filter(case=case).order_by("pk").values_list("pk", flat=True)
    return case.responsible_post_id, case.key_epoch, tuple(grants), tuple(barred)
