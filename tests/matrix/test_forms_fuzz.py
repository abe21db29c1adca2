"""Whatever is sent with a form that stands on a page, to anybody who has that page: an answer, never a failure.

The forms are read from the pages themselves, so that none is forgotten. Five hundred fillings of each with ``--full``
(``HUIYIN_FORM_FILLINGS``), a few of each in every run.
"""

from __future__ import annotations

import os
from collections.abc import Iterator
from dataclasses import dataclass
from time import monotonic
from unittest.mock import patch
from urllib.parse import urlsplit

import pytest
from django.urls import Resolver404, resolve
from hypothesis import HealthCheck, given, settings

from huiyin.front.desk import unlocked
from huiyin.record import keyring
from huiyin.record.cases.codes import slow_answer
from huiyin.record.keyring.locked import Cost
from tests.matrix import town as matrix
from tests.matrix.forms_on_pages import Field, Form, Reader
from tests.matrix.test_matrix import expectations, roles_at
from tests.matrix.town import SITUATIONS, MatrixTown
from tests.sealed import cheap, recovery_set

pytestmark = [pytest.mark.slow, pytest.mark.django_db(databases=["default", "vault"])]
FILLINGS = int(os.environ.get("HUIYIN_FORM_FILLINGS", "500"))
MORE_PAGES = tuple(f"/file/{step}/" for step in ("what", "where", "whom", "conduct", "known", "reach", "check"))
KEYS = {"number", "case_number", "key", "letter_id", "seq", "place", "ident"}
FOR_EACH_ROLE = {"desk:case", "desk:move"}  # different people meet different forms there
# Their forms are for somebody who owes something, has a helper, or asks about a look, by a key of its own.
NEED_A_KEY = {"portal:duty", "portal:helper-end", "portal:look"}
AFTER_AN_AGREEMENT = {"portal:table-rating", "room:afterwards"}  # filled in by tests/journeys/test_21_at_the_table.py
OF_SIDES = ("portal:", "room:")  # who comes there decides what it shows


@dataclass(frozen=True)
class Found:
    """A form, and who met it where."""

    name: str
    role: str
    situation: str
    page: str
    form: Form

    def __str__(self) -> str:
        return f"{self.name} {sorted(self.form.fields)} as {self.role} on {self.page} ({self.situation})"


@pytest.fixture
def town() -> Iterator[MatrixTown]:
    no_waiting = patch.multiple(slow_answer, PLACES=10_000, MOST_OF_ONE_SOURCE=10_000, LOOKED_UP_IN=1e-6)
    quick = patch.object(keyring, "CODE", Cost(64, 1))
    with recovery_set(), patch.object(unlocked, "IDLE", 24 * 3600), no_waiting, quick, cheap(), matrix.quick():
        built = matrix.build()
        matrix.seal(built)
        yield built


def forms_of(town: MatrixTown) -> list[Found]:
    """Every form of every page that opens for somebody, and of the pages these lead to; each kind once."""
    waiting = [("stranger", "own", page) for page in MORE_PAGES] + list(pages_that_open(town, "GET"))
    found: dict[tuple[str, tuple[str, ...]], Found] = {}
    seen: set[object] = set()
    while waiting:
        role, situation, address = waiting.pop()
        what = seen_as(address, role, situation)
        if what in seen and address not in MORE_PAGES:
            continue
        seen.add(what)
        page = read(town, role, situation, address)
        for form in page.forms:
            key = (name_of(form.action), tuple(sorted(form.fields)))
            found.setdefault(key, Found(key[0], role, situation, address, form))
        waiting += [(role, situation, link) for link in page.links if seen_as(link, role, situation) not in seen]
    known = [each for each in found.values() if each.name]
    return [*known, *without_a_page(town, known)]


