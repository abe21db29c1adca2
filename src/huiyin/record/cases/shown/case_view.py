"""What a page may know of a case: frozen values, never a table row, never a name."""

from __future__ import annotations

import datetime
from dataclasses import dataclass
from zoneinfo import ZoneInfo

from huiyin.record.cases.keys.sealing_view import AS_IT_CAME, SealingView
from huiyin.record.cases.shown.ask_view import AskView as AskView
from huiyin.record.cases.shown.ask_view import StaffView as StaffView  # handed on
from huiyin.record.cases.shown.conversation_view import ConversationView as ConversationView
from huiyin.record.cases.shown.conversation_view import WayOfTalking as WayOfTalking  # handed on
from huiyin.record.cases.shown.erased_view import Ahead, Erased
from huiyin.record.cases.shown.helper_views import HelperView
from huiyin.record.cases.shown.reader_copy_view import ReaderCopyView
from huiyin.record.files.attachments import AttachmentView
from huiyin.record.files.signed_copies import SignedCopyView
from huiyin.record.files.store import LetterView
from huiyin.record.law.routes import Place
from huiyin.rules import duties
from huiyin.rules.deadline import Due
from huiyin.rules.letters import required_contents
from huiyin.rules.lifecycle import Offer
from huiyin.rules.procedure import Choice, Procedure, State, Term, Words


@dataclass(frozen=True, slots=True)
class OfficerShown:
    """An officer as residents see one: name, number, post, unit and body."""

    name: Words
    duty_number: str
    title: Words
    unit: Words
    body: Words
    post: str = ""
    phone: str = ""


@dataclass(frozen=True, slots=True)
class TermView:
    """One clock: who owes what by when, under which rule, and the count day by day."""

    id: str
    name: Words
    owed_by: str
    starts_on: datetime.date
    due_on: datetime.date
    due_at: datetime.datetime | None
    first_due_on: datetime.date
    is_provisional: bool
    state: str
    ended_on: datetime.date | None
    rule: Term
    counted: Due
    is_unopened: bool = False  # it runs from the receipt of a letter; until then its day is that of a receipt today


@dataclass(frozen=True, slots=True)
class MessageView:
    """A word from one side to the other; ``number`` counts those of the matter.

    ``is_withheld``: written after the copy for readers, it waits for the keeper of the original words to cover it.
    """

    id: int
    sender: str
    kind: str
    text: str
    language: str
    at: datetime.datetime
    officer: Words | None
    helper: int = 0
    number: int = 0
    is_withheld: bool = False


@dataclass(frozen=True, slots=True)
class DocumentView:
    """A reply or notice as delivered; ``place`` is where its route leads, as the directory has it now."""

    id: int
    kind: str
    number: str
    text: str
    outcome: Choice | None
    legal_basis: str
    reason: Choice | None
    route: Choice | None
    place: Place | None
    language: str
    at: datetime.datetime
    officer: Words | None


@dataclass(frozen=True, slots=True)
class DutyStepView:
    """One word about a duty; ``before_on`` is the day that a new one took the place of."""

    deed: str
    text: str
    at: datetime.datetime
    officer: Words | None
    before_on: datetime.date | None


@dataclass(frozen=True, slots=True)
class DutyView:
    """One thing an answer bound its office to, and what its reader may say about it (``deeds``)."""

    number: int
    kind: str
    name: Words
    text: str
    language: str
    due_on: datetime.date
    first_due_on: datetime.date
    state: duties.State
    owed_by: Words
    document: str
    is_of_review: bool
    ended_on: datetime.date | None
    steps: tuple[DutyStepView, ...]
    deeds: frozenset[duties.Deed]

    @property
    def is_owed(self) -> bool:
        """Whether it is still open: the office's own word does not end it."""
        return self.state in duties.PENDING

    @property
    def is_to_look_again(self) -> bool:
        """Whether it is right but not possible yet."""
        return self.kind == duties.LOOK_AGAIN


@dataclass(frozen=True, slots=True)
class TimelineEntry:
    """One thing that happened, in both languages, as a whole sentence."""

    seq: int
    at: datetime.datetime
    kind: str
    sentence: Words
    who: Words | None
    to_state: str = ""


@dataclass(frozen=True, slots=True)
class LookView:
    """One reading of the case: who, in which duty, why, and what was opened; ``seq`` is its number in the history."""

    seq: int
    at: datetime.datetime
    role: str
    name: Words
    unit: Words
    body: Words
    duty_number: str
    purpose: str
    what: str
    is_by_named: bool = False  # by somebody who must stay away by now


@dataclass(frozen=True, slots=True)
class LinkView:
    """Another case of the same family, and whether its reader may open it."""

    number: str
    kind: str
    is_later: bool
    state: Words
    stage: str
    body: Words
    is_open: bool
    may_open: bool = True


@dataclass(frozen=True, slots=True)
class WaitingView:
    """Where a draft waits, and since when."""

    move: str
    step: Words
    step_number: int
    steps: tuple[Words, ...]
    officer: OfficerShown
    since: datetime.datetime


@dataclass(frozen=True, slots=True)
class DraftView:
    """The draft itself, for those who sign."""

    move: str
    given: dict[str, str]
    note: str
    signed: tuple[dict[str, str], ...]
    waiting: WaitingView
    may_sign: bool


@dataclass(frozen=True, slots=True)
class AboutView:
    """Whom or what the matter names."""

    kind: str
    name: Words


