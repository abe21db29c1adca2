"""What a figure that both the desk and everybody reads is called, and what exactly it counts."""

from __future__ import annotations

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

Said = tuple[Promise, Promise]

ACTS: dict[str, Said] = {
    "disputes_settled": (
        _("Disputes settled"),
        _(
            "Mediations that reached an agreement, written or oral, each counted once on the day of its first agreement."
        ),
    ),
    "suggestions": (
        _("Suggestions heard"),
        _("Made at office hours or sent in. One that its author took back still counts; its words are gone."),
    ),
    "suggestions_answered": (_("Suggestions answered in public"), _("Answered where everybody can read it.")),
    "office_hours": (_("Office hours held"), _("In villages and communities, each once.")),
    "visits": (_("Visits on invitation"), _("Visits that somebody asked for and that took place.")),
    "posters": (
        _("Contact posters"),
        _("Posters and cards that hang today and say who answers for a village, a community, a firm or a school."),
    ),
}
GROUND: dict[str, Said] = {
    "village": (_("Villages"), _("Villages of the county, as they stand in the list of areas today.")),
    "community": (_("Communities"), _("Communities of its streets, as they stand in the list of areas today.")),
}
SETTLED_BY_LEVEL: Said = (
    _("Disputes settled, by level"),
    _("The settled disputes, by the level on which the sides agreed."),
)
COVERAGE: Promise = _(
    "Villages and communities in which at least one office hour was held in the quarter, of all villages and communities."
)
