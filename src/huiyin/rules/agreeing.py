"""What an agreement of a mediation must hold, what may not stand in it, and what becomes of each thing agreed.

People's Mediation Law: Article 29 (what it states), 30 (oral), 31 (it is watched over), 33 (thirty days for asking a
court to confirm it). Supreme People's Court, Fa Shi 2011 no. 5, Article 4: what a court does not confirm.
"""

from __future__ import annotations

import datetime
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass

from huiyin.rules.mediation import BARS
from huiyin.rules.procedure import Words
from huiyin.rules.refusal import Refusal

CONFIRMATION_DAYS = 30  # calendar days from the day it takes effect (Article 33)
MOST_TERMS = 20
PARTS: dict[str, Words] = {
    "facts": Words("主要事实", "What happened"),
    "issues": Words("争议的事项", "What it is about"),
    "responsibility": Words("各方的责任", "Each one's responsibility"),
    "manner": Words("怎样履行", "How it is carried out"),
}
WRITTEN_PARTS = ("facts", "issues", "responsibility", "manner")
NOT_CONFIRMED: dict[str, Words] = {
    "status": Words("确认身份关系", "Whether a family tie is valid"),
    "adoption": Words("确认收养关系", "Whether an adoption is valid"),
    "marriage": Words("确认婚姻关系", "Whether a marriage is valid"),
}
HOW_SIGNED: dict[str, Words] = {
    "screen": Words("在网上确认", "On screen"),
    "code": Words("当面凭查询码确认", "By the own code"),
    "paper": Words("纸上签名", "On paper"),
    "thumbprint": Words("纸上按指印", "By thumbprint on paper"),
}
WORDS_OF_TERMS: dict[str, Words] = {
    "kept": Words("做到了", "Kept"),
    "late": Words("做到了，但是晚了", "Kept, but late"),
    "broken": Words("没有做到", "Not kept"),
}
MORE_BARS = (
    "不再追究任何", "不得投诉", "不得复议", "不得申请复议", "不得仲裁", "不再申诉", "不再起诉", "永不上访", "保证不上访",
    "not to sue", "no lawsuit", "never sue", "not to ask for a review", "drop the complaint", "drops the complaint",
)  # fmt: skip
PENALTIES = ("拘禁", "体罚", "断绝关系", "限制人身自由", "corporal punishment", "locked up")


@dataclass(frozen=True, slots=True)
class Term:
    """One thing that somebody will do: what, by when. ``amount_cents`` is money in hundredths, or 0."""

    text: str
    due_on: datetime.date
    amount_cents: int = 0


def what_bars(text: str) -> str:
    """The words that would bar a complaint, a review or a suit, or that no agreement may hold; empty where none."""
    plain = "".join(text.split()).lower()
    for bar in (*BARS, *MORE_BARS, *PENALTIES):
        if "".join(bar.split()).lower() in plain:
            return bar
    return ""


def check_text(fields: Mapping[str, str]) -> None:
    """Raises Refusal("agreement_bars") for words that no agreement may hold, with the field and the words."""
    for field, text in fields.items():
        found = what_bars(text)
        if found:
            raise Refusal("agreement_bars", field=field, words=found)


def missing(parts: Mapping[str, str], terms: Collection[Term], *, is_oral: bool) -> tuple[str, ...]:
    """What an agreement lacks before it can be signed. An oral one is recorded in few words: terms alone."""
    lacking = () if is_oral else tuple(name for name in WRITTEN_PARTS if not parts.get(name, "").strip())
    return lacking if terms else (*lacking, "terms")


def check_terms(terms: Collection[Term], *, today: datetime.date) -> None:
    """Raises Refusal("too_many"), "input_missing", "date_in_past" or "invalid", naming the field."""
    if len(terms) > MOST_TERMS:
        raise Refusal("too_many", field="terms", maximum=MOST_TERMS)
    for term in terms:
        if not term.text.strip():
            raise Refusal("input_missing", field="text")
        if term.due_on < today:
            raise Refusal("date_in_past", field="due_on")
        if term.amount_cents < 0:
            raise Refusal("invalid", field="amount")


def is_signed(signers: Collection[int], sides: Collection[int], *, by_mediator: bool) -> bool:
    """Whether all sides and the mediator have signed (Article 29)."""
    return by_mediator and bool(sides) and set(sides) <= set(signers)


def confirmation_until(effective_on: datetime.date) -> datetime.date:
    """The last of thirty calendar days; the day of the agreement is not counted. Where it rolls is the pack's."""
    return effective_on + datetime.timedelta(days=CONFIRMATION_DAYS)


def days_left(effective_on: datetime.date, today: datetime.date) -> int:
    """Days that are left to ask for judicial confirmation, today included; 0 when the time is over."""
    return max(0, (confirmation_until(effective_on) - today).days + 1)


def state_of_term(words: Iterable[str], due_on: datetime.date, today: datetime.date) -> str:
    """Where a term stands by the last word of the sides: kept, late or broken; else open, or "due" once its day is over.

    No clock says that anything is broken: only a side does.
    """
    last = ""
    for word in words:
        last = word
    if last in WORDS_OF_TERMS:
        return last
    return "due" if due_on < today else "open"


def word_of(word: str, *, on: datetime.date, due_on: datetime.date) -> str:
    """The word that is kept: what was kept after its day is late. Raises Refusal("unknown_choice")."""
    if word not in WORDS_OF_TERMS:
        raise Refusal("unknown_choice", field="word")
    return "late" if word == "kept" and on > due_on else word
