"""The story of a case out of its ledger: what happened, and who looked."""

from __future__ import annotations

import datetime
from collections.abc import Iterable, Mapping
from typing import Any

from huiyin.record.cases.case_view import LookView, TimelineEntry
from huiyin.record.ledger.queries import EventView
from huiyin.rules.procedure import Procedure, Words

MONTHS = (
    "January", "February", "March", "April", "May", "June",
    "July", "August", "September", "October", "November", "December",
)  # fmt: skip
LOOKS = frozenset({"case_opened", "identity_unsealed", "receipt_used", "status_told"})

SENTENCES: dict[str, Words] = {
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
    "letter_posted": Words(zh="文书{number}已邮寄给您。", en="Letter {number} was posted to you."),
    "letter_handed_over": Words(zh="文书{number}已当面交给您。", en="Letter {number} was handed to you."),
    "letter_returned": Words(zh="文书{number}被退回。", en="Letter {number} came back undelivered."),
    "contact_replaced": Words(zh="联系方式已更换。", en="The contact details were replaced."),
    "term_recounted": Words(
        zh="节假日安排已公布，期限“{term}”重新计算：{due}。",
        en='The year\'s holidays are published. "{term}" was counted again: {due}.',
    ),
    "code_replaced": Words(zh="查询码已更换。", en="The receipt code was replaced."),
}


def story(events: Iterable[EventView], procedure: Procedure) -> tuple[TimelineEntry, ...]:
    """What happened, newest first, in whole sentences."""
    entries = [entry for event in events if (entry := _entry(event, procedure)) is not None]
    return tuple(reversed(entries))


def looks(events: Iterable[EventView]) -> tuple[LookView, ...]:
    """Every reading of the case, newest first."""
    return tuple(reversed([_look(event) for event in events if event.kind in LOOKS]))


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
        sentence = SENTENCES[event.kind]
    else:
        return None
    return TimelineEntry(
        seq=event.seq,
        at=event.at,
        kind=event.kind,
        sentence=_filled(sentence, event, procedure),
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
            "term": (term.name.in_language(tongue) if term else "") or "",
            "body": _part(actor, "body_name", tongue),
            "due": _day(details.get("due_on"), tongue),
            "before": _day(details.get("before"), tongue),
            "reason": details.get(f"reason_{tongue}") or "",
        }
        return text.format_map(_Places(places))

    return Words(zh=fill(sentence.zh, "zh"), en=fill(sentence.en, "en"))


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
    return Words(zh=_part(actor, key, "zh"), en=_part(actor, key, "en"))


def _look(event: EventView) -> LookView:
    actor = event.actor
    return LookView(
        at=event.at,
        role=str(actor.get("role") or actor.get("kind") or ""),
        name=_words(actor, "name"),
        unit=_words(actor, "unit_name"),
        body=_words(actor, "body_name"),
        duty_number=str(actor.get("duty_number", "")),
        purpose=str(event.details.get("purpose", "")),
        what=str(event.details.get("what", "case")),
    )
