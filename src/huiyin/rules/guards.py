"""What must hold before a move, beyond state and role: the checks a program can make.

A guard of a pack either names one of these checks or is a sentence the officer confirms. Who asks
``lifecycle.may_move`` hands in the names of the checks that hold; one that is not handed in does not hold.
"""

from __future__ import annotations

from huiyin.rules.procedure import Words

CHECKS: dict[str, Words] = {
    "first_objection": Words("没有对这次转送提过异议", "No body has objected to where this matter was sent before"),
    "second_objection": Words("已经有过一次异议", "A body has objected to where this matter was sent once before"),
    "not_settled": Words("管辖没有被共同上级确定过", "The common superior has not yet named the competent body"),
    "asked_late": Words("请求在期限之后提出", "The request came after the time for it"),
    "consent_of_all": Words("各方都同意，并有记录", "Every side has consented, and it is recorded"),
}

# Nothing in a procedure may depend on whether the complainant gave a name.
IDENTITY_CHECKS = frozenset({"named", "anonymous", "confidential", "identified", "real_name", "has_contact"})
