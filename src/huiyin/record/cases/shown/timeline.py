"""The story of a case out of its ledger: what happened, and who looked."""

from __future__ import annotations

import datetime
from collections.abc import Collection, Iterable, Mapping
from typing import Any

from huiyin.record.cases.shown.case_view import LookView, TimelineEntry
from huiyin.record.cases.shown.timeline_of_files import FILES, OF_FILES
from huiyin.record.cases.shown.timeline_of_identity import OF_IDENTITY
from huiyin.record.cases.shown.timeline_of_sides import OF_SIDES, OPENING, STEP_NAMES
from huiyin.record.cases.shown.timeline_of_table import OF_TABLE
from huiyin.record.ledger.queries import EventView
from huiyin.rules import asking, duties, replay
from huiyin.rules.fairness import CLASS_NAMES
from huiyin.rules.procedure import Procedure, Words

MONTHS = (
    "January", "February", "March", "April", "May", "June",
    "July", "August", "September", "October", "November", "December",
)  # fmt: skip
LOOKS = frozenset(replay.LOOKS)

UNNAMED = Words(zh="", en="")  # the complainant's own looks, and those of the program
OUTSIDE = frozenset(
    {
        "look_asked", "look_answered", "ask_reminder", "ask_missed", "ask_reported", "withdrawal_asked",
        "withdrawal_on_paper", "withdrawal_confirmed", "withdrawal_not_confirmed", "withdrawal_undone",
        "recusal_asked", "recusal_refused",
    }
)  # fmt: skip
"""What lies between the complainant and a desk outside, or one officer: the units that have the matter do not read of it."""

