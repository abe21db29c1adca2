"""The answer of a matter and its dates as plain text, to be pasted into the platform of a higher level.

Nothing of the person stands in it: no name, no contact, none of their own words. The answer stands as it was written.
"""

from __future__ import annotations

from collections.abc import Iterator

from django.utils.translation import gettext as _

from huiyin.record.cases.shown.case_view import CaseView, DocumentView
from huiyin.ui.dates import plain_date
from huiyin.ui.languages import page_tag


def platform_text(view: CaseView) -> str:
    """One line for each fact, then the text of the answer; in the language of the page."""
    lines = [_("%(label)s: %(value)s") % {"label": label, "value": value} for label, value in _facts(view)]
    if view.answer is not None:
        lines += ["", _("Text of the answer"), view.answer.text]
    return "\n".join(lines) + "\n"


def _facts(view: CaseView) -> Iterator[tuple[str, str]]:
    tag = page_tag()
    yield _("Number"), view.number
    yield _("Body"), f"{view.body.in_language(tag)} {view.unit.in_language(tag)}"
    yield _("Received on"), plain_date(view.received_on)
    yield _("Registered"), plain_date(view.registered_at)
    accepted = next((each.at for each in reversed(view.timeline) if _is_handled(view, each.to_state)), None)
    if accepted is not None:
        yield _("Accepted on"), plain_date(accepted)
    for term in view.terms:
        if term.rule.is_duty:
            name = term.name.in_language(tag)
            yield _("Due: %(duty)s") % {"duty": name}, plain_date(term.due_on)
            if term.state in {"met", "met_late"} and term.ended_on is not None:
                yield _("Done: %(duty)s") % {"duty": name}, plain_date(term.ended_on)
    if view.answer is None:
        yield _("Answered on"), _("not yet")
        return
    yield from _answer(view, view.answer)


def _answer(view: CaseView, answer: DocumentView) -> Iterator[tuple[str, str]]:
    tag = page_tag()
    yield _("Answered on"), plain_date(answer.at)
    yield _("Letter"), answer.number
    if answer.outcome is not None:
        yield _("Outcome"), answer.outcome.name.in_language(tag)
    if answer.reason is not None:
        yield _("Reason"), answer.reason.name.in_language(tag)
    if answer.legal_basis:
        yield _("Legal basis"), answer.legal_basis
    letter = next((each for each in view.letters if each.number == answer.number), None)
    if letter is not None and letter.received_on is not None:
        yield _("Reached the person"), plain_date(letter.received_on)


def _is_handled(view: CaseView, state: str) -> bool:
    """Whether a matter in this state has been taken up."""
    known = view.procedure.states.get(state)
    return known is not None and known.stage == "handling"
