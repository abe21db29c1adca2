"""The only way to change where a case stands.

Lock, ask the rules, change, write the ledger, carry out the effects: one
transaction. A move that needs signatures becomes a draft first (``sign_off``).
"""

from __future__ import annotations

from dataclasses import replace

from django.db import transaction

from huiyin.record import clock
from huiyin.record.bodies import queries as bodies
from huiyin.record.bodies.models import Body
from huiyin.record.bodies.queries import Reader
from huiyin.record.cases import milestones
from huiyin.record.cases.codes.receipts import Holder
from huiyin.record.cases.composing.letter_occasion import Author
from huiyin.record.cases.effects import Deed
from huiyin.record.cases.fairness import putting, staff
from huiyin.record.cases.given import Given, Moved, checked
from huiyin.record.cases.keys import matter_keys, texts
from huiyin.record.cases.models import Case, CaseLink, Draft
from huiyin.record.cases.moving import sign_off
from huiyin.record.cases.moving.applying import apply, begin
from huiyin.record.cases.opening import access, viewing
from huiyin.record.cases.parties import consenting, sides
from huiyin.record.cases.promises import promising
from huiyin.record.cases.registering.linked import register_linked_case
from huiyin.record.cases.who import scope
from huiyin.record.cases.who.responsible import name_responsible
from huiyin.record.cases.words import reader_copies
from huiyin.record.files.content import LetterContent
from huiyin.record.files.signed_copies import SignedPaper, media_type_of
from huiyin.record.law.versions import procedure_of
from huiyin.record.ledger.append import append_event
from huiyin.record.ledger.chains import Actor, ChainRef
from huiyin.rules import guards
from huiyin.rules.lifecycle import may_move, moves_from, way_to_review
from huiyin.rules.procedure import Move, Procedure
from huiyin.rules.refusal import Refusal
from huiyin.rules.withdrawal import STATE as WITHDRAWN
from huiyin.rules.withdrawal import is_withdrawn


def move(
    case_number: str,
    move_id: str,
    *,
    by: Reader,
    given: Given | None = None,
    version: int | None = None,
    seen: str = "",
) -> Moved:
    """Make a move as an officer. ``seen`` is the SHA-256 of the letter looked at before, where there was one.

    Raises Refusal: "not_found" (also for those the case names), "stale" when ``version`` is not the current
    one or the letter would be another than the one seen, and what ``lifecycle.may_move`` refuses.
    """
    given = checked(given or Given())
    with transaction.atomic():
        case, posts = _locked_for(case_number, by)
        _same_version(case, version)
        before = case.unit_id
        rule, procedure, actor, post_id = _ready(case, posts, move_id, by, given)
        given = replace(given, confirmed=guards.kept(procedure, rule, given.confirmed))
        if rule.assigns or rule.transfers:
            reader_copies.must_be_made_first(case, given.to)
        if len(rule.sign_off) > 1:
            return _shared(case, sign_off.start(case, procedure, rule, given, actor=actor, post_id=post_id))
        return _shared(case, apply(case, procedure, rule, given, actor=actor, seen=seen), before)


def to_confirm(case_number: str, move_id: str, *, by: Reader) -> tuple[str, ...]:
    """The guards that ``by`` confirms with a move of this case; none for a move or a case that is not there."""
    found = scope.openable_case(case_number, by)
    procedure = procedure_of(found[0].law_id) if found else None
    rule = procedure.moves.get(move_id) if procedure else None
    return tuple(guard.id for guard in guards.to_confirm(procedure, rule)) if procedure and rule else ()


def letter_ahead(case_number: str, move_id: str, *, by: Reader, given: Given | None = None) -> LetterContent | None:
    """The letter that a move would make now, or that will go out at its last signature; nothing is changed.

    The move is begun as it would be and undone again, so that what is seen is what will be sent.
    Raises what ``move`` refuses; None for a move without a letter.
    """
    given = checked(given or Given())
    with transaction.atomic():
        case, posts = _locked_for(case_number, by)
        rule, procedure, actor, _post = _ready(case, posts, move_id, by, given)
        promising.check(case, rule, given)
        putting.check_finding(case, rule, given)
        begun = begin(case, procedure, rule, given, actor=actor)
        transaction.set_rollback(True)
    return begun.letter


