"""What comes back: one class for each answer. They describe; ``shown`` writes the values themselves."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _
from rest_framework import serializers
from rest_framework.serializers import BooleanField, CharField, DateField, DateTimeField, DictField, IntegerField

from huiyin.front.api.ask_answers import AboutStaff, Ask, AskInRow
from huiyin.front.api.attachment_answers import AttachmentShown
from huiyin.front.api.found_answers import FoundPlace, ReaderCopy
from huiyin.front.api.helping_answers import Erased, ErasureAhead, HelperShown
from huiyin.front.api.matter_answers import Conversation, External, Place
from huiyin.front.api.promise_answers import Duty, DutyInDraft, PromiseInRow
from huiyin.front.api.requests import CONFIDENTIALITY, KINDS_OF_ABOUT
from huiyin.front.api.shapes import Answer, maybe, one_of
from huiyin.record.cases.lists.queries import QUEUES
from huiyin.rules.procedure import OUTCOMES, STAGES

STATES_OF_TERM = ("running", "stopped", "met", "met_late", "ended")
SENDERS = ("complainant", "office")


class FieldError(Answer):
    """What is wrong with one field."""

    field = CharField(help_text=_("Path of the field, such as contact.phone or about.0.kind"))
    code = CharField()
    detail = CharField(help_text=_("In the reader's language"))


class ProblemDetails(Answer):
    """What went wrong (RFC 9457)."""

    type = CharField(help_text=_("An address that explains the code"))
    title = CharField()
    status = IntegerField()
    detail = CharField(help_text=_("What happened and what to do, in the reader's language"))
    code = CharField(help_text=_("A word that never changes"))
    errors = FieldError(many=True)  # type: ignore[assignment]  # the framework keeps declared fields apart


class PromisedTerm(Answer):
    """A duty of the office, and its last day."""

    duty = CharField()
    due_on = DateField()
    provisional = BooleanField(help_text=_("The calendar of that year is not published yet"))
    rule = CharField(help_text=_("Name of the time limit in the procedure"))
    article = CharField(help_text=_("Article of the law; empty for a target the office sets itself"))


class Promise(Answer):
    """Signed: this entry will stand in the public log."""

    origin = CharField()
    leaf = CharField(help_text="base64")
    at = CharField()
    key_id = CharField()
    signature = CharField(help_text="base64, Ed25519")


class Filed(Answer):
    """What the person takes home. The code is shown this once."""

    case_number = CharField()
    receipt_code = CharField()
    tracking_url = CharField(help_text=_("Holds the number only, never the code"))
    terms = PromisedTerm(many=True)
    promise = Promise()
    found = FoundPlace(many=True, help_text=_("What may tell who the person is; hints, nothing was refused"))


class Term(PromisedTerm):
    """A clock of the matter."""

    owed_by = CharField(help_text=_("Role that owes it"))
    starts_on = DateField()
    state = one_of(STATES_OF_TERM)
    ended_on = maybe(DateField)


class Officer(Answer):
    """An officer as residents see one."""

    name = CharField()
    duty_number = CharField()
    title = CharField()
    unit = CharField()
    body = CharField()
    phone = CharField()


class Event(Answer):
    """One thing that happened."""

    at = DateTimeField()
    kind = CharField()
    text = CharField()
    who = maybe(CharField)


class MessageShown(Answer):
    """A word from one side to the other."""

    sender = one_of(SENDERS)
    kind = CharField()
    text = CharField()
    language = CharField()
    at = DateTimeField()
    officer = maybe(CharField)
    helper = IntegerField(help_text=_("Number of the helper who wrote it; 0: nobody else did"))
    is_withheld = BooleanField(
        help_text=_("Written after the copy for readers: the others read it once its keeper has covered it")
    )


class Document(Answer):
    """A reply or notice as delivered."""

    kind = CharField()
    number = CharField()
    text = CharField()
    outcome = maybe(CharField)
    legal_basis = CharField()
    reason = maybe(CharField)
    route = maybe(CharField)
    place = Place(allow_null=True, help_text=_("Where the route leads"))
    language = CharField()
    at = DateTimeField()
    officer = maybe(CharField)


class Look(Answer):
    """One reading of the matter, by anybody."""

    number = IntegerField(help_text=_("By this number one asks about it"))
    at = DateTimeField()
    role = CharField()
    unit = CharField()
    duty_number = CharField()
    purpose = CharField()
    what = CharField()
    is_by_named = BooleanField(help_text=_("By somebody who must stay away by now"))
    question = Ask(allow_null=True, help_text=_("What was asked about this look"))


class Link(Answer):
    """Another matter of the same family; the same code opens it."""

    case_number = CharField()
    kind = CharField()
    is_later = BooleanField()
    state = CharField()
    stage = one_of(STAGES)
    body = CharField()
    is_open = BooleanField()


class Waiting(Answer):
    """Where the draft of an answer waits, and since when."""

    move = CharField()
    step = CharField()
    step_number = IntegerField()
    steps = serializers.ListField(child=CharField())
    officer = Officer()
    since = DateTimeField()


class Confirms(Answer):
    """Something that no program can check: whoever makes the move says that it holds."""

    guard = CharField(help_text=_("Send it in confirmed"))
    text = CharField()
    article = CharField(help_text=_("Article of the law; empty where nobody has verified it"))


class MoveOffered(Answer):
    """A deed, and whether it can be done now."""

    move = CharField()
    name = CharField()
    allowed = BooleanField()
    why_not = maybe(CharField)
    requires = serializers.ListField(child=CharField())
    accepts = serializers.ListField(child=CharField())
    reasons = serializers.ListField(child=CharField())
    outcomes = serializers.ListField(child=CharField())
    routes = serializers.ListField(child=CharField())
    confirms = Confirms(many=True)


class Matter(Answer):
    """One matter: where it stands and what happened. Words are in the reader's language."""

    case_number = CharField()
    state = CharField(help_text=_("State in the procedure; other procedures have other states"))
    state_name = CharField()
    stage = one_of(STAGES)
    is_open = BooleanField()
    outcome = maybe(serializers.ChoiceField, choices=OUTCOMES)
    outcome_name = maybe(CharField)
    version = IntegerField()
    procedure = CharField()
    subject = CharField()
    description = CharField()
    officer_summary = CharField()
    category = maybe(CharField)
    area = maybe(CharField)
    confidentiality = one_of(CONFIDENTIALITY)
    language = CharField()
    received_on = DateField()
    registered_at = DateTimeField()
    due_on = maybe(DateField, help_text=_("The nearest day on which the office owes something"))
    provisional = BooleanField()
    body = CharField()
    unit = CharField()
    responsible = Officer(allow_null=True)
    contact_given = BooleanField()
    terms = Term(many=True)
    timeline = Event(many=True)
    messages = MessageShown(many=True)
    documents = Document(many=True)
    answer = Document(allow_null=True)
    duties = Duty(many=True)
    attachments = AttachmentShown(many=True)
    looks = Look(many=True)
    about_staff = AboutStaff(allow_null=True, help_text=_("Only where the matter names staff or is about misconduct"))
    recusal = Ask(allow_null=True, help_text=_("The last request that an officer step aside"))
    withdrawal = Ask(allow_null=True, help_text=_("The last withdrawal that was asked for"))
    links = Link(many=True)
    waiting = Waiting(allow_null=True)
    moves = MoveOffered(many=True)
    external = External(many=True)
    conversations = Conversation(many=True)
    reader_copy = ReaderCopy(
        allow_null=True, help_text=_("Where the matter is confidential and something was covered for its readers")
    )


