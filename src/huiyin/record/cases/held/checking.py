"""The check of everything, once each night; its result is a line of the history and stands on the public page."""

from __future__ import annotations

import datetime
import logging
from collections.abc import Callable
from dataclasses import dataclass
from zoneinfo import ZoneInfo

from django.conf import settings
from django.db import transaction

from huiyin.record import clock
from huiyin.record.bodies import queries as bodies
from huiyin.record.cases.held.verifying import verify_cases
from huiyin.record.ledger.append import append_event
from huiyin.record.ledger.chains import Actor, ChainRef
from huiyin.record.ledger.findings import Finding
from huiyin.record.ledger.outside import verify_outside
from huiyin.record.ledger.queries import event_of, last_of
from huiyin.record.ledger.verify import verify_ledger
from huiyin.rules.chain import Json

log = logging.getLogger("huiyin.verify")

CHECKED = "history_checked"
NAMED = 20  # findings that the event names; the command names more
NIGHT = 4  # hours from the one of the setting on, in which the check begins
LONGEST_WAIT = datetime.timedelta(hours=36)  # after a night that was missed, at once


@dataclass(frozen=True, slots=True)
class Check:
    """How the last check ended."""

    at: datetime.datetime
    events: int
    matters: int
    findings: int

    @property
    def holds(self) -> bool:
        """Whether nothing was found."""
        return self.findings == 0


def verify_everything(progress: Callable[[str, int], None] | None = None) -> list[Finding]:
    """The ledger by itself, then against what is remembered outside it, then every matter against it."""
    report = progress or (lambda what, count: None)
    return [*verify_ledger(report), *verify_outside(), *verify_cases(report)]


def check_tonight() -> Check | None:
    """Check everything when it is night and was not done yet; None when there is nothing to do now.

    The event that tells of it goes into the chain of the body that receives complaints.
    """
    chain = _chain()
    if chain is None or not _is_due(chain):
        return None
    counted: dict[str, int] = {}
    findings = verify_everything(counted.__setitem__)
    if findings:
        log.error("the history does not hold: %s finding(s), the first at %s", len(findings), findings[0].where)
    named: list[Json] = [str(finding) for finding in findings[:NAMED]]
    details: dict[str, Json] = {
        "events": counted.get("events", 0),
        "matters": counted.get("matters", 0),
        "findings": len(findings),
        "named": named,
    }
    with transaction.atomic():
        append_event(chain, CHECKED, actor=Actor.system(), details=details)
    return last_check()


def last_check() -> Check | None:
    """How the last check ended; None while there was none."""
    chain = _chain()
    event = last_of(chain, CHECKED) if chain else None
    if event is None:
        return None
    said = event.details
    return Check(event.at, said.get("events", 0), said.get("matters", 0), said.get("findings", 0))


def _is_due(chain: ChainRef) -> bool:
    """Once in the hours of the night; where nights were missed, at once. A story's months are no missed nights."""
    last, now, zone = last_of(chain, CHECKED), clock.now(), ZoneInfo(settings.TIME_ZONE)
    here = now.astimezone(zone)
    since = last or event_of(chain, 1)
    if since is not None and now - since.at > LONGEST_WAIT and not settings.HUIYIN_STORY:
        return True
    is_night = 0 <= here.hour - settings.HUIYIN_VERIFY_HOUR < NIGHT
    return is_night and (last is None or last.at.astimezone(zone).date() < here.date())


def _chain() -> ChainRef | None:
    body = bodies.receiving_body()
    return ChainRef.body(body.code) if body else None