def letter_of_draft(case_number: str, *, by: Reader) -> LetterContent | None:
    """The letter of the draft that waits in a case, as it would go out now; nothing is changed.

    Raises Refusal("not_found") or Refusal("no_draft_here").
    """
    with transaction.atomic():
        case, _posts = _locked_for(case_number, by)
        draft = Draft.objects.filter(case=case).first()
        if draft is None:
            raise Refusal("no_draft_here")
        procedure, actor = procedure_of(case.law_id), by.actor()
        author = Author.of_signature(draft.signed[0]) if draft.signed else Author.of(actor)
        rule = procedure.moves[draft.move]
        given = Given(**texts.read_draft(case, draft.given))
        begun = begin(case, procedure, rule, given, actor=actor, written_by=author)
        transaction.set_rollback(True)
    return begun.letter


def move_as_complainant(
    holder: Holder, move_id: str, *, case_number: str = "", given: Given | None = None, version: int | None = None
) -> Moved:
    """Make a move as the complainant of the receipt's family."""
    given = checked(given or Given())
    with transaction.atomic():
        case = access.family_case(holder, case_number)
        case = scope.locked(case.pk)
        _same_version(case, version)
        rule, procedure = _allowed(case, move_id, frozenset({"complainant"}), given)
        return _shared(case, apply(case, procedure, rule, given, actor=Actor.complainant(holder.helper)))


def move_as_side(
    holder: Holder, move_id: str, *, case_number: str = "", given: Given | None = None, version: int | None = None
) -> Moved:
    """Make a move as a side of a dispute, whichever it is. Leaving and refusing are free at any time.

    Raises Refusal("not_found"), "helper_may_not", "stale", and what ``lifecycle.may_move`` refuses.
    """
    given = checked(given or Given())
    with transaction.atomic():
        side = sides.locked_of_holder(holder, case_number)
        _same_version(side.case, version)
        rule, procedure = _allowed(side.case, move_id, frozenset({side.party.kind}), given)
        return apply(side.case, procedure, rule, given, actor=sides.actor_of(side, holder))


def consent_as_side(holder: Holder, step: str, answer: str, *, case_number: str = "") -> None:
    """Say yes or no to a step with the own code; nobody says it for a side that speaks for itself.

    Raises Refusal("not_found"), "helper_may_not", and what ``consenting.keep`` refuses.
    """
    with transaction.atomic():
        side = sides.locked_of_holder(holder, case_number, to="own")
        actor = sides.actor_of(side, holder)
        consenting.keep(side, procedure_of(side.case.law_id), step, answer, "own_channel", actor=actor)


def record_consent(case_number: str, side_number: int, step: str, answer: str, how: str, *, by: Reader) -> None:
    """Write down what a side said in person or by telephone; under the name of who heard it.

    Raises Refusal("not_found"), "not_your_move", "unknown_choice" and what ``consenting.keep`` refuses.
    """
    if how not in {"in_person", "phone"}:
        raise Refusal("unknown_choice", field="how")
    with transaction.atomic():
        case, posts = scope.in_hand(case_number, by, deed="record_consent")
        side = sides.side_number(case, side_number)
        consenting.keep(side, procedure_of(case.law_id), step, answer, how, actor=by.actor(posts[0]))


