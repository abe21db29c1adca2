"""What is kept of a complaint about staff from its filing on; and evidence asked for before anybody is.

Its class is set in ``classing``, what is put to whom in ``putting``.
"""

from __future__ import annotations

from collections.abc import Collection

from huiyin.record.bodies import queries as bodies
from huiyin.record.bodies.queries import Reader
from huiyin.record.cases import asking, scope
from huiyin.record.cases.conflict import away_from
from huiyin.record.cases.models import Case, StaffComplaint
from huiyin.record.cases.outside import outside_post
from huiyin.record.cases.responsible import line_before
from huiyin.record.ledger.chains import Actor
from huiyin.rules import fairness


def begin(case: Case, said: str, evidence: Collection[str] | None, words: str) -> None:
    """Keep what was said at filing; of misconduct the desk outside is asked at once to secure what can vanish.

    ``evidence`` None: the question was not put. Raises Refusal("unknown_choice") for either.
    """
    if said:
        fairness.check_class(said)
    row = StaffComplaint.objects.create(
        case=case,
        said=said,
        evidence=" ".join(fairness.check_evidence(evidence or ())),
        evidence_words=asking.checked(words, field="evidence_words", is_needed=False),
        is_evidence_asked=evidence is not None,
    )
    if said == "misconduct":
        ask_for_evidence(case, row)


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


def outside_desk_in(case: Case, by: Reader) -> int | None:
    """The post at a desk outside the units through which the reader acts in the case; None where there is none."""
    acting = scope.granting_posts(by, case, to_act=True)
    return next((post.id for post in by.posts if post.id in acting and post.is_outside), None)


def ask_for_evidence(case: Case, row: StaffComplaint) -> None:
    """Give the desk outside the duty to secure what can vanish, with its day; nothing where nothing was named."""
    kinds = tuple(row.evidence.split())
    if not fairness.wants_evidence("misconduct", kinds if row.is_evidence_asked else None, row.evidence_words):
        return
    post = case.responsible_post
    if post is None or not post.unit.is_outside_desk:
        post = outside_post([bodies.receiving_body() or case.body, case.body], away_from(case)) or post
    if post is not None:
        asking.ask(case, "evidence", of=post, actor=Actor.system(), text=row.evidence_words)
