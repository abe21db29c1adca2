"""From a case as a move leaves it to the words of the letter. Nothing here knows who the complainant is."""

from __future__ import annotations

import datetime
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from django.conf import settings

from huiyin.record.bodies import queries as bodies
from huiyin.record.cases import terms
from huiyin.record.cases.given import Given
from huiyin.record.cases.models import Case, Document, RunningTerm
from huiyin.record.files import store
from huiyin.record.files.content import DayCount, LetterContent, Part, Signature
from huiyin.record.files.daycounts import article, day_count, length, span
from huiyin.record.files.words import Wording
from huiyin.record.ledger.chains import Actor
from huiyin.rules.letters import BY_WRITER, FILLED_IN, check_contents, required_contents
from huiyin.rules.procedure import Choice, Move, Procedure, Words

EMPTY = Words("", "")
NOTHING_GIVEN = Given()


@dataclass(frozen=True, slots=True)
class Author:
    """Who answers for the words of a letter: the officer who wrote it, as of then."""

    name: Words = EMPTY
    duty_number: str = ""
    title: Words = EMPTY
    unit: Words = EMPTY
    post: str = ""

    @classmethod
    def of(cls, actor: Actor) -> Author:
        """The officer who acts."""
        return cls(
            name=_both(actor.name),
            duty_number=actor.duty_number,
            title=_both(actor.post_title),
            unit=_both(actor.unit_name),
            post=actor.post,
        )

    def as_signature(self) -> dict[str, str]:
        """To be kept with a draft that others sign."""
        return {
            "name_zh": self.name.zh, "name_en": self.name.en, "duty_number": self.duty_number, "post": self.post,
            "title_zh": self.title.zh, "title_en": self.title.en, "unit_zh": self.unit.zh, "unit_en": self.unit.en,
        }  # fmt: skip

    @classmethod
    def of_signature(cls, signed: Mapping[str, str]) -> Author:
        """Back from a draft."""

        def both(name: str) -> Words:
            return Words(signed.get(f"{name}_zh", ""), signed.get(f"{name}_en", ""))

        return cls(both("name"), signed.get("duty_number", ""), both("title"), both("unit"), signed.get("post", ""))


@dataclass(frozen=True, slots=True)
class Occasion:
    """What a letter is written for, and what the case looks like then."""

    case: Case
    procedure: Procedure
    kind: str
    number: str
    on: datetime.date
    author: Author
    rows: Sequence[RunningTerm]
    given: Given = NOTHING_GIVEN
    rule: Move | None = None
    window: RunningTerm | None = None
    old_due: datetime.date | None = None

    @property
    def asked(self) -> tuple[str, ...]:
        """What the pack wants in this letter besides."""
        return self.rule.contents if self.rule else ()

    @property
    def outcome(self) -> str:
        """The outcome that the move sets or its maker chose."""
        return (self.rule.outcome if self.rule else "") or self.given.outcome

    @property
    def words(self) -> Wording:
        """The words of its pack, in the language of the complainant."""
        return Wording(self.procedure.id, self.case.language)

    def say(self, words: Words | None) -> str:
        """Words in the language of the letter."""
        return words.in_language(self.case.language) if words else ""


def of_move(
    case: Case, procedure: Procedure, rule: Move, given: Given, *, author: Author, on: datetime.date,
    old_due: datetime.date | None = None,
) -> LetterContent | None:  # fmt: skip
    """The letter of a move whose clocks have been moved; None when the move makes none.

    Raises Refusal("input_missing") while a part the letter must hold is not there.
    """
    if not rule.makes:
        return None
    rows = list(RunningTerm.objects.filter(case=case, state="running").order_by("due_on", "id"))
    return content(
        Occasion(
            case=case,
            procedure=procedure,
            kind=rule.makes,
            number=next_number(case, on),
            on=on,
            author=author,
            rows=[row for row in rows if procedure.terms[row.term].is_duty],
            given=given,
            rule=rule,
            window=next((row for row in rows if row.term in rule.starts and row.owed_by == terms.COMPLAINANT), None),
            old_due=old_due,
        )
    )


def check_given(rule: Move, given: Given) -> None:
    """Before a draft goes round: is there everything of the letter that its writer must give?

    Raises Refusal("input_missing"), so that the last signer never finds out what the first left open.
    """
    if rule.makes:
        check_contents(rule.makes, _written(rule, given) | (FILLED_IN - BY_WRITER), rule.contents)