class Proof(Answer):
    """The first entry of the matter stands in the signed log (RFC 6962)."""

    origin = CharField()
    size = IntegerField()
    index = IntegerField()
    leaf = CharField(help_text="base64")
    path = serializers.ListField(child=CharField())
    checkpoint = CharField(help_text=_("A signed note that holds the root for this size"))


class Tracked(Matter):
    """The matter as its complainant reads it."""

    helpers = HelperShown(many=True)
    erasure_ahead = ErasureAhead(allow_null=True, help_text=_("A second person has not decided yet"))
    erased = Erased(allow_null=True, help_text=_("Then the words are empty; number, days and proofs are still there"))
    says = CharField(help_text=_("Where the matter stands and what comes next, in one sentence"))
    proof = Proof(allow_null=True, help_text=_("null for some seconds after filing"))


class AboutShown(Answer):
    """Whom or what the matter names."""

    kind = one_of(KINDS_OF_ABOUT)
    name = CharField()


class Signature(Answer):
    """Somebody signed a draft."""

    step = CharField()
    name = CharField()
    post = CharField()
    at = DateTimeField()


class DraftShown(Answer):
    """A draft on its way to be signed."""

    move = CharField()
    given = DictField(child=CharField())
    duties = DutyInDraft(many=True)
    note = CharField()
    signed = Signature(many=True)
    may_sign = BooleanField()


class DeskMatter(Matter):
    """The matter as an officer reads it; never a name or a contact of the complainant."""

    channel = CharField()
    matter_class = CharField()
    needs = CharField()
    is_minor = BooleanField()
    is_restricted = BooleanField()
    about = AboutShown(many=True)
    draft = DraftShown(allow_null=True)


class Moved(Answer):
    """Where the matter stands now."""

    case_number = CharField()
    state = CharField()
    version = IntegerField()
    waiting_for_signature = BooleanField()


class Written(Answer):
    """The message as it was stored."""

    case_number = CharField()
    sender = one_of(SENDERS)
    text = CharField()
    found = FoundPlace(many=True, help_text=_("What may tell who the person is; hints, nothing was refused"))


class RatingKept(Answer):
    """The rating as it was stored; it can be changed for 90 days."""

    solved = CharField()
    score = maybe(IntegerField)
    comment = CharField()


class Row(Answer):
    """One line of a list. The subject is null where the reader may not open the matter."""

    case_number = CharField()
    subject = maybe(CharField)
    state = CharField()
    stage = one_of(STAGES)
    due_on = maybe(DateField)
    provisional = BooleanField()
    days_left = maybe(IntegerField)
    responsible = maybe(CharField)
    unit = CharField()
    received_on = DateField()
    last_word_by = one_of(SENDERS)
    last_word_at = DateTimeField()
    channel = CharField()
    is_waiting = BooleanField()
    version = IntegerField()
    language = CharField()
    promise = PromiseInRow(allow_null=True)
    asked = AskInRow(allow_null=True)


Counts: type[Answer] = type(
    "Counts",
    (Answer,),
    {"__doc__": "How many stand in each queue, at most 1,000 each.", **{name: IntegerField() for name in QUEUES}},
)


class Cases(Answer):
    """One page of a queue."""

    items = Row(many=True)
    next = maybe(CharField, help_text=_("Send it as after to go on; null at the end"))
    counts = Counts()


class SearchCounts(Answer):
    """How many stand on this page."""

    shown = IntegerField()


class SearchPage(Answer):
    """One page of hits, newest first."""

    items = Row(many=True)
    next = maybe(CharField, help_text=_("Send it as after to go on; null at the end"))
    counts = SearchCounts()
