"""Refusals about who somebody is: helpers who want more than they may, and copies that were not made."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from huiyin.ui.saying import INCOMPLETE, Saying

OF_IDENTITY: dict[str, Saying] = {
    "helper_may_not": Saying(
        409,
        _("Your code does not open this"),
        _(
            "You act for somebody else, with a code of your own. This is for the complainant, or was not allowed to you."
        ),
    ),
    "date_in_past": Saying(422, INCOMPLETE, _("This day is over. Give today or a later day.")),
    "reader_copy_first": Saying(
        409,
        _("First make the copy that others may read"),
        _(
            "The complainant asked to be confidential. Before the matter goes to another unit, open “Make the copy for readers” and cover what tells who it is."
        ),
    ),
}
