"""Which promise is unmet is said where nobody holds its desk, or whoever does also handles matters there."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from huiyin.rules.desks import DESKS, WORKING, why_unmet

ROLES = st.frozensets(st.sampled_from(["registrar", "supervisor", "vault_keeper", *WORKING]))


@given(st.none() | st.integers(1, 3), st.dictionaries(st.integers(1, 3), ROLES))
def test_a_desk_guards_only_where_its_holder_handles_nothing_there(holder, own):
    why = why_unmet(holder, own)
    if holder is None:
        assert why == "nobody"
    else:
        assert (why == "same_person") == bool(own.get(holder, frozenset()) & WORKING)


def test_every_desk_says_what_is_unmet_in_both_languages():
    assert set(DESKS) == {"outside", "vault", "withdrawal", "supervision", "review"}
    for desk in DESKS.values():
        assert all(words.zh and words.en for words in (desk.name, desk.is_for, desk.unmet))
