"""Fair to both: nobody is found at fault unheard, and what can vanish comes first."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from huiyin.rules import fairness
from huiyin.rules.refusal import Refusal

KEYS = st.frozensets(st.integers(1, 5))
CLASSES = st.sampled_from(["", *fairness.CLASSES])
OUTCOMES = st.sampled_from(["supported", "partly_supported", "explained", "not_supported", "settled", "routed"])
KINDS = st.none() | st.frozensets(st.sampled_from(list(fairness.EVIDENCE)))


@given(OUTCOMES, CLASSES, KEYS, KEYS, st.booleans())
def test_nobody_is_found_at_fault_of_misconduct_unheard(outcome, complaint_class, accused, heard, anybody):
    may_stand = complaint_class != "misconduct" or outcome not in fairness.FOUND
    may_stand = may_stand or (accused <= heard and (bool(heard) or not anybody))
    if may_stand:
        fairness.check_finding(outcome, complaint_class, accused=accused, heard=heard, anybody=anybody)
    else:
        with pytest.raises(Refusal) as refused:
            fairness.check_finding(outcome, complaint_class, accused=accused, heard=heard, anybody=anybody)
        assert refused.value.code == "unheard"


@given(OUTCOMES, KEYS)
def test_who_was_heard_can_be_found_at_fault_or_not(outcome, accused):
    fairness.check_finding(outcome, "misconduct", accused=accused, heard=accused, anybody=False)


@given(CLASSES, KINDS, st.text(max_size=5))
def test_evidence_is_secured_unless_somebody_said_that_there_is_none(complaint_class, kinds, words):
    wanted = fairness.wants_evidence(complaint_class, kinds, words)
    if complaint_class == "service":
        assert not wanted
    elif kinds or words.strip():
        assert wanted, "what was named is secured, also while nobody has set a class"
    else:
        assert wanted == (complaint_class == "misconduct" and kinds is None)


@given(st.booleans())
def test_nobody_is_asked_before_evidence_is_secured(is_open):
    if is_open:
        with pytest.raises(Refusal) as refused:
            fairness.check_may_put(evidence_open=is_open)
        assert refused.value.code == "evidence_first"
    else:
        fairness.check_may_put(evidence_open=is_open)


@given(CLASSES, OUTCOMES, st.booleans())
def test_only_what_ended_unfounded_is_closed_to_view(complaint_class, outcome, is_open):
    closed = fairness.is_closed_to_view(complaint_class, outcome, is_open=is_open)
    assert not (closed and is_open)
    assert not (closed and outcome in fairness.FOUND)
    assert closed == (complaint_class == "misconduct" and outcome == "not_supported" and not is_open)


@given(st.lists(st.sampled_from([*fairness.EVIDENCE, "gossip"])))
def test_only_known_kinds_of_evidence_are_kept_each_once(kinds):
    if "gossip" in kinds:
        with pytest.raises(Refusal):
            fairness.check_evidence(kinds)
    else:
        found = fairness.check_evidence(kinds)
        assert set(found) == set(kinds)
        assert len(found) == len(set(found))


def test_where_the_class_is_not_known_the_whole_unit_stays_out():
    assert [fairness.bars_whole_unit(each) for each in ("", "misconduct", "service")] == [True, True, False]
