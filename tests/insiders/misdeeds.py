"""What somebody with a database prompt could do to a matter and its history: each a few statements of SQL.

``MISDEEDS`` touch rows that the ledger commits to. ``BOOKKEEPING`` touch what the server alone keeps for itself: of it
nothing is published, so only ``huiyin verify`` can see it. ``{chain}``, ``{case}`` and ``{other}`` (another matter's chain)
are keys; ``{number}`` is the number of the matter.
"""

from __future__ import annotations

EVENT = "WHERE chain_id = {chain} AND seq = "
OF_CASE = "WHERE case_id = {case}"
FIRST_DOCUMENT = "(SELECT MIN(id) FROM cases_document WHERE case_id = {case})"
LAST = "(SELECT MAX(seq) FROM ledger_event WHERE chain_id = {chain})"
NEWEST = "(SELECT MAX(size) FROM ledger_checkpoint)"

MISDEEDS: dict[str, str] = {
    # the history itself
    "a text is rewritten": f"UPDATE ledger_event SET private = replace(private, '\"web\"', '\"phone\"') {EVENT}1",
    "a text is emptied": f"UPDATE ledger_event SET private = '' {EVENT}3",
    "a text is taken out without its salt": f"UPDATE ledger_event SET private = NULL {EVENT}1",
    "a salt is changed": f"UPDATE ledger_event SET nonce = commitment {EVENT}3",
    "a kind is changed": f"UPDATE ledger_event SET kind = 'case_opened' {EVENT}3",
    "an event is dated back": f"UPDATE ledger_event SET at = (SELECT at FROM ledger_event {EVENT}1) {EVENT}4",
    "a commitment is changed": f"UPDATE ledger_event SET commitment = hash {EVENT}1",
    "a hash is changed": f"UPDATE ledger_event SET hash = commitment {EVENT}3",
    "an event is deleted": f"DELETE FROM ledger_event {EVENT}3",
    "the end is cut off": f"DELETE FROM ledger_event WHERE chain_id = {{chain}} AND seq > {LAST} - 2",
    "the end is cut off and the head forged": (
        f"DELETE FROM ledger_event WHERE chain_id = {{chain}} AND seq > 4;"
        f"UPDATE ledger_chain SET length = 4, head = (SELECT hash FROM ledger_event {EVENT}4) WHERE id = {{chain}}"
    ),
    "the history of the matter is deleted": (
        "DELETE FROM ledger_event WHERE chain_id = {chain}; DELETE FROM ledger_chain WHERE id = {chain}"
    ),
    "two events change places": (
        f"UPDATE ledger_event SET seq = 99 {EVENT}3; UPDATE ledger_event SET seq = 3 {EVENT}4;"
        f"UPDATE ledger_event SET seq = 4 {EVENT}99"
    ),
    "an event is moved to another matter": (
        f"UPDATE ledger_event SET chain_id = {{other}}, seq = 99 WHERE chain_id = {{chain}} AND seq = {LAST}"
    ),
    "two matters change names": (
        "UPDATE ledger_chain SET key = 'x' WHERE id = {chain}; UPDATE ledger_chain SET key = 'y' WHERE id = {other}"
    ),
    "two leaves change events": (
        "UPDATE ledger_leaf SET event_id = -1 WHERE position = 0;"
        "UPDATE ledger_leaf SET event_id = (SELECT MIN(id) FROM ledger_event) WHERE position = 1;"
        "UPDATE ledger_leaf SET event_id = (SELECT MIN(id) + 1 FROM ledger_event) WHERE position = 0"
    ),
    "a leaf is deleted": "DELETE FROM ledger_leaf WHERE position = 4",
    "a tile is changed": "UPDATE ledger_tile SET hashes = {bent} WHERE level = 0",
    "a tile is cut": "UPDATE ledger_tile SET hashes = {cut} WHERE level = 0",
    "a tile is deleted": "DELETE FROM ledger_tile WHERE level = 0",
    "the newest root is changed": (
        f"UPDATE ledger_checkpoint SET root = (SELECT hash FROM ledger_event {EVENT}1) WHERE size = {NEWEST}"
    ),
    "a signature is forged": (
        "UPDATE ledger_checkpoint SET signature = (SELECT signature FROM ledger_checkpoint WHERE size < {held} ORDER BY size LIMIT 1)"
        f" WHERE size = {NEWEST}"
    ),
    "the roots since the receipt are taken out": "DELETE FROM ledger_checkpoint WHERE size >= {held}",
    # the matter beside it
    "the words are rewritten": "UPDATE cases_case SET description = 'nothing' WHERE id = {case}",
    "the subject is rewritten": "UPDATE cases_case SET subject = 'praise' WHERE id = {case}",
    "the way it came is changed": "UPDATE cases_case SET channel = 'phone' WHERE id = {case}",
    "it is dated back": "UPDATE cases_case SET received_on = '2020-01-02' WHERE id = {case}",
    "its registration is dated forward": "UPDATE cases_case SET registered_at = last_word_at WHERE id = {case}",
    "its confidentiality is lifted": "UPDATE cases_case SET confidentiality = 'anonymous' WHERE id = {case}",
    "it is put under another heading": "UPDATE cases_case SET category_id = (SELECT MAX(id) FROM law_category) WHERE id = {case}",
    "its state is set": "UPDATE cases_case SET state = 'withdrawn' WHERE id = {case}",
    "its outcome is turned": "UPDATE cases_case SET outcome = 'not_supported' WHERE id = {case}",
    "it is opened to its desk": "UPDATE cases_case SET is_restricted = {true} WHERE id = {case}",
    "its day is moved": "UPDATE cases_case SET due_on = '2031-01-01' WHERE id = {case}",
    "another is made responsible": (
        "UPDATE cases_case SET responsible_post_id = (SELECT MAX(id) FROM bodies_post) WHERE id = {case}"
    ),
    "a right to read is handed over": (
        f"UPDATE cases_grant SET post_id = (SELECT MAX(id) FROM bodies_post) {OF_CASE} AND capacity = 'responsible'"
    ),
    "a term is lengthened": f"UPDATE cases_runningterm SET due_on = '2031-01-01' {OF_CASE}",
    "a first promise is rewritten": f"UPDATE cases_runningterm SET first_due_on = '2031-01-01' {OF_CASE}",
    "a late term is said to be met": (
        f"UPDATE cases_runningterm SET state = CASE state WHEN 'met' THEN 'ended' ELSE 'met' END {OF_CASE}"
    ),
    "a term is deleted": f"DELETE FROM cases_runningterm {OF_CASE}",
    "who is named is changed": (
        "INSERT INTO cases_about (case_id, kind, words) VALUES ({case}, 'other', 'somebody else')"
    ),
    "somebody is barred from it": "INSERT INTO cases_barred (case_id, unit_id) SELECT {case}, MIN(id) FROM bodies_unit",
    "the answer is rewritten": f"UPDATE cases_document SET text = 'No.' WHERE id = {FIRST_DOCUMENT}",
    "the law of an answer is rewritten": f"UPDATE cases_document SET legal_basis = 'none' WHERE id = {FIRST_DOCUMENT}",
    "a message is deleted": f"DELETE FROM cases_message {OF_CASE} AND sender = 'complainant'",
    "a message is rewritten": f"UPDATE cases_message SET text = 'All is well.' {OF_CASE}",
    "a message is put into another mouth": f"UPDATE cases_message SET sender = 'office' {OF_CASE}",
    "the number of another system is changed": f"UPDATE cases_externalreference SET number = '1' {OF_CASE}",
    "the code is replaced": (
        "UPDATE cases_receipt SET verifier = (SELECT verifier FROM cases_receipt WHERE number <> '{number}')"
        " WHERE number = '{number}'"
    ),
    "the sealed name is exchanged": (
        "UPDATE cases_party SET vault_id = (SELECT vault_id FROM cases_party WHERE case_id <> {case}) WHERE case_id = {case}"
    ),
}

