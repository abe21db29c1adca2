"""What was asked in a complaint about staff, said to the complainant: evidence, what was put to the officer, doubts, who comes back."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from django.utils.translation import gettext as _

from huiyin.record.cases.shown.case_view import AskView, CaseView
from huiyin.rules.asking import NOT_ANSWERED
from huiyin.ui.dates import date_time, long_date
from huiyin.ui.languages import page_tag


@dataclass(frozen=True, slots=True)
class Said:
    """One line: what it is, where it stands, the words that were put, and the answer."""

    title: str
    said: str
    text: str
    answer: str


def fair(view: CaseView) -> tuple[Said, ...]:
    """Every line, in the order of what happened; nothing for a matter that is not about staff."""
    asks = view.staff.asks if view.staff else ()
    return tuple(
        Said(
            each.name.in_language(page_tag()),
            SAYING[each.kind](each),
            each.text if each.kind != "class" else "",
            each.answer,
        )
        for each in asks
    )


def _places(asked: AskView) -> dict[str, str]:
    return {
        "unit": asked.owed_by.in_language(page_tag()),
        "day": long_date(asked.due_on),
        "at": date_time(asked.answered_at) if asked.answered_at else "",
        "since": date_time(asked.asked_at),
    }


def _evidence(asked: AskView) -> str:
    if asked.state == "open":
        return _(
            "%(unit)s secures it by %(day)s and tells you here what came of it. Before that nobody is asked."
        ) % _places(asked)
    match asked.outcome:
        case "secured":
            return _("Secured by %(unit)s, %(at)s.") % _places(asked)
        case "partly":
            return _("Secured in part by %(unit)s, %(at)s.") % _places(asked)
        case _:
            return _("%(unit)s found nothing that could be secured, %(at)s.") % _places(asked)


def _put(asked: AskView) -> str:
    if asked.outcome == NOT_ANSWERED:
        return _("%(unit)s put this to the officer on %(since)s. The officer did not answer by %(day)s.") % _places(
            asked
        )
    if asked.state == "open":
        return _("%(unit)s put this to the officer on %(since)s, who must answer by %(day)s.") % _places(asked)
    return _("%(unit)s put this to the officer on %(since)s. The answer of %(at)s:") % _places(asked)


def _class(asked: AskView) -> str:
    if asked.state == "open":
        return _("You said that the class is wrong. Somebody else at %(unit)s answers by %(day)s.") % _places(asked)
    if asked.outcome == "changed":
        return _("%(unit)s changed the class, %(at)s.") % _places(asked)
    return _("%(unit)s left the class as it is, %(at)s.") % _places(asked)


def _removal(asked: AskView) -> str:
    if asked.state == "open":
        return _("One person proposed it with the reason below. Another at %(unit)s decides by %(day)s.") % _places(
            asked
        )
    if asked.outcome == "let_back":
        return _(
            "Two people agreed, the second at %(unit)s, %(at)s. Somebody who was kept away may see this again."
        ) % _places(asked)
    return _("%(unit)s did not agree, %(at)s. Those kept away stay away.") % _places(asked)


SAYING: dict[str, Callable[[AskView], str]] = {
    "evidence": _evidence,
    "put": _put,
    "class": _class,
    "removal": _removal,
}
