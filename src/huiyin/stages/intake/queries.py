"""The lists a filing person chooses from, and the days behind the dates of a receipt."""

from __future__ import annotations

from collections.abc import Iterable
from zoneinfo import ZoneInfo

from huiyin.record.bodies import queries as bodies
from huiyin.record.bodies.queries import Nameable
from huiyin.record.cases.registering.registration import Registered, TermPromised, default_procedure
from huiyin.record.law import versions
from huiyin.record.law.calendars import calendar
from huiyin.rules.deadline import Due, due
from huiyin.rules.procedure import Words

Listed = list[tuple[str, str]]
Grouped = list[tuple[str, Listed]]


def categories(language: str) -> Listed:
    """What a matter can be about."""
    return [(code, name.in_language(language)) for code, name in versions.categories()]


def areas(language: str) -> list[tuple[str, str | Listed]]:
    """Counties alone; each town with its villages under it."""
    found: list[tuple[str, str | Listed]] = []
    depth: dict[int, int] = {}
    for area in bodies.areas():
        depth[area.pk] = depth[area.parent_id] + 1 if area.parent_id else 0
        name = area.name.in_language(language)
        if depth[area.pk] == 0:
            found.append((area.code, name))
        elif depth[area.pk] == 1 or not found or isinstance(found[-1][1], str):
            found.append((name, [(area.code, name)]))
        else:
            found[-1][1].append((area.code, name))
    return found


def body_list(language: str) -> Listed:
    """Bodies a complaint may name."""
    return [(body.code, body.name.in_language(language)) for body in bodies.public_bodies()]


def unit_list(language: str) -> Grouped:
    """Units, grouped by body."""
    return _grouped(bodies.public_units(), language)


def officer_list(language: str) -> Grouped:
    """Officers, grouped by unit."""
    return _grouped(bodies.public_officers(), language)


def counted(registered: Registered) -> list[tuple[TermPromised, Due | None]]:
    """Each promised term with its day-by-day count; without it where the pack has changed since."""
    procedure = versions.procedure_of(versions.current_version(default_procedure()))
    body = bodies.receiving_body()
    found: list[tuple[TermPromised, Due | None]] = []
    for term in registered.terms:
        count = None
        if body is not None and term.rule in procedure.terms:
            start = registered.registered_at.astimezone(ZoneInfo(body.time_zone)).date()
            count = due(start, procedure.terms[term.rule], calendar(body.calendar))
        found.append((term, count if count is not None and count.on == term.due_on else None))
    return found


def chosen_name(lists: Iterable[tuple[str, str | Listed]], code: str) -> str:
    """The words for a code of a list, grouped or not; the code itself where the list has none."""
    for value, name in lists:
        if isinstance(name, str):
            if value == code:
                return name
        else:
            for inner, words in name:
                if inner == code:
                    return words
    return code


def _grouped(named: Iterable[Nameable], language: str) -> Grouped:
    groups: dict[Words, Listed] = {}
    for each in named:
        groups.setdefault(each.within, []).append((each.code, each.name.in_language(language)))
    return [(within.in_language(language), members) for within, members in groups.items()]
