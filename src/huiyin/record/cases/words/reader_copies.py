"""A reader copy: before a confidential matter goes on, its registrar covers what tells who wrote it."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass

from django.db import transaction
from django.db.models import Q

from huiyin.record import clock
from huiyin.record.bodies.models import Post
from huiyin.record.bodies.queries import Reader
from huiyin.record.cases.as_kept import text_digest
from huiyin.record.cases.keys import matter_keys, original_words, texts
from huiyin.record.cases.keys.original_words import Texts
from huiyin.record.cases.lists import search
from huiyin.record.cases.models import Case, Grant, Message, ReaderCopy
from huiyin.record.cases.who import scope
from huiyin.record.cases.words import telltales
from huiyin.record.ledger.append import append_event
from huiyin.record.ledger.chains import ChainRef
from huiyin.record.prepared import Place, Prepared
from huiyin.rules.chain import Json
from huiyin.rules.covering import LONGEST, MOST, cover, covered_in
from huiyin.rules.refusal import Refusal
from huiyin.rules.text import storable

MESSAGE = "cases_message.text"
_UNCOVERED = {"sender": "complainant", "text": ""}
_LEFT_AT = Prepared(
    lambda: Message.objects.filter(
        case__in=ReaderCopy.objects.filter(post=Place("post")).values("case"), **_UNCOVERED
    ).values_list("pk")[:1]
)
_LEFT_IN = Prepared(
    lambda: Message.objects.filter(
        case__in=ReaderCopy.objects.filter(post__unit=Place("unit")).values("case"), **_UNCOVERED
    ).values_list("pk")[:1]
)


@dataclass(frozen=True, slots=True)
class OriginalWords:
    """The words as they were written, in order: subject, description, messages."""

    number: str
    language: str
    texts: tuple[str, ...]
    suggested: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Preview:
    """What readers would read: the texts with their marks; ``missed`` are passages that stand nowhere."""

    texts: tuple[str, ...]
    count: int
    missed: tuple[str, ...]


def open_original(case_number: str, *, reader: Reader) -> OriginalWords:
    """Read the words as they were written: a look of its own, committed before. Raises Refusal("not_found")."""
    with transaction.atomic(durable=True):
        case, _posts = scope.opened(case_number, reader)
        post = original_words.keeper_post(case, reader)
        if post is None:
            raise Refusal("not_found")
        matter_keys.must_be_open(case)
        details: dict[str, Json] = {"purpose": "handle", "what": "original_words"}
        append_event(ChainRef.case(case.number), "case_opened", actor=reader.actor(post), details=details)
    words = original_words.opened(case, _whole(case))
    found = [each.words for name, text in words.items() for each in telltales.found_in(**{f"t{name}": text})]
    return OriginalWords(case.number, case.language, tuple(words.values()), tuple(dict.fromkeys(found)))


def preview(case_number: str, passages: Collection[str], *, reader: Reader) -> Preview:
    """What a copy with these passages covered would say; the originals were opened just before, by ``open_original``."""
    case, _posts = scope.opened(case_number, reader)
    if original_words.keeper_post(case, reader) is None:
        raise Refusal("not_found")
    matter_keys.must_be_open(case)
    passages, whole = _checked(passages), original_words.opened(case, _whole(case)).values()
    covered = [cover(text, passages) for text in whole]
    missed = tuple(each for each in passages if not any(each in text for text in whole))
    return Preview(tuple(each.text for each in covered), sum(each.count for each in covered), missed)


def make(case_number: str, passages: Collection[str], *, by: Reader) -> int:
    """Cover the passages wherever they stand in the complainant's words; gives the number of marks.

    Made anew, it begins with the originals again. Raises Refusal("not_found"), Refusal("too_many") or Refusal("too_long").
    """
    passages = _checked(passages)
    with transaction.atomic():
        case, _posts = scope.opened(case_number, by, lock=True)
        post = original_words.keeper_post(case, by)
        if post is None:
            raise Refusal("not_found")
        matter_keys.must_be_open(case)
        whole, before, now = _whole(case), search.indexed_text(case), clock.now()
        covered = {name: cover(text, passages) for name, text in original_words.opened(case, whole).items()}
        count = sum(each.count for each in covered.values())
        last = original_words.latest(case)
        ReaderCopy.objects.create(
            case=case, number=last.number + 1 if last else 1, sealed_original=original_words.sealed(case, whole),
            count=count, post_id=post, made_at=now,
        )  # fmt: skip
        original_words.put(case, original_words.closed(case, {name: each.text for name, each in covered.items()}))
        search.change(case, before=before)
        if last is None:
            Grant.objects.create(post_id=post, capacity="keeper", case=case, from_at=now, why="keeps the original")
        kept_at = Post.objects.values_list("code", flat=True).get(pk=post)
        details: dict[str, Json] = {"count": count, "to": kept_at, "bound": as_read(case)}
        append_event(ChainRef.case(case.number), "reader_copy_made", actor=by.actor(post), details=details)
        return count


def open_message(case_number: str, number: int, *, reader: Reader) -> OriginalWords:
    """One word that was written after the copy, as it was written, and what in it may tell who wrote it: a look of its own.

    ``number`` counts the messages of the matter. Suggested is also what the copy covers and stands in it again.
    Raises Refusal("not_found") for one that does not wait, or is not this reader's to cover.
    """
    with transaction.atomic(durable=True):
        case, row, post = _waiting(case_number, number, reader)
        details: dict[str, Json] = {"purpose": "handle", "what": "original_words"}
        append_event(ChainRef.case(case.number), "case_opened", actor=reader.actor(post), details=details)
    text = _text_of(case, row)
    found = [*(each.words for each in telltales.found_in(text=text)), *_covered_before(case, text)]
    return OriginalWords(case.number, case.language, (text,), tuple(dict.fromkeys(found)))


def preview_message(case_number: str, number: int, passages: Collection[str], *, reader: Reader) -> Preview:
    """What readers would read of it; the original was opened just before, by ``open_message``."""
    case, row, _post = _waiting(case_number, number, reader)
    passages, text = _checked(passages), _text_of(case, row)
    covered = cover(text, passages)
    return Preview((covered.text,), covered.count, tuple(each for each in passages if each not in text))


def cover_message(case_number: str, number: int, passages: Collection[str], *, by: Reader) -> int:
    """Let the readers of the matter read one word more, with these passages covered; gives the number of marks.

    The copy of all the rest stays as it is. Raises Refusal("not_found"), Refusal("too_many") or Refusal("too_long").
    """
    passages = _checked(passages)
    with transaction.atomic():
        case, row, post = _waiting(case_number, number, by, lock=True)
        covered = cover(_text_of(case, row), passages)
        row.text = texts.seal(case, MESSAGE, covered.text)
        row.save(update_fields=["text"])
        details: dict[str, Json] = {"count": covered.count, "bound": as_read(case)}
        append_event(ChainRef.case(case.number), "message_covered", actor=by.actor(post), details=details)
        return covered.count


def waiting_for(by: Reader) -> list[str]:
    """The numbers of matters in which a word waits for this officer to cover it, each once."""
    desks = [post.unit_id for post in by.posts if "registrar" in post.roles]
    if not any(_LEFT_AT.first(post=post) for post in by.post_ids) and not any(
        _LEFT_IN.first(unit=unit) for unit in desks
    ):
        return []
    kept = ReaderCopy.objects.filter(Q(post__in=by.post_ids) | Q(post__unit__in=desks)).values("case")
    waiting = Message.objects.filter(case__in=kept, sender="complainant", text="").values("case")
    found = scope.openable(by).filter(pk__in=waiting).order_by("pk")
    return [case.number for case in found if original_words.keeper_post(case, by) is not None]


def _waiting(case_number: str, number: int, reader: Reader, *, lock: bool = False) -> tuple[Case, Message, int]:
    case, _posts = scope.opened(case_number, reader, lock=lock)
    post = original_words.keeper_post(case, reader)
    row = Message.objects.filter(case=case).order_by("id")[number - 1 : number].first() if number > 0 else None
    is_waiting = row is not None and row.sender == "complainant" and not row.text
    if post is None or row is None or not is_waiting or original_words.latest(case) is None:
        raise Refusal("not_found")
    matter_keys.must_be_open(case)
    return case, row, post


def _text_of(case: Case, row: Message) -> str:
    copy = original_words.latest(case)
    assert copy is not None  # asked by _waiting
    return texts.read(case, MESSAGE, original_words.originals(case, copy)[str(row.pk)])


def _covered_before(case: Case, text: str) -> list[str]:
    """What the copy covers and stands in the new words again."""
    copy = original_words.latest(case)
    assert copy is not None  # asked by _waiting
    whole = original_words.originals(case, copy)
    shown = original_words.opened(case, original_words.texts_of(case, whole))
    known = [
        each for key, words in original_words.opened(case, whole).items() for each in covered_in(words, shown[key])
    ]
    return [each for each in dict.fromkeys(known) if each.strip() and each in text]


def as_read(case: Case) -> dict[str, Json]:
    """What binds the text that readers read."""
    copy = original_words.latest(case)
    whole = original_words.originals(case, copy) if copy else None
    return {"reader_copy_sha256": text_digest(*original_words.texts_of(case, whole).values())}


def must_be_made_first(case: Case, to: str) -> None:
    """A confidential matter leaves the unit that took it in only with a reader copy. Raises Refusal("reader_copy_first")."""
    if case.confidentiality != "confidential" or original_words.latest(case) is not None:
        return
    unit = Post.objects.filter(code=to).values_list("unit", flat=True).first()
    if unit != case.unit_id:
        raise Refusal("reader_copy_first")


def _whole(case: Case) -> Texts:
    """The words as they were written, those since the last copy too."""
    copy = original_words.latest(case)
    return original_words.texts_of(case) | (original_words.originals(case, copy) if copy else {})


def _checked(passages: Collection[str]) -> list[str]:
    """Each once, less what is blank."""
    found = [each for each in dict.fromkeys(storable(each).replace("\r\n", "\n") for each in passages) if each.strip()]
    if len(found) > MOST:
        raise Refusal("too_many", maximum=MOST)
    if any(len(each) > LONGEST for each in found):
        raise Refusal("too_long", field="passages", maximum=LONGEST)
    return found
