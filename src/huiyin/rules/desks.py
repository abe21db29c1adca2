"""Which desks an office needs so that its promises hold, and which promise is unmet where nobody holds one.

An office of five people borrows most of them: from justice, from discipline, from the next level.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

from huiyin.rules.procedure import Words

Why = Literal["", "nobody", "same_person"]


@dataclass(frozen=True, slots=True)
class Desk:
    """A desk: the role that holds it, what it is for, and what does not hold where it is empty."""

    name: Words
    role: str
    is_for: Words
    unmet: Words


DESKS: dict[str, Desk] = {
    "outside": Desk(
        Words("回避登记岗", "registrar outside the units"),
        "registrar",
        Words("登记反映工作人员的事项，固定证据。", "Registers complaints about staff and secures evidence."),
        Words(
            "反映本单位工作人员的事项，没有本单位以外的人登记。",
            "A complaint about staff here is not registered by anybody outside the units.",
        ),
    ),
    "vault": Desk(
        Words("身份保管岗", "vault desk"),
        "vault_keeper",
        Words("保管密封的身份。", "Keeps the sealed names."),
        Words("密封的身份没有专人保管。", "Nobody apart from those who handle matters keeps the sealed names."),
    ),
    "withdrawal": Desk(
        Words("撤回回访岗", "withdrawal desk"),
        "withdrawal_desk",
        Words("核实撤回是否出于自愿。", "Makes sure that a withdrawal is freely made."),
        Words(
            "撤回是否出于自愿，没有专门的岗位核实。", "No desk of its own makes sure that a withdrawal is freely made."
        ),
    ),
    "supervision": Desk(
        Words("督查岗", "supervision"),
        "supervisor",
        Words("督办逾期，查看撤回的事项。", "Presses what is late and looks over what was withdrawn."),
        Words("逾期和撤回的事项，没有专人督查。", "Nobody supervises what is late or was withdrawn."),
    ),
    "review": Desk(
        Words("复查机关", "body that reviews"),
        "reviewer",
        Words("由上一级机关复查答复。", "A body above looks at an answer again."),
        Words(
            "这里的答复没有上一级机关在本系统内复查。", "No body above reviews the answers given here in this system."
        ),
    ),
}
WORKING = frozenset(
    {"handler", "unit_head", "body_head"}
)  # roles that handle matters: who has one guards nobody against it


def why_unmet(holder: int | None, own_roles: Mapping[int, frozenset[str]]) -> Why:
    """Why the promise of a desk is unmet: nobody holds it, or whoever does also handles matters of the same body.

    ``own_roles`` are the roles that officers hold in that body.
    """
    if holder is None:
        return "nobody"
    return "same_person" if own_roles.get(holder, frozenset()) & WORKING else ""
