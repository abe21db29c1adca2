"""Due dates on a page: the badge, and the reasons of the day-by-day sum in words."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import Any

from django.utils.functional import Promise
from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from huiyin.rules.procedure import Words
from huiyin.ui.dates import SOON_DAYS, long_date, relative_days
from huiyin.ui.languages import page_tag

# The reason of a line of ``rules.deadline.Due.days``.
WHY: dict[str, Promise] = {
    "start": gettext_lazy("the day it began"),
    "workday": gettext_lazy("working day"),
    "makeup": gettext_lazy("make-up working day"),
    "weekend": gettext_lazy("weekend"),
    "holiday": gettext_lazy("public holiday"),
    "stopped": gettext_lazy("the clock stood still"),
    "rolled": gettext_lazy("the term ended on a rest day; it ends on this working day"),
}


def standing(due_on: date, today: date, *, met_on: date | None = None, ended: bool = False) -> tuple[str, str]:
    """How a term stands: a class name and the word for it."""
    if met_on:
        late = (met_on - due_on).days
        if late > 0:
            return "late", ngettext("done %(days)s day late", "done %(days)s days late", late) % {"days": late}
        return "kept", _("done in time")
    if ended:
        return "ended", _("no longer runs")
    left = (due_on - today).days
    kind = "over" if left < 0 else "soon" if left <= SOON_DAYS else "running"
    return kind, relative_days(due_on, today)


def badge(
    due_on: date,
    today: date,
    *,
    provisional: bool = False,
    met_on: date | None = None,
    ended: bool = False,
    with_date: bool = True,
) -> SafeString:
    """A shape, a word, the date: never colour alone."""
    kind, word = standing(due_on, today, met_on=met_on, ended=ended)
    nothing = mark_safe("")
    return format_html(
        '<span class="due due--{}"><span class="due__word"><span class="due__shape" aria-hidden="true"></span>{}</span>{}{}</span>',
        kind,
        word,
        format_html(' <time datetime="{}">{}</time>', due_on.isoformat(), long_date(due_on)) if with_date else nothing,
        format_html(' <span class="due__provisional">{}</span>', _("provisional")) if provisional else nothing,
    )


def lines(days: Iterable[Any]) -> list[dict[str, Any]]:
    """The lines of ``Due.days`` with their reasons in words; a public holiday by its name."""
    return [{"day": line.day, "number": line.number, "counted": line.counted, "why": reason(line)} for line in days]


def reason(line: Any) -> str:
    """Why a day counts or does not."""
    why = str(WHY.get(line.why, line.why))
    name: Words | None = getattr(line, "name", None)
    if name is None:
        return why
    return _("%(why)s (%(name)s)") % {"why": why, "name": name.in_language(page_tag())}