def pages_that_open(town: MatrixTown, method: str) -> Iterator[tuple[str, str, str]]:
    """(role, kind of matter, address) where the table of answers says that somebody is let in."""
    table, of_a_matter = expectations(), matrix.is_of_a_matter()
    for situation in SITUATIONS:
        for name, address in matrix.addresses(town.numbers[situation]):
            if (name in of_a_matter or situation == SITUATIONS[0]) and not name.startswith("api:"):
                answers = table[name, method, situation if name in of_a_matter else "any"]
                roles = [role for role in roles_at(name) if answers.get(role) in {200, 303, 400, 409, 422}]
                each_alike = not name.startswith(OF_SIDES) and name not in FOR_EACH_ROLE
                yield from ((role, situation, address) for role in (roles[:1] if each_alike else roles))


def taking() -> set[str]:
    """Every address outside the API where the table of answers says that what somebody sends is read."""
    refused = {302, 401, 404, 405}
    rows = expectations().items()
    return {
        name
        for (name, how, _kind), given in rows
        if how == "POST" and set(given.values()) - refused and "api:" not in name
    }


def without_a_page(town: MatrixTown, known: list[Found]) -> Iterator[Found]:
    """Addresses that take what is sent, and whose form no page of this town shows now: they get fields of all the others."""
    names = {each.name for each in known}
    fields: dict[str, Field] = {}
    for each in known:
        fields |= {name: field for name, field in each.form.fields.items() if field.kind != "file"}
    for role, situation, address in pages_that_open(town, "POST"):
        name = name_of(address)
        if name not in names:
            names.add(name)
            yield Found(name, role, situation, address, Form(address, fields))


def kind_of(address: str, role: str) -> tuple[str, ...]:
    """What page an address leads to, whichever matter it is of."""
    path = urlsplit(address).path
    try:
        match = resolve(path)
    except Resolver404:
        return (path,)
    name = str(match.view_name)
    more = (str(value) for key, value in match.kwargs.items() if key not in KEYS)
    return (name, role if name.startswith(OF_SIDES) or name in FOR_EACH_ROLE else "", *more)


def seen_as(address: str, role: str, situation: str) -> tuple[str, ...]:
    """What need not be read twice: a page of the portal shows another form, or none, in another kind of matter."""
    kind = kind_of(address, role)
    return (*kind, situation if kind[0].startswith("portal:") else str(situation == "table"))


def read(town: MatrixTown, role: str, situation: str, address: str) -> Reader:
    client = town.client(role, is_program=False, situation=situation)
    answer = matrix.undone(lambda: client.get(address))
    reader = Reader(address)
    if answer.headers.get("Content-Type", "").startswith("text/html"):
        reader.feed(answer.content.decode())
    return reader


def name_of(address: str) -> str:
    try:
        return resolve(urlsplit(address).path).view_name
    except Resolver404:
        return ""


def fill(town: MatrixTown, found: Found, fillings: int) -> None:
    """Send it filled in by chance; a failure raises here with the smallest filling that makes it."""

    @settings(
        max_examples=fillings, deadline=None, derandomize=True, database=None, suppress_health_check=list(HealthCheck)
    )
    @given(found.form.strategy())
    def send(values: dict[str, list[object]]) -> None:
        client = town.client(found.role, is_program=False, situation=found.situation)
        client.raise_request_exception = True
        answer = matrix.undone(lambda: client.post(found.form.action, values))
        assert answer.status_code < 500, f"{found}: {answer.status_code}"

    send()


@pytest.mark.parametrize(
    "fillings", [pytest.param(3, id="a-few"), pytest.param(FILLINGS, id="hundreds", marks=pytest.mark.full)]
)
def test_no_form_of_any_page_makes_the_program_fail(town: MatrixTown, fillings: int) -> None:
    forms, failed = forms_of(town), []
    for place, found in enumerate(forms, 1):
        started = monotonic()
        try:
            fill(town, found, fillings)
        except Exception as problem:  # noqa: BLE001  all of them are told at once
            failed.append(f"{found}: {type(problem).__name__} {problem}")
        print(f"{place} of {len(forms)}: {found.name}, {monotonic() - started:.1f} s", flush=True)  # with -s
    print(f"{len(forms)} forms, {fillings} fillings of each")
    assert failed == []
    wanted = taking() - NEED_A_KEY - AFTER_AN_AGREEMENT
    assert wanted - {found.name for found in forms} == set(), "no form was forgotten"
