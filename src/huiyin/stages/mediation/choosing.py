"""Choosing a mediator: a list, every tie disclosed first, each side accepts or asks for somebody else.

A request to step aside is binding. Who can penalise a side never mediates. A tie found late voids what was held.
"""

from __future__ import annotations

import datetime
from dataclasses import dataclass

from django.db import transaction

from huiyin.record import clock
from huiyin.record.bodies import ground
from huiyin.record.bodies.queries import Reader
from huiyin.record.cases.codes.receipts import Holder
from huiyin.record.cases.lists import queries
from huiyin.record.cases.table import mediating, side_deeds
from huiyin.record.cases.table.mediating import PostShown
from huiyin.rules import mediators as rule
from huiyin.rules.chain import Json
from huiyin.rules.procedure import Words
from huiyin.rules.refusal import Refusal
from huiyin.rules.text import storable
from huiyin.stages.mediation import binding
from huiyin.stages.mediation.models import Candidate, Choice

WORDS_LIMIT = 400  # characters
MOST = 20  # mediators offered in one dispute


@dataclass(frozen=True, slots=True)
class CandidateView:
    """One mediator to choose: who, of which kind, what was disclosed, and what each side says."""

    post: str
    shown: PostShown
    kind: str
    tie: str
    tie_words: str
    has_told: bool
    may_penalise: bool
    may_mediate: bool
    is_void: bool
    answers: dict[int, str]
    heard: tuple[tuple[int, Words, datetime.date], ...]
    is_chosen: bool

    @property
    def kind_words(self) -> Words:
        """Of which kind."""
        return rule.KINDS[self.kind]

    @property
    def tie_name(self) -> Words | None:
        """What was disclosed; None before anything was."""
        return rule.TIES.get(self.tie)


def eligible(case_number: str) -> list[tuple[str, Words]]:
    """Who could be offered: mediators of the area and those above it, and every post whose work is mediation."""
    return mediating.posts_that_mediate(case_number)


def offer(case_number: str, post: str, kind: str, *, by: Reader) -> None:
    """Put a mediator on the list. Said twice it stands once.

    Raises Refusal("unknown_choice", field=...), "too_many", and what ``side_deeds.note_by_office`` refuses.
    """
    if kind not in rule.KINDS:
        raise Refusal("unknown_choice", field="kind")
    if post not in dict(eligible(case_number)):
        raise Refusal("unknown_choice", field="post")
    with transaction.atomic():
        key = _key(case_number)
        shown = mediating.posts_shown([post])[post]
        if Candidate.objects.filter(case=key, post__code=post).exists():
            return
        if Candidate.objects.filter(case=key).count() >= MOST:
            raise Refusal("too_many", field="post", maximum=MOST)

        def write(key: int, _office: int) -> dict[str, Json]:
            Candidate.objects.create(case_id=key, post_id=shown.id, kind=kind)
            return _named(shown) | binding.way(key)

        side_deeds.note_by_office(case_number, "mediator_proposed", by=by, told=write)


def disclose(
    case_number: str, post: str, *, tie: str, words: str, may_penalise: bool, by: Reader, is_late: bool = False
) -> None:
    """What a mediator discloses, by itself or written down by the office; ``is_late``: found after it had begun.

    A binding tie found late voids what this mediator held; the sides choose somebody else.
    Raises Refusal("unknown_choice", field="tie"), "not_found", "too_long", and as above.
    """
    words = storable(words)
    if tie not in rule.TIES:
        raise Refusal("unknown_choice", field="tie")
    if len(words) > WORDS_LIMIT:
        raise Refusal("too_long", field="tie_words", maximum=WORDS_LIMIT)
    with transaction.atomic():
        row = _candidate(case_number, post)
        shown = mediating.posts_shown([post])[post]
        kind = "tie_found_late" if is_late else "tie_told"

        def write(key: int, _office: int) -> dict[str, Json]:
            row.tie, row.tie_words, row.may_penalise = tie, words, may_penalise
            row.told_at = row.told_at or clock.now()
            if is_late:
                row.void_at = clock.now()
            row.save()
            return _named(shown) | binding.way(key)

        side_deeds.note_by_office(case_number, kind, by=by, told=write)


def answer(holder: Holder, post: str, said: str, *, case_number: str = "") -> None:
    """A side accepts a mediator, or asks for somebody else; it may change its mind. No reason is asked.

    Raises Refusal("unknown_choice"), "not_found" for one who is not on the list, and "not_told_yet" before every tie
    was disclosed.
    """
    if said not in {"accept", "object"}:
        raise Refusal("unknown_choice", field="answer")
    with transaction.atomic():
        number = side_deeds.number_of(holder, case_number)
        row = _candidate(number, post)
        if row.told_at is None and said == "accept":
            raise Refusal("not_told_yet")
        shown = mediating.posts_shown([post])[post]
        kind = "mediator_picked" if said == "accept" else "mediator_objected"

        def write(key: int, side: int) -> dict[str, Json]:
            values = {"answer": said, "at": clock.now(), "how": "own_channel", "heard_on": None}
            Choice.objects.update_or_create(candidate=row, side=side, defaults=values)
            return _named(shown) | binding.way(key)

        side_deeds.note_of_side(holder, kind, case_number=case_number, told=write)


