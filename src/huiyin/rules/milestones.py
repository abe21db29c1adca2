"""What a move means for the figures of an office: told by stage and outcome, alike under every procedure."""

from __future__ import annotations

from huiyin.rules.procedure import Move, State

KINDS = (
    "registered", "came", "left", "accepted", "declined", "answered", "extended", "review_asked", "review_decided",
    "ended", "reopened",
)  # fmt: skip
DECISIONS = frozenset({"answered", "declined"})
BEFORE_ACCEPTANCE = frozenset({"intake", "acceptance"})
ACCEPTED = frozenset({"handling", "mediation"})


def reached(rule: Move, before: State, after: State, outcome: str) -> tuple[str, ...]:
    """The milestones of one move, in their order.

    *accepted*: from registration or acceptance to handling or mediation. *declined*: a reasoned refusal
    that names another way. *answered*: any other document that decides. *ended* and *reopened*: into a final
    state, and out of one.
    """
    found = []
    if before.stage in BEFORE_ACCEPTANCE and after.stage in ACCEPTED:
        found.append("accepted")
    if rule.decides:
        found.append("declined" if outcome == "routed" else "answered")
    if rule.extends:
        found.append("extended")
    if before.is_final != after.is_final:
        found.append("ended" if after.is_final else "reopened")
    return tuple(found)
