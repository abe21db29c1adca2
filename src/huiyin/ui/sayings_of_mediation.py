"""Refusals about mediation: consent, what it cannot do, and who may say what for whom."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from huiyin.ui.saying import INCOMPLETE, NOT_NOW, Saying

OF_MEDIATION: dict[str, Saying] = {
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
    "consent_missing": Saying(
        422, INCOMPLETE, _("Write down how this side said yes: in person or by telephone. Nothing begins without it.")
    ),
}
