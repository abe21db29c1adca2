"""How one refusal is said, and the titles that several share."""

from __future__ import annotations

from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _


@dataclass(frozen=True, slots=True)
class Saying:
    """How one code is said."""

    status: int
    title: Promise
    sentence: Promise
    plain: Promise | None = None


NOT_FOUND = _("We did not find this")
NOT_NOW = _("This cannot be done now")
INCOMPLETE = _("Something is missing or cannot be read")