def _written(rule: Move | None, given: Given) -> set[str]:
    """What came with the move. What it does not ask for the pack says: the law, and where the last word leaves a way."""
    asked_for = {*rule.requires, *rule.accepts} if rule else set()
    return {*given.as_inputs(), "legal_basis", *(BY_WRITER - asked_for)}


def acknowledgment(case: Case, procedure: Procedure, *, on: datetime.date) -> LetterContent:
    """What the receipt says, as a letter: with the dates first promised, whatever happened since."""
    rows = [
        row
        for row in RunningTerm.objects.filter(case=case, term__in=procedure.opening_terms).order_by("id")
        if row.starts_on <= on
    ]
    first = {row.term: row for row in reversed(rows)}
    for row in first.values():
        row.due_on, row.stops, row.extensions = row.first_due_on, [], []
    return content(
        Occasion(
            case=case,
            procedure=procedure,
            kind="acknowledgment",
            number=f"{on.year}-{case.number}-0",
            on=on,
            author=Author(),
            rows=sorted(first.values(), key=lambda row: (row.due_on, row.pk)),
        )
    )


def next_number(case: Case, on: datetime.date) -> str:
    """The next letter number of a case: year, case number, a counter."""
    used = store.numbers_of(case.pk) | set(Document.objects.filter(case=case).values_list("number", flat=True))
    count = len(used) + 1
    while (number := f"{on.year}-{case.number}-{count}") in used:
        count += 1
    return number


def content(occasion: Occasion) -> LetterContent:
    """The letter. Raises Refusal("input_missing") while a part it must hold is not there."""
    case, words = occasion.case, occasion.words
    places = _places(occasion)
    parts = _parts(occasion, places)
    present = {part.id for part in parts} | {name for name in ("due", "old_due") if places[name]} | {"request"}
    present |= _written(occasion.rule, occasion.given)
    present |= {"responsible"} if places["officer"] and places["unit"] else set()
    present |= {"window"} if occasion.window else set()
    check_contents(occasion.kind, present, occasion.asked)
    opening = words.say(f"openings.{occasion.kind}", **places) or words.text("openings.notice")
    title = words.text(f"titles.{occasion.kind}") or occasion.say(_notice(occasion)) or words.text("titles.notice")
    url = f"{settings.HUIYIN_BASE_URL}/track/{case.number}/"
    return LetterContent(
        kind=occasion.kind,
        procedure=occasion.procedure.id,
        language=case.language,
        on=occasion.on,
        number=occasion.number,
        case_number=case.number,
        letterhead=occasion.say(case.body.name),
        title=title,
        subject=words.say("subject", **places),
        salutation=words.text("salutation"),
        paragraphs=(opening, *(line for line in occasion.given.text.splitlines() if line.strip())),
        parts=tuple(parts),
        signature=Signature(
            body=occasion.say(case.body.name),
            date=words.date(occasion.on),
            officer=_officer_line(occasion),
            seal=words.text("seal"),
        ),
        counts=tuple(_counts(occasion)),
        counts_title=words.text("labels.counts"),
        count_heads=(words.text("counting.days"), words.text("counting.used"), words.text("counting.why")),
        number_line=words.say("number_line", number=occasion.number),
        tracking_url=url,
        tracking_words=words.say("tracking", **places),
        squares_words=words.text("squares"),
        page_words=words.text("pages"),
    )


def _places(occasion: Occasion) -> dict[str, str]:
    case, words = occasion.case, occasion.words
    post = case.responsible_post
    acting = bodies.holders([post.pk]).get(post.pk) if post else None
    return {
        "case_number": case.number,
        "body": occasion.say(case.body.name),
        "unit": occasion.say(post.unit.name if post else case.unit.name),
        "officer": occasion.say(acting.name if acting else post.title if post else occasion.author.name),
        "received": words.date(case.received_on),
        "due": words.date(_main_due(occasion)) if occasion.rows else "",
        "old_due": words.date(occasion.old_due) if occasion.old_due else "",
    }


def _main_due(occasion: Occasion) -> datetime.date:
    """The day the letter speaks of: of the duty made longer, else of the one just begun, else the nearest."""
    longer = occasion.rule.extends if occasion.rule else None
    for row in occasion.rows:
        if row.term == longer:
            return row.due_on
    begun = [row.due_on for row in occasion.rows if row.starts_on == occasion.on]
    return max(begun) if begun else occasion.rows[0].due_on


