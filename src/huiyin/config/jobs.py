"""What the background worker does, and how often: the whole list on one page."""

from __future__ import annotations

from huiyin.config.worker import Job
from huiyin.record.cases.registration import sweep_vault
from huiyin.record.cases.tick import act_on_terms
from huiyin.record.ledger.sequencer import sequence_overlooked, sequence_pending
from huiyin.stages.followup.actions import commit_ratings
from huiyin.stages.intake.actions import purge_answers

HOUR = 3_600.0  # seconds

JOBS: tuple[Job, ...] = (
    Job("give events their place in the tree", 2.0, sequence_pending),
    Job("look for events without a place", HOUR, sequence_overlooked),
    Job("remind, note missed days, go up the ladder", 10.0, act_on_terms),
    Job("forget answers older than 48 hours", HOUR, purge_answers),
    Job("bind the day's ratings", HOUR, commit_ratings),
    Job("sweep sealed rows without a case", HOUR, sweep_vault),
)
