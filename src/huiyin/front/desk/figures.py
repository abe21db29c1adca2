"""What each figure of the monthly report is called, and what exactly it counts."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from huiyin.front.desk.labels import CHANNELS, said
from huiyin.oversight.statistics.monthly import Breakdown, Report
from huiyin.record.law.versions import categories
from huiyin.rules.counting import Rate
from huiyin.ui.languages import page_tag
from huiyin.ui.parts import Figure

GROUPS: tuple[tuple[Promise, tuple[str, ...]], ...] = (
    (_("What came in and went out"), ("received", "came", "left", "open_at_end")),
    (_("What was decided"), ("accepted", "declined", "answered", "extended", "ended", "reopened")),
    (_("In time"), ("in_time", "late", "without_term", "overdue_at_end")),
    (_("Asked to look again"), ("review_asked", "review_changed", "review_upheld")),
    (_("Reviews this body decides"), ("reviews_received", "reviews_decided", "reviews_open_at_end")),
)
FIGURES: dict[str, tuple[Promise, Promise]] = {
    "received": (
        _("Received"),
        _("Matters registered here in the month, by the day of registration; requests for review are counted below."),
    ),
    "came": (_("Taken over"), _("Matters that came here from another body.")),
    "left": (_("Passed on"), _("Matters that went from here to another body. Their clocks went on running.")),
    "accepted": (_("Accepted"), _("Matters that went from registration or acceptance into handling or mediation.")),
    "declined": (
        _("Declined with a route"),
        _("Written refusals that name another way: the courts, another body, another procedure."),
    ),
    "answered": (
        _("Answered"),
        _("Written answers with an outcome, delivered in the month. A matter answered again after a review counts again."),
    ),
    "extended": (_("Extended"), _("Extensions of a time limit that were approved.")),
    "ended": (_("Ended"), _("Matters that reached their end: agreed, time for review over, declined, closed after review.")),
    "reopened": (_("Taken up again"), _("Ended matters that were opened again, mostly because a review was asked for.")),
    "in_time": (
        _("Decided in time"),
        _("Answers and refusals given by the last day of every time limit that they fulfil."),
    ),
    "late": (_("Decided late"), _("Answers and refusals given after the last day of a time limit that they fulfil.")),
    "without_term": (_("Decided without a running time limit"), _("Not in the rate.")),
    "open_at_end": (
        _("Open at the end"),
        _("Registered, taken over or opened again up to the last day, less what ended or was passed on by then."),
    ),
    "overdue_at_end": (
        _("Open and over due at the end"),
        _("Open matters with at least one duty of the office whose last day had passed. A stopped clock is not over due."),
    ),
    "review_asked": (
        _("Reviews asked for"),
        _("Requests to look again at a decision of this body, also those against its reviews."),
    ),
    "review_changed": (_("Decision changed"), _("Reviews that found for the complainant, in full or in part.")),
    "review_upheld": (_("Decision upheld"), _("Reviews that left the decision as it was, or did not take the request up.")),
    "reviews_received": (_("Reviews received"), _("Requests for review registered at this body, which decides them.")),
    "reviews_decided": (_("Reviews decided"), _("Review opinions and refusals delivered by this body.")),
    "reviews_open_at_end": (_("Reviews open at the end"), _("Requests for review that this body had not ended by the last day.")),
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Section:
    """Figures that belong together."""

    title: str
    lines: tuple[Figure, ...]
    note: str = ""


def sections(report: Report) -> list[Section]:
    """The whole report, in the page's language."""
    found = [
        Section(str(title), tuple(_figure(report, name) for name in names) + _rates(report, names))
        for title, names in GROUPS
    ]
    found.append(_broken_down(gettext("Received, by channel"), report.channels, lambda code: said(CHANNELS, code)))
    known = {code: words.in_language(page_tag()) for code, words in categories()}
    found.append(
        _broken_down(
            gettext("Received, by category"),
            report.categories,
            lambda code: known.get(code, code) if code else gettext("no category yet"),
        )
    )
    if report.has_restricted:
        found.append(_restricted(report))
    return found


def _figure(report: Report, name: str) -> Figure:
    label, definition = FIGURES[name]
    return Figure(str(label), f"{report.figures[name]:,}", str(definition))


def _rates(report: Report, names: tuple[str, ...]) -> tuple[Figure, ...]:
    if "in_time" in names:
        return (Figure(gettext("Decided in time, rate"), _rate(report.on_time), gettext("Decided in time, of all decided in time or late.")),)  # fmt: skip
    if "review_changed" in names:
        return (Figure(gettext("Decision changed, rate"), _rate(report.changed), gettext("Decisions changed, of all reviews decided.")),)  # fmt: skip
    return ()


def _rate(rate: Rate) -> str:
    if not rate.whole:
        return "—"
    parts = {"part": f"{rate.part:,}", "whole": f"{rate.whole:,}"}
    if rate.percent is None:
        return gettext("%(part)s of %(whole)s") % parts
    return gettext("%(percent)s%% (%(part)s of %(whole)s)") % (parts | {"percent": rate.percent})


def _broken_down(title: str, breakdown: Breakdown, name: Callable[[str], str]) -> Section:
    if not breakdown.total:
        return Section(title, (), gettext("Nothing was received in this month."))
    if breakdown.parts is None:
        return Section(title, (), gettext("Withheld: there were so few that a part would tell of single matters."))
    return Section(title, tuple(Figure(name(code), _shown(count)) for code, count in breakdown.parts.items()))


def _shown(count: int | None) -> str:
    return gettext("withheld") if count is None else f"{count:,}"


def _restricted(report: Report) -> Section:
    line = Figure(
        gettext("Matters about the conduct of staff"),
        _shown(report.restricted),
        gettext("Registered in the month. They are in no other figure of this report. Fewer than ten are withheld."),
    )
    return Section(gettext("For the supervising level alone"), (line,))
