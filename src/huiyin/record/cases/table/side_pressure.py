"""Another side says that it was put under pressure because of a mediation: a matter of its own, outside, with a code of its own.

The asking side has "Under pressure" beside its matter. For the others nothing is linked: no page of the dispute, and
nobody at its table, learns of it.
"""

from __future__ import annotations

from django.db import transaction

from huiyin.record.cases.codes import receipts
from huiyin.record.cases.codes.receipts import Holder
from huiyin.record.cases.given import TEXT_LIMIT
from huiyin.record.cases.models import Party
from huiyin.record.cases.opening import access
from huiyin.record.cases.parties import sides
from huiyin.record.cases.registering import registration
from huiyin.record.cases.registering.registration import Filing, Prepared, Registered
from huiyin.record.cases.who.naming import Named
from huiyin.record.ledger.chains import Actor
from huiyin.rules.procedure import Words
from huiyin.rules.refusal import Refusal
from huiyin.rules.text import storable

SUBJECT = Words(zh="因调解受到压力", en="Pressure because of a mediation")


def report(holder: Holder, text: str, *, case_number: str = "") -> Registered:
    """Register it at a desk outside the unit that has the dispute. Its number and code are shown once.

    Raises Refusal("not_found"), "empty", "too_long", or "no_desk" where nobody outside can take it.
    """
    words = storable(text)
    if not words.strip():
        raise Refusal("empty", field="text")
    if len(words) > TEXT_LIMIT:
        raise Refusal("too_long", field="text", maximum=TEXT_LIMIT)
    side = sides.of_holder(holder, case_number)
    if side.party.kind == receipts.COMPLAINANT or side.erased_at is not None:
        raise Refusal("not_found")
    unit, language = side.case.unit, side.party.language
    filing = registration.clean(
        Filing(
            subject=SUBJECT.in_language(language), description=words, channel="web", language=language,
            confidentiality="named", about=(Named("unit", id=unit.code),),
        )
    )  # fmt: skip
    prepared = Prepared(filing, side.party.vault_id, access.sealed_digest(side.party.vault_id))
    with transaction.atomic():
        made = registration.register(prepared, by=Actor.complainant())
        Party.objects.filter(case__number=made.case_number).update(has_contact=side.party.has_contact)
    return made