def ask_for_review(holder: Holder, *, case_number: str = "", given: Given | None = None) -> Moved:
    """Contest as the complainant: in time, or late where the procedure leaves that to a person.

    Raises what ``move_as_complainant`` raises, for the move that is in time where none is open.
    """
    case = access.family_case(holder, case_number)
    procedure, roles = procedure_of(case.law_id), frozenset({"complainant"})
    standing = viewing.standing(case, procedure, viewing.terms_of(case), clock.today(case.body.time_zone))
    way = way_to_review(moves_from(procedure, state=case.state, roles=roles, standing=standing))
    return move_as_complainant(holder, way.move.id if way else "contest", case_number=case_number, given=given)


def sign(
    case_number: str, *, by: Reader, version: int | None = None, seen: str = "", paper: SignedPaper | None = None
) -> Moved:
    """Sign the draft that waits at one of my posts; after the last station the move is made.

    The last signer may have signed on ``paper`` instead. Raises Refusal("no_draft_here") when none waits for me,
    Refusal("stale") as ``move`` does, and what ``signed_copies.media_type_of`` and ``sign_off.sign`` refuse.
    """
    if paper is not None:
        media_type_of(paper.data)
    with transaction.atomic():
        case, draft = _waiting_for(case_number, by, version)
        actor = by.actor(draft.waiting_post_id)
        before, procedure = case.unit_id, procedure_of(case.law_id)
        return _shared(case, sign_off.sign(case, procedure, draft, actor=actor, seen=seen, paper=paper), before)


def return_draft(case_number: str, *, by: Reader, note: str, version: int | None = None) -> Moved:
    """Send the draft that waits at my post back to its writer, saying why.

    Raises Refusal("no_draft_here") or Refusal("input_missing", field="text").
    """
    if not note.strip():
        raise Refusal("input_missing", field="text")
    with transaction.atomic():
        case, draft = _waiting_for(case_number, by, version)
        actor = by.actor(draft.waiting_post_id)
        note = checked(Given(text=note)).text
        return sign_off.send_back(case, procedure_of(case.law_id), draft, note=note, actor=actor)


def hand_over(case_number: str, *, by: Reader, to: str, why: str) -> Moved:
    """Pass my case to a colleague, at the end of a shift or for longer; no clock stops.

    Raises Refusal("not_your_move") unless I am responsible for it or head its unit.
    """
    why = checked(Given(legal_basis=why)).legal_basis
    with transaction.atomic():
        case, _posts = _locked_for(case_number, by)
        if not case.is_open:
            raise Refusal("not_allowed_now", move="hand_over")
        heads = any(post.unit_id == case.unit_id and "unit_head" in post.roles for post in by.posts)
        if case.responsible_post_id not in by.post_ids and not heads:
            raise Refusal("not_your_move", move="hand_over")
        staff.check_assigner(case, by)
        actor = by.actor(case.responsible_post_id)
        before = case.unit_id
        details = name_responsible(case, to, clock.now())
        case.version += 1
        case.save()
        append_event(
            ChainRef.case(case.number),
            "responsible_changed",
            actor=actor,
            details=details | {"why": texts.seal(case, "why", why)},
        )
        return _shared(case, Moved(case.number, case.state, case.version), before)


def open_review(deed: Deed) -> str:
    """Effect of a contest: a linked case at the next higher body, with its own clock; gives its number.

    Raises Refusal("no_desk") when no other body can take it.
    """
    case = Case.scoped.select_related("body", "unit").get(number=deed.case_number)
    procedure = procedure_of(case.law_id)
    body: Body = bodies.line_of_bodies(case.body)[1:2][0] if case.body.superior_id else case.body
    is_review = CaseLink.objects.filter(to_case=case, kind__in=("review", "recheck")).exists()
    review = register_linked_case(
        case,
        kind="recheck" if is_review else "review",
        is_late=bool(procedure.moves[deed.move].only_after),
        procedure=procedure.review_procedure or procedure.id,
        body=body,
        grounds=deed.given.get("text") or deed.given.get("reason") or "",
        by=deed.actor,
        also_barred=frozenset({case.unit_id}),
    )
    milestones.note(case, "review_asked")
    append_event(
        ChainRef.case(case.number),
        "review_opened",
        actor=deed.actor,
        details={"number": review.number, "to_zh": review.body.name_zh, "to_en": review.body.name_en},
    )
    return review.number


