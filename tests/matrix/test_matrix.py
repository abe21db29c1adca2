"""Who gets what: every address x method x role x kind of matter, beside a golden file that is read in review.

``WRITE_MATRIX=1 ./run test --full tests/matrix/test_matrix.py`` writes ``answers.txt`` anew; its difference is
the review. The whole table runs with ``--full``, a draw of it in every run, the rules it must keep in every check.
"""

from __future__ import annotations

import os
from collections import defaultdict
from collections.abc import Iterator
from pathlib import Path
from unittest.mock import patch

import pytest
from django.http import Http404, HttpRequest
from django.test import Client, RequestFactory
from django.urls import resolve

from huiyin.config.middleware import Gates
from huiyin.front.desk import unlocked
from huiyin.record import keyring
from huiyin.record.bodies.gates import GATES
from huiyin.record.cases.codes import slow_answer
from huiyin.record.keyring.locked import Cost
from huiyin.record.sealing.models import DeskHolder, StaffKey
from tests.matrix import town as matrix
from tests.matrix.town import METHODS, OFFICERS, ROLES, SITUATIONS, MatrixTown
from tests.sealed import recovery_set

pytestmark = pytest.mark.django_db(databases=["default", "vault"])
GOLDEN = Path(__file__).with_name("answers.txt")
ROOMS_OF_OFFICERS = ("desk", "office")
# The keeper of names, at the desk outside, may propose that an ended sealed matter be erased; by its number, reading nothing.
SHOWS_NO_WORD = {"desk:letter"}  # the acknowledgment: number, office and days
CONFLICTED = ("conflicted", "accusation")
TABLE_AT_THE_DESK = "room:desk"  # the table of a dispute as officers use it


def told(answers: dict[str, int | str]) -> str:
    """``200 handler · 404 everybody else``: the most common answer comes last."""
    by_answer: dict[int | str, list[str]] = defaultdict(list)
    for role, answer in answers.items():
        by_answer[answer].append(role)
    order = sorted(by_answer, key=lambda answer: (len(by_answer[answer]), str(answer)))
    lines = [f"{answer} {' '.join(by_answer[answer])}" for answer in order[:-1]]
    return " · ".join([*lines, f"{order[-1]} everybody{' else' if lines else ''}"])


def roles_at(name: str) -> tuple[str, ...]:
    """Who is tried at an address: at the portal all officers are strangers, and the one complained about is one of them."""
    if name.split(":")[0] in {*ROOMS_OF_OFFICERS, "api"} or name.startswith(TABLE_AT_THE_DESK):
        return ROLES
    return ("stranger", "complainant", "other-party", "handler", "accused-unit-head")


def answer(town: MatrixTown, role: str, method: str, name: str, address: str, kind: str) -> int:
    client = town.client(role, is_program=name.startswith("api:"), situation=kind)
    return int(matrix.undone(lambda: client.generic(method, address)).status_code)


def rows(town: MatrixTown) -> Iterator[tuple[str, str, str]]:
    """(name, address, kind of matter); an address without a matter once, as "any"."""
    of_a_matter = matrix.is_of_a_matter()
    for situation in SITUATIONS:
        for name, address in matrix.addresses(town.numbers[situation]):
            if name in of_a_matter:
                yield name, address, situation
            elif situation == SITUATIONS[0]:
                yield name, address, "any"


def line_of(name: str, method: str, kind: str, answers: dict[str, int | str]) -> str:
    return f"{name:<22} {method:<6} {kind:<10} {told(answers)}"


@pytest.fixture
def town() -> Iterator[MatrixTown]:
    """With keys in it; nobody's key is shut again while the long tables run."""
    with recovery_set(), patch.object(unlocked, "IDLE", 24 * 3600):
        built = matrix.build()
        matrix.seal(built)
        yield built


@pytest.fixture(autouse=True)
def nothing_slow():
    """Codes are stretched less, and no wrong one has to wait for another."""
    few = patch.multiple(slow_answer, PLACES=10_000, MOST_OF_ONE_SOURCE=10_000)
    with matrix.quick(), matrix.unpainted(), few, patch.object(keyring, "CODE", Cost(64, 1)):
        yield


def golden() -> list[str]:
    return GOLDEN.read_text(encoding="utf-8").splitlines()


@pytest.mark.full
def test_every_address_answers_each_role_as_the_golden_file_says(town: MatrixTown) -> None:
    lines = sorted(
        line_of(name, method, kind, {role: answer(town, role, method, name, address, kind) for role in roles_at(name)})
        for name, address, kind in rows(town)
        for method in ("GET", "POST")
    )
    if os.environ.get("WRITE_MATRIX"):
        GOLDEN.write_text("\n".join(lines) + "\n", encoding="utf-8")
    assert [line for line in lines if line not in golden()] == [], "unexpected"
    assert golden() == lines


@pytest.mark.slow
def test_a_draw_of_it_in_every_run(town: MatrixTown) -> None:
    """Of every line one role, another for each line; all lines with --full."""
    expected, wrong, turn = expectations(), [], 0
    for name, address, kind in rows(town):
        for method in ("GET", "POST"):
            turn += 7
            role = roles_at(name)[turn % len(roles_at(name))]
            got = answer(town, role, method, name, address, kind)
            if got != expected[name, method, kind][role]:
                wrong.append(f"{method} {name} {kind}: {role} got {got}, not {expected[name, method, kind][role]}")
    assert wrong == []


