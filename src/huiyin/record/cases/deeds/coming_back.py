"""An ended matter that comes back: asked what is new, and taken up as a matter of its own under the same receipt.

The program refuses nobody. Whether it is taken up is decided by a person, as with every matter.
"""

from __future__ import annotations

from django.db import transaction

from huiyin.record import clock
from huiyin.record.bodies import queries as bodies
from huiyin.record.cases.codes.receipts import Holder
from huiyin.record.cases.given import TEXT_LIMIT
from huiyin.record.cases.keys import texts
from huiyin.record.cases.models import About, Case
from huiyin.record.cases.opening import access
from huiyin.record.cases.registering.linked import register_linked_case, sent_before
from huiyin.record.cases.who import scope
from huiyin.record.law.versions import procedure_of
from huiyin.record.ledger.append import append_event
from huiyin.record.ledger.chains import Actor, ChainRef
from huiyin.rules.refusal import Refusal
from huiyin.rules.text import storable


def come_back(holder: Holder, *, case_number: str = "", what_is_new: str) -> str:
    """Open a matter for what is new since an ended one; gives its number. The same words sent twice arrive once.

    It goes to the intake of the body that receives, with clocks of its own; those whom the earlier matter named
    stay away from this one too. Raises Refusal("not_allowed_now") for a matter that has not ended or is a review,
    "empty" or "too_long" for the words, and "no_desk".
    """
    words = storable(what_is_new)
    if not words.strip():
        raise Refusal("empty", field="text")
    if len(words) > TEXT_LIMIT:
        raise Refusal("too_long", field="text", maximum=TEXT_LIMIT)
    with transaction.atomic():
        earlier = scope.locked(access.family_case(holder, case_number).pk)
        if earlier.is_open or earlier.channel == "review":
            raise Refusal("not_allowed_now")
        by = Actor.complainant(holder.helper)
        return sent_before(earlier, "joined", words) or _register(earlier, words, by)


def _register(earlier: Case, words: str, by: Actor) -> str:
    case = register_linked_case(
        earlier,
        kind="joined",
        channel="web",
        procedure=procedure_of(earlier.law_id).id,
        body=bodies.receiving_body() or earlier.body,
        grounds=words,
        by=by,
        also_barred=frozenset(),
        about=[
            About(
                kind=row.kind,
                officer_id=row.officer_id,
                unit_id=row.unit_id,
                body_id=row.body_id,
                words=texts.read(earlier, "cases_case.about", row.words),
            )
            for row in About.objects.filter(case=earlier).order_by("id")
        ],
    )
    earlier.last_word_at, earlier.last_word_by = clock.now(), "complainant"
    earlier.save(update_fields=["last_word_at", "last_word_by"])
    append_event(ChainRef.case(earlier.number), "came_back", actor=by, details={"number": case.number})
    append_event(ChainRef.case(case.number), "comes_back", actor=by, details={"number": earlier.number})
    return case.number
