"""The picture of a procedure, ready for a page."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from django.utils.safestring import SafeString, mark_safe

from huiyin.rules.picture import draw
from huiyin.rules.procedure import Procedure
from huiyin.ui.languages import page_tag

_NO_DATES: Mapping[str, date] = {}


def picture(
    procedure: Procedure, *, here: str = "", dates: Mapping[str, date] = _NO_DATES, due: Mapping[str, date] = _NO_DATES
) -> SafeString:
    """The whole procedure in the page's language, of a matter with where it is and its dates.

    ``rules.picture`` escapes every word of the pack.
    """
    drawn = draw(procedure, language=page_tag(), here=here, dates=dates, due=due)
    return mark_safe(drawn)  # noqa: S308 - escaped where it is drawn
