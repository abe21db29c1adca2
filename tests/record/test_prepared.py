"""A prepared query gives what the ORM gives; a row written straight is the row that ``save`` would write."""

from __future__ import annotations

import datetime

import pytest
from django.db import connections
from django.db.models import Q

from huiyin.record import clock
from huiyin.record.bodies.models import Body, Post, Unit
from huiyin.record.cases.models import Barred, Case, RunningTerm
from huiyin.record.cases.registering.registration import prepare, register
from huiyin.record.ledger.chains import Actor
from huiyin.record.prepared import Place, Prepared, insert, update
from tests.cast import complaint, make_office

pytestmark = pytest.mark.django_db(databases=["default", "vault"])


def test_it_gives_the_rows_of_the_same_query_with_what_they_join():
    make_office()
    query = Prepared(
        lambda: Unit.objects.select_related("body__superior").filter(
            Q(body__code=Place("body")) | Q(code=Place("code"))
        )
    )
    plain = Unit.objects.select_related("body__superior").filter(Q(body__code="police") | Q(code="letters-intake"))
    found = query.all(body="police", code="letters-intake")
    assert sorted(unit.pk for unit in found) == sorted(unit.pk for unit in plain)
    with_superior = {unit.code: unit.body.superior and unit.body.superior.code for unit in found}
    assert with_superior == {unit.code: unit.body.superior and unit.body.superior.code for unit in plain}
    assert {unit.pk for unit in query.all(body="letters", code="none")} == {
        unit.pk for unit in Unit.objects.filter(body__code="letters")
    }


def test_what_it_joins_and_does_not_find_is_none():
    make_office()
    query = Prepared(lambda: Body.objects.select_related("superior").filter(code=Place("code")))
    top = query.first(code="city-letters")
    assert top is not None
    assert top.superior is None
    assert query.first(code="nowhere") is None


def test_compiled_once_it_asks_with_the_values_of_each_call(django_assert_num_queries):
    make_office()
    query = Prepared(lambda: Post.objects.select_related("unit__body").filter(code=Place("code")))
    with django_assert_num_queries(2):
        assert [query.all(code=code)[0].unit.body.code for code in ("zhao-post", "wu-post")] == ["police", "letters"]


def test_days_instants_and_tuples_come_back_as_they_are():
    make_office()
    case = registered()
    query = Prepared(
        lambda: Case.scoped.filter(due_on__gte=Place("day"), registered_at__lte=Place("now")).values_list(
            "due_on", "registered_at", "is_open", "number"
        )
    )
    rows = query.all(day=case.due_on, now=clock.now())
    assert rows == [(case.due_on, case.registered_at, True, case.number)]
    assert query.all(day=case.due_on + datetime.timedelta(days=1), now=clock.now()) == []


def test_it_may_look_into_another_table():
    office = make_office()
    case = registered()
    named = Prepared(
        lambda: Case.scoped.filter(~Q(pk__in=Barred.objects.filter(officer=Place("officer")).values("case_id")))
    )
    assert [row.pk for row in named.all(officer=office.qian.officer_id)] == [case.pk]
    Barred.objects.create(case=case, officer_id=office.qian.officer_id)
    assert named.all(officer=office.qian.officer_id) == []
    assert [row.pk for row in named.all(officer=office.zhao.officer_id)] == [case.pk]


def test_rows_written_straight_are_those_that_save_would_write():
    make_office()
    case = registered()
    first = RunningTerm.objects.filter(case=case).order_by("id")[0]
    copies = [RunningTerm.objects.get(pk=first.pk) for _ in range(2)]
    for number, copy in enumerate(copies):
        copy.pk = None
        copy.term = f"another-{number}"
    insert(*copies)
    assert copies[0].pk != copies[1].pk
    assert not copies[0]._state.adding
    stored = [RunningTerm.objects.get(pk=copy.pk) for copy in copies]
    names = [field.name for field in RunningTerm._meta.concrete_fields if field.name not in {"id", "term"}]
    for row in stored:
        assert {name: getattr(row, name) for name in names} == {name: getattr(first, name) for name in names}


def test_an_update_writes_the_named_fields_and_no_other():
    make_office()
    case = registered()
    case.state, case.outcome, case.subject = "replied", "supported", "not to be written"
    update(case, "state", "outcome")
    stored = Case.scoped.get(pk=case.pk)
    assert (stored.state, stored.outcome) == ("replied", "supported")
    assert stored.subject != "not to be written"


def test_the_statements_are_kept_with_their_connection():
    make_office()
    query = Prepared(lambda: Body.objects.filter(code=Place("code")))
    query.all(code="police")
    assert query in vars(connections["default"])["huiyin_statements"]


def registered() -> Case:
    """Li Mei's complaint, written."""
    number = register(prepare(complaint()), by=Actor.complainant()).case_number
    return Case.scoped.get(number=number)
