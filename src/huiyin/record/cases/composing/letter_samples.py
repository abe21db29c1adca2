"""Letters of a made-up case: what an office's letters look like and say, before anybody gets one."""

from __future__ import annotations

import datetime
from collections.abc import Iterator
from dataclasses import dataclass, replace

from huiyin.record import clock
from huiyin.record.bodies.models import Body
from huiyin.record.cases.composing import letter_content
from huiyin.record.cases.composing.letter_occasion import Author, Occasion
from huiyin.record.cases.days import terms
from huiyin.record.cases.given import Given
from huiyin.record.cases.models import Case, RunningTerm
from huiyin.record.files import typesetting
from huiyin.record.files.content import LetterContent
from huiyin.record.files.typesetting import Form
from huiyin.record.files.words import Wording
from huiyin.rules.contents import CONTENTS
from huiyin.rules.letters import required_contents
from huiyin.rules.procedure import Move, Procedure, Term, Words
from huiyin.rules.refusal import Refusal
from huiyin.rules.running import Extended, History

ACKNOWLEDGMENT = "acknowledgment"
NUMBER = "0000-0000-00"
RECEIVED_BEFORE = 20  # days
AUTHOR = Author(
    name=Words("示例经办人", "Sample Officer"),
    duty_number="000000",
    title=Words("经办人", "case officer"),
    unit=Words("示例科室", "Sample section"),
)
GIVEN = {
    "zh": Given(
        text="这是一份样本，没有发给任何人。\n经办人写的话在这里：查明的事实、理由和意见，一段一段地写。",
        reason="经办人写的理由。",
        legal_basis="《示例办法》第一条",
    ),
    "en": Given(
        text="This is a sample. Nobody received it.\nHere stand the officer's words: the facts found, the reasons and the opinion, paragraph by paragraph.",
        reason="The reason in the officer's words.",
        legal_basis="Sample Rules, Article 1",
    ),
}


@dataclass(frozen=True, slots=True)
class Sample:
    """A kind of letter of a pack: which step makes it, its title and first sentence, what it must hold."""

    id: str
    kind: str
    step: Words | None
    title: Words
    opening: Words
    must_hold: tuple[Words, ...]


def samples(procedure: Procedure) -> list[Sample]:
    """Every letter that the pack can send, the acknowledgment first."""
    return [
        _sample(procedure, ACKNOWLEDGMENT, ACKNOWLEDGMENT, None),
        *(_sample(procedure, move.id, move.makes, move) for move in procedure.moves.values() if move.makes),
    ]


def as_pdf(procedure: Procedure, which: str, *, language: str, body_code: str, form: Form = "pdf") -> bytes:
    """A sample letter, set as a real one is. Raises Refusal("not_found") or Refusal("no_typeface")."""
    return typesetting.render(content(procedure, which, language=language, body_code=body_code), form=form)


def content(procedure: Procedure, which: str, *, language: str, body_code: str) -> LetterContent:
    """What stands in a sample letter of a body, dated today. Raises Refusal("not_found")."""
    body = Body.objects.filter(code=body_code).first()
    rule = procedure.moves.get(which)
    if body is None or (which != ACKNOWLEDGMENT and (rule is None or not rule.makes)):
        raise Refusal("not_found")
    on = clock.today(body.time_zone)
    case = _case(body, language, on)
    rows, old_due = _rows(case, procedure, rule, on)
    return letter_content.content(
        Occasion(
            case=case,
            procedure=procedure,
            kind=rule.makes if rule and rule.makes else ACKNOWLEDGMENT,
            number=f"{on.year}-{NUMBER}-1",
            on=on,
            author=AUTHOR,
            rows=[row for row in rows if procedure.terms[row.term].is_duty],
            given=_given(procedure, rule, language) if rule else Given(),
            rule=rule,
            window=next((row for row in rows if row.owed_by == terms.COMPLAINANT), None) if rule else None,
            old_due=old_due,
        )
    )


def _sample(procedure: Procedure, id_: str, kind: str, move: Move | None) -> Sample:
    zh, en = Wording(procedure.id, "zh"), Wording(procedure.id, "en")

    def both(path: str, otherwise: str) -> Words:
        return Words(zh.text(path) or zh.text(otherwise), en.text(path) or en.text(otherwise))

    title = both(f"titles.{kind}", "titles.notice")
    if not zh.text(f"titles.{kind}") and kind in procedure.notices:
        title = procedure.notices[kind].name
    parts = required_contents(kind, move.contents if move else ())
    own_words = Words("经办人写的正文", "the officer's own words")
    return Sample(
        id=id_,
        kind=kind,
        step=move.name if move else None,
        title=title,
        opening=both(f"openings.{kind}", "openings.notice"),
        must_hold=tuple(CONTENTS[part].name if part in CONTENTS else own_words for part in parts),
    )


def _case(body: Body, language: str, on: datetime.date) -> Case:
    unit = body.units.order_by("id").first()
    return Case(
        number=NUMBER,
        body=body,
        unit=unit,
        language=language,
        received_on=on - datetime.timedelta(days=RECEIVED_BEFORE),
        registered_at=clock.now(),
    )


def _given(procedure: Procedure, rule: Move, language: str) -> Given:
    words = GIVEN["zh" if language.lower().startswith("zh") else "en"]
    return replace(
        words,
        reason=rule.reasons[0] if rule.reasons else words.reason if "reason" in rule.requires else "",
        route=next(iter(procedure.routes), "") if "route" in (*rule.requires, *rule.accepts) else "",
        outcome=rule.outcomes[0] if rule.outcomes else "",
    )


def _rows(
    case: Case, procedure: Procedure, rule: Move | None, on: datetime.date
) -> tuple[list[RunningTerm], datetime.date | None]:
    """The clocks that run after the step, and the day that an extension leaves behind."""
    if rule is None:
        return [_row(case, procedure.terms[name], case.received_on) for name in procedure.opening_terms], None
    started = [_row(case, procedure.terms[name], on) for name in rule.starts]
    if rule.extends:
        row = _row(case, procedure.terms[rule.extends], case.received_on)
        old_due = row.due_on
        _extend(row, procedure.terms[rule.extends], case, on)
        return [row, *started], old_due
    return [*started, *(_row(case, term, on) for term in _missing(procedure, started))], None


def _missing(procedure: Procedure, started: list[RunningTerm]) -> Iterator[Term]:
    """A duty and a window of the pack, where the step starts none: most letters name one."""
    known = [procedure.terms[row.term] for row in started]
    for is_duty in (True, False):
        if not any(term.is_duty == is_duty for term in known):
            yield from [term for term in procedure.terms.values() if _fits(term, is_duty=is_duty)][:1]


def _fits(term: Term, *, is_duty: bool) -> bool:
    return term.unit != "hours" and (term.is_duty if is_duty else term.owed_by == terms.COMPLAINANT)


def _row(case: Case, term: Term, start: datetime.date) -> RunningTerm:
    return terms.new_term(case, term, start=start, country=case.body.calendar, zone=case.body.time_zone)


def _extend(row: RunningTerm, term: Term, case: Case, on: datetime.date) -> None:
    if term.extension is not None:
        extended = Extended(on, term.extension.maximum, term.extension.unit)
        terms.keep_history(row, History(extensions=(extended,)))
        terms.count_into(row, term, country=case.body.calendar, zone=case.body.time_zone)