SENTENCES: dict[str, Words] = {
    **OF_FILES,
    **OF_IDENTITY,
    **OF_SIDES,
    **OF_TABLE,
    "complaint_registered": Words(
        zh="我们收到了您反映的事项，并已登记。", en="We received your complaint and registered it."
    ),
    "review_registered": Words(zh="您的复查请求已登记。", en="Your request for review was registered."),
    "responsible_named": Words(zh="现由{unit}负责办理。", en="{unit} is now responsible."),
    "responsible_changed": Words(zh="改由{to}负责。", en="{to} is now responsible."),
    "message_from_complainant": Words(zh="您写了一条留言。", en="You wrote a message."),
    "message_from_office": Words(zh="{officer}给您写了一条留言。", en="{officer} wrote you a message."),
    "correction_from_complainant": Words(zh="您更正了工作人员的摘要。", en="You corrected our summary."),
    "summary_changed": Words(zh="{officer}修改了事项摘要。", en="{officer} changed the summary."),
    "registration_completed": Words(zh="{officer}补充了登记内容。", en="{officer} completed the registration."),
    "draft_sent_on": Words(zh="答复草稿送交{to}（{step}）。", en="The draft answer went on to {to} ({step})."),
    "draft_returned": Words(zh="答复草稿退回修改。", en="The draft answer was sent back to be improved."),
    "review_opened": Words(
        zh="已在{to}立为复查事项，编号{number}。", en="A review was opened at {to}, number {number}."
    ),
    "term_reminder": Words(
        zh="系统提醒责任人：“{term}”的到期日是{due}。", en='The office was reminded: "{term}" is due on {due}.'
    ),
    "term_escalated": Words(zh="“{term}”逾期，已报告{to}。", en='"{term}" is late. It was reported to {to}.'),
    "term_extended": Words(
        zh="期限“{term}”由{before}延长至{due}，由{officer}批准。",
        en='"{term}" was extended from {before} to {due}, approved by {officer}.',
    ),
    "term_stopped": Words(zh="期限“{term}”中止计期：{reason}。", en='The clock of "{term}" was stopped: {reason}.'),
    "term_resumed": Words(
        zh="期限“{term}”恢复计期，到期日是{due}。", en='The clock of "{term}" runs again. It is due on {due}.'
    ),
    "term_lapsed": Words(
        zh="期限已过：{term}。此事已提醒负责单位。", en="A time limit was missed: {term}. The unit was reminded."
    ),
    "letter_read": Words(zh="您在网上阅读了文书{number}。", en="You read letter {number} here."),
    "letter_signed_on_paper": Words(
        zh="文书{number}于{on}在纸上签署，扫描件附在旁边。",
        en="Letter {number} was signed on paper on {on}; the scan is kept beside it.",
    ),
    "letter_posted": Words(zh="文书{number}已于{on}邮寄给您。", en="Letter {number} was posted to you on {on}."),
    "letter_handed_over": Words(zh="文书{number}已于{on}当面交给您。", en="Letter {number} was handed to you on {on}."),
    "letter_returned": Words(
        zh="文书{number}于{on}退回，未能送达。", en="Letter {number} came back undelivered on {on}."
    ),
    "window_opened": Words(
        zh="文书已经收到，“{term}”从{since}的次日起算，最后一天是{due}。",
        en='The letter was received on {since}. "{term}" runs until {due}.',
    ),
    "contact_replaced": Words(zh="联系方式已更换。", en="The contact details were replaced."),
    "term_recounted": Words(
        zh="节假日安排已公布，期限“{term}”重新计算：{due}。",
        en='The year\'s holidays are published. "{term}" was counted again: {due}.',
    ),
    "notice_sent": Words(
        zh="第{notice}号通知：您留有邮箱并愿意接收的，已发出一封不含内容的邮件。",
        en="Notice {notice}: where you left a mail address and wished it, a mail without content went out.",
    ),
    "notice_undelivered": Words(
        zh="第{notice}号通知没有送达。请核对您的联系方式，或者到这里查看。",
        en="Notice {notice} did not reach you. Please check how we can reach you, or look here.",
    ),
    "duty_decided": Words(
        zh="{unit}的意见要求做到：{what}，最迟{due}。", en="{unit} decided what must be done: {what}, by {due}."
    ),
    "duty_said_done": Words(zh="{officer}说已经做到：{what}。", en="{officer} says that this is done: {what}."),
    "duty_confirmed": Words(zh="您确认已经做到：{what}。", en="You said that this is done: {what}."),
    "duty_denied": Words(zh="您说还没有做到：{what}。", en="You said that this is not done: {what}."),
    "duty_found_done": Words(zh="{officer}查明已经做到：{what}。", en="{officer} found that this is done: {what}."),
    "duty_moved": Words(
        zh="{what}：{officer}把日期由{before}改到{due}，并写明了理由。",
        en="{what}: {officer} moved the day from {before} to {due} and said why.",
    ),
    "duty_reminder": Words(
        zh="系统提醒责任人：{what}，今天（{due}）是最后一天。",
        en="The office was reminded: {what} is due on {due}, the last day.",
    ),
    "duty_missed": Words(
        zh="应当在{due}之前做到的没有做到：{what}。", en="This was promised by {due} and is not done: {what}."
    ),
    "duty_reported": Words(
        zh="应当在{due}之前做到的没有做到：{what}。已报告{to}。",
        en="This was promised by {due} and is not done: {what}. It was reported to {to}.",
    ),
    "look_asked": Words(
        zh="您询问为什么查阅。最迟{due}由{to}说明。", en="You asked why your matter was opened. {to} says why by {due}."
    ),
    "look_answered": Words(zh="{officer}说明了为什么查阅。", en="{officer} said why your matter was opened."),
    "ask_missed": Words(zh="{what}：没有在{due}之前答复。", en="Not answered by {due}: {what}."),
    "ask_reported": Words(
        zh="{what}：没有在{before}之前答复，已改由{to}在{due}之前答复。",
        en="Not answered by {before}: {what}. It went to {to}, who must answer by {due}.",
    ),
    "withdrawal_asked": Words(
        zh="您请求撤回这件事。{to}最迟{due}核实是否出于您的自愿；办理照常进行。",
        en="You asked to withdraw. {to} makes sure by {due} that you do it freely; the matter goes on meanwhile.",
    ),
    "withdrawal_on_paper": Words(
        zh="{officer}登记了一份书面撤回。{to}最迟{due}核实；办理照常进行。",
        en="{officer} recorded a withdrawal on paper. {to} makes sure by {due}; the matter goes on meanwhile.",
    ),
    "withdrawal_confirmed": Words(
        zh="{officer}核实了您的撤回，{on}生效；在那之前您随时可以取消撤回。",
        en="{officer} confirmed your withdrawal. It takes effect on {on}; until then you can undo it at any time.",
    ),
    "withdrawal_not_confirmed": Words(
        zh="{officer}没有确认这次撤回，办理照常进行。",
        en="{officer} did not confirm the withdrawal; the matter goes on.",
    ),
    "withdrawal_undone": Words(zh="您取消了撤回，办理照常进行。", en="You undid the withdrawal; the matter goes on."),
    "withdrawal_took_effect": Words(
        zh="撤回已经生效，事项结束。", en="The withdrawal took effect and the matter ended."
    ),
    "recusal_asked": Words(
        zh="您请求经办人回避。{to}最迟{due}作出决定，并说明理由。",
        en="You asked that the officer step aside. {to} decides by {due}, with reasons.",
    ),
    "recusal_granted": Words(zh="{officer}决定经办人回避。", en="{officer} decided that the officer steps aside."),
    "recusal_refused": Words(
        zh="{officer}决定经办人不需要回避，并说明了理由。",
        en="{officer} decided that the officer need not step aside, and said why.",
    ),
    "stepped_aside": Words(
        zh="一名工作人员因为可能有利害关系而回避。",
        en="An officer stepped aside because of a possible conflict of interest.",
    ),
    "named_later": Words(
        zh="补充了这件事反映的是谁；其中点明的工作人员和部门从此看不到这件事。",
        en="It was added whom this matter is about. Officers and units among them cannot see it from now on.",
    ),
    "rose_to_next_body": Words(
        zh="这里没有不需要回避的人，事项已转由上一级{to}负责。",
        en="Nobody here is free of a conflict of interest. The matter went up to {to}.",
    ),
    "outside_desk_named": Words(
        zh="{to}在被反映的部门之外，由它定分类、固定证据、听取说明。",
        en="{to}, outside the units concerned, sets the class, secures evidence and hears the officer.",
    ),
    "class_set": Words(
        zh="{officer}把这件事定为：{class}，并写明了理由。您不同意的，可以提出异议。",
        en="{officer} set the class: {class}, and said why. If you do not agree, you can say so.",
    ),
    "class_asked": Words(
        zh="您对分类提出了异议。最迟{due}由{to}的另一人答复，并说明理由。",
        en="You doubted the class. Somebody else at {to} answers by {due}, with reasons.",
    ),
    "class_stays": Words(zh="{officer}复核后，分类不变，并说明了理由。", en="{officer} looked again: the class stays."),
    "class_changed": Words(zh="{officer}复核后，改变了分类。", en="{officer} looked again and changed the class."),
    "evidence_asked": Words(
        zh="在问任何人之前，{to}最迟{due}先固定可能灭失的证据。",
        en="Before anybody is asked, {to} secures what could vanish, by {due}.",
    ),
    "evidence_secured": Words(zh="{officer}已经固定了证据。", en="{officer} secured the evidence."),
    "evidence_partly": Words(
        zh="{officer}只固定了部分证据，并说明了原因。", en="{officer} secured part of it and said why."
    ),
    "evidence_nothing_left": Words(
        zh="{officer}没有找到可以固定的证据，并说明了原因。",
        en="{officer} found nothing that could be secured, and said why.",
    ),
    "put_asked": Words(
        zh="{officer}向被反映的工作人员提出了需要说明的情况，请其在{due}前答复。",
        en="{officer} put it to the officer concerned, who must answer by {due}.",
    ),
    "put_answered": Words(
        zh="被反映的工作人员作了说明，由{officer}写下。", en="The officer concerned answered; {officer} wrote it down."
    ),
    "put_not_answered": Words(
        zh="被反映的工作人员没有在{due}前答复，办理照常进行。",
        en="The officer concerned did not answer by {due}; the matter goes on.",
    ),
    "removal_asked": Words(
        zh="{officer}提议：一名须回避的人员或者部门不再回避。最迟{due}由{to}的另一人决定。",
        en="{officer} proposes that somebody who is kept away may see this again. Another person at {to} decides by {due}.",
    ),
    "removal_granted": Words(
        zh="{officer}作为第二人同意：一名人员或者部门不再回避，并说明了理由。",
        en="{officer}, as the second person, agreed: somebody who was kept away may see this again. The reason is given.",
    ),
    "removal_refused": Words(
        zh="{officer}没有同意，须回避的继续回避。", en="{officer} did not agree: those kept away stay away."
    ),
    "closed_to_view": Words(
        zh="这件事没有查实，现在只有您、回避登记岗和负责复查的人能打开。",
        en="It was not found to be so. Only you, the desk outside and those who review it can open it now.",
    ),
    "withdrawn_left": Words(
        zh="{officer}查看后，没有继续办理撤回的事项。", en="{officer} looked it over; it stays withdrawn."
    ),
    "withdrawn_goes_on": Words(
        zh="{officer}查看后决定：撤回的事项继续办理。", en="{officer} looked it over: the withdrawn matter goes on."
    ),
    "pressure_reported": Words(
        zh="您报告因投诉受到压力，原事项编号{number}。您反映过的部门看不到这份报告。",
        en="You reported pressure because of the matter {number}. The units that have or had that matter cannot see this report.",
    ),
    "came_back": Words(
        zh="您带着新情况回来了，已另立事项，编号{number}。",
        en="You came back with something new. It has the number {number}.",
    ),
    "comes_back": Words(zh="这是编号{number}的事项之后的新情况。", en="This is what is new after the matter {number}."),
    "external_noted": Words(
        zh="{officer}登记了本事项在其他系统的编号：{system} {number}。",
        en="{officer} noted the number of this matter in another system: {system}, {number}.",
    ),
    "external_removed": Words(
        zh="{officer}删去了登记有误的外部编号：{system} {number}。",
        en="{officer} took out a wrong number of another system: {system}, {number}.",
    ),
    "conversation_noted": Words(
        zh="{officer}记录了{on}与您的谈话。内容就在本页，不对的地方可以留言更正。",
        en="{officer} wrote down what was said with you on {on}. It stands on this page; if it is wrong, say so in a message.",
    ),
    "code_replaced": Words(
        zh="您更换了查询码；旧的查询码从此打不开任何内容。",
        en="You replaced your code; the old one opens nothing from now on.",
    ),
}