@dataclass(frozen=True, slots=True)
class PaperView:
    """A letter of the dossier: as it was set, as it was signed by hand, or both."""

    number: str
    kind: str
    made_at: datetime.datetime
    letter: LetterView | None
    signed_copy: SignedCopyView | None


@dataclass(frozen=True, slots=True)
class ExternalView:
    """What the matter is called in another system, and by when that system wants an answer."""

    system: str
    number: str
    due_on: datetime.date | None
    due_at: datetime.datetime | None


@dataclass(frozen=True, slots=True)
class CaseView:
    """Everything one reader may know of one case."""

    number: str
    procedure: Procedure
    law_version: str
    state: State
    stage: str
    is_open: bool
    outcome: Choice | None
    version: int
    subject: str
    description: str
    officer_summary: str
    category: Words | None
    area: Words | None
    channel: str
    confidentiality: str
    matter_class: str
    language: str
    needs: str
    has_contact: bool
    is_minor: bool
    is_restricted: bool
    received_on: datetime.date
    registered_at: datetime.datetime
    due_on: datetime.date | None
    is_provisional: bool
    body: Words
    body_code: str
    zone: str
    unit: Words
    responsible: OfficerShown | None
    terms: tuple[TermView, ...]
    messages: tuple[MessageView, ...]
    documents: tuple[DocumentView, ...]
    timeline: tuple[TimelineEntry, ...]
    looks: tuple[LookView, ...]
    links: tuple[LinkView, ...]
    about: tuple[AboutView, ...]
    waiting: WaitingView | None
    draft: DraftView | None
    offers: tuple[Offer, ...]
    may_unseal: bool
    letters: tuple[LetterView, ...] = ()
    signed_copies: tuple[SignedCopyView, ...] = ()
    duties: tuple[DutyView, ...] = ()
    external: tuple[ExternalView, ...] = ()
    conversations: tuple[ConversationView, ...] = ()
    attachments: tuple[AttachmentView, ...] = ()
    asks: tuple[AskView, ...] = ()
    may_name: bool = False
    is_sealed: bool = False
    may_step_aside: bool = False
    reader_copy: ReaderCopyView | None = None
    helpers: tuple[HelperView, ...] = ()
    whereabouts: str = ""
    may_open_original: bool = False  # or make the first reader copy
    staff: StaffView | None = None
    sealing: SealingView = AS_IT_CAME
    erased: Erased | None = None
    erasure_ahead: Ahead | None = None

    @property
    def recusal(self) -> AskView | None:
        """The last request that an officer step aside."""
        return next((each for each in reversed(self.asks) if each.kind == "recusal"), None)

    @property
    def may_ask_recusal(self) -> bool:
        """Whether it can be asked that the responsible officer step aside."""
        return self.is_open and self.responsible is not None and not (self.recusal and self.recusal.state == "open")

    @property
    def withdrawal(self) -> AskView | None:
        """The last withdrawal that was asked for, whatever came of it."""
        return next((each for each in reversed(self.asks) if each.kind == "withdrawal"), None)

    @property
    def may_withdraw(self) -> bool:
        """Whether a withdrawal can be asked for: the matter is open, and none is under way."""
        return self.is_open and not (self.withdrawal and self.withdrawal.is_under_way)

    def asked_about(self, look: LookView) -> AskView | None:
        """The question about a look, where one was asked."""
        return next((each for each in self.asks if each.kind == "look" and each.look_seq == look.seq), None)

    @property
    def comes_back_to(self) -> LinkView | None:
        """The ended matter that this one comes back to, with what is new."""
        return next((link for link in self.links if link.kind == "joined" and not link.is_later), None)

    @property
    def is_of_pressure(self) -> bool:
        """Whether this is a report of pressure."""
        return self.pressure_because_of is not None

    @property
    def pressure_because_of(self) -> LinkView | None:
        """The matter because of which there was pressure, where this is a report of it."""
        return next((link for link in self.links if link.kind == "retaliation" and not link.is_later), None)

    @property
    def running(self) -> tuple[TermView, ...]:
        """The clocks that run now, nearest first."""
        return tuple(term for term in self.terms if term.state in {"running", "lapsed"})

    @property
    def next_term(self) -> TermView | None:
        """The office's nearest duty that still runs."""
        return next((term for term in self.running if term.owed_by != "complainant"), None)

    @property
    def papers(self) -> tuple[PaperView, ...]:
        """Every letter with its signed copy, in order; where no font sets letters the copy stands alone."""
        copies = {each.number: each for each in self.signed_copies}
        found = [
            PaperView(each.number, each.kind, each.made_at, each, copies.pop(each.number, None))
            for each in self.letters
        ]
        return (*found, *(PaperView(each.number, each.kind, each.made_at, None, each) for each in copies.values()))

    def opened_by(self, letter: LetterView) -> TermView | None:
        """The complainant's time to act that a decision opened: on its own day, or on the day it arrived; None before that."""
        if "review_route" not in required_contents(letter.kind):
            return None
        days = {letter.made_at.astimezone(ZoneInfo(self.zone)).date(), letter.received_on}
        own = (term for term in reversed(self.terms) if term.owed_by == "complainant" and not term.is_unopened)
        return next((term for term in own if term.starts_on in days), None)

    @property
    def answer(self) -> DocumentView | None:
        """The latest document that decides: it has an outcome."""
        return next((each for each in reversed(self.documents) if each.outcome is not None), None)
