"""What things of the table are called on a page."""

from __future__ import annotations

from collections.abc import Mapping

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from huiyin.rules.procedure import Words
from huiyin.ui.languages import page_tag

SESSION_STATES: dict[str, Promise] = {
    "asked": _("Times are being asked for"),
    "fixed": _("Fixed"),
    "held": _("Held"),
    "void": _("Does not count"),
    "off": _("Called off"),
}
BESIDE: dict[str, Promise] = {
    "companion": _("A companion of a side"),
    "interpreter": _("An interpreter"),
    "guardian": _("A guardian"),
    "lawyer": _("The lawyer on duty"),
    "expert": _("Somebody who knows the subject"),
    "elder": _("An elder of the village"),
}
FACT_STATES: dict[str, Promise] = {
    "agreed": _("All say so"),
    "disputed": _("Not all say so"),
    "open": _("Not all have said"),
}
TERM_STATES: dict[str, Promise] = {
    "open": _("To be done"),
    "due": _("The day has passed; nobody has said anything"),
    "kept": _("Kept"),
    "late": _("Kept, but late"),
    "broken": _("A side says: not kept"),
}
HELP: dict[str, Promise] = {
    "legal_aid": _("Legal aid"),
    "judicial_relief": _("Judicial relief"),
    "social_relief": _("Social relief"),
    "lawyer_present": _("A lawyer on duty at the session"),
}
HELP_OUTCOMES: dict[str, Promise] = {
    "arranged": _("Arranged"),
    "passed_on": _("Passed on to the body that gives it"),
    "not_given": _("Cannot be given here"),
}
SHEETS: dict[str, Promise] = {
    "invitation": _("Invitation"),
    "rights": _("Rights, to be read aloud"),
    "consent": _("Consent"),
    "attendance": _("Who came"),
    "record": _("Record of a session"),
    "agreement": _("Agreement"),
    "oral": _("Card for an oral agreement"),
    "money": _("Receipt for money paid on the spot"),
    "confirmation": _("Joint application for judicial confirmation"),
    "aid": _("Application for legal aid or relief"),
}


def named(words: Mapping[str, Words]) -> list[tuple[str, str]]:
    """Choices out of words of the rules, in the language of the page."""
    return [(key, each.in_language(page_tag())) for key, each in words.items()]


def said(words: Mapping[str, Words], key: str) -> str:
    """One of them; a key nobody knows stands as it is."""
    return words[key].in_language(page_tag()) if key in words else key


def side_name(side: int) -> str:
    """A side by its number; 0 is all of them, or the mediator."""
    return str(_("Side %(number)s") % {"number": side}) if side else str(_("All sides"))
