"""The tables every stage shares. Only ``record.cases`` imports them."""

from huiyin.record.cases.models.ask import Ask
from huiyin.record.cases.models.assignment import Barred, Grant
from huiyin.record.cases.models.authority import Authority
from huiyin.record.cases.models.case import About, Case, CaseLink
from huiyin.record.cases.models.conversation import Conversation
from huiyin.record.cases.models.document import Document, Message
from huiyin.record.cases.models.draft import Draft
from huiyin.record.cases.models.duty import Duty, DutyStep
from huiyin.record.cases.models.external import ExternalReference
from huiyin.record.cases.models.milestone import Milestone
from huiyin.record.cases.models.party import Party, Receipt
from huiyin.record.cases.models.reader_copy import ReaderCopy
from huiyin.record.cases.models.sealed_part import SealedPart
from huiyin.record.cases.models.sealing import MatterKey, MatterWrap, ReceiptKey
from huiyin.record.cases.models.side import Consent, Side
from huiyin.record.cases.models.staff import PutToOfficer, Removal, StaffComplaint
from huiyin.record.cases.models.term import RunningTerm
from huiyin.record.cases.models.transfer import CaseTransfer

__all__ = [
    "About",
    "Ask",
    "Authority",
    "Barred",
    "Case",
    "CaseLink",
    "CaseTransfer",
    "Consent",
    "Conversation",
    "Document",
    "Draft",
    "Duty",
    "DutyStep",
    "ExternalReference",
    "Grant",
    "MatterKey",
    "MatterWrap",
    "Message",
    "Milestone",
    "Party",
    "PutToOfficer",
    "ReaderCopy",
    "Receipt",
    "ReceiptKey",
    "Removal",
    "RunningTerm",
    "SealedPart",
    "Side",
    "StaffComplaint",
]
