"""The one page-permission table: every address by name, and who may come in.

An address that is not here answers 404 to everybody; a test walks the resolver.
What a reader may see *inside* a page is decided by ``record.cases.scope``.
"""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Audience:
    """Who may come in at an address: everybody, or signed-in officers with one of ``roles`` (none: any post)."""

    is_public: bool = False
    roles: frozenset[str] = frozenset()


PUBLIC = Audience(is_public=True)
OFFICER = Audience()


def posts(*roles: str) -> Audience:
    """Officers who hold a post with one of these roles today."""
    return Audience(roles=frozenset(roles))


REGISTRARS = posts("registrar")
HEADS = posts("unit_head", "body_head", "registrar")

GATES: dict[str, Audience] = {
    # ui and machine
    "language": PUBLIC,
    "patterns": PUBLIC,
    "patterns-desk": PUBLIC,
    "healthz": PUBLIC,
    "readyz": PUBLIC,
    "metrics": PUBLIC,
    # portal
    "portal:start": PUBLIC,
    "portal:track": PUBLIC,
    "portal:case": PUBLIC,  # the receipt session decides
    "portal:message": PUBLIC,
    "portal:correction": PUBLIC,
    "portal:contact-details": PUBLIC,
    "portal:rating": PUBLIC,
    "portal:contest": PUBLIC,
    "portal:content": PUBLIC,
    "portal:proof": PUBLIC,
    "portal:letter": PUBLIC,
    "portal:proof-file": PUBLIC,
    "portal:leave": PUBLIC,
    "portal:sign-off": PUBLIC,
    "portal:guide": PUBLIC,
    "portal:contact": PUBLIC,
    "portal:protection": PUBLIC,
    "portal:source": PUBLIC,
    "portal:source-archive": PUBLIC,
    "portal:paper-form": PUBLIC,
    "portal:procedure": PUBLIC,
    # filing
    "intake:begin": PUBLIC,
    "intake:step": PUBLIC,
    "intake:check": PUBLIC,
    "intake:receipt": PUBLIC,
    "intake:put-away": PUBLIC,
    "intake:receipt-file": PUBLIC,
    "intake:receipt-qr": PUBLIC,
    # desk
    "desk:sign-in": PUBLIC,
    "desk:sign-out": OFFICER,
    "desk:day": OFFICER,
    "desk:queue": OFFICER,
    "desk:search": OFFICER,
    "desk:register": REGISTRARS,
    "desk:registered": REGISTRARS,
    "desk:slip": REGISTRARS,
    "desk:enquiry": OFFICER,
    "desk:case": OFFICER,
    "desk:case-print": OFFICER,
    "desk:letter": OFFICER,
    "desk:move": OFFICER,
    "desk:sign": OFFICER,
    "desk:return-draft": OFFICER,
    "desk:message": OFFICER,
    "desk:summary": OFFICER,
    "desk:complete": OFFICER,
    "desk:unseal": OFFICER,
    "desk:hand-over": OFFICER,
    "desk:stand-ins": OFFICER,
    "desk:stand-in-end": OFFICER,
    "desk:tokens": OFFICER,
    "desk:token-end": OFFICER,
    "desk:settings": OFFICER,
    "desk:keys": OFFICER,
    # api: tokens and receipts are checked by the views, answers are problems, never pages
    "api:complaints": PUBLIC,
    "api:track": PUBLIC,
    "api:track-messages": PUBLIC,
    "api:rating": PUBLIC,
    "api:contest": PUBLIC,
    "api:cases": PUBLIC,
    "api:case": PUBLIC,
    "api:moves": PUBLIC,
    "api:search": PUBLIC,
    "api:schema": PUBLIC,
    "api:documentation": PUBLIC,
}
