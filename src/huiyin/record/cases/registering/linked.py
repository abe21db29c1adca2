"""A matter that grows out of another: a review, a recheck, or what is new after its end. The same receipt opens it."""

from __future__ import annotations

from collections.abc import Sequence

from huiyin.record import clock
from huiyin.record.bodies.models import Body, Post
from huiyin.record.cases.codes import filing_sealed, receipts
from huiyin.record.cases.keys import texts
from huiyin.record.cases.models import About, Case, CaseLink, Party
from huiyin.record.cases.registering.registration import Place, desk_for, open_case_file
from huiyin.record.cases.who.conflict import away_from
from huiyin.record.cases.who.responsible import let_read_what_came_before
from huiyin.record.law import versions
from huiyin.record.ledger.chains import Actor
from huiyin.rules.refusal import Refusal


def register_linked_case(
    original: Case,
    *,
    kind: str,
    procedure: str,
    body: Body | None = None,
    grounds: str,
    by: Actor,
    also_barred: frozenset[int],
    is_late: bool = False,
    channel: str = "review",
    about: Sequence[About] = (),
    subject: str = "",
    barred_officers: frozenset[int] = frozenset(),
    post: Post | None = None,
) -> Case:
    """A review or recheck at another body, or what is new after an ended matter: its own clocks, the same receipt.

    Units that decided before (``also_barred``) stay away, as do those the original names; ``about`` says whom
    the new one names, not yet saved. ``post`` is an outside desk that was chosen already: what lies there is
    opened by grants on the case alone.
    """
    away = away_from(original)
    officers, units = away.officers | barred_officers, away.units | also_barred
    is_restricted = original.is_restricted or post is not None
    post = post or desk_for(body or original.body, "", units, officers, is_restricted=is_restricted)
    now = clock.now()
    case = Case(
        number=receipts.new_number(),
        law_id=versions.current_version(procedure),
        description=grounds,
        category_id=original.category_id,
        area_id=original.area_id,
        channel=channel,
        language=original.language,
        confidentiality=original.confidentiality,
        body=post.unit.body,
        unit=post.unit,
        responsible_post=post,
        is_restricted=is_restricted,
        received_on=clock.today(post.unit.body.time_zone),
        registered_at=now,
        last_word_at=now,
    )
    subject_of, about = _readable_subject(original), list(about)
    case.subject = subject or subject_of
    sealing = filing_sealed.begin_linked(case, original, about)
    first = Party.objects.filter(case=original, kind="complainant").order_by("id").first()
    if first is None:
        raise Refusal("not_found")
    needs = texts.read(original, "cases_case.needs", first.needs)
    party = Party(
        kind="complainant", vault_id=first.vault_id, language=first.language,
        needs=sealing.closed("needs", needs) if sealing else needs,
        has_contact=first.has_contact, is_minor=first.is_minor, whereabouts=first.whereabouts,
    )  # fmt: skip
    place = Place(post, post.unit, post.unit.body, about, officers, units, is_restricted)
    told = "review_registered" if channel == "review" else "complaint_registered"
    open_case_file(case, party, place, by=by, start=case.received_on, kind=told, sealing=sealing)
    CaseLink.objects.create(from_case=original, to_case=case, kind=kind, made_at=now, is_late=is_late)
    let_read_what_came_before(case, post, now)
    return case


def _readable_subject(original: Case) -> str:
    """The subject of what it grows out of; of a sealed matter that is shut, its number."""
    return texts.read(original, "cases_case.subject", original.subject) or original.number


def sent_before(earlier: Case, kind: str, words: str) -> str | None:
    """The number of an open matter that grew out of this one with exactly these words: what is sent twice arrives once."""
    for link in CaseLink.objects.select_related("to_case").filter(from_case=earlier, kind=kind, to_case__is_open=True):
        if texts.read(link.to_case, "cases_case.description", link.to_case.description) == words:
            return str(link.to_case.number)
    return None
