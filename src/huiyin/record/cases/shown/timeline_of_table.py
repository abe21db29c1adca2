"""The sentences of what happens at the table of a dispute: every side reads the same."""

from __future__ import annotations

from huiyin.rules.procedure import Words

OF_TABLE: dict[str, Words] = {
    "session_proposed": Words(
        zh="{officer}提出了开调解会的几个时间，请各方选择。",
        en="{officer} proposed times for a session. Say which suit you.",
    ),
    "session_fixed": Words(zh="调解会的时间定下来了。", en="The time of a session is fixed."),
    "session_called_off": Words(zh="一次调解会取消了。", en="A session was called off."),
    "session_reminder": Words(zh="系统提醒：调解会就要开了。", en="A reminder: a session is near."),
    "session_held": Words(zh="开了一次调解会，记录写好了。", en="A session was held; its record is there."),
    "session_void": Words(
        zh="一次调解会作废，原因写在那里；会重新安排。",
        en="A session does not count; why, stands there. A new one is offered.",
    ),
    "offer_made": Words(zh="有一方提出了一个方案。", en="A side made an offer."),
    "offer_answered": Words(zh="有一方答复了一个方案。", en="A side answered an offer."),
    "agreement_drafted": Words(
        zh="{officer}写了协议草稿，请各方看。", en="{officer} wrote a draft of the agreement for all to read."
    ),
    "agreement_signed": Words(zh="有一方签了协议。", en="A side signed the agreement."),
    "agreement_word": Words(zh="有一方说了某一项有没有做到。", en="A side said whether something agreed was kept."),
    "asked_whether_it_holds": Words(
        zh="我们想问问各方：协议得到履行了吗？不回答也没有关系。",
        en="We ask each side whether the agreement holds. Not answering leaves no mark.",
    ),
    "concessions_closed": Words(
        zh="调解结束了；谈的时候说过的让步都已销毁，不用于任何地方。",
        en="The mediation is over. What was conceded in it is destroyed and is used nowhere.",
    ),
}
