"""The words for those who act for a complainant, and for where somebody is who cannot come."""

from __future__ import annotations

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

WHO: dict[str, Promise] = {
    "relative": _("A child or another relative"),
    "neighbour": _("A neighbour or a friend"),
    "lawyer": pgettext_lazy("who helps", "A lawyer"),
    "organisation": _("An organisation"),
    "guardian": _("A guardian"),
    "other": _("Somebody else"),
}
WHEREABOUTS: dict[str, Promise] = {
    "detained": _("In custody or in prison"),
    "hospital": _("In a hospital or another institution"),
}
