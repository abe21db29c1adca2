"""From a case as a move leaves it to the words of the letter. Nothing here knows who the complainant is."""

from __future__ import annotations

import datetime

from django.conf import settings

from huiyin.record.bodies import queries as bodies
from huiyin.record.cases.composing import letter_parts
from huiyin.record.cases.composing.letter_occasion import Author, Occasion
from huiyin.record.cases.days import terms
from huiyin.record.cases.given import Given
from huiyin.record.cases.models import Case, Document, RunningTerm
from huiyin.record.files import store
from huiyin.record.files.content import LetterContent, Signature
from huiyin.record.ledger.chains import ChainRef
from huiyin.record.ledger.checkpoints import verifier_key
from huiyin.record.ledger.promises import leaf_of
from huiyin.record.ledger.queries import event_of
from huiyin.record.prepared import Place, Prepared
from huiyin.rules.letters import BY_WRITER, FILLED_IN, check_contents
from huiyin.rules.procedure import Move, Procedure

_CASE = Place("case")
_RUNNING = Prepared(lambda: RunningTerm.objects.filter(case=_CASE, state="running").order_by("due_on", "id"))
_DOCUMENT_NUMBERS = Prepared(lambda: Document.objects.filter(case=_CASE).values_list("number"))


def of_move(
    case: Case, procedure: Procedure, rule: Move, given: Given, *, author: Author, on: datetime.date,
    old_due: datetime.date | None = None,
) -> LetterContent | None:  # fmt: skip
    """The letter of a move whose clocks have been moved; None when the move makes none.

    Raises Refusal("input_missing") while a part the letter must hold is not there.
    """
    if not rule.makes:
        return None
    rows = _RUNNING.all(case=case.pk)
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
    used = store.numbers_of(case.pk) | {number for (number,) in _DOCUMENT_NUMBERS.all(case=case.pk)}
    count = len(used) + 1
    while (number := f"{on.year}-{case.number}-{count}") in used:
        count += 1
    return number


def content(occasion: Occasion) -> LetterContent:
    """The letter. Raises Refusal("input_missing") while a part it must hold is not there."""
    case, words = occasion.case, occasion.words
    places = _places(occasion)
    parts = letter_parts.labelled(occasion)
    present = {part.id for part in parts} | {name for name in ("due", "old_due") if places[name]} | {"request"}
    present |= _written(occasion.rule, occasion.given)
    present |= {"responsible"} if places["officer"] and places["unit"] else set()
    present |= {"window"} if occasion.window else set()
    check_contents(occasion.kind, present, occasion.asked)
    opening = words.say(f"openings.{occasion.kind}", **places) or words.text("openings.notice")
    title = (
        words.text(f"titles.{occasion.kind}")
        or occasion.say(letter_parts.notice(occasion))
        or words.text("titles.notice")
    )
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
            officer=letter_parts.officer_line(occasion),
            seal=words.text("seal"),
        ),
        counts=tuple(letter_parts.day_counts(occasion)),
        counts_title=words.text("labels.counts"),
        count_heads=(words.text("counting.days"), words.text("counting.used"), words.text("counting.why")),
        number_line=words.say("number_line", number=occasion.number),
        tracking_url=url,
        tracking_words=words.say("tracking", **places),
        squares_words=words.text("squares"),
        page_words=words.text("pages"),
        proof_words=words.say("proof", **_in_history(case)),
    )


def _in_history(case: Case) -> dict[str, str]:
    """Where the registration stands in the public history; the fingerprint is the same in every letter of the matter."""
    registered = event_of(ChainRef.case(case.number), 1)
    return {
        "key": verifier_key(),
        "leaf": leaf_of(registered.hash) if registered else "",
        "address": f"{settings.HUIYIN_BASE_URL}/transparency/",
    }


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
