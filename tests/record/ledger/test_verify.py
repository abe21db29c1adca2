"""Whatever an insider with a database prompt does, the check names it."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.db import DatabaseError, connection, transaction

from huiyin.record import clock
from huiyin.record.ledger.append import ToldEvent, append_told_chains
from huiyin.record.ledger.chains import Actor
from huiyin.record.ledger.erasure import erase_content
from huiyin.record.ledger.models import Chain, Event
from huiyin.record.ledger.queries import event_of
from huiyin.record.ledger.sequencer import sequence_pending
from huiyin.record.ledger.triggers import TRIGGERS, missing_triggers, remove_triggers
from huiyin.record.ledger.verify import verify_ledger
from tests.lifting import lifted_triggers
from tests.record.ledger.town import COUNTY, LI_MEI, ROAD, WATER, ZHAO, register, tell

pytestmark = pytest.mark.django_db


@pytest.fixture
def history():
    """Two matters and a body, in the tree with three signed roots."""
    for chain in (WATER, ROAD):
        register(chain)
        sequence_pending()
    tell(COUNTY, 300)
    tell(WATER, 2)
    sequence_pending()
    assert verify_ledger() == []


def sql(statement: str) -> None:
    with connection.cursor() as cursor:
        cursor.execute(statement)


WATER_ID = "(SELECT id FROM ledger_chain WHERE key = '4821-0937-15')"
ROAD_ID = "(SELECT id FROM ledger_chain WHERE key = '1733-9020-64')"
OF_WATER = f"chain_id = {WATER_ID}"
ONLY_WATER_3 = f"WHERE {OF_WATER} AND seq = 3"

MISDEEDS = {
    "a text is rewritten": (
        f"UPDATE ledger_event SET private = replace(private, '登记', '审查') {ONLY_WATER_3}",
        "4821-0937-15, event 3",
    ),
    "a text is emptied": (f"UPDATE ledger_event SET private = '' {ONLY_WATER_3}", "4821-0937-15, event 3"),
    "a text is taken out without its nonce": (
        f"UPDATE ledger_event SET private = NULL {ONLY_WATER_3}",
        "4821-0937-15, event 3",
    ),
    "a text is erased in silence": (
        f"UPDATE ledger_event SET private = NULL, nonce = NULL {ONLY_WATER_3}",
        "4821-0937-15, event 3",
    ),
    "a kind is changed": (f"UPDATE ledger_event SET kind = 'case_closed' {ONLY_WATER_3}", "4821-0937-15, event 3"),
    "a commitment is changed": (f"UPDATE ledger_event SET commitment = nonce {ONLY_WATER_3}", "4821-0937-15, event 3"),
    "a hash is changed": (f"UPDATE ledger_event SET hash = commitment {ONLY_WATER_3}", "4821-0937-15, event 3"),
    "an event is deleted": (f"DELETE FROM ledger_event {ONLY_WATER_3}", "4821-0937-15, event 3"),
    "the end is cut off": (f"DELETE FROM ledger_event WHERE {OF_WATER} AND seq = 5", "4821-0937-15"),
    "the end is cut off and the head forged": (
        f"DELETE FROM ledger_event WHERE {OF_WATER} AND seq = 5;"
        f"UPDATE ledger_chain SET length = 4, head = (SELECT hash FROM ledger_event WHERE {OF_WATER} AND seq = 4) WHERE id = {WATER_ID}",
        "tree, position 307",
    ),
    "a whole matter is deleted": (
        f"DELETE FROM ledger_event WHERE {OF_WATER}; DELETE FROM ledger_chain WHERE key = '4821-0937-15'",
        "tree, position 0",
    ),
    "two events change places": (
        f"UPDATE ledger_event SET seq = 99 WHERE {OF_WATER} AND seq = 2;"
        f"UPDATE ledger_event SET seq = 2 WHERE {OF_WATER} AND seq = 3;"
        f"UPDATE ledger_event SET seq = 3 WHERE {OF_WATER} AND seq = 99",
        "4821-0937-15, event 2",
    ),
    "an event is moved to another matter": (
        f"UPDATE ledger_event SET chain_id = {ROAD_ID}, seq = 4 WHERE {OF_WATER} AND seq = 5",
        "1733-9020-64, event 4",
    ),
    "two matters change names": (
        "UPDATE ledger_chain SET key = 'x' WHERE key = '4821-0937-15';"
        "UPDATE ledger_chain SET key = '4821-0937-15' WHERE key = '1733-9020-64';"
        "UPDATE ledger_chain SET key = '1733-9020-64' WHERE key = 'x'",
        "4821-0937-15, event 1",
    ),
    "the head is changed": (
        f"UPDATE ledger_chain SET head = (SELECT hash FROM ledger_event {ONLY_WATER_3}) WHERE id = {WATER_ID}",
        "4821-0937-15",
    ),
    "the count is changed": (f"UPDATE ledger_chain SET length = 9 WHERE id = {WATER_ID}", "4821-0937-15"),
    "a leaf is turned to another event": (f"UPDATE ledger_leaf SET seq = 77 {ONLY_WATER_3}", "tree, position 2"),
    "a leaf is deleted": ("DELETE FROM ledger_leaf WHERE position = 4", "tree, position 4"),
    "the last leaf is deleted": ("DELETE FROM ledger_leaf WHERE position = 307", "tree"),
    "a tile is changed": (
        'UPDATE ledger_tile SET hashes = (SELECT hashes FROM ledger_tile WHERE level = 0 AND "index" = 1) WHERE level = 0 AND "index" = 0',
        "tree, position 0",
    ),
    "an upper tile is changed": (
        "UPDATE ledger_tile SET hashes = (SELECT hash FROM ledger_event WHERE seq = 300) WHERE level = 1",
        "tree, tile row 1, hash 0",
    ),
    "a tile is deleted": ('DELETE FROM ledger_tile WHERE level = 0 AND "index" = 1', "tree, position 256"),
    "a root is changed": (
        "UPDATE ledger_checkpoint SET root = (SELECT hash FROM ledger_event WHERE seq = 300) WHERE size = 6",
        "checkpoint at 6",
    ),
    "a root is moved": ("UPDATE ledger_checkpoint SET size = 5 WHERE size = 6", "checkpoint at 5"),
    "a signature is forged": (
        "UPDATE ledger_checkpoint SET signature = (SELECT signature FROM ledger_checkpoint WHERE size = 3) WHERE size = 6",
        "checkpoint at 6",
    ),
    "the last root is deleted": ("DELETE FROM ledger_checkpoint WHERE size = 308", "tree"),
    "the sequencer is set back": ("UPDATE ledger_treestate SET size = 3", "tree"),
}


@pytest.mark.parametrize("misdeed", MISDEEDS)
def test_a_misdeed_is_found_and_named(history, misdeed):
    statements, where = MISDEEDS[misdeed]
    with lifted_triggers():
        for statement in statements.split(";"):
            sql(statement)
    findings = verify_ledger()
    assert any(finding.where.endswith(where) for finding in findings), findings
    with lifted_triggers():  # whatever was bent must not trouble the end of the test
        sql("DELETE FROM ledger_event")


def test_a_backdated_event_is_found(history):
    with lifted_triggers():
        event = Event.objects.get(chain__key=WATER.key, seq=2)
        Event.objects.filter(pk=event.pk).update(at=event.at - timedelta(days=3))
    assert [finding.where for finding in verify_ledger()] == ["case 4821-0937-15, event 2"]


def test_a_rewritten_history_with_all_its_hashes_still_breaks_the_tree(history):
    with lifted_triggers(), transaction.atomic():
        Event.objects.filter(chain__key=ROAD.key).delete()
        Chain.objects.filter(key=ROAD.key).delete()
        register(ROAD)
    assert "tree, position 3" in [finding.where for finding in verify_ledger()]


@pytest.mark.parametrize(
    "statement",
    [
        "DELETE FROM ledger_event",
        "DELETE FROM ledger_leaf",
        "DELETE FROM ledger_chain",
        "DELETE FROM ledger_checkpoint",
        "UPDATE ledger_event SET kind = 'case_closed'",
        "UPDATE ledger_event SET private = '{}'",
        "UPDATE ledger_event SET private = NULL",
        "UPDATE ledger_event SET private = NULL, nonce = NULL, seq = seq + 100",
        "UPDATE ledger_chain SET length = 1",
        "UPDATE ledger_leaf SET seq = 1",
        "UPDATE ledger_checkpoint SET size = 4 WHERE size = 3",
    ],
)
def test_the_database_itself_refuses(history, statement):
    with pytest.raises(DatabaseError, match="append-only"), transaction.atomic():
        sql(statement)


def test_a_missing_wall_is_named():
    assert missing_triggers() == []
    with lifted_triggers():
        remove_triggers(connection)
        assert set(TRIGGERS) <= set(missing_triggers())
        assert "ledger_event_no_delete" in verify_ledger()[0].what
    assert missing_triggers() == []


def test_erasing_what_an_event_says_leaves_the_proofs_and_a_tombstone(history):
    with transaction.atomic():
        erase_content(WATER, [1], actor=ZHAO, legal_basis="保存期满")
    sequence_pending()
    view = event_of(WATER, 1)
    assert view.erased
    assert view.details == {}
    assert verify_ledger() == []


def test_events_that_wait_too_long_are_named():
    told = [ToldEvent("complaint_registered", {}, LI_MEI, clock.now() - timedelta(minutes=5))]
    with transaction.atomic():
        append_told_chains([(WATER, told), (ROAD, told)])
    tell(COUNTY)
    (finding,) = verify_ledger()
    assert finding.where == "case 4821-0937-15, event 1"
    assert "with 1 others" in finding.what
    sequence_pending()
    assert verify_ledger() == []


def test_progress_is_told(history):
    heard = []
    verify_ledger(lambda what, count: heard.append((what, count)))
    assert heard[-1] == ("leaves", 308)


def test_the_system_and_helpers_have_no_name_in_the_ledger():
    assert Actor.system().as_json() == {"kind": "system"}
