"""Tells the demo's story through the real services, under a story clock.

Every event gets the time at which it happened in the story; dates are counted
back from today, so that something is always due today and something is late.
"""

from __future__ import annotations

import datetime
import json
import tomllib
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

from django.conf import settings

from huiyin.demo import settling
from huiyin.demo.retelling import Matter, Retelling
from huiyin.demo.settling import PASSPHRASE, PASSWORD, Town
from huiyin.oversight.statistics.publishing import publish_quarters
from huiyin.record import clock
from huiyin.record.bodies.tokens import make_token
from huiyin.record.cases.rounds.duty_tick import act_on_duties
from huiyin.record.cases.rounds.tick import act_on_terms
from huiyin.record.ledger.sequencer import sequence_pending

Say = Callable[[str], None]
Load = Callable[[Say], None]
TOLD_AT = (9, 10, 11, 14, 15, 16)  # office hours at which things happen
ZONE = ZoneInfo("Asia/Shanghai")


@dataclass(frozen=True, slots=True)
class Beat:
    """One thing that happens, and when."""

    at: datetime.datetime
    matter: str
    order: int
    step: dict[str, Any] | None


def load(say: Say) -> None:
    """Build the town and tell every matter, in the order of time."""
    now = clock.now()
    told = matters()
    first = now - datetime.timedelta(days=max(each["days_ago"] for each in told.values()) + 10)
    with clock.story(first):
        place = settling.build(first.date() - datetime.timedelta(days=400))
        say(f"  {len(place.officers)} officers sit in {len(place.told['bodies'])} bodies.")
        settling.go_out(place)
        retelling = Retelling(place, {slug: Matter(slug, each) for slug, each in told.items()})
        beats = sorted(_beats(told, now), key=lambda beat: (beat.at, beat.matter, beat.order))
        for count, beat in enumerate(beats, start=1):
            _pass_days(until=beat.at)
            clock.set(max(beat.at, clock.now()))
            retelling.play(beat.matter, beat.step)
            if count % 60 == 0:
                say(f"  {count} of {len(beats)} things have happened.")
        _pass_days(until=now)
        clock.set(max(now - datetime.timedelta(minutes=30), clock.now()))
        act_on_terms()
        act_on_duties(limit=10_000)
        publish_quarters()
        settling.give_duties(place.told, now.astimezone(ZONE).date() - datetime.timedelta(days=1))
        handed = {"tokens": _tokens(place), "receipts": retelling.receipts_to_try()}
    while sequence_pending():
        pass
    say(f"  {len(told)} matters are told.")
    file = Path(settings.HUIYIN_HOME, "introduction.json")
    file.touch(mode=0o600)
    file.write_text(json.dumps(handed, ensure_ascii=False), encoding="utf-8")


def _pass_days(*, until: datetime.datetime) -> None:
    """Let each night between now and then do what the clock does alone: remind, note what is late, go up the ladder."""
    while (night := (clock.now() + datetime.timedelta(days=1)).replace(hour=17, minute=0)) < until:
        clock.set(night)
        act_on_terms()
        act_on_duties(limit=10_000)


def matters() -> dict[str, dict[str, Any]]:
    """All matters of the story by slug."""
    found: dict[str, dict[str, Any]] = {}
    for path in sorted((settling.HERE / "cases").glob("*.toml")):
        data = tomllib.loads(path.read_text("utf-8"))
        rows = data.get("cases", [data])
        found |= {row["slug"]: row for row in rows}
    return found


def introduction(base_url: str) -> str:
    """What a visitor needs to begin: the address, one login and token for each role, receipts to try."""
    handed = json.loads(Path(settings.HUIYIN_HOME, "introduction.json").read_text("utf-8"))
    lines = ["", f"  Huiyin 回音 is at {base_url}/  (stop with Ctrl-C)", ""]
    lines += ["  Receipts to try at /track/  (number, code):"]
    lines += [f"    {row['number']}   {row['code']}   {row['state']}" for row in handed["receipts"]]
    lines += ["", f"  The desk is at {base_url}/desk/  The password of everybody is: {PASSWORD}"]
    lines += [f"  Sealed matters open with the vault passphrase of everybody: {PASSPHRASE}"]
    lines += [f"    {row['login']:<14} {row['role']:<17} {row['name']}" for row in handed["tokens"]]
    lines += ["", "  Staff tokens for the API (30 days from the day the story was told):"]
    lines += [f"    {row['role']:<17} {row['token']}" for row in handed["tokens"]]
    lines += ["", "  Everything here is invented. This demo asks for no second factor; a real office must.", ""]
    return "\n".join(lines)


def _beats(told: dict[str, dict[str, Any]], now: datetime.datetime) -> Iterator[Beat]:
    for number, (slug, matter) in enumerate(told.items()):
        filed = _moment(now, matter["days_ago"], number, matter.get("filed_at", ""))
        yield Beat(filed, slug, 0, None)
        earliest = filed
        for order, step in enumerate(matter.get("steps", []), start=1):
            at = _moment(now, matter["days_ago"] - step["after_days"], number + order, step.get("at", ""))
            earliest = max(at, earliest + datetime.timedelta(minutes=1))
            yield Beat(earliest, slug, order, step)


def _moment(now: datetime.datetime, days_ago: float, spread: int, told: str) -> datetime.datetime:
    """So many days ago, at the time told (``21:36``) or at an office hour; never later than an hour before now."""
    day = now.astimezone(ZONE) - datetime.timedelta(days=days_ago)
    hour, minute = map(int, told.split(":")) if told else (TOLD_AT[spread % len(TOLD_AT)], (spread * 7) % 60)
    return min(day.replace(hour=hour, minute=minute, second=0, microsecond=0), now - datetime.timedelta(hours=1))


def _tokens(place: Town) -> list[dict[str, str]]:
    rows = []
    for told in place.told["officers"]:
        role = told.get("shown_for")
        officer = place.officers[told["slug"]]
        if not role or officer.account is None:
            continue
        token = make_token(officer.account, by=place.reader(told["slug"]), label="demo")
        rows.append({"login": told["slug"], "role": role, "name": f"{told['zh']} {told['en']}", "token": token})
    return rows
