"""Refusals about mediation: consent, what it cannot do, and who may say what for whom."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from huiyin.ui.saying import INCOMPLETE, NOT_NOW, Saying
from huiyin.ui.sayings_of_table import OF_TABLE

OF_MEDIATION: dict[str, Saying] = {
    **OF_TABLE,
    "not_for_mediation": Saying(
        422,
        _("This cannot be mediated"),
        _("There is another way that is right for it. The page on mediation names it."),
    ),
    "mediation_apart": Saying(
        409,
        NOT_NOW,
        _(
            "Sitting down together would tell the other side who complained. Ask for mediation apart, from the start page; the complaint goes on untouched."
        ),
    ),
    "guardian_missing": Saying(
        409,
        NOT_NOW,
        _(
            "This side is a minor. First the office notes who sits beside: the guardian, or somebody else where the dispute is about the guardian. A no counts at once."
        ),
    ),
    "not_told_yet": Saying(
        409,
        NOT_NOW,
        _("This mediator has not said yet whether there is any tie to a side. Wait for that, or choose another."),
    ),
    "not_chosen_by_all": Saying(
        409,
        NOT_NOW,
        _(
            "Not every side has accepted this mediator. Each says it with its own code, or the office writes down on the page of the table what a side said, how and on which day."
        ),
    ),
    "said_by_itself": Saying(
        409,
        _("The side said it itself"),
        _("This side said it with its own code. Only the side itself can change that."),
    ),
    "mediator_must_stay_away": Saying(
        409,
        _("This mediator must stay away"),
        _(
            "A side asked for somebody else, there is a tie, or the mediator can penalise a side. Choose another mediator."
        ),
    ),
    "consent_missing": Saying(
        422, INCOMPLETE, _("Write down how this side said yes: in person or by telephone. Nothing begins without it.")
    ),
}