def story(
    events: Iterable[EventView], procedure: Procedure, *, without: Collection[str] = ()
) -> tuple[TimelineEntry, ...]:
    """What happened, newest first, in whole sentences; ``without`` some kinds."""
    told = [event for event in events if event.kind not in without and not event.erased]
    entries = [entry for event in told if (entry := _entry(event, procedure)) is not None]
    return tuple(reversed(entries))


def looks(events: Iterable[EventView]) -> tuple[LookView, ...]:
    """Every reading of the case, newest first."""
    return tuple(reversed([look_of(event) for event in events if event.kind in LOOKS and not event.erased]))


def _entry(event: EventView, procedure: Procedure) -> TimelineEntry | None:
    details = event.details
    if event.kind == "case_moved":
        move = procedure.moves.get(str(details.get("move", "")))
        if move is None:
            return None
        sentence = move.told
    elif event.kind == "term_reminder" and details.get("act") != "reminder":
        return None  # the office's own alarm clock, before anything is late
    elif event.kind in SENTENCES:
        is_opening = procedure.kind == "mediation" and event.kind == "complaint_registered"
        sentence = OPENING if is_opening else SENTENCES[event.kind]
    else:
        return None
    told = _filled(sentence, event, procedure)
    if event.actor.get("role") == "helper":
        number = event.actor.get("duty_number", "")
        told = Words(zh=f"代办人{number}代办：{told.zh}", en=f"Helper {number}, acting for you: {told.en}")
    return TimelineEntry(
        seq=event.seq,
        at=event.at,
        kind=event.kind,
        sentence=told,
        who=_who(event.actor),
        to_state=str(details.get("to_state", "")),
    )


