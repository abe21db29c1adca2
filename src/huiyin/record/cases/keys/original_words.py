"""The words of a confidential matter as they were written, and as everybody but their keeper reads them.

Once a reader copy is made, the rows of the matter hold the covered text: lists, search, letters, pages and programs
read that, because there is nothing else to read. The originals lie sealed beside it, for the complainant and the
desk that keeps them.
"""

from __future__ import annotations

import json
from collections.abc import Collection, Iterable, Mapping

from huiyin.record import keyring
from huiyin.record.bodies.queries import Reader
from huiyin.record.cases.keys import texts
from huiyin.record.cases.models import Case, Message, ReaderCopy
from huiyin.record.prepared import Place, Prepared

LABEL = "original words"
SUBJECT, DESCRIPTION = "subject", "description"
Texts = dict[str, str]
_OF_CASE = Prepared(
    lambda: ReaderCopy.objects.select_related("post__unit").filter(case=Place("case")).order_by("-number")[:1]
)


def latest(case: Case) -> ReaderCopy | None:
    """The reader copy in force; only a confidential matter has one."""
    return _OF_CASE.first(case=case.pk) if case.confidentiality == "confidential" else None


def texts_of(case: Case, only: Collection[str] | None = None) -> Texts:
    """The complainant's words as the rows hold them now: the matter's own, and messages under their keys.

    With ``only`` those whose places it names: what a reader copy covers, less what was written since.
    """
    written = Message.objects.filter(case=case, sender="complainant").order_by("id").values_list("pk", "text")
    found = {SUBJECT: case.subject, DESCRIPTION: case.description} | {str(key): text for key, text in written}
    return {key: text for key, text in found.items() if only is None or key in only}


def opened(case: Case, words: Texts) -> Texts:
    """The same words, readable: of a sealed matter the rows, and a copy's original, hold them closed."""
    return {key: texts.read(case, _field(key), text) for key, text in words.items()}


def closed(case: Case, words: Texts) -> Texts:
    """Readable words as the rows may hold them."""
    return {key: texts.seal(case, _field(key), text) for key, text in words.items()}


def _field(key: str) -> str:
    return "cases_message.text" if key.isdecimal() else f"cases_case.{key}"


def originals(case: Case, copy: ReaderCopy) -> Texts:
    """The words that a reader copy covers, as they were written."""
    found: Texts = json.loads(keyring.open_sealed(LABEL, bytes(copy.sealed_original), _place(case)))
    return found


def sealed(case: Case, words: Mapping[str, str]) -> bytes:
    """The same, sealed for their row."""
    return keyring.seal(LABEL, json.dumps(dict(words), ensure_ascii=False).encode(), _place(case))


def put(case: Case, words: Mapping[str, str]) -> None:
    """Write words into the rows of the matter and of its messages."""
    case.subject, case.description = words[SUBJECT], words[DESCRIPTION]
    case.save(update_fields=["subject", "description"])
    for key, text in words.items():
        if key.isdecimal():
            Message.objects.filter(case=case, pk=int(key)).update(text=text)


def append_words(case: Case, addition: str) -> str:
    """What is added to the description later is added to the original too; gives the original as it is now."""
    copy = latest(case)
    if copy is None:
        return case.description
    whole = originals(case, copy)
    whole[DESCRIPTION] = f"{whole[DESCRIPTION]}\n\n{addition}" if addition.strip() else whole[DESCRIPTION]
    copy.sealed_original = sealed(case, whole)
    copy.save(update_fields=["sealed_original"])
    return whole[DESCRIPTION]


def hold_back(case: Case, message: int, text: str) -> None:
    """A word written after the copy stays with the originals, until its keeper has covered it: its row holds nothing yet."""
    copy = latest(case)
    assert copy is not None  # whoever calls has asked
    copy.sealed_original = sealed(case, originals(case, copy) | {str(message): text})
    copy.save(update_fields=["sealed_original"])


def keeper_post(case: Case, reader: Reader) -> int | None:
    """Through which post the reader may open the original: before there is a copy whoever is responsible, then the keeper's desk."""
    if case.confidentiality != "confidential":
        return None
    copy = latest(case)
    if copy is None:
        return case.responsible_post_id if case.responsible_post_id in reader.post_ids else None
    kept = next((post.id for post in reader.posts if post.id == copy.post_id), None)
    own = (post.id for post in reader.posts if post.unit_id == copy.post.unit_id and "registrar" in post.roles)
    return kept or next(own, None)


def originals_of_many(cases: Iterable[Case]) -> dict[int, Texts]:
    """The originals of those cases that have a reader copy, by the key of the case."""
    found = {case.pk: (case, latest(case)) for case in cases if case.confidentiality == "confidential"}
    return {key: originals(case, copy) for key, (case, copy) in found.items() if copy is not None}


def _place(case: Case) -> bytes:
    return f"{case.number} cases_readercopy original".encode()
