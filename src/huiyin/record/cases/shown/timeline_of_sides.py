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
    "side_guardian": Words(
        zh="第{side}方是未成年人，{officer}写明了由谁陪在旁边。",
        en="Side {side} is a minor; {officer} noted who sits beside.",
    ),
    "side_said": Words(
        zh="第{side}方更新了可以告诉其他各方的内容或者写给调解员的话。",
        en="Side {side} changed what it lets the others read, or what it wrote to the mediator.",
    ),
    "side_contact_given": Words(zh="第{side}方留下了联系方式。", en="Side {side} left contact details."),
    "side_erased": Words(
        zh="第{side}方没有同意调解，其姓名、联系方式和写下的话已经清除。",
        en="Side {side} never agreed to mediation. Its name, contact and words were erased.",
    ),
    "sides_joined": Words(
        zh="双方就同一件事分别申请了调解，已合并办理。",
        en="Both sides had asked for mediation of the same matter; the two were joined.",
    ),
    "side_invited": Words(zh="{officer}邀请了第{side}方。", en="{officer} invited side {side}."),
    "invitation_failed": Words(
        zh="没有联系上第{side}方。请申请的一方核对联系方式，或者请调解员上门送达邀请。",
        en="Side {side} could not be reached. Whoever asked may correct how it can be reached; the invitation can be brought by hand.",
    ),
    "safety_answered": Words(
        zh="第{side}方单独回答了是否安全；内容密封，其他各方看不到。",
        en="Side {side} was asked alone whether it is safe. The answer is sealed; no other side sees it.",
    ),
    "wishes_told": Words(
        zh="第{side}方说明了是否需要翻译、是否有人陪同。",
        en="Side {side} said whether it wants an interpreter or a companion.",
    ),
    "urgency_set": Words(
        zh="{officer}说明了需要多快提供什么帮助；理由密封，只有各方和调解员看得到。",
        en="{officer} said how soon help is needed. The reason is sealed; the sides and the mediator alone see it.",
    ),
    "urgency_doubted": Words(
        zh="第{side}方对需要多快提供帮助有不同看法。", en="Side {side} sees it otherwise how soon help is needed."
    ),
    "urgency_looked_at": Words(
        zh="{officer}又看了一次需要多快提供帮助。", en="{officer} looked again how soon help is needed."
    ),
    "urgency_expired": Words(
        zh="关于需要多快提供帮助的说明到期，已经清除。",
        en="What was said about how soon help is needed has expired and was erased.",
    ),
    "mediator_proposed": Words(zh="可以选择的调解员：{to}。", en="A mediator one can choose: {to}."),
    "tie_told": Words(zh="{to}说明了与各方的关系。", en="{to} disclosed every tie to the sides."),
    "mediator_picked": Words(zh="第{side}方接受由{to}调解。", en="Side {side} accepts {to} as mediator."),
    "mediator_objected": Words(zh="第{side}方请求{to}回避。", en="Side {side} asks that {to} step aside."),
    "tie_found_late": Words(
        zh="后来发现{to}与一方有关系：已经开过的调解会不算，请各方另选调解员。",
        en="A tie of {to} to a side was found late. What was held does not count; the sides choose somebody else.",
    ),
    "handed_over_to_body": Words(
        zh="{officer}把这件事移交{to}，等待对方接收。",
        en="{officer} hands this over to {to} and waits for its acceptance.",
    ),
    "body_accepted": Words(zh="{to}接收了移交。", en="{to} has accepted it."),
    "body_declined": Words(zh="{to}没有接收移交。", en="{to} did not accept it."),
    "window_closing": Words(zh="“{term}”的最后一天是{due}。", en='The last day for "{term}" is {due}.'),
    "parallel_joined": Words(
        zh="{to}同时进行的调解并入这里一起进行。", en="The mediation that runs at {to} was joined to this one."
    ),
}
OF_ONE_SIDE = frozenset({"side_said", "side_contact_given", "safety_answered", "wishes_told"})
"""What one side does for itself: told to that side and to the office, to no other side."""
STEP_NAMES: dict[str, Words] = {
    "begin": Words(zh="进行调解", en="to mediate"),
    "raise": Words(zh="请上一级调解", en="to go to the next level"),
    "go_on": Words(zh="继续调解", en="to go on"),
    "agree": Words(zh="按协议内容达成协议", en="to agree on these terms"),
    "confirm": Words(zh="共同申请司法确认", en="to ask the court together to confirm it"),
}
OPENING = Words(zh="我们收到了调解申请，并已登记。", en="We received the request for mediation and registered it.")