def _filled(sentence: Words, event: EventView, procedure: Procedure) -> Words:
    details, actor = event.details, event.actor
    term = procedure.terms.get(str(details.get("term", "")))

    def fill(text: str, tongue: str) -> str:
        places = {
            "officer": _part(actor, "name", tongue) or _part(actor, "unit_name", tongue),
            "unit": details.get(f"unit_{tongue}") or _part(actor, "unit_name", tongue),
            "to": details.get(f"to_{tongue}") or details.get("to") or "",
            "step": details.get(f"step_{tongue}") or "",
            "number": details.get("number") or "",
            "notice": details.get("notice") or "",
            "what": _what(details).in_language(tongue),
            "system": details.get("system") or "",
            "class": CLASS_NAMES[str(details["staff_class"])].in_language(tongue) if "staff_class" in details else "",
            "side": details.get("side", ""),
            "asked": STEP_NAMES[str(details["step"])].in_language(tongue) if details.get("step") in STEP_NAMES else "",
            "file": FILES[str(details["file"])].in_language(tongue) if "file" in details else "",
            "count": details.get("count", ""),
            "term": (term.name.in_language(tongue) if term else "") or "",
            "body": _part(actor, "body_name", tongue),
            "due": _day(details.get("due_on"), tongue),
            "since": _day(details.get("since"), tongue),
            "on": _day(details.get("on"), tongue),
            "before": _day(details.get("before"), tongue),
            "reason": details.get(f"reason_{tongue}") or "",
        }
        return text.format_map(_Places(places))

    return Words(zh=fill(sentence.zh, "zh"), en=fill(sentence.en, "en"))


