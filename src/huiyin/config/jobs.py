"""What the background worker does, and how often: the whole list on one page."""

from __future__ import annotations

from functools import partial

from huiyin.config.worker import Job
from huiyin.oversight.statistics.publishing import publish_quarters
from huiyin.record.bodies.ringing import forget_whose, ring_on
from huiyin.record.cases.days.recounting import recount
from huiyin.record.cases.fairness.changing_hands import act_on_changed_hands
from huiyin.record.cases.held.checking import check_tonight
from huiyin.record.cases.papers.attaching import scan_waiting
from huiyin.record.cases.registering.registration import sweep_vault
from huiyin.record.cases.rounds.ask_tick import act_on_asks
from huiyin.record.cases.rounds.duty_tick import act_on_duties
from huiyin.record.cases.rounds.tick import act_on_terms
from huiyin.record.cases.table.side_deeds import erase_sides
from huiyin.record.entry.sessions import SessionStore
from huiyin.record.ledger.outside import remember_root
from huiyin.record.ledger.sequencer import sequence_overlooked, sequence_pending
from huiyin.record.notices.actions import forget_sent, send_invitation, send_notices
from huiyin.record.notices.morning import send_morning_mail
from huiyin.record.notices.rung import tell_rung
from huiyin.stages.followup.actions import commit_ratings
from huiyin.stages.intake.actions import purge_answers
from huiyin.stages.mediation import inviting, later, meetings, room, talks
from huiyin.stages.mediation.urgent import erase_what_is_over
from huiyin.stages.outreach.actions import forget_who_invited
from huiyin.stages.outreach.models import Invitation

HOUR = 3_600.0  # seconds
TURN = 4.0  # seconds after which the clock lets the other jobs have their turn: events are promised a place in ten

JOBS: tuple[Job, ...] = (
    Job("give events their place in the tree", 2.0, sequence_pending),
    Job("remind of sessions", 300.0, meetings.remind),
    Job("ask the sides whether their agreement holds", HOUR, later.ask_all),
    Job("close the tables of disputes that are over", HOUR, talks.close_tables),
    Job("forget forms of the table that arrived", HOUR, room.forget_forms),
    Job("look for events without a place", HOUR, sequence_overlooked),
    Job("remind, note missed days, go up the ladder", 10.0, partial(act_on_terms, seconds=TURN)),
    Job("remind of promises, report those missed", 10.0, act_on_duties),
    Job("remind of what was asked, pass on what was missed, let withdrawals take effect", 10.0, act_on_asks),
    Job("ring the next on duty", 10.0, ring_on),
    Job("hold barriers where a post changed hands", 60.0, act_on_changed_hands),
    Job("count again where a calendar changed", 10.0, recount),
    Job("remember the newest root outside the database", 60.0, remember_root),
    Job("check the whole history once a night", 600.0, check_tonight, is_apart=True),
    Job("send notices", 2.0, partial(send_notices, seconds=TURN), is_apart=True),
    Job("send invitations that go by mail", 10.0, partial(inviting.send_waiting, send_invitation), is_apart=True),
    Job("tell officers in the morning what is due", 300.0, send_morning_mail, is_apart=True),
    Job("tell by mail who is rung", 5.0, tell_rung, is_apart=True),
    Job("ask the scanner about files that wait", 30.0, scan_waiting, is_apart=True),
    Job("forget notices sent long ago", HOUR, forget_sent),
    Job("forget answers older than 48 hours", HOUR, purge_answers),
    Job("bind the day's ratings", HOUR, commit_ratings),
    Job("erase sides that never agreed to mediation", HOUR, erase_sides),
    Job("erase what was said of how soon help is needed, once it is over", HOUR, erase_what_is_over),
    Job("forget ended sessions", HOUR, SessionStore.clear_expired),
    Job("publish the figures of a quarter that is over", HOUR, publish_quarters, is_apart=True),
    Job("forget which matter was rung for, a week later", HOUR, forget_whose),
    Job("forget who invited, thirty days after the visit", HOUR, forget_who_invited),
    Job("sweep sealed rows without a case", HOUR, partial(sweep_vault, Invitation)),
)
