"""Who gets a key to a sealed matter: never somebody who must stay away, and whoever is left on a desk goes on."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from huiyin.rules.sealing import Reader, is_to_be_sealed, who_gets

KEYS = st.integers(1, 12)
DESKS = st.dictionaries(KEYS, st.sets(KEYS, min_size=1), max_size=6)


@given(DESKS, st.sets(KEYS), st.sets(KEYS))
def test_no_key_ever_goes_to_who_must_stay_away(
    desks: dict[int, set[int]], units: set[int], officers: set[int]
) -> None:
    got = who_gets(desks, away_units=units, away_officers=officers)
    for reader in got:
        if reader.kind == "desk":
            assert reader.id not in units
            assert not desks[reader.id] & officers, "a desk key opens for everybody who holds it"
        else:
            assert reader.id not in officers
            assert any(reader.id in held for unit, held in desks.items() if unit not in units)


@given(DESKS, st.sets(KEYS), st.sets(KEYS))
def test_everybody_else_of_a_desk_can_open_it(desks: dict[int, set[int]], units: set[int], officers: set[int]) -> None:
    got = who_gets(desks, away_units=units, away_officers=officers)
    for unit, held in desks.items():
        for officer in held - officers if unit not in units else ():
            assert Reader("desk", unit) in got or Reader("staff", officer) in got


@given(DESKS)
def test_where_nobody_must_stay_away_desks_get_it_whole(desks: dict[int, set[int]]) -> None:
    assert who_gets(desks, away_units=(), away_officers=()) == {Reader("desk", unit) for unit in desks}


@given(
    st.sampled_from(["named", "confidential", "anonymous"]),
    st.booleans(),
    st.sampled_from(["", "accusation", "grievance"]),
)
def test_what_is_confidential_or_against_staff_is_sealed(known: str, against: bool, kind: str) -> None:
    wanted = known == "confidential" or against or kind == "accusation"
    assert is_to_be_sealed(confidentiality=known, is_restricted=against, matter_class=kind) == wanted
