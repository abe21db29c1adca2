"""Logs that keep what happened and where in the program, never who, from where, or what was written."""

from __future__ import annotations

import logging
import traceback

ABOUT_REQUESTS = ("django.request", "django.security", "django.server", "django.channels")


class WithoutContent(logging.Filter):
    """Takes out of each record what could name a resident: paths, addresses, values in error messages."""

    def filter(self, record: logging.LogRecord) -> bool:
        """Keep every record, less its content."""
        record.__dict__.pop("request", None)
        if record.name.startswith(ABOUT_REQUESTS):
            record.msg, record.args = f"answered with {getattr(record, 'status_code', 'a refusal')}", ()
        if isinstance(record.exc_info, tuple) and record.exc_info[0] is not None:
            record.exc_text = self.where(record.exc_info)
            record.exc_info = None
        return True

    @staticmethod
    def where(problem: object) -> str:
        """The kind of error and the lines it came through; a message may quote what somebody wrote."""
        if not isinstance(problem, tuple):
            return ""
        kind, _value, trace = problem
        return "".join(traceback.format_tb(trace)) + getattr(kind, "__name__", "Error")