@pytest.mark.full
def test_no_other_method_does_anything(town: MatrixTown) -> None:
    """405 where one may come in at all, 404 or the way to sign in where not."""
    for name, address, kind in rows(town):
        for method in METHODS[2:]:
            for role in roles_at(name):
                got = answer(town, role, method, name, address, kind)
                assert got in {302, 401, 403, 404, 405}, (method, name, role)


@pytest.mark.slow
@pytest.mark.parametrize("kind", CONFLICTED)
def test_of_a_matter_about_the_chief_nobody_learns_anything(town: MatrixTown, kind: str) -> None:
    """The short one: the 404 of a page that is not there, or the 405 that every number gets; a key changes nothing."""
    for name, address in matrix.addresses(town.numbers[kind]):
        if name in matrix.is_of_a_matter() and name.startswith("desk:"):
            for role in ("registrar", "handler", "accused-unit-head", "administrator", "auditor"):
                answers = {answer(town, role, method, name, address, kind) for method in ("GET", "POST")}
                assert answers <= {404, 405} and 404 in answers, (name, role)


def test_the_golden_file_breaks_no_rule() -> None:
    """What must hold whatever the file says: refused is 404, and whoever is complained about gets nothing else."""
    assert golden(), "write it with WRITE_MATRIX=1"
    named = {line.split()[0] for line in golden()}
    assert named == set(GATES), "every address stands in the file, and no other"
    for line in golden():
        name, _method, kind, rest = line.split(maxsplit=3)
        given = answers_of(rest, roles_at(name))
        assert 500 not in given.values(), line
        if name.split(":")[0] in ROOMS_OF_OFFICERS or name.startswith(TABLE_AT_THE_DESK):
            if not GATES[name].is_public:
                assert given["stranger"] == given["complainant"] == given["other-party"] == 302, line
            if kind in CONFLICTED:
                outside = {"outside-registrar", "vault-keeper"} if name == "desk:erasure" else {"outside-registrar"}
                assert {role for role, status in given.items() if status not in {404, 302, 405}} <= outside, line
            if kind == "locked":
                opened = {role for role, status in given.items() if status in {200, 422}}
                assert not opened or name in SHOWS_NO_WORD, line
            assert 403 not in given.values() or name == "desk:unseal", line


@pytest.mark.slow
def test_without_a_key_or_with_one_that_was_replaced_it_is_as_if_locked(town: MatrixTown) -> None:
    """The head of Zhao's station may open the matter; what he brings besides decides nothing but that."""
    expected, role, officer = expectations(), "accused-unit-head", town.office.qian.officer_id
    of_a_matter = matrix.is_of_a_matter()
    for change in (
        lambda: StaffKey.objects.filter(officer=officer).delete(),
        lambda: StaffKey.objects.filter(officer=officer).update(public=bytes(32)),
        lambda: DeskHolder.objects.filter(officer=officer).delete(),
    ):
        for name, address in matrix.addresses(town.numbers["sealed"]):
            if name in of_a_matter and name.startswith("desk:"):
                for method in ("GET", "POST"):
                    client = town.client(role, is_program=False, situation="sealed")
                    got = matrix.undone(lambda: (change(), client.generic(method, address))[1].status_code)  # noqa: B023
                    assert got == expected[name, method, "locked"][role], (method, name)


def expectations() -> dict[tuple[str, str, str], dict[str, int]]:
    """The golden file, read back."""
    found = {}
    for line in golden():
        name, method, kind, rest = line.split(maxsplit=3)
        found[name, method, kind] = answers_of(rest, roles_at(name))
    return found


def answers_of(rest: str, roles: tuple[str, ...]) -> dict[str, int]:
    """A line of the golden file, read back."""
    *few, last = rest.split(" · ")
    found: dict[str, int] = {}
    for part in few:
        status, *who = part.split()
        found |= dict.fromkeys(who, int(status))
    return dict.fromkeys(roles, int(last.split()[0])) | found


def test_the_gate_itself_lets_in_by_the_table_and_nobody_else(town: MatrixTown) -> None:
    """Every address x every role at the gate alone: the table of gates is what is enforced."""
    gate = Gates(lambda request: None)  # type: ignore[arg-type,return-value]
    readers = {role: town.office.account(who) for role, who in OFFICERS.items()}
    known = {who: getattr(town.office, who) for who in OFFICERS.values()}
    known_reader = patch("huiyin.config.middleware.reader_for_account", lambda account: known[account.username])
    with known_reader, patch("huiyin.config.middleware.touch"):
        for name, address in matrix.addresses(town.numbers["own"]):
            audience = GATES[name]
            for role, account in readers.items():
                request: HttpRequest = RequestFactory().get(address)
                request.user, request.session = account, {}  # type: ignore[assignment]
                request.resolver_match = resolve(address)
                try:
                    refused = gate.process_view(request, None, (), {}) is not None
                except Http404:
                    refused = True
                is_open = audience.is_public or not audience.roles or bool(audience.roles & known[OFFICERS[role]].roles)
                assert refused is not is_open, (name, role)


def test_an_address_outside_the_table_is_shut() -> None:
    with patch.dict(GATES):
        GATES.pop("portal:start")
        assert Client().get("/").status_code == 404
