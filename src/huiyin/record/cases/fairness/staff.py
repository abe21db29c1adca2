"""What is kept of a complaint about staff from its filing on; and evidence asked for before anybody is.

Its class is set in ``classing``, what is put to whom in ``putting``.
"""

from __future__ import annotations

from collections.abc import Collection

from django.db.models import QuerySet

from huiyin.record import clock
from huiyin.record.bodies import queries as bodies
from huiyin.record.bodies.models import Post
from huiyin.record.bodies.queries import Reader
from huiyin.record.cases import as_kept
from huiyin.record.cases.asks import asking
from huiyin.record.cases.keys import texts
from huiyin.record.cases.models import Case, Grant, StaffComplaint
from huiyin.record.cases.who import scope
from huiyin.record.cases.who.conflict import away_from
from huiyin.record.cases.who.outside import outside_post
from huiyin.record.cases.who.responsible import line_before
from huiyin.record.ledger.append import append_event
from huiyin.record.ledger.chains import Actor, ChainRef
from huiyin.rules import fairness
from huiyin.rules.chain import Json
from huiyin.rules.refusal import Refusal

EVIDENCE_WORDS = "cases_staffcomplaint.evidence_words"
DESK = "outside_desk"  # the capacity of the desk that keeps a matter about staff in hand


def begin(case: Case, said: str, evidence: Collection[str] | None, words: str) -> None:
    """Keep what was said at filing; the desk outside is asked at once to secure what can vanish.

    ``evidence`` None: the question was not put. Raises Refusal("unknown_choice") for either.
    """
    if said:
        fairness.check_class(said)
    words = asking.checked(words, field="evidence_words", is_needed=False)
    row = StaffComplaint.objects.create(
        case=case,
        said=said,
        evidence=" ".join(fairness.check_evidence(evidence or ())),
        evidence_words=texts.seal(case, EVIDENCE_WORDS, words),
        is_evidence_asked=evidence is not None,
    )
    if case.is_restricted and case.responsible_post is not None:
        name_desk(case, case.responsible_post, row)
    ask_for_evidence(case, row, words)


def complaint_of(case: Case) -> StaffComplaint | None:
    """What is kept of a complaint about staff: of the matter, or of the one that a review looks at again."""
    for key in (case.pk, *line_before(case)) if case.is_restricted else ():
        found = StaffComplaint.objects.filter(case=key).first()
        if found is not None:
            return found
    return None


def class_of(row: StaffComplaint | None) -> str:
    """The class that counts: as it was set, else as it was said."""
    return (row.complaint_class or row.said) if row else ""


def name_desk(case: Case, post: Post, row: StaffComplaint) -> None:
    """This desk sets the class, secures evidence and hears the officer, wherever the matter goes from here."""
    Grant.objects.create(case=case, post=post, capacity=DESK, from_at=clock.now(), why="complaint about staff")
    to: dict[str, Json] = {"to": post.code, "to_zh": post.unit.name_zh, "to_en": post.unit.name_en}
    details = to | {"bound": as_kept.of_staff(row)}
    append_event(ChainRef.case(case.number), "outside_desk_named", actor=Actor.system(), details=details)


def desk_grants(case: Case) -> QuerySet[Grant]:
    """The current right of the desk outside."""
    return Grant.objects.select_related("post__unit__body").filter(case=case, capacity=DESK, until_at=None)


def outside_desk_in(case: Case, by: Reader) -> int | None:
    """The reader's post that is the desk outside for a case; None where the reader has none."""
    acting = set(scope.granting_posts(by, case, to_act=True))
    named = set(desk_grants(case).values_list("post", flat=True))
    return next((post.id for post in by.posts if post.id in acting and (post.is_outside or post.id in named)), None)


def check_assigner(case: Case, by: Reader) -> None:
    """Of misconduct the desk outside alone says who deals with it. Raises Refusal("not_your_move") for anybody else."""
    if case.is_restricted and not may_assign(case, by):
        raise Refusal("not_your_move", move="assign")


def may_assign(case: Case, by: Reader) -> bool:
    """Whether the reader may give the case to somebody else; a review of it is assigned where it is made."""
    row = StaffComplaint.objects.filter(case=case).first()
    return class_of(row) != "misconduct" or outside_desk_in(case, by) is not None


def ask_for_evidence(case: Case, row: StaffComplaint, words: str) -> None:
    """Give the desk outside the duty to secure what can vanish, with its day; nothing where nothing was named."""
    kinds = tuple(row.evidence.split())
    if not fairness.wants_evidence(class_of(row), kinds if row.is_evidence_asked else None, row.evidence_words):
        return
    desk = desk_grants(case).first()
    post = desk.post if desk else outside_post([bodies.receiving_body() or case.body, case.body], away_from(case))
    if post is not None:
        asking.ask(case, "evidence", of=post, actor=Actor.system(), text=words)