BOOKKEEPING: dict[str, str] = {
    "the count of a chain is changed": "UPDATE ledger_chain SET length = length + 3 WHERE id = {chain}",
    "the head of a chain is changed": f"UPDATE ledger_chain SET head = (SELECT hash FROM ledger_event {EVENT}1) WHERE id = {{chain}}",
    "the sequencer is set back": "UPDATE ledger_treestate SET size = 3",
    "a leaf says another number": "UPDATE ledger_leaf SET seq = 77 WHERE position = 2",
    "a desk is opened to a post": (
        "INSERT INTO cases_grant (post_id, capacity, unit_id, from_at, why)"
        " SELECT (SELECT MAX(id) FROM bodies_post), 'desk', MIN(id), (SELECT MIN(from_at) FROM cases_grant), 'x' FROM bodies_unit"
    ),
    "the figures are turned": f"UPDATE cases_milestone SET outcome = 'supported', kind = 'ended' {OF_CASE}",
    "the law is rewritten": "UPDATE law_procedureversion SET text = 'id = \"x\"'",
}

WAY_TO_THE_TABLE: dict[str, str] = {
    "a mediator is taken off the list": "DELETE FROM mediation_choice; DELETE FROM mediation_candidate",
    "a tie is hidden": "UPDATE mediation_candidate SET tie = 'none', tie_words = ''",
    "a power over a side is hidden": "UPDATE mediation_candidate SET may_penalise = {false}",
    "a mediator is said to be another": "UPDATE mediation_candidate SET post_id = (SELECT MAX(id) FROM bodies_post)",
    "a void session is said to count": "UPDATE mediation_candidate SET void_at = NULL",
    "an objection is turned into a yes": "UPDATE mediation_choice SET answer = 'accept'",
    "an objection is deleted": "DELETE FROM mediation_choice",
    "an invitation is deleted": "DELETE FROM mediation_invitation",
    "an invitation that failed is said to have arrived": "UPDATE mediation_invitation SET has_failed = {false}",
    "an invitation is said to have gone another way": "UPDATE mediation_invitation SET how = 'phone'",
    "a hand-over is deleted": "DELETE FROM mediation_passedon",
    "a hand-over is said to be another's": "UPDATE mediation_passedon SET body_name = 'x'",
    "a refusal of the other body is turned": "UPDATE mediation_passedon SET is_accepted = {true}",
    "an answer of the other body is dated back": "UPDATE mediation_passedon SET answered_at = at",
}