def record_answer(
    case_number: str, post: str, side: int, said: str, *, how: str, heard_on: datetime.date, by: Reader
) -> None:
    """What a side said of a mediator in person, by telephone or on paper: who heard it, and on which day, on record.

    Raises Refusal("said_by_itself") for a side that said it with its own code, "unknown_choice", "date_in_future",
    "not_found", "not_told_yet", and what ``side_deeds.note_by_office`` refuses.
    """
    for field, value, known in (("answer", said, ("accept", "object")), ("how", how, tuple(rule.HEARD))):
        if value not in known:
            raise Refusal("unknown_choice", field=field)
    with transaction.atomic():
        row = _candidate(case_number, post)
        if side not in side_deeds.staying_sides(case_number):
            raise Refusal("unknown_choice", field="side")
        if heard_on > queries.law_and_state_of(case_number)[3]:
            raise Refusal("date_in_future", field="heard_on")
        if row.told_at is None and said == "accept":
            raise Refusal("not_told_yet")
        if Choice.objects.filter(candidate=row, side=side, how="own_channel").exists():
            raise Refusal("said_by_itself", field="side")
        shown = mediating.posts_shown([post])[post]

        def write(key: int, _office: int) -> dict[str, Json]:
            values = {"answer": said, "at": clock.now(), "how": how, "heard_on": heard_on}
            Choice.objects.update_or_create(candidate=row, side=side, defaults=values)
            return {**_named(shown), "side": side, "how": how, "on": heard_on.isoformat(), **binding.way(key)}

        kind = "mediator_picked" if said == "accept" else "mediator_objected"
        side_deeds.note_by_office(case_number, kind, by=by, told=write)


def checks_of(case_number: str, post: str) -> frozenset[str]:
    """What the record of the table says of a mediator, in the words of ``rules.guards``; for the pack's own guards."""
    found = next((each for each in candidates(case_number) if each.post == post), None)
    if found is None:
        return frozenset({"free_to_mediate"})
    keeps_away = (found.has_told or found.is_void) and not found.may_mediate
    held = {
        "free_to_mediate": not keeps_away and "object" not in found.answers.values(),
        "ties_disclosed": found.has_told,
        "chosen_by_all": found.is_chosen,
    }
    return frozenset(check for check, holds in held.items() if holds)


def candidates(case_number: str) -> tuple[CandidateView, ...]:
    """The list of one dispute, in the order in which it was made."""
    rows = list(Candidate.objects.filter(case=_key(case_number)).select_related("post").order_by("id"))
    shown = mediating.posts_shown([row.post.code for row in rows])
    staying = side_deeds.staying_sides(case_number)
    said: dict[int, list[Choice]] = {}
    for choice in Choice.objects.filter(candidate__in=rows).order_by("side"):
        said.setdefault(choice.candidate_id, []).append(choice)
    return tuple(_view(row, shown[row.post.code], said.get(row.pk, []), staying) for row in rows)


def must_be_free(case_number: str, post: str) -> None:
    """Whether a post may be named mediator. Raises Refusal("mediator_must_stay_away") after an objection, with a binding
    tie, or with power to penalise a side."""
    found = next((each for each in candidates(case_number) if each.post == post), None)
    if found is None:
        return
    if (not found.may_mediate and (found.has_told or found.is_void)) or "object" in found.answers.values():
        raise Refusal("mediator_must_stay_away", field="to")


def held_void(case_number: str, post: str) -> datetime.datetime | None:
    """Since when nothing counts that this mediator held before; None where it all counts."""
    row = Candidate.objects.filter(case=_key(case_number), post__code=post).first()
    return row.void_at if row else None


def _view(row: Candidate, shown: PostShown, choices: list[Choice], staying: tuple[int, ...]) -> CandidateView:
    said = {choice.side: choice.answer for choice in choices}
    heard = tuple((each.side, rule.HEARD[each.how], each.heard_on) for each in choices if each.heard_on is not None)
    may = rule.may_mediate(row.tie, may_penalise=row.may_penalise, is_void=row.void_at is not None)
    return CandidateView(
        row.post.code, shown, row.kind, row.tie, row.tie_words, row.told_at is not None, row.may_penalise, may, row.void_at is not None,
        said, heard, may and rule.is_chosen(said, staying),
    )  # fmt: skip


def _candidate(case_number: str, post: str) -> Candidate:
    row = Candidate.objects.select_related("post").filter(case=_key(case_number), post__code=post).first()
    if row is None:
        raise Refusal("not_found")
    return row


def _key(case_number: str) -> int:
    key = queries.case_id_of(case_number)
    if key is None:
        raise Refusal("not_found")
    return key


def _named(shown: PostShown) -> dict[str, Json]:
    return {"to_zh": shown.name.zh, "to_en": shown.name.en}


def mediators_of(area: str) -> list[ground.Contact]:
    """Who mediates for an area, nearest first."""
    return [each for level in ground.levels(area) for each in level.contacts if each.capacity == "mediator"]
