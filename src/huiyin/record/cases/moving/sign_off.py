"""From draft to signature: the stations the pack names, each shown to the complainant while it waits."""

from __future__ import annotations

import datetime
from dataclasses import asdict
from zoneinfo import ZoneInfo

from huiyin.record import clock
from huiyin.record.bodies import queries as bodies
from huiyin.record.bodies.models import Post
from huiyin.record.cases import as_kept
from huiyin.record.cases.composing.letter_content import check_given
from huiyin.record.cases.composing.letter_occasion import Author
from huiyin.record.cases.fairness import putting
from huiyin.record.cases.given import Given, Moved
from huiyin.record.cases.keys import texts
from huiyin.record.cases.models import Case, Draft, Grant
from huiyin.record.cases.moving.applying import apply
from huiyin.record.cases.promises import promising
from huiyin.record.cases.who.conflict import Nearest, away_from
from huiyin.record.files.signed_copies import SignedPaper
from huiyin.record.ledger.append import append_event
from huiyin.record.ledger.chains import Actor, ChainRef
from huiyin.rules.procedure import Move, Procedure
from huiyin.rules.refusal import Refusal


def start(case: Case, procedure: Procedure, rule: Move, given: Given, *, actor: Actor, post_id: int) -> Moved:
    """The move's text becomes a draft and goes to the first station that signs."""
    draft = Draft.objects.filter(case=case).first()
    if draft is not None and draft.step > 0:
        raise Refusal("sign_off_waits")
    check_given(rule, given)
    promising.check(case, rule, given)
    putting.check_finding(case, rule, given)
    now = clock.now()
    values = {
        "move": rule.id,
        "given": texts.seal_draft(case, asdict(given)),
        "step": 0,
        "waiting_post_id": post_id,
        "waiting_since": now,
        "drafted_by_post_id": post_id,
        "note": "",
        "signed": [_signature(rule, 0, actor, now)],
    }
    draft, _ = Draft.objects.update_or_create(case=case, defaults=values)
    return send_on(case, procedure, draft, actor=actor)


def _signature(rule: Move, step: int, actor: Actor, now: datetime.datetime) -> dict[str, str]:
    return {"step": rule.sign_off[step].id, "at": now.isoformat()} | Author.of(actor).as_signature()


def send_on(
    case: Case,
    procedure: Procedure,
    draft: Draft,
    *,
    actor: Actor,
    seen: str = "",
    paper: SignedPaper | None = None,
) -> Moved:
    """Send a draft to its next station, or deliver it after the last."""
    rule, now = procedure.moves[draft.move], clock.now()
    Grant.objects.filter(case=case, capacity="sign_off", until_at=None).update(until_at=now)
    if draft.step + 1 >= len(rule.sign_off):
        given, written_by = Given(**texts.read_draft(case, draft.given)), Author.of_signature(draft.signed[0])
        draft.delete()
        return apply(case, procedure, rule, given, actor=actor, written_by=written_by, seen=seen, paper=paper)
    draft.step += 1
    step = rule.sign_off[draft.step]
    post = _signer(case, step.role)
    draft.waiting_post, draft.waiting_since = post, now
    draft.save()
    Grant.objects.create(post=post, capacity="sign_off", case=case, from_at=now, why=step.id)
    case.version += 1
    case.save(update_fields=["version"])
    holder = bodies.holders([post.pk]).get(post.pk)
    append_event(
        ChainRef.case(case.number),
        "draft_sent_on",
        actor=actor,
        details={
            "move": rule.id,
            "step": step.id,
            "step_zh": step.name.zh,
            "step_en": step.name.en,
            "to": post.code,
            "to_zh": f"{post.unit.name_zh} {holder.name_zh if holder else post.title_zh}",
            "to_en": f"{holder.name_en if holder else post.title_en}, {post.unit.name_en}",
            "given_sha256": as_kept.given_digest(draft.given),
        },
    )
    return Moved(case.number, case.state, case.version, is_waiting_for_signature=True)


def _signer(case: Case, role: str) -> Post:
    post = Nearest().post((role,), unit=case.unit_id, body=case.body_id, away=away_from(case))
    if post is None:
        raise Refusal("no_signer", role=role)
    return post


def sign(
    case: Case,
    procedure: Procedure,
    draft: Draft,
    *,
    actor: Actor,
    seen: str = "",
    paper: SignedPaper | None = None,
) -> Moved:
    """Sign at the station where the draft waits, and send it on; ``seen`` is the hash of the letter looked at.

    Where the last signature stands on ``paper``, its day lies between the writing of the draft and today:
    else Refusal("dates_reversed") or Refusal("date_in_future"); before the last station Refusal("input_unwanted").
    """
    rule = procedure.moves[draft.move]
    if paper is not None:
        _check_paper(case, rule, draft, paper)
    draft.signed = [*draft.signed, _signature(rule, draft.step, actor, clock.now())]
    return send_on(case, procedure, draft, actor=actor, seen=seen, paper=paper)


def _check_paper(case: Case, rule: Move, draft: Draft, paper: SignedPaper) -> None:
    if draft.step + 1 < len(rule.sign_off) or not rule.makes:
        raise Refusal("input_unwanted", field="scan")
    zone = case.body.time_zone
    written = datetime.datetime.fromisoformat(draft.signed[0]["at"]).astimezone(ZoneInfo(zone)).date()
    if paper.signed_on > clock.today(zone):
        raise Refusal("date_in_future", field="signed_on")
    if paper.signed_on < written:
        raise Refusal("dates_reversed", field="signed_on", first=written)


def send_back(case: Case, procedure: Procedure, draft: Draft, *, note: str, actor: Actor) -> Moved:
    """Back to the drafter with a note; nothing of the text is lost."""
    now = clock.now()
    Grant.objects.filter(case=case, capacity="sign_off", until_at=None).update(until_at=now)
    draft.step, draft.note, draft.signed = 0, texts.seal(case, "cases_draft.note", note), []
    draft.waiting_post_id = case.responsible_post_id or draft.drafted_by_post_id
    draft.waiting_since = now
    draft.save()
    case.version += 1
    case.save(update_fields=["version"])
    append_event(ChainRef.case(case.number), "draft_returned", actor=actor, details={"move": draft.move})
    return Moved(case.number, case.state, case.version, is_waiting_for_signature=True)
