"""A matter about staff as pages read it: its class with the reason, evidence, what was put to the officer."""

from __future__ import annotations

from huiyin.record.bodies.queries import Reader
from huiyin.record.cases.asks import asking
from huiyin.record.cases.asks.ask_views import OF_STAFF, view_of
from huiyin.record.cases.fairness import staff
from huiyin.record.cases.fairness.letting_back import kept_away
from huiyin.record.cases.fairness.putting import concerned, may_put_through
from huiyin.record.cases.fairness.staff import outside_desk_in
from huiyin.record.cases.keys import texts
from huiyin.record.cases.models import Ask, Case, StaffComplaint
from huiyin.record.cases.shown.case_view import StaffView
from huiyin.rules.fairness import EVIDENCE


def staff_of(case: Case, reader: Reader | None) -> StaffView | None:
    """What one reader may know and do; None for a matter that is not about staff. The complainant is None."""
    row = StaffComplaint.objects.filter(case=case).first()
    if row is None:
        return None
    asks = Ask.objects.select_related("owed_by__unit", "case").filter(case=case, kind__in=OF_STAFF).order_by("number")
    views = tuple(view_of(each) for each in asks)
    is_doubted = any(each.kind == "class" for each in views)
    is_outside = reader is not None and outside_desk_in(case, reader) is not None
    may_put = reader is not None and may_put_through(case, reader, row) is not None
    is_secured = not any(each.kind == "evidence" and each.state == "open" for each in views)
    return StaffView(
        said=row.said,
        complaint_class=row.complaint_class,
        why=texts.read(case, asking.ANSWER, row.why),
        set_at=row.set_at,
        evidence=tuple(EVIDENCE[kind] for kind in row.evidence.split()),
        evidence_words=texts.read(case, staff.EVIDENCE_WORDS, row.evidence_words),
        asks=views if is_outside or reader is None else tuple(each for each in views if each.kind != "removal"),
        may_set=is_outside and case.is_open and not is_doubted,
        may_contest=reader is None and case.is_open and bool(row.complaint_class) and not is_doubted,
        officers=tuple((each.code, each.name) for each in concerned(case)) if may_put and is_secured else (),
        kept_away=tuple((each.key, each.name) for each in kept_away(case)) if is_outside else (),
    )
