"""What a new version of a procedure changes, in words: for the jurist who approves it and the clerk who uses it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import fields, is_dataclass

from huiyin.rules.procedure import Procedure, Term, Words
from huiyin.rules.wording import length

KINDS: dict[str, Words] = {
    "states": Words("状态", "state"),
    "terms": Words("期限", "term"),
    "moves": Words("步骤", "step"),
    "guards": Words("前提", "condition"),
    "notices": Words("文书", "letter"),
    "reasons": Words("理由", "reason"),
    "routes": Words("途径", "route"),
    "outcomes": Words("结论", "outcome"),
    "exclusions": Words("不能调解的情形", "matter that cannot be mediated"),
    "disputes": Words("纠纷种类", "kind of dispute"),
    "levels": Words("层级", "level"),
}
WHOLE: dict[str, Words] = {
    "version": Words("版本", "version"),
    "name": Words("名称", "name"),
    "law": Words("法律", "law"),
    "calendar": Words("工作日历", "calendar"),
    "start": Words("起点", "starting point"),
    "opening_terms": Words("登记时起算的期限", "terms that begin at filing"),
    "review_procedure": Words("复查程序", "review procedure"),
    "review_route": Words("救济途径告知", "words on the review"),
    "retaliation": Words("打击报复的途径", "where retaliation is reported"),
    "kind": Words("类别", "kind of procedure"),
    "misconduct": Words("反映违纪违法行为时的期限", "times in a matter of misconduct"),
}
FIELDS: dict[str, Words] = {
    "name": Words("名称", "name"),
    "stage": Words("阶段", "stage"),
    "is_final": Words("是否终结", "final or not"),
    "told": Words("告诉当事人的话", "what the complainant is told"),
    "help": Words("给工作人员的说明", "help for officers"),
    "count_from": Words("起算", "first day counted"),
    "roll": Words("末日顺延", "what happens on a rest day"),
    "owed_by": Words("义务人", "who owes it"),
    "basis": Words("依据性质", "law or target"),
    "article": Words("条文", "article"),
    "source": Words("出处", "source"),
    "verified": Words("是否核对", "verified or not"),
    "set_by": Words("由谁确定", "who sets it"),
    "extension": Words("延期", "extension"),
    "is_window": Words("是否权利期间", "window or duty"),
    "window_opens": Words("从送达还是发出起算", "runs from receipt or sending"),
    "stops": Words("中止理由", "reasons to stop the clock"),
    "on_miss": Words("逾期后的处理", "what happens when it is missed"),
    "reminders": Words("提醒", "reminders"),
    "from_states": Words("从哪些状态", "from which states"),
    "to_state": Words("到哪个状态", "to which state"),
    "roles": Words("由谁", "by whom"),
    "requires": Words("必填", "what must be given"),
    "accepts": Words("可填", "what may be given"),
    "starts": Words("起算的期限", "terms it starts"),
    "meets": Words("完成的期限", "terms it meets"),
    "ends": Words("终止的期限", "terms it ends"),
    "only_after": Words("须等期限届满", "only after"),
    "before": Words("须在期限之内", "only before"),
    "outcome": Words("结论", "outcome"),
    "outcomes": Words("可选结论", "outcomes to choose from"),
    "makes": Words("出具文书", "letter it makes"),
    "effects": Words("后续处理", "what follows"),
    "sign_off": Words("审签", "signatures"),
    "assigns": Words("是否指定责任人", "names who is responsible"),
    "reasons": Words("可选理由", "reasons to choose from"),
    "contents": Words("文书必备内容", "what the letter must hold"),
    "guards": Words("前提", "conditions"),
    "extends": Words("延长的期限", "term it extends"),
    "suspends": Words("中止的期限", "terms it stops"),
    "resumes": Words("恢复的期限", "terms that run on"),
    "transfers": Words("移送", "transfer"),
    "text": Words("说明", "text"),
    "address": Words("地址", "address"),
    "time_limit": Words("时限", "time limit"),
    "check": Words("自动核对", "check"),
    "law": Words("法律", "law"),
    "question": Words("先问的问题", "question asked first"),
    "route": Words("应走的途径", "route that is right instead"),
    "routes": Words("可走的途径", "routes that are open"),
    "state": Words("所处状态", "where the dispute stands"),
    "offers_next": Words("期限届满是否提出上一级", "whether the next level is offered"),
}
_LENGTH = frozenset({"length", "unit", "maximum", "length_is_set", "recurs"})
_SILENT = frozenset({"id"})


def differences(old: Procedure, new: Procedure) -> tuple[Words, ...]:
    """One sentence for each change, most weighty first: terms, steps, states, then the lists. Empty: nothing changed."""
    found = [*_of_the_whole(old, new)]
    for kind in (
        "terms",
        "moves",
        "states",
        "outcomes",
        "reasons",
        "routes",
        "notices",
        "guards",
        "exclusions",
        "disputes",
        "levels",
    ):
        found += _of_entries(KINDS[kind], getattr(old, kind), getattr(new, kind))
    if old.vectors != new.vectors:
        found.append(Words("算例有变化。", "The worked examples changed."))
    return tuple(found)


def _of_the_whole(old: Procedure, new: Procedure) -> Iterator[Words]:
    for name, label in WHOLE.items():
        before, after = getattr(old, name), getattr(new, name)
        if before != after:
            yield Words(
                f"{label.zh}：{_said(before, 'zh')} 改为 {_said(after, 'zh')}。",
                f"The {label.en}: {_said(before, 'en')} becomes {_said(after, 'en')}.",
            )


def _of_entries(kind: Words, old: Mapping[str, object], new: Mapping[str, object]) -> Iterator[Words]:
    for name in old:
        if name not in new:
            yield Words(
                f"取消{kind.zh}：{_called(old[name], name, 'zh')}。",
                f"The {kind.en} {_called(old[name], name, 'en')} is gone.",
            )
    for name, entry in new.items():
        if name not in old:
            yield Words(
                f"新增{kind.zh}：{_called(entry, name, 'zh')}。", f"New {kind.en}: {_called(entry, name, 'en')}."
            )
        elif old[name] != entry:
            yield from _of_entry(kind, name, old[name], entry)


def _of_entry(kind: Words, name: str, old: object, new: object) -> Iterator[Words]:
    changed = [
        each.name
        for each in (fields(new) if is_dataclass(new) else ())
        if each.name not in _SILENT and getattr(old, each.name) != getattr(new, each.name)
    ]
    zh, en = _called(new, name, "zh"), _called(new, name, "en")
    if isinstance(old, Term) and isinstance(new, Term) and _LENGTH.intersection(changed):
        before, after = length(old), length(new)
        yield Words(
            f"{kind.zh}{zh}：{before.zh} 改为 {after.zh}。", f"The {kind.en} {en}: {before.en} becomes {after.en}."
        )
    for field in changed:
        if field in _LENGTH:
            continue
        label = FIELDS.get(field, Words(field, field))
        before_value, after_value = getattr(old, field), getattr(new, field)
        yield Words(
            f"{kind.zh}{zh}，{label.zh}：{_said(before_value, 'zh')} 改为 {_said(after_value, 'zh')}。",
            f"The {kind.en} {en}, {label.en}: {_said(before_value, 'en')} becomes {_said(after_value, 'en')}.",
        )


def _called(entry: object, name: str, language: str) -> str:
    words = getattr(entry, "name", None)
    said = words.in_language(language) if isinstance(words, Words) else ""
    return f"“{said}”（{name}）" if language == "zh" else f"“{said}” ({name})"


def _said(value: object, language: str) -> str:
    """A value in words: both languages have their own, lists are joined, nothing is said as nothing."""
    zh = language == "zh"
    match value:
        case Words():
            return f"“{value.in_language(language)}”"
        case bool():
            return ("是" if value else "否") if zh else ("yes" if value else "no")
        case None | () | "":
            return "无" if zh else "nothing"
        case tuple():
            return ("、" if zh else ", ").join(_said(each, language) for each in value)
        case str() | int():
            return str(value)
        case _ if is_dataclass(value):
            parts = [(each.name, getattr(value, each.name)) for each in fields(value)]
            return " ".join(_said(part, language) for name, part in parts if part not in ("", None, ()))
        case _:
            return str(value)