def _what(details: Mapping[str, Any]) -> Words:
    """What a duty is, or what was asked."""
    if "duty" in details:
        return duties.name_of(str(details.get("kind")))
    return asking.name_of(str(details["asked"])) if "asked" in details else Words("", "")


def _day(text: Any, tongue: str) -> str:
    if not text:
        return ""
    day = datetime.date.fromisoformat(str(text))
    return (
        f"{day.year}年{day.month}月{day.day}日" if tongue == "zh" else f"{day.day} {MONTHS[day.month - 1]} {day.year}"
    )


class _Places(dict[str, Any]):
    """Named places of a sentence; one that a pack invents stays visible instead of failing."""

    def __missing__(self, key: str) -> str:
        return "{" + key + "}"


def _who(actor: Mapping[str, Any]) -> Words | None:
    if actor.get("kind") != "officer":
        return None
    name, unit = _words(actor, "name"), _words(actor, "unit_name")
    return Words(zh=f"{unit.zh} {name.zh}".strip(), en=f"{name.en}, {unit.en}".strip(", "))


def _part(actor: Mapping[str, Any], key: str, tongue: str) -> str:
    return str((actor.get(key) or {}).get(tongue, ""))


def _words(actor: Mapping[str, Any], key: str) -> Words:
    return Words(zh=_part(actor, key, "zh"), en=_part(actor, key, "en")) if actor.get(key) else UNNAMED


def look_of(event: EventView) -> LookView:
    """One look out of its event."""
    actor = event.actor
    return LookView(
        seq=event.seq,
        at=event.at,
        role=str(actor.get("role") or actor.get("kind") or ""),
        name=_words(actor, "name"),
        unit=_words(actor, "unit_name"),
        body=_words(actor, "body_name"),
        duty_number=str(actor.get("duty_number", "")),
        purpose=str(event.details.get("purpose", "")),
        what=str(event.details.get("what", "case")),
    )
