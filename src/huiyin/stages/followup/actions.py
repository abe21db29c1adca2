"""The complainant's own judgement: asked of nobody else, shown to no officer for a single case."""

from __future__ import annotations

import datetime
import hashlib
from dataclasses import dataclass

from django.db import transaction

from huiyin.record import clock
from huiyin.record.bodies.queries import zone_of
from huiyin.record.cases.codes.receipts import OTHER_PARTY, Holder
from huiyin.record.cases.opening import access
from huiyin.record.cases.table import side_deeds
from huiyin.record.ledger.append import append_event
from huiyin.record.ledger.chains import Actor, ChainRef
from huiyin.record.prepared import Place, Prepared
from huiyin.rules.refusal import Refusal
from huiyin.rules.text import storable
from huiyin.stages.followup.models import Rating

SOLVED = ("yes", "partly", "no")
COMMENT_LIMIT = 2_000  # characters
CHANGEABLE_DAYS = 90
_RATING = Prepared(lambda: Rating.objects.filter(key=Place("key")))


@dataclass(frozen=True, slots=True)
class OwnRating:
    """What the complainant said, shown back to nobody else."""

    solved: str
    score: int | None
    comment: str
    may_change: bool


def rate(holder: Holder, *, solved: str, score: int | None = None, comment: str = "") -> None:
    """Keep or change the rating of one's own matter, for 90 days; no event in the case tells of it.

    Another side of a dispute rates as who asked does, under its own code.

    Raises Refusal("unknown_choice"), Refusal("too_long") or Refusal("window_closed").
    """
    comment = storable(comment)
    if solved not in SOLVED:
        raise Refusal("unknown_choice", field="solved")
    if score is not None and not 1 <= score <= 5:
        raise Refusal("unknown_choice", field="score")
    if len(comment) > COMMENT_LIMIT:
        raise Refusal("too_long", field="comment", maximum=COMMENT_LIMIT)
    body_code, zone = _rated(holder)
    today = clock.today(zone)
    values = {"solved": solved, "score": score, "comment": comment}
    with transaction.atomic():
        row = Rating.objects.select_for_update().filter(key=holder.rating_key).first()
        if row is None:
            quarter = f"{today.year}-Q{(today.month + 2) // 3}"
            Rating.objects.create(key=holder.rating_key, body_code=body_code, quarter=quarter, given_on=today, **values)
            return
        if not _may_change(row, today):
            raise Refusal("window_closed", term="rating")
        for name, value in values.items():
            setattr(row, name, value)
        row.save(update_fields=list(values))


def _rated(holder: Holder) -> tuple[str, str]:
    if holder.side == OTHER_PARTY:
        return side_deeds.body_for(holder)
    body = access.family_case(holder, to="own").body
    return body.code, body.time_zone


def rating_of(holder: Holder) -> OwnRating | None:
    """One's own rating, found with one's own key."""
    row = _RATING.first(key=holder.rating_key)
    if row is None:
        return None
    today = clock.today(zone_of(row.body_code))
    return OwnRating(row.solved, row.score, row.comment, _may_change(row, today))


def replace_code(holder: Holder, code: str) -> Holder:
    """Put a new code in place of the old one, which opens nothing from this instant on; one's own rating goes along.

    Raises Refusal("helper_may_not"), or Refusal("repeated") where it was replaced meanwhile.
    """
    with transaction.atomic():
        fresh = access.replace_code(holder, code)
        Rating.objects.filter(key=holder.rating_key).update(key=fresh.rating_key)
    return fresh


def rating_goes_along(before: bytes, now: bytes) -> None:
    """A code that opens a key from now on finds the rating under another name."""
    Rating.objects.filter(key=before).update(key=now)


def commit_ratings() -> int:
    """Bind the ratings of past days into their bodies' chains, one commitment per body and day.

    So published figures cannot be rewritten later, and no entry tells of one case.
    Gives the number of ratings bound.
    """
    bound = 0
    for body_code in Rating.objects.filter(committed_on=None).values_list("body_code", flat=True).distinct():
        today = clock.today(zone_of(body_code))
        with transaction.atomic():
            rows = list(
                Rating.objects.select_for_update()
                .filter(body_code=body_code, committed_on=None, given_on__lt=today)
                .order_by("key")
            )
            if not rows:
                continue
            digest = hashlib.sha256()
            for row in rows:
                digest.update(hashlib.sha256(f"{bytes(row.key).hex()} {row.solved} {row.score}".encode()).digest())
            append_event(
                ChainRef.body(body_code),
                "ratings_committed",
                actor=Actor.system(),
                details={"count": len(rows), "sha256": digest.hexdigest()},
            )
            Rating.objects.filter(pk__in=[row.pk for row in rows]).update(committed_on=today)
            bound += len(rows)
    return bound


def _may_change(row: Rating, today: datetime.date) -> bool:
    return today <= row.given_on + datetime.timedelta(days=CHANGEABLE_DAYS)
