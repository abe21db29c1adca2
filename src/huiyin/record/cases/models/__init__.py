"""The tables every stage shares. Only ``record.cases`` imports them."""

from huiyin.record.cases.models.assignment import Barred, Grant
from huiyin.record.cases.models.case import About, Case, CaseLink
from huiyin.record.cases.models.document import Document, Message
from huiyin.record.cases.models.draft import Draft
from huiyin.record.cases.models.party import Party, Receipt
from huiyin.record.cases.models.term import RunningTerm

__all__ = [
    "About",
    "Barred",
    "Case",
    "CaseLink",
    "Document",
    "Draft",
    "Grant",
    "Message",
    "Party",
    "Receipt",
    "RunningTerm",
]
