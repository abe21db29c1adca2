"""Queues stay quick however much a post was given: the database says how it finds its rows."""

from __future__ import annotations

import json

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from huiyin.record.cases.lists import queues
from tests.cast import make_office

pytestmark = pytest.mark.django_db(databases=["default", "vault"])


def test_no_count_walks_through_everything_a_post_was_given() -> None:
    office = make_office(with_accounts=False)
    with CaptureQueriesContext(connection) as asked:
        assert set(queues.counts(office.wu).values()) == {0}
    statement = asked.captured_queries[-1]["sql"]
    if connection.vendor == "postgresql":  # it plans by how full its tables are, and here they are empty
        with connection.cursor() as cursor:
            cursor.execute("SELECT indexdef FROM pg_indexes WHERE indexname = 'grant_of_sender'")
            assert "(post_id) WHERE" in cursor.fetchone()[0]
        assert "capacity = 'sender'" in statement, (
            "as a word of the statement, so that the index with a condition serves"
        )
        return
    with connection.cursor() as cursor:
        cursor.execute(f"EXPLAIN QUERY PLAN {statement}")
        plan = json.dumps(cursor.fetchall())
    assert "grant_of_sender" in plan
    assert "SCAN g" not in plan
    assert "SCAN c" not in plan
