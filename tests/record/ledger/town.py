"""What the ledger's tests write: the cast, and a few matters."""

from __future__ import annotations

from django.db import transaction

from huiyin.record.ledger.append import append_event, append_events
from huiyin.record.ledger.chains import Actor, Appended, ChainRef

LI_MEI = Actor.complainant()
ZHAO = Actor(
    "officer",
    role="handler",
    officer_id=7,
    name={"zh": "赵立", "en": "Zhao Li"},
    unit_name={"zh": "信访科", "en": "Petitions section"},
    duty_number="0031",
)
WATER = ChainRef.case("4821-0937-15")
ROAD = ChainRef.case("1733-9020-64")
COUNTY = ChainRef.body("qinghe-county")


def tell(chain: ChainRef, count: int = 1, *, text: str = "井水变黄了。") -> list[Appended]:
    """Some events of one deed, committed as far as the test commits."""
    with transaction.atomic():
        return append_events(chain, [("message_received", {"text": f"{text} {n}"}) for n in range(count)], actor=LI_MEI)


def register(chain: ChainRef) -> list[Appended]:
    """A matter from registration to its first look."""
    with transaction.atomic():
        first = append_events(
            chain,
            [("complaint_registered", {"subject": "井水变黄"}), ("officer_made_responsible", {"post": "登记"})],
            actor=LI_MEI,
            is_new=True,
        )
        return [*first, append_event(chain, "case_opened", actor=ZHAO, details={"purpose": "登记"})]
