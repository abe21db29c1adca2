"""A withdrawn matter, under every procedure: where it stands, and what is said of it.

Withdrawal is a right of whoever complains and no step of an office: it stands beside the states of a procedure
and leaves the state as it was, so that supervision can let the matter go on from there.
"""

from __future__ import annotations

from huiyin.rules.procedure import Choice, Procedure, State, Words

OUTCOME = "withdrawn"
STOPPED_FOR = "withdrawn"
"""Why the clocks of a withdrawn matter stand still."""

STATE = State(
    id="withdrawn",
    name=Words(zh="已撤回", en="Withdrawn"),
    stage="ended",
    is_final=True,
    told=Words(
        zh="您撤回了这件事，它已经结束。有了新情况，或者当初不是出于自愿，请在下面告诉我们。",
        en="You withdrew this matter and it has ended. If there is something new, or if you did not do it freely, say so below.",
    ),
)
CHOICE = Choice(id=OUTCOME, name=STATE.name)


def is_withdrawn(state: State, *, is_open: bool, outcome: str) -> bool:
    """Whether a matter ended by withdrawal, in a state that is not an end by itself."""
    return not is_open and outcome == OUTCOME and not state.is_final


def state_of(procedure: Procedure, state: str, *, is_open: bool, outcome: str) -> State:
    """The state as it is shown: the procedure's, or that of a withdrawn matter."""
    own = procedure.states[state]
    return STATE if is_withdrawn(own, is_open=is_open, outcome=outcome) else own
