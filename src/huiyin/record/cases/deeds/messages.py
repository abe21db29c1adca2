"""Words between the two sides, and the summary an officer writes beside the person's own words."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from typing import TypeVar
from uuid import UUID

from django.db import transaction

from huiyin.record import clock
from huiyin.record.bodies.models import Area
from huiyin.record.bodies.queries import Reader
from huiyin.record.cases import as_kept
from huiyin.record.cases.codes.receipts import Holder
from huiyin.record.cases.given import TEXT_LIMIT
from huiyin.record.cases.keys import matter_keys, original_words, texts
from huiyin.record.cases.lists import search
from huiyin.record.cases.models import Case, Message, SealedPart
from huiyin.record.cases.opening import access
from huiyin.record.cases.registering.registration import text_digest
from huiyin.record.cases.who import scope
from huiyin.record.cases.words import reader_copies, telltales
from huiyin.record.law.models import Category
from huiyin.record.ledger.append import append_event
from huiyin.record.ledger.chains import Actor, ChainRef
from huiyin.rules.chain import Json
from huiyin.rules.refusal import Refusal
from huiyin.rules.text import storable

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Written:
    """A message as it was kept."""

    id: int
    text: str


def write_as_complainant(
    holder: Holder, text: str, *, case_number: str = "", kind: str = "message", move_out: Collection[str] = ()
) -> Written:
    """Write to the office; ``kind`` "correction" corrects the officer's summary. Gives what was kept.

    ``move_out`` are places of the text (``telltales.Found.key``) that go into the sealed part, or of an anonymous
    person nowhere. A message is taken in every state, also after the end. Raises Refusal("empty") or Refusal("too_long").
    """
    text = _checked(text)
    case = access.family_case(holder, case_number, to="write")
    is_kept = case.confidentiality != "anonymous"
    text, words = telltales.take_out(text, move_out, field="text", is_kept=is_kept)
    sealed = access.keep_words(words) if words and is_kept else None
    with transaction.atomic():
        case = Case.scoped.select_for_update(of=("self",)).get(pk=case.pk)
        key = _write(case, text, sender="complainant", kind=kind, actor=Actor.complainant(holder.helper), sealed=sealed)
    return Written(key, text)


def write_as_office(case_number: str, text: str, *, by: Reader) -> int:
    """Write to the complainant. Raises Refusal("not_found"), Refusal("empty") or Refusal("too_long")."""
    text = _checked(text)
    with transaction.atomic():
        case = _mine(case_number, by)
        posts = scope.granting_posts(by, case)
        return _write(case, text, sender="office", kind="message", actor=by.actor(posts[0] if posts else None))


def change_summary(case_number: str, summary: str, *, by: Reader) -> None:
    """Write the officer's short summary; the complainant's own words stay untouched beside it."""
    summary = _checked(summary)
    with transaction.atomic():
        case = _mine(case_number, by)
        before = search.indexed_text(case)
        case.officer_summary = texts.seal(case, "cases_case.officer_summary", summary)
        case.save(update_fields=["officer_summary"])
        search.change(case, before=before)
        _note(case, "summary_changed", by, case.officer_summary)


def complete_registration(
    case_number: str, *, by: Reader, category: str = "", area: str = "", description: str = ""
) -> None:
    """Add what was left out at the counter; the words are added, never replaced."""
    addition = storable(description)
    with transaction.atomic():
        case = _mine(case_number, by)
        before = search.indexed_text(case)
        if category:
            case.category = _chosen(Category.objects.filter(code=category).first(), "category")
        if area:
            case.area = _chosen(Area.objects.filter(code=area).first(), "area")
        more = ""
        if addition.strip():
            if len(texts.read(case, "cases_case.description", case.description)) + len(addition) > TEXT_LIMIT:
                raise Refusal("too_long", field="description", maximum=TEXT_LIMIT)
            more = texts.seal(case, "cases_case.description", addition)
            case.description = f"{case.description}{texts.BETWEEN}{more}"
        case.save(update_fields=["category", "area", "description"])
        search.change(case, before=before)
        bound = as_kept.sorting(case)
        if original_words.latest(case) is not None:
            bound |= reader_copies.as_read(case)
        _note(case, "registration_completed", by, original_words.append_words(case, more), bound)


def _chosen(row: T | None, field: str) -> T:
    if row is None:
        raise Refusal("unknown_choice", field=field)
    return row


def _mine(case_number: str, by: Reader) -> Case:
    case, _posts = scope.in_hand(case_number, by, deed="write")
    matter_keys.must_be_open(case)
    return case


def _checked(text: str) -> str:
    text = storable(text)
    if not text.strip():
        raise Refusal("empty", field="text")
    if len(text) > TEXT_LIMIT:
        raise Refusal("too_long", field="text", maximum=TEXT_LIMIT)
    return text


def _note(case: Case, kind: str, by: Reader, text: str, bound: Mapping[str, Json] | None = None) -> None:
    posts = scope.granting_posts(by, case)
    actor = by.actor(posts[0] if posts else None)
    details: dict[str, Json] = {"text_sha256": text_digest(text)}
    if bound:
        details["bound"] = bound
    append_event(ChainRef.case(case.number), kind, actor=actor, details=details)


def _write(
    case: Case, text: str, *, sender: str, kind: str, actor: Actor, sealed: tuple[UUID, str] | None = None
) -> int:
    now, text = clock.now(), texts.seal(case, "cases_message.text", text)
    is_held = sender == "complainant" and original_words.latest(case) is not None  # until its keeper has covered it
    row = Message.objects.create(
        case=case, sender=sender, kind=kind, text="" if is_held else text, language=case.language, at=now,
        helper=int(actor.duty_number) if actor.role == "helper" else 0,
        officer_name_zh=actor.name.get("zh", ""), officer_name_en=actor.name.get("en", ""),
    )  # fmt: skip
    case.last_word_at, case.last_word_by = now, sender
    case.save(update_fields=["last_word_at", "last_word_by"])
    event = "correction_from_complainant" if kind == "correction" else f"message_from_{sender}"
    details: dict[str, Json] = {"text_sha256": text_digest(text)}
    bound: dict[str, Json] = {}
    if is_held:
        original_words.hold_back(case, row.pk, text)
        bound |= reader_copies.as_read(case)
    if sealed is not None:
        bound["sealed_parts"] = [*access.digests_of_parts(case), sealed[1]]
        SealedPart.objects.create(case=case, vault_id=sealed[0], made_at=now)
    append_event(ChainRef.case(case.number), event, actor=actor, details=details | ({"bound": bound} if bound else {}))
    return int(row.pk)
