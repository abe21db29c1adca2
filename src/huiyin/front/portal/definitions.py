"""What each published figure is called, and what exactly it counts."""

from __future__ import annotations

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from huiyin.ui.sayings_of_figures import COVERAGE, SETTLED_BY_LEVEL, Said

COMPLAINT_ACTS: dict[str, Said] = {
    "accepted": (_("Complaints accepted"), _("Complaints that went from registration or acceptance into handling.")),
    "declined": (_("Declined with a route"), _("Written refusals that name another way.")),
    "answered": (_("Answered"), _("Written answers with an outcome.")),
    "late": (_("Decided late"), _("Answers and refusals given after the last day of a time limit that they fulfil.")),
    "extended": (_("Extended"), _("Extensions of a time limit that were approved.")),
    "review_changed": (_("Decision changed"), _("Reviews that found for the complainant, in full or in part.")),
    "review_upheld": (_("Decision upheld"), _("Reviews that left the decision as it was, or did not take the request up.")),
}  # fmt: skip
TABLES: dict[str, Said] = {
    "settled_by_town_and_kind": (
        _("Disputes settled, by town and kind"),
        _("The settled disputes of the quarter, by where the dispute lay and what it was about."),
    ),
    "settled_by_town": (_("Disputes settled, by town"), _("The settled disputes of the quarter, by where the dispute lay.")),
    "settled_by_kind": (_("Disputes settled, by kind"), _("The settled disputes of the quarter, by what they were about.")),
    "settled_by_level": SETTLED_BY_LEVEL,
    "suggestions_answered_by_town": (
        _("Suggestions answered in public, by town"),
        _("Answers given in the quarter, by the area they are about. Each stands on the public list, so they are exact."),
    ),
    "office_hours_by_town": (
        _("Office hours held, by town"),
        _("Office hours of the quarter, by where they were held. They were announced in public and are exact."),
    ),
    "came_by_town": (
        _("Who came to office hours, by town"),
        _("One number for each office hour. Nobody’s name is written down, and no sum is given."),
    ),
}  # fmt: skip
SHOWN: dict[str, Promise] = {
    "fewer_than_ten": _("fewer than ten"),
    "withheld": _("not shown, so that a smaller number beside it stays hidden"),
    "rule": _(
        "Acts of the office for the whole county are exact. In a breakdown no number of one to nine is shown, the others are rounded to five, and so many are withheld that nobody can reckon a small one back."
    ),
    "coverage": COVERAGE,
    "rate": _("The two numbers stand beside it. A percentage stands only where there are ten or more."),
}
COLUMNS: dict[str, Promise] = {"all": _("All")}