def _parts(occasion: Occasion, places: Mapping[str, str]) -> list[Part]:
    given, procedure, words = occasion.given, occasion.procedure, occasion.words
    route = procedure.routes.get(given.route)
    is_choice = given.reason in procedure.reasons
    reason = _name(procedure.reasons, given.reason) if is_choice else Words(given.reason, given.reason)
    lines: dict[str, list[str]] = {
        "outcome": [occasion.say(_name(procedure.outcomes, occasion.outcome))],
        "reason": [occasion.say(reason)],
        "legal_basis": [given.legal_basis or _basis(occasion)],
        "route": _route(occasion, route) if route else [],
        "review_route": _review(occasion) if _names_review(occasion) else [],
        "due": [] if _names_review(occasion) else [_due_line(occasion, row) for row in occasion.rows],
    }
    found = [(name, tuple(line for line in each if line.strip())) for name, each in lines.items()]
    return [Part(name, words.text(f"labels.{name}"), each) for name, each in found if each]


def _route(occasion: Occasion, route: Choice) -> list[str]:
    """Where to go, and until when: a time limit nobody has checked is not told as law."""
    limit, words = route.time_limit, occasion.words
    lines = [occasion.say(route.name), occasion.say(route.text)]
    if limit is not None and limit.verified:
        time = span(limit.unit, limit.length, words)
        counted_from = occasion.say(limit.counted_from)
        law = article(limit.article, words)
        lines.append(words.say("route_limit", length=time, counted_from=counted_from, article=law))
    return lines


def _basis(occasion: Occasion) -> str:
    """The law of the move where its maker names none; an article only where somebody has checked it."""
    procedure, rule, words = occasion.procedure, occasion.rule, occasion.words
    law = occasion.say(procedure.law or procedure.name)
    if rule is not None and rule.article and rule.verified:
        return words.say("basis", law=law, article=article(rule.article, words))
    return law if "legal_basis" in required_contents(occasion.kind, occasion.asked) else ""


def _names_review(occasion: Occasion) -> bool:
    return "review_route" in required_contents(occasion.kind, occasion.asked)


def _review(occasion: Occasion) -> list[str]:
    case, words, window = occasion.case, occasion.words, occasion.window
    lines = [occasion.say(occasion.procedure.review_route)]
    if window is not None:
        rule = occasion.procedure.terms[window.term]
        lines.append(
            words.say(
                "review.window",
                length=length(rule, words, count=window.length),
                date=words.date(occasion.on),
                last_day=words.date(window.due_on),
            )
        )
    if window is not None and occasion.procedure.review_procedure:
        line = bodies.line_of_bodies(case.body)
        who = words.say("review.reviewer", reviewer=occasion.say(line[1].name if line[1:] else case.body.name))
        return [*lines, who + words.text("review.no_mark")]
    return lines


def _due_line(occasion: Occasion, row: RunningTerm) -> str:
    words = occasion.words
    name = occasion.say(occasion.procedure.terms[row.term].name)
    line = words.say("stored_due", name=name, date=words.date(row.due_on))
    return line + words.text("provisional") if row.is_provisional else line


def _counts(occasion: Occasion) -> list[DayCount]:
    rows = [*([] if _names_review(occasion) else occasion.rows), *([occasion.window] if occasion.window else [])]
    law = occasion.say(occasion.procedure.law)
    return [
        day_count(
            occasion.procedure.terms[row.term],
            terms.count_again(row, occasion.procedure, occasion.case.body.calendar),
            occasion.words,
            law=law,
        )
        for row in rows
        if occasion.procedure.terms[row.term].unit != "hours"
    ]


def _officer_line(occasion: Occasion) -> str:
    author, words, post = occasion.author, occasion.words, occasion.case.responsible_post
    if not author.name.zh:
        return ""
    phone = post.unit.phone if post and post.code == author.post else ""
    line = words.say(
        "officer_line",
        officer=occasion.say(author.name),
        title=occasion.say(author.title),
        duty_number=author.duty_number,
        unit=occasion.say(author.unit),
        phone=words.say("phone", number=phone) or " ",
    )
    return line.strip() or occasion.say(author.name)


def _notice(occasion: Occasion) -> Words | None:
    return _name(occasion.procedure.notices, occasion.kind)


def _name(choices: Mapping[str, Choice], id_: str) -> Words | None:
    found = choices.get(id_)
    return found.name if found else None


def _both(tongues: Mapping[str, str]) -> Words:
    return Words(tongues.get("zh", ""), tongues.get("en", ""))
