"""The story of a case for its officer: messages, documents, moves and looks in one stream, newest first."""

from __future__ import annotations

import datetime
from dataclasses import dataclass, replace
from itertools import groupby

from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from huiyin.front.desk.labels import PURPOSES, said
from huiyin.record.cases.shown.case_view import CaseView, DocumentView, LookView, MessageView
from huiyin.ui.languages import page_tag
from huiyin.ui.names import DOCUMENTS, paper_opened

FILTERS: dict[str, Promise] = {
    "all": gettext_lazy("Everything"),
    "messages": gettext_lazy("Messages"),
    "documents": gettext_lazy("Documents"),
    "moves": gettext_lazy("Steps"),
    "looks": gettext_lazy("Looks"),
}
SHOWN_AS_MESSAGE = {"message_from_complainant", "message_from_office", "correction_from_complainant"}


@dataclass(frozen=True, slots=True)
class Happening:
    """One entry of the stream, in the words of the timeline part."""

    kind: str
    at: datetime.datetime
    title: str
    who: str = ""
    text: str = ""
    side: str = "ours"
    lang: str = ""
    url: str = ""


def story(view: CaseView, only: str = "all") -> list[Happening]:
    """What happened, newest first; ``only`` is one of ``FILTERS``."""
    found = [_held_back(each, view) if each.is_withheld else _message(each) for each in view.messages] + [
        _document(each) for each in view.documents
    ]
    found += _steps(view) + [_look(each) for each in view.looks]
    found.sort(key=lambda each: each.at, reverse=True)
    return _gathered(found) if only == "all" else [each for each in found if each.kind == only]


def _gathered(found: list[Happening]) -> list[Happening]:
    """Looks that follow one another and say the same become one line with a count; under "Looks" each stands alone."""
    lines: list[Happening] = []
    for (kind, title, who), group in groupby(found, key=lambda each: (each.kind, each.title, each.who)):
        several = list(group)
        if kind != "looks" or len(several) == 1:
            lines += several
            continue
        counted = ngettext("%(what)s, %(times)s time", "%(what)s, %(times)s times", len(several))
        lines.append(replace(several[0], title=counted % {"what": title, "times": len(several)}, who=who))
    return lines


def _steps(view: CaseView) -> list[Happening]:
    tag = page_tag()
    return [
        Happening(
            "moves",
            each.at,
            each.sentence.in_language(tag),
            who=each.who.in_language(tag) if each.who else "",
            side="ours" if each.who else "system",
        )
        for each in view.timeline
        if each.kind not in SHOWN_AS_MESSAGE
    ]


def _message(each: MessageView) -> Happening:
    if each.sender == "complainant":
        if each.helper:
            title = _("A helper writes for the complainant")
            return Happening("messages", each.at, title, text=each.text, side="theirs", lang=each.language)
        title = _("The complainant corrects the summary") if each.kind == "correction" else _("The complainant writes")
        return Happening("messages", each.at, title, text=each.text, side="theirs", lang=each.language)
    who = each.officer.in_language(page_tag()) if each.officer else ""
    return Happening("messages", each.at, _("We write to the complainant"), who=who, text=each.text, lang=each.language)


def _held_back(each: MessageView, view: CaseView) -> Happening:
    """A word that waits to be covered: nothing of it yet, and for whoever keeps the original words the way to it."""
    keeper = view.reader_copy.keeper.in_language(page_tag()) if view.reader_copy else ""
    text = _("Written after the copy for readers. %(keeper)s reads it first and covers what tells who wrote it.")
    may_cover = view.may_open_original
    url = reverse("desk:cover-message", args=[view.number, each.number]) if may_cover else ""
    title = _("The complainant writes: cover it for the others") if may_cover else _("The complainant writes")
    return Happening("messages", each.at, title, text=text % {"keeper": keeper}, side="theirs", url=url)


def _document(each: DocumentView) -> Happening:
    tag = page_tag()
    named = _("%(document)s no. %(number)s") % {"document": said(DOCUMENTS, each.kind), "number": each.number}
    title = f"{named} · {each.outcome.name.in_language(tag)}" if each.outcome else named
    who = each.officer.in_language(tag) if each.officer else ""
    basis = [_("Legal basis: %(basis)s") % {"basis": each.legal_basis}] if each.legal_basis else []
    text = "\n\n".join([part for part in [each.text, *basis] if part])
    return Happening("documents", each.at, title, who=who, text=text, lang=each.language)


def _look(each: LookView) -> Happening:
    tag = page_tag()
    paper = paper_opened(each.what)
    if each.role == "helper":
        return Happening("looks", each.at, _("A helper of the complainant opened the matter"), side="system")
    if each.role == "complainant":
        title = (
            _("The complainant opened %(paper)s") % {"paper": paper}
            if paper
            else _("The complainant opened the matter")
        )
        return Happening("looks", each.at, title, side="system")
    if each.role == "system":
        number = each.what.partition(" ")[2]
        title = _("The program opened the address for notices, if there is one, for notice %(number)s")
        return Happening("looks", each.at, title % {"number": number}, side="system")
    name = each.name.in_language(tag)
    purpose = said(PURPOSES, each.purpose)
    match each.what:
        case "identity" | "words" | "identity_file":
            title = _("%(name)s opened the sealed name") % {"name": name}
        case "original_words":
            title = _("%(name)s opened the original words") % {"name": name}
        case "status":
            title = _("%(name)s told the state by phone") % {"name": name}
        case _ if paper:
            title = _("%(name)s opened %(paper)s, %(purpose)s") % {"name": name, "paper": paper, "purpose": purpose}
        case _:
            title = _("%(name)s opened the matter, %(purpose)s") % {"name": name, "purpose": purpose}
    return Happening("looks", each.at, title, who=each.unit.in_language(tag), side="system")
