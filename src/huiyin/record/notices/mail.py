"""Mail, through the server that the settings name; without one, notices wait."""

from __future__ import annotations

import contextlib
import smtplib
from collections.abc import Iterator
from dataclasses import dataclass
from email.utils import parseaddr

from django.conf import settings
from django.core.mail import EmailMessage, get_connection
from django.core.mail.backends.base import BaseEmailBackend

from huiyin.record.notices.channels import ChannelDown, NotAccepted, Reachable, Words

# No machine answers a machine: RFC 3834, and the word that other mail systems know.
HEADERS = {"Auto-Submitted": "auto-generated", "X-Auto-Response-Suppress": "All"}


def is_set_up() -> bool:
    """Whether a mail server was named."""
    return bool(settings.HUIYIN_MAIL_IS_SET_UP)


@dataclass(frozen=True, slots=True)
class MailLine:
    """A connection to the mail server."""

    connection: BaseEmailBackend

    def reaches(self, contact: Reachable) -> bool:
        """Whether a mail address was left."""
        return bool(contact.email)

    def send(self, contact: Reachable, words: Words) -> None:
        """Send one mail; returns when the server has taken it."""
        sender = str(settings.DEFAULT_FROM_EMAIL)
        host = parseaddr(sender)[1].rpartition("@")[2]
        headers = HEADERS | {"Message-ID": f"<{words.token}@{host}>"}
        mail = EmailMessage(
            words.subject, words.text, sender, [contact.email], connection=self.connection, headers=headers
        )
        try:
            mail.send()
        except (smtplib.SMTPRecipientsRefused, smtplib.SMTPDataError, smtplib.SMTPNotSupportedError, ValueError) as no:
            raise NotAccepted(type(no).__name__) from None
        except OSError as gone:
            raise ChannelDown(f"the mail server went away ({type(gone).__name__})") from None


class Mail:
    """The mail server of the settings."""

    @contextlib.contextmanager
    def line(self) -> Iterator[MailLine]:
        """One connection for some mails."""
        connection: BaseEmailBackend = get_connection()
        try:
            connection.open()
        except OSError as problem:
            raise ChannelDown(f"the mail server does not answer ({type(problem).__name__})") from None
        try:
            yield MailLine(connection)
        finally:
            with contextlib.suppress(OSError):
                connection.close()
