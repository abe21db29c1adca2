"""Why this date: the day-by-day count of a term, folded into a few lines for the paper."""

from __future__ import annotations

from itertools import groupby

from huiyin.record.files.content import DayCount
from huiyin.record.files.words import Wording
from huiyin.rules.deadline import DayLine, Due
from huiyin.rules.procedure import Term

Row = tuple[str, str, str]


def day_count(term: Term, counted: Due, words: Wording, *, law: str = "") -> DayCount:
    """The count of one term: its rule in a sentence, then days of the same sort together."""
    name = term.name.in_language(words.language)
    return DayCount(
        title=words.say("stored_due", name=name, date=words.date(counted.on)),
        rule=_rule(term, counted, words, law),
        rows=tuple(
            _row(sort, list(lines), words)
            for sort, lines in groupby(counted.days, key=lambda line: _sort(line, term, words.language))
        ),
    )


def length(term: Term, words: Wording, *, count: int | None = None) -> str:
    """How long a term is."""
    return span(term.unit, term.length if count is None else count, words)


def span(unit: str, count: int, words: Wording) -> str:
    """``30日``, ``15 working days``, ``1 week``."""
    text = words.say(f"lengths.{unit}", count=count)
    return text.removesuffix("s") if words.tongue == "en" and count == 1 else text


def article(number: str, words: Wording) -> str:
    """``第34条``, ``Article 34``; what is no bare number stands as the pack writes it."""
    if not number[:1].isdigit():
        return number
    return f"第{number}条" if words.tongue == "zh" else f"Article {number}"


def _rule(term: Term, counted: Due, words: Wording, law: str) -> str:
    is_told = term.article and term.verified
    basis = words.say("counting.article", law=law, article=article(term.article, words)) if is_told else ""
    return words.say(
        "counting.rule",
        length=length(term, words),
        start=words.date(counted.days[0].day),
        count_from=words.text(f"counting.{term.count_from}"),
        roll=words.text(f"counting.roll_{term.roll}"),
        article=basis or " ",
    ).strip()


def _sort(line: DayLine, term: Term, language: str) -> tuple[str, str]:
    """What a line has in common with its neighbours: why it counts or not, and the name of a holiday."""
    if line.why == "start":
        return ("start_counted" if line.counted else "start", "")
    if line.why in {"rolled", "stopped"}:
        return (line.why, "")
    if term.unit != "working_days":
        return ("counted" if line.counted else "rolled_over", "")
    return (line.why, line.name.in_language(language) if line.name else "")


def _row(sort: tuple[str, str], lines: list[DayLine], words: Wording) -> Row:
    first, last = lines[0], lines[-1]
    numbers = str(last.number) if first.number == last.number else f"{first.number}–{last.number}"
    why, name = words.text(f"counting.{sort[0]}") or sort[0], sort[1]
    return (
        words.span(first.day, last.day),
        numbers if last.counted else words.text("counting.nothing"),
        f"{name}: {why}" if name and words.tongue == "en" else f"{name}：{why}" if name else why,
    )
