"""What brings two sides to the table is held against its history: who was offered as mediator, invited, handed over to."""

from __future__ import annotations

import pytest
from django.db import connection, transaction

from huiyin.record.cases.held.verifying import verify_cases
from huiyin.stages.mediation import choosing, inviting, passing_on
from tests.insiders.misdeeds import WAY_TO_THE_TABLE
from tests.mediating import Table, make_table_office, table

pytestmark = pytest.mark.django_db(databases=["default", "vault"])


def found() -> list[str]:
    return [str(each) for each in verify_cases(lambda _what, _count: None)]


@pytest.fixture
def at() -> Table:
    """A mediator with a tie, whom the other side refused; an invitation that failed; a hand-over that was declined."""
    office = make_table_office()
    made = table()
    by = office.wu
    choosing.offer(made.number, "lan-post", "peoples_mediator", by=by)
    choosing.disclose(made.number, "lan-post", tie="kin", words="是申请人的表姐", may_penalise=True, by=by)
    choosing.answer(made.other, "lan-post", "object")
    choosing.disclose(
        made.number, "lan-post", tie="kin", words="是申请人的表姐", may_penalise=True, by=by, is_late=True
    )
    inviting.invite(made.number, 2, "post", by=by)
    inviting.note_not_reached(made.number, 2, by=by)
    passing_on.hand_over(made.number, "县劳动仲裁院", number="2026-7", by=by)
    passing_on.note_answer(made.number, passing_on.passed_on(made.number)[0].id, is_accepted=False, by=by)
    assert found() == []
    return made


@pytest.mark.parametrize("deed", WAY_TO_THE_TABLE)
def test_every_change_beside_the_history_is_found(at: Table, deed: str) -> None:
    is_postgres = connection.vendor == "postgresql"
    values = {"true": "TRUE" if is_postgres else "1", "false": "FALSE" if is_postgres else "0"}
    here = transaction.savepoint()
    with connection.cursor() as cursor:
        for statement in WAY_TO_THE_TABLE[deed].format(**values).split(";"):
            cursor.execute(statement)
            assert cursor.rowcount > 0, "something was changed"
    assert any("way_to_table_sha256" in each and at.number in each for each in found())
    transaction.savepoint_rollback(here)
    assert found() == []
