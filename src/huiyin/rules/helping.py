"""Who acts for a complainant, and how far: reading, writing, or everything but what is the complainant's alone."""

from __future__ import annotations

WHO = ("relative", "neighbour", "lawyer", "organisation", "guardian", "other")
"""A child or another relative, a neighbour, a lawyer, an organisation, a guardian, somebody else."""

KIND_OF_PARTY = {"lawyer": "representative", "organisation": "representative", "guardian": "guardian"}
MAY = ("read", "write", "act")
OWN = "own"
"""Beyond every helper: withdrawing, rating, the contact, the codes, other helpers."""

NEEDS = (*MAY, OWN)
WHEREABOUTS = ("detained", "hospital")
"""Where somebody is who cannot come: in custody, in a hospital or another institution."""


def lets(may: str, needed: str) -> bool:
    """Whether a helper who may do ``may`` may do what needs ``needed``: each of ``NEEDS`` holds those before it."""
    return NEEDS.index(needed) <= NEEDS.index(may)


def kind_of_party(who: str) -> str:
    """As which kind of party a helper stands in a case."""
    return KIND_OF_PARTY.get(who, "helper")
