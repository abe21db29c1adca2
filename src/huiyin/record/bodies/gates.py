"""The one page-permission table: every address by name, and who may come in.

An address that is not here answers 404 to everybody; a test walks the resolver.
What a reader may see *inside* a page is decided by ``record.cases.who.scope``.
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
MEDIATORS = posts("registrar", "mediator")
HEADS = posts("unit_head", "body_head", "registrar")
KEEPERS = posts("procedure_editor", "administrator")  # propose, decide and enter the law of the office
ADMINISTRATORS = posts("administrator")
JURISTS = posts("procedure_editor", "administrator", "lawyer", "auditor", "supervisor")  # read and try it

OUTSIDE_DESKS = posts("withdrawal_desk", "registrar")  # the service asks whether the registrar sits at an outside desk
REPORTERS = posts("body_head", "supervisor", "administrator")
REGISTER_READERS = posts("body_head", "supervisor", "administrator", "unit_head", "registrar", "mediator")

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
    "portal:duty": PUBLIC,
    "portal:come-back": PUBLIC,
    "portal:pressure": PUBLIC,
    "portal:look": PUBLIC,
    "portal:withdraw": PUBLIC,
    "portal:helpers": PUBLIC,
    "portal:helper-end": PUBLIC,
    "portal:new-code": PUBLIC,
    "portal:recusal": PUBLIC,
    "portal:name": PUBLIC,
    "portal:doubt": PUBLIC,
    "portal:confide": PUBLIC,
    "portal:withdraw-undo": PUBLIC,
    "portal:proof": PUBLIC,
    "portal:letter": PUBLIC,
    "portal:attachments": PUBLIC,
    "portal:attachment": PUBLIC,
    "portal:original": PUBLIC,
    "portal:way": PUBLIC,
    "portal:proof-file": PUBLIC,
    "portal:leave": PUBLIC,
    "portal:sign-off": PUBLIC,
    "portal:guide": PUBLIC,
    "portal:contact": PUBLIC,
    "portal:mediation": PUBLIC,
    "portal:ask": PUBLIC,
    "portal:mediate": PUBLIC,  # the receipt session decides
    "portal:table": PUBLIC,
    "portal:table-pressure": PUBLIC,
    "portal:table-letter": PUBLIC,
    "portal:table-rating": PUBLIC,
    "portal:table-deed": PUBLIC,
    "portal:areas": PUBLIC,
    "portal:area": PUBLIC,
    "portal:area-poster": PUBLIC,
    "portal:area-card": PUBLIC,
    "portal:area-qr": PUBLIC,
    "portal:area-hours-file": PUBLIC,
    "portal:area-photo": PUBLIC,
    "portal:going-out": PUBLIC,
    "portal:office-hours-file": PUBLIC,
    "portal:invite": PUBLIC,
    "portal:yours": PUBLIC,  # number and code decide
    "portal:suggestions": PUBLIC,
    "portal:suggest": PUBLIC,
    "portal:statistics": PUBLIC,
    "portal:statistics-quarter": PUBLIC,
    "portal:statistics-file": PUBLIC,
    "portal:protection": PUBLIC,
    "portal:rights": PUBLIC,
    "portal:security-txt": PUBLIC,
    "portal:source": PUBLIC,
    "portal:source-archive": PUBLIC,
    "portal:paper-form": PUBLIC,
    "portal:procedure": PUBLIC,
    "portal:proof-others": PUBLIC,
    "portal:unchanged": PUBLIC,
    "portal:history": PUBLIC,
    # the public history: signed roots, hashes and programs to keep, nothing of any matter
    "transparency:start": PUBLIC,
    "transparency:today": PUBLIC,
    "transparency:today-line": PUBLIC,
    "transparency:checkpoint": PUBLIC,
    "transparency:tile": PUBLIC,
    "transparency:entries": PUBLIC,
    "transparency:add-cosignature": PUBLIC,  # what counts is the signature of a known witness
    "transparency:verifier-program": PUBLIC,
    "transparency:verifier-page": PUBLIC,
    # open data: who is there for an area, for other directories
    "open:hsds": PUBLIC,
    "open:hsds-list": PUBLIC,
    "open:hsds-item": PUBLIC,
    # filing
    "intake:begin": PUBLIC,
    "intake:step": PUBLIC,
    "intake:check": PUBLIC,
    "intake:receipt": PUBLIC,
    "intake:put-away": PUBLIC,
    "intake:staff": PUBLIC,  # staff report here apart from the desk; nothing of a sign-in is read
    "intake:receipt-file": PUBLIC,
    "intake:receipt-proof": PUBLIC,
    "intake:receipt-qr": PUBLIC,
    # desk
    "desk:dispute": MEDIATORS,
    "desk:table": OFFICER,  # the case decides
    "desk:table-deed": OFFICER,
    "desk:sign-in": PUBLIC,
    "desk:second-step": PUBLIC,  # the password came first; the session decides
    "desk:other-house": PUBLIC,
    "desk:other-house-back": PUBLIC,
    "desk:sign-out": OFFICER,
    "desk:sealed": OFFICER,  # one's own key, and the keys of one's own desks
    "desk:security": OFFICER,
    "desk:app-codes": OFFICER,
    "desk:security-key": OFFICER,
    "desk:recovery-codes": OFFICER,
    "desk:factor-remove": OFFICER,
    "desk:session-end": OFFICER,
    "desk:sessions-end": OFFICER,
    "desk:password": OFFICER,
    "desk:day": OFFICER,
    "desk:queue": OFFICER,
    "desk:search": OFFICER,
    "desk:register": REGISTRARS,
    "desk:registered": REGISTRARS,
    "desk:take-over": REGISTRARS,
    "desk:report": REPORTERS,
    "desk:figures": REGISTER_READERS,
    "desk:disputes": REGISTER_READERS,
    "desk:slip": REGISTRARS,
    "desk:enquiry": OFFICER,
    "desk:case": OFFICER,
    "desk:case-print": OFFICER,
    "desk:platform": OFFICER,
    "desk:platform-file": OFFICER,
    "desk:letter": OFFICER,
    "desk:attachments": OFFICER,
    "desk:attachment": OFFICER,
    "desk:service": OFFICER,
    "desk:move": OFFICER,
    "desk:move-letter": OFFICER,
    "desk:sign": OFFICER,
    "desk:draft-letter": OFFICER,
    "desk:return-draft": OFFICER,
    "desk:duty": OFFICER,
    "desk:ask": OFFICER,  # the post that is asked decides
    "desk:step-aside": OFFICER,
    "desk:name": OFFICER,  # the service asks whether one sits at an outside desk
    "desk:set-class": OFFICER,  # the service asks whether one is the desk outside
    "desk:put": OFFICER,
    "desk:let-back": OFFICER,
    "desk:put-to-me": OFFICER,  # what was put to the officer in person
    "desk:put-answer": OFFICER,
    "desk:ties": OFFICER,
    "desk:tie-end": OFFICER,
    "desk:paper-withdrawal": OUTSIDE_DESKS,
    "desk:message": OFFICER,
    "desk:conversation": OFFICER,
    "desk:summary": OFFICER,
    "desk:complete": OFFICER,
    "desk:unseal": OFFICER,
    "desk:unseal-ask": OFFICER,
    "desk:unseal-together": OFFICER,
    "desk:identity-file": OFFICER,
    "desk:seconds": OFFICER,  # one sees what one may be the second person for
    "desk:erasures": OFFICER,  # one sees what one may propose or decide
    "desk:erasure": OFFICER,
    "desk:original": OFFICER,  # the service asks whether it is the desk that keeps it
    "desk:reader-copy": OFFICER,
    "desk:cover-message": OFFICER,
    "desk:external": OFFICER,
    "desk:external-end": OFFICER,
    "desk:rings": OFFICER,  # one answers what one's own posts are rung for
    "desk:photo": OFFICER,  # one's own
    "desk:going-out": OFFICER,  # one sees what one's own areas have
    "desk:office-hour": OFFICER,
    "desk:visit": OFFICER,
    "desk:suggestion": OFFICER,
    "desk:hand-over": OFFICER,
    "desk:stand-ins": OFFICER,
    "desk:stand-in-end": OFFICER,
    "desk:tokens": OFFICER,
    "desk:token-end": OFFICER,
    "desk:settings": OFFICER,
    "desk:keys": OFFICER,
    # the table of a dispute: its sides by their own code, the office by its grants
    "room:calculators": PUBLIC,
    "room:sessions": PUBLIC,
    "room:calendar": PUBLIC,
    "room:talk": PUBLIC,
    "room:notes": PUBLIC,
    "room:agreement": PUBLIC,
    "room:picture": PUBLIC,
    "room:afterwards": PUBLIC,
    "room:help": PUBLIC,
    "room:sheet": PUBLIC,
    "room:desk": OFFICER,
    "room:desk-sessions": OFFICER,
    "room:desk-session": OFFICER,
    "room:desk-notes": OFFICER,
    "room:desk-talk": OFFICER,
    "room:desk-agreement": OFFICER,
    "room:desk-line": OFFICER,
    "room:desk-picture": OFFICER,
    "room:desk-afterwards": OFFICER,
    "room:desk-kit": OFFICER,
    "room:desk-sheet": OFFICER,
    "office:desks": ADMINISTRATORS,
    "office:desks-of": ADMINISTRATORS,
    "office:desk-proposal": ADMINISTRATORS,
    "office:lost-factors": ADMINISTRATORS,
    "office:lost-factor": ADMINISTRATORS,
    # what the office keeps: read by jurists, changed by keepers (the second of two is another officer than the first)
    "office:start": JURISTS,
    "office:procedures": JURISTS,
    "office:compare": JURISTS,
    "office:pack": JURISTS,
    "office:text": JURISTS,
    "office:trial": JURISTS,
    "office:propose": KEEPERS,
    "office:proposal": JURISTS,
    "office:calendars": JURISTS,
    "office:year": KEEPERS,
    "office:year-proposal": JURISTS,
    "office:routes": JURISTS,
    "office:route": KEEPERS,
    "office:areas": JURISTS,
    "office:area": JURISTS,
    "office:letters": JURISTS,
    "office:letters-of-pack": JURISTS,
    "office:letter-sample": JURISTS,
    # api: tokens and receipts are checked by the views, answers are problems, never pages
    "api:complaints": PUBLIC,
    "api:track": PUBLIC,
    "api:track-messages": PUBLIC,
    "api:rating": PUBLIC,
    "api:track-attachments": PUBLIC,
    "api:track-originals": PUBLIC,
    "api:contest": PUBLIC,
    "api:track-duties": PUBLIC,
    "api:come-back": PUBLIC,
    "api:pressure": PUBLIC,
    "api:look": PUBLIC,
    "api:withdrawal": PUBLIC,
    "api:recusal": PUBLIC,
    "api:name": PUBLIC,
    "api:class": PUBLIC,
    "api:helpers": PUBLIC,
    "api:helper-end": PUBLIC,
    "api:new-code": PUBLIC,
    "api:new-code-confirm": PUBLIC,
    "api:identity-files": PUBLIC,
    "api:confidential": PUBLIC,
    "api:withdrawal-undo": PUBLIC,
    "api:cases": PUBLIC,
    "api:case": PUBLIC,
    "api:moves": PUBLIC,
    "api:search": PUBLIC,
    "api:schema": PUBLIC,
    "api:documentation": PUBLIC,
}
