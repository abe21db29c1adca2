"""Refusals at the table of a dispute: sessions, offers, agreements, coming back."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from huiyin.ui.saying import INCOMPLETE, NOT_NOW, Saying

OF_TABLE: dict[str, Saying] = {
    "not_safe_together": Saying(
        409,
        NOT_NOW,
        _(
            "The sides do not sit together here: not every side has said, asked alone, that it is safe. Meet each side by itself."
        ),
    ),
    "does_not_suit": Saying(
        409,
        NOT_NOW,
        _("Not every side has said that this time suits. Ask those who have not answered, or offer other times."),
    ),
    "agreement_bars": Saying(
        422,
        _("This may not stand in an agreement"),
        _(
            "“%(words)s” may not stand in an agreement: nobody gives up a complaint, a review or a suit, and nobody is locked up or punished. Take it out; everything else you typed is kept."
        ),
        _(
            "Nobody gives up a complaint, a review or a suit in an agreement. Take it out; everything else you typed is kept."
        ),
    ),
    "agreement_lacks": Saying(
        422, INCOMPLETE, _("The agreement still lacks: %(field)s."), _("The agreement is not whole yet.")
    ),
    "read_first": Saying(409, NOT_NOW, _("The agreement is read out to all sides first; then each can sign.")),
    "not_all_signed": Saying(409, NOT_NOW, _("Not every side has signed yet. The page says who is missing.")),
    "asked_by_mediator": Saying(
        409,
        _("Somebody else asks"),
        _(
            "Whoever mediated does not ask whether the agreement holds. Somebody else of the unit calls and writes it down."
        ),
    ),
    "no_visit_wished": Saying(
        409, NOT_NOW, _("This side has not asked for a visit. Visits are made on a side's own request and day alone.")
    ),
    "not_a_picture": Saying(
        422, _("This is no picture"), _("Choose a photo or a drawing as JPEG or PNG; nothing else you typed is lost.")
    ),
}
