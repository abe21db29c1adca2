"""What the background worker does, and how often: the whole list on one page."""

from __future__ import annotations

from huiyin.config.worker import Job

JOBS: tuple[Job, ...] = ()
