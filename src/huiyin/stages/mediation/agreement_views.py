"""An agreement as all at the table read it, and its words as its letter says them."""

from __future__ import annotations

import datetime
from collections.abc import Sequence
from dataclasses import dataclass, field

from huiyin.rules import agreeing as rule
from huiyin.rules import line, reckoning
from huiyin.stages.mediation.table_models import AgreedTerm, Agreement, TermWord


@dataclass(frozen=True, slots=True)
class TermView:
    """One thing agreed, and where it stands by the word of the sides."""

    number: int
    side: int
    text: str
    due_on: datetime.date
    cents: int
    state: str
    said: tuple[tuple[int, str, str, datetime.datetime], ...]

    @property
    def amount(self) -> str:
        """The money as it is written, or nothing."""
        return reckoning.money(self.cents) if self.cents else ""


@dataclass(frozen=True, slots=True)
class AgreementView:
    """An agreement as all at the table read it."""

    number: int
    is_oral: bool
    is_partial: bool
    facts: str
    issues: str
    responsibility: str
    manner: str
    terms: tuple[TermView, ...]
    state: str
    signed: dict[int, str]
    read_at: datetime.datetime | None
    effective_on: datetime.date | None
    picture: int | None
    width: int
    height: int
    line: str
    line_words: str
    not_confirmable: str
    document: str
    lacking: tuple[str, ...]
    days_left: int = 0
    confirm_until: datetime.date | None = None
    points: tuple[tuple[int, int], ...] = field(default=())

    @property
    def may_be_confirmed(self) -> bool:
        """Whether a court can be asked to confirm it, and there is time."""
        return self.state == "effective" and not self.not_confirmable and self.days_left > 0

    @property
    def polyline(self) -> str:
        """The line in pixels of its picture."""
        return " ".join(f"{x * self.width // line.WHOLE},{y * self.height // line.WHOLE}" for x, y in self.points)

    @property
    def stroke(self) -> int:
        """How wide the line is drawn, in pixels of the picture."""
        return max(2, max(self.width, self.height) // 150)


def words_of(view: AgreementView, language: str) -> str:
    """The agreement in plain words, as its letter says it."""
    is_chinese = language.lower().startswith("zh")
    say = WORDS[is_chinese]
    lines = [
        f"{rule.PARTS[name].zh if is_chinese else rule.PARTS[name].en}{say['colon']}{getattr(view, name)}"
        for name in ("facts", "issues", "responsibility")
        if getattr(view, name).strip()
    ]
    lines.append(say["terms"])
    for term in view.terms:
        who = say["all"] if not term.side else say["side"].format(number=term.side)
        money = say["money"].format(amount=term.amount) if term.cents else ""
        lines.append(say["term"].format(number=term.number, who=who, text=term.text, money=money, day=term.due_on))
    if view.manner.strip():
        lines.append(f"{rule.PARTS['manner'].zh if is_chinese else rule.PARTS['manner'].en}{say['colon']}{view.manner}")
    if view.line:
        lines.append(say["line"].format(words=view.line_words))
    if view.is_partial:
        lines.append(say["partial"])
    return "\n".join([*lines, say["rights"]])


WORDS: dict[bool, dict[str, str]] = {
    True: {
        "colon": "：", "terms": "各方同意：", "all": "各方", "side": "第{number}方", "money": "（{amount}元）",
        "term": "{number}. {who}：{text}{money}，{day}前。", "line": "界线以附图上标出的线为准：{words}",
        "partial": "其余事项没有达成一致，各方可以继续调解或者走其他途径。",
        "rights": "本协议不影响任何一方投诉、申请仲裁、请求行政处理或者向人民法院起诉。",
    },
    False: {
        "colon": ": ", "terms": "All agree:", "all": "All sides", "side": "Side {number}", "money": " ({amount} yuan)",
        "term": "{number}. {who}: {text}{money}, by {day}.", "line": "The boundary is the line marked on the picture: {words}",
        "partial": "On the rest there is no agreement; all may go on with mediation or take another way.",
        "rights": "This agreement keeps nobody from a complaint, arbitration, an administrative decision or a suit.",
    },
}  # fmt: skip


def lacking_of(row: Agreement) -> tuple[str, ...]:
    """What it lacks before it can be signed."""
    parts = {name: getattr(row, name) for name in rule.WRITTEN_PARTS}
    terms = [rule.Term(each.text, each.due_on, each.cents) for each in row.terms.all()]
    return rule.missing(parts, terms, is_oral=row.is_oral)


def view_of(row: Agreement, today: datetime.date) -> AgreementView:
    """A row as pages may know it."""
    on = row.effective_on
    return AgreementView(
        row.number, row.is_oral, row.is_partial, row.facts, row.issues, row.responsibility, row.manner,
        tuple(_term(each, today) for each in sorted(row.terms.all(), key=lambda each: each.number)), row.state,
        {each.side: each.how for each in row.signatures.all()}, row.read_at, on, row.picture, row.width, row.height,
        row.line, row.line_words, row.not_confirmable, row.document, lacking_of(row),
        rule.days_left(on, today) if on else 0, rule.confirmation_until(on) if on else None, line.read(row.line),
    )  # fmt: skip


def _term(row: AgreedTerm, today: datetime.date) -> TermView:
    said: Sequence[TermWord] = sorted(row.said.all(), key=lambda each: each.pk)
    state = rule.state_of_term((each.word for each in said), row.due_on, today)
    return TermView(
        row.number, row.side, row.text, row.due_on, row.cents, state,
        tuple((each.side, each.word, each.text, each.at) for each in said),
    )  # fmt: skip
