"""A complainant asks to be confidential when the matter is under way: the name, the words and the copy for readers, from then on."""

from __future__ import annotations

from django.db import transaction

from huiyin.record.cases.codes import entering, late_sealing, receipts
from huiyin.record.cases.codes.receipts import Holder
from huiyin.record.cases.opening import access
from huiyin.record.cases.who import scope
from huiyin.record.ledger.append import append_event
from huiyin.record.ledger.chains import Actor, ChainRef
from huiyin.rules.chain import Json
from huiyin.rules.helping import OWN
from huiyin.rules.refusal import Refusal

CONFIDENTIAL = "confidential"


def make_confidential(holder: Holder) -> bool:
    """Make a named matter, and all that grew out of it, confidential; gives whether the words are sealed from now on.

    Two people open the name from then on, and the matter leaves its unit only with a copy for readers. Raises
    Refusal("helper_may_not"), "repeated" where it is so already, and "not_allowed_now" for an anonymous one.
    """
    receipts.must_let(holder, OWN)
    own = access.family_case(holder, to=OWN)
    if own.confidentiality == CONFIDENTIAL:
        raise Refusal("repeated")
    if own.confidentiality != "named":
        raise Refusal("not_allowed_now")
    details: dict[str, Json] = {"bound": {"confidentiality": CONFIDENTIAL}}
    is_sealed = True
    with transaction.atomic():
        for key in sorted(entering.family_of(own.pk)):
            case = scope.locked(key)
            if case.confidentiality == CONFIDENTIAL:
                continue
            case.confidentiality = CONFIDENTIAL
            case.save(update_fields=["confidentiality"])
            append_event(ChainRef.case(case.number), "made_confidential", actor=Actor.complainant(), details=details)
            late_sealing.seal_where_due(case)
            is_sealed = is_sealed and bool(case.key_epoch)
    return is_sealed
