"""What the background worker does, and how often: the whole list on one page."""

from __future__ import annotations

from functools import partial

from huiyin.config.worker import Job
from huiyin.record.cases.ask_tick import act_on_asks
from huiyin.record.cases.attaching import scan_waiting
from huiyin.record.cases.changing_hands import act_on_changed_hands
from huiyin.record.cases.checking import check_tonight
from huiyin.record.cases.duty_tick import act_on_duties
from huiyin.record.cases.recounting import recount
from huiyin.record.cases.registration import sweep_vault
from huiyin.record.cases.tick import act_on_terms
from huiyin.record.entry.sessions import SessionStore
from huiyin.record.ledger.outside import remember_root
from huiyin.record.ledger.sequencer import sequence_overlooked, sequence_pending
from huiyin.record.notices.actions import forget_sent, send_notices
from huiyin.record.notices.morning import send_morning_mail
from huiyin.stages.followup.actions import commit_ratings
from huiyin.stages.intake.actions import purge_answers

HOUR = 3_600.0  # seconds
TURN = 4.0  # seconds after which the clock lets the other jobs have their turn: events are promised a place in ten

JOBS: tuple[Job, ...] = (
    Job("give events their place in the tree", 2.0, sequence_pending),
    Job("look for events without a place", HOUR, sequence_overlooked),
    Job("remind, note missed days, go up the ladder", 10.0, partial(act_on_terms, seconds=TURN)),
    Job("remind of promises, report those missed", 10.0, act_on_duties),
    Job("remind of what was asked, pass on what was missed, let withdrawals take effect", 10.0, act_on_asks),
    Job("hold barriers where a post changed hands", 60.0, act_on_changed_hands),
    Job("count again where a calendar changed", 10.0, recount),
    Job("remember the newest root outside the database", 60.0, remember_root),
    Job("check the whole history once a night", 600.0, check_tonight, is_apart=True),
    Job("send notices", 2.0, partial(send_notices, seconds=TURN), is_apart=True),
    Job("tell officers in the morning what is due", 300.0, send_morning_mail, is_apart=True),
    Job("ask the scanner about files that wait", 30.0, scan_waiting, is_apart=True),
    Job("forget notices sent long ago", HOUR, forget_sent),
    Job("forget answers older than 48 hours", HOUR, purge_answers),
    Job("bind the day's ratings", HOUR, commit_ratings),
    Job("forget ended sessions", HOUR, SessionStore.clear_expired),
    Job("sweep sealed rows without a case", HOUR, sweep_vault),
)
