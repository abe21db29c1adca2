"""Logs that keep what happened and where in the program, never who, from where, or what was written."""

from __future__ import annotations

import logging
import re
import traceback

from prometheus_client import Counter

LOST = Counter("huiyin_log_lines_lost", "Lines that could not be logged; let an alarm ring when it grows.")
CONTROLS = re.compile(r"[\x00-\x1f\x7f-\x9f\u2028\u2029]+")
SECRETS = re.compile(
    r"[\w.+-]+@[\w-]+\.[\w.-]+"  # mail addresses
    r"|\b\d(?:[ -]?\d){6,}\b"  # numbers of matters, receipt codes, telephones, identity numbers
    r"|\?[^\s'\"]*=[^\s'\"]*"  # query strings
    r"|\bhy_[\w-]+"  # keys of programs
)
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
        record.msg, record.args = scrubbed(_message(record)), ()
        record.stack_info = None
        return True

    @staticmethod
    def where(problem: object) -> str:
        """The kind of error and the lines it came through; a message may quote what somebody wrote."""
        if not isinstance(problem, tuple):
            return ""
        kind, _value, trace = problem
        return "".join(traceback.format_tb(trace)) + getattr(kind, "__name__", "Error")


class Console(logging.StreamHandler):  # type: ignore[type-arg]
    """Standard error; a line that cannot be written is counted and stops nobody."""

    def handleError(self, record: logging.LogRecord) -> None:  # noqa: N802 - logging's own name
        """Instead of a traceback to where nothing can be written."""
        LOST.inc()


def scrubbed(text: str) -> str:
    """One line without what could name somebody or open something: a second wall behind messages that hold none."""
    return SECRETS.sub("…", CONTROLS.sub(" ", text))


def _message(record: logging.LogRecord) -> str:
    try:
        return record.getMessage()
    except (TypeError, ValueError, KeyError):
        return "a message whose values do not fit"