def decide_original(deed: Deed, *, upheld: str, changed: str) -> None:
    """Effect of a review decision: the original ends (``upheld``) or is taken up again (``changed``).

    Made in the reviewer's name, in the same transaction as the decision.
    """
    link = (
        CaseLink.objects.select_related("from_case", "to_case")
        .filter(to_case__number=deed.case_number, kind__in=("review", "recheck"))
        .order_by("-id")
        .first()
    )
    if link is None:
        return
    original = scope.locked(link.from_case_id)
    milestones.note(original, "review_decided", outcome=link.to_case.outcome)
    procedure = procedure_of(original.law_id)
    move_id = changed if link.to_case.outcome in {"supported", "partly_supported"} else upheld
    if move_id not in procedure.moves or original.state not in procedure.moves[move_id].from_states:
        return
    given = Given()
    rule = may_move(procedure, move_id, state=original.state, roles=frozenset({"reviewer"}), given={})
    apply(original, procedure, rule, given, actor=deed.actor)


def _waiting_for(case_number: str, by: Reader, version: int | None) -> tuple[Case, Draft]:
    case, _posts = _locked_for(case_number, by)
    _same_version(case, version)
    draft = Draft.objects.filter(case=case).first()
    if draft is None or draft.waiting_post_id not in by.post_ids or draft.step == 0:
        raise Refusal("no_draft_here")
    return case, draft


def _locked_for(case_number: str, by: Reader) -> tuple[Case, list[int]]:
    case, posts = scope.opened_to_act(case_number, by, lock=True)
    matter_keys.must_be_open(case)
    return case, posts


def _shared(case: Case, moved: Moved, before: int | None = None) -> Moved:
    """Of a sealed matter: who came to have it by the move gets its key.

    ``before`` was the responsible desk. Raises Refusal("desk_has_no_key") where that changed to one without a key,
    or a draft would wait at one.
    """
    if case.key_epoch:
        matter_keys.share(case)
        if before is not None and case.unit_id != before:
            matter_keys.must_reach(case, case.responsible_post)
        if moved.is_waiting_for_signature:
            matter_keys.must_reach(case, Draft.objects.get(case=case).waiting_post)
    return moved


def _same_version(case: Case, version: int | None) -> None:
    if version is not None and version != case.version:
        raise Refusal("stale", version=case.version)


def _ready(case: Case, posts: list[int], move_id: str, by: Reader, given: Given) -> tuple[Move, Procedure, Actor, int]:
    """The move if it is allowed, its law, who makes it, and in which post."""
    roles = frozenset(role for post in by.posts if post.id in posts for role in post.roles)
    rule, procedure = _allowed(case, move_id, roles, given)
    if rule.assigns:
        staff.check_assigner(case, by)
    acting = next((p.id for p in by.posts if p.id in posts and p.roles & set(rule.roles)), None)
    return rule, procedure, by.actor(acting, role=_role(rule, roles)), acting or posts[0]


def _allowed(case: Case, move_id: str, roles: frozenset[str], given: Given) -> tuple[Move, Procedure]:
    procedure = procedure_of(case.law_id)
    if is_withdrawn(procedure.states[case.state], is_open=case.is_open, outcome=case.outcome):
        raise Refusal("not_allowed_now", move=move_id, state=WITHDRAWN.id)
    today = clock.today(case.body.time_zone)
    rows = viewing.terms_of(case)
    rule = may_move(
        procedure,
        move_id,
        state=case.state,
        roles=roles,
        given=given.as_inputs(),
        on=today,
        standing=viewing.standing(case, procedure, rows, today, given=given),
    )
    return rule, procedure


def _role(rule: Move, roles: frozenset[str]) -> str:
    return next((role for role in rule.roles if role in roles), "")
