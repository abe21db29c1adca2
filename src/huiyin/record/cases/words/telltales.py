"""What tells who somebody is, found in words on their way in: shown to the person, moved only where the person says so."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass, replace

from huiyin.record.cases.given import TEXT_LIMIT
from huiyin.record.cases.registering.registration import SUBJECT_LIMIT, Filing, Identity
from huiyin.rules import telltales
from huiyin.rules.telltales import Telltale

LIMITS = {"subject": SUBJECT_LIMIT, "description": TEXT_LIMIT, "text": TEXT_LIMIT}
AROUND = 12  # characters shown before and behind a place


@dataclass(frozen=True, slots=True)
class Found:
    """A place in one of the texts that somebody sends."""

    field: str
    place: Telltale
    words: str
    before: str
    behind: str

    @property
    def key(self) -> str:
        """What a form calls it; it holds while the text stays as it is."""
        return f"{self.field}:{self.place.start}:{self.place.end}"


def found_in(**texts: str) -> tuple[Found, ...]:
    """What may tell who somebody is, in texts under the names of their fields."""
    return tuple(
        Found(name, place, text[place.start : place.end], _before(text, place.start), _behind(text, place.end))
        for name, text in texts.items()
        for place in telltales.telltales(text)
    )


def _before(text: str, start: int) -> str:
    return text[:start] if start <= AROUND else f"…{text[start - AROUND : start]}"


def _behind(text: str, end: int) -> str:
    return text[end:] if len(text) - end <= AROUND else f"{text[end : end + AROUND]}…"


def found_in_filing(filing: Filing) -> tuple[Found, ...]:
    """The same, in what somebody files."""
    return found_in(subject=filing.subject, description=filing.description)


def moved_out(filing: Filing, chosen: Collection[str]) -> Filing:
    """The filing with the chosen places (``Found.key``) moved beside the name, and gaps where they stood.

    Of an anonymous person nothing is kept: there the places are taken out and go nowhere.
    """
    is_kept = filing.confidentiality != "anonymous"
    texts, moved = {"subject": filing.subject, "description": filing.description}, []
    for name, text in texts.items():
        texts[name], words = take_out(text, chosen, field=name, is_kept=is_kept)
        moved += words
    if not moved:
        return filing
    identity = filing.identity
    if is_kept:
        identity = identity or Identity(language=filing.language)
        identity = replace(identity, note="\n".join([*filter(None, [identity.note]), *moved]))
    return replace(filing, subject=texts["subject"], description=texts["description"], identity=identity)


def take_out(text: str, chosen: Collection[str], *, field: str, is_kept: bool) -> tuple[str, list[str]]:
    """One text with gaps at the chosen places, and the words that stood there."""
    places = [each.place for each in found_in(**{field: text}) if each.key in chosen]
    if not places:
        return text, []
    taken = telltales.take_out(text, places, is_kept=is_kept, limit=LIMITS[field])
    return taken.text, [words for _kind, words in taken.words]
