"""The sentences of a dispute: every side reads the same, and each is called by its number."""

from __future__ import annotations

from huiyin.rules.procedure import Words

OF_SIDES: dict[str, Words] = {
    "mediation_opened": Words(
        zh="您请求就这件事进行调解，编号{number}。这件事照常办理，期限不停。",
        en="You asked for mediation in this matter; it has the number {number}. The matter goes on and no clock stops.",
    ),
    "side_added": Words(zh="第{side}方列为当事人。", en="Side {side} was entered."),
    "side_code_given": Words(
        zh="给第{side}方出具了邀请和查询码。", en="Side {side} was given an invitation and a code."
    ),
    "consent_given": Words(zh="第{side}方同意：{asked}。", en="Side {side} said yes: {asked}."),
    "consent_refused": Words(zh="第{side}方不同意：{asked}。", en="Side {side} said no: {asked}."),
}
STEP_NAMES: dict[str, Words] = {
    "begin": Words(zh="进行调解", en="to mediate"),
    "raise": Words(zh="请上一级调解", en="to go to the next level"),
    "go_on": Words(zh="继续调解", en="to go on"),
    "agree": Words(zh="按协议内容达成协议", en="to agree on these terms"),
    "confirm": Words(zh="共同申请司法确认", en="to ask the court together to confirm it"),
}
OPENING = Words(zh="我们收到了调解申请，并已登记。", en="We received the request for mediation and registered it.")
