"""The labelled parts of a letter: outcome, reason, law, where to go, review, dates and how they were counted."""

from __future__ import annotations

from collections.abc import Mapping

from huiyin.record.bodies import queries as bodies
from huiyin.record.cases.composing.letter_occasion import Occasion
from huiyin.record.cases.days import terms
from huiyin.record.cases.models import RunningTerm
from huiyin.record.files.content import DayCount, Part
from huiyin.record.files.daycounts import article, day_count, length, span
from huiyin.record.law.routes import Place, place
from huiyin.rules.duties import LOOK_AGAIN, Duty, name_of
from huiyin.rules.letters import required_contents
from huiyin.rules.procedure import Choice, Words


def labelled(occasion: Occasion) -> list[Part]:
    """The parts that have something to say, in the order in which they are read."""
    given, procedure, words = occasion.given, occasion.procedure, occasion.words
    route = procedure.routes.get(given.route)
    is_choice = given.reason in procedure.reasons
    reason = _name(procedure.reasons, given.reason) if is_choice else Words(given.reason, given.reason)
    lines: dict[str, list[str]] = {
        "outcome": [occasion.say(_name(procedure.outcomes, occasion.outcome))],
        "duties_of_others" if occasion.case.channel == "review" else "duties": _duties(occasion),
        "reason": [occasion.say(reason)],
        "legal_basis": [given.legal_basis or _basis(occasion)],
        "route": _route(occasion, route) if route else [],
        "review_route": _review(occasion) if occasion.names_review else [],
        "due": [] if occasion.names_review else [_due_line(occasion, row) for row in occasion.rows],
    }
    found = [(name, tuple(line for line in each if line.strip())) for name, each in lines.items()]
    return [Part(name, words.text(f"labels.{name}"), each) for name, each in found if each]


def _duties(occasion: Occasion) -> list[str]:
    """What will be done and by when, a line each, and who alone ends it."""
    promised = occasion.duties
    return [*(_duty(occasion, each) for each in promised), occasion.words.text("duties.open")] if promised else []


def _duty(occasion: Occasion, duty: Duty) -> str:
    words = occasion.words
    sentence = "duties.look_again" if duty.kind == LOOK_AGAIN else "duties.line"
    kind, text = occasion.say(name_of(duty.kind)), " ".join(duty.text.split())
    return words.say(sentence, kind=kind, date=words.date(duty.due_on), text=text)


def _route(occasion: Occasion, route: Choice) -> list[str]:
    """Where to go, and until when: a time limit nobody has checked is not told as law."""
    limit, words = route.time_limit, occasion.words
    lines = [occasion.say(route.name), occasion.say(route.text)]
    if limit is not None and limit.verified:
        time = span(limit.unit, limit.length, words)
        counted_from = occasion.say(limit.counted_from)
        law = article(limit.article, words)
        lines.append(words.say("route_limit", length=time, counted_from=counted_from, article=law))
    return [*lines, *_place(occasion, place(route.address))]


def _place(occasion: Occasion, there: Place | None) -> list[str]:
    """Where that is, from the directory the office keeps; nothing where nobody has filled it in."""
    if there is None:
        return []
    words, name = occasion.words, occasion.say(there.name)
    contacts = [
        words.say("route.telephone", telephone=there.telephone),
        words.say("route.hours", hours=occasion.say(there.hours)),
        words.say("route.web", web=there.web),
    ]
    return [
        words.say("route.place", place=name, address=occasion.say(there.address)) or name,
        words.text("route.between").join(filter(None, contacts)),
    ]


def _basis(occasion: Occasion) -> str:
    """The law of the move where its maker names none; an article only where somebody has checked it."""
    procedure, rule, words = occasion.procedure, occasion.rule, occasion.words
    law = occasion.say((procedure.law_of(rule) if rule else procedure.law) or procedure.name)
    if rule is not None and rule.article and rule.verified:
        return words.say("basis", law=law, article=article(rule.article, words))
    return law if "legal_basis" in required_contents(occasion.kind, occasion.asked) else ""


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


def day_counts(occasion: Occasion) -> list[DayCount]:
    """Why each date of the letter is that day."""
    rows = [*([] if occasion.names_review else occasion.rows), *([occasion.window] if occasion.window else [])]
    procedure = occasion.procedure
    return [
        day_count(
            procedure.terms[row.term],
            terms.count_again(row, procedure, occasion.case.body.calendar),
            occasion.words,
            law=occasion.say(procedure.law_of(procedure.terms[row.term])),
        )
        for row in rows
        if procedure.terms[row.term].unit != "hours"
    ]


def officer_line(occasion: Occasion) -> str:
    """Who wrote the letter, with duty number, unit and telephone."""
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


def notice(occasion: Occasion) -> Words | None:
    """What the pack calls this kind of letter."""
    return _name(occasion.procedure.notices, occasion.kind)


def _name(choices: Mapping[str, Choice], id_: str) -> Words | None:
    found = choices.get(id_)
    return found.name if found else None
