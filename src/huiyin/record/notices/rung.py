"""The mail to who is rung: where and what kind, and the way to the desk. The desk shows the same without any mail."""

from __future__ import annotations

import logging
from dataclasses import dataclass

from huiyin.record.bodies import ringing
from huiyin.record.notices import mail, wording
from huiyin.record.notices.channels import NotAccepted

log = logging.getLogger("huiyin.notices")


@dataclass(frozen=True, slots=True)
class _Mailbox:
    email: str
    phone: str = ""


def tell_rung() -> int:
    """Send one mail for each step, to officers who want mail; gives how many went out.

    A step is marked before sending and unmarked where the mail was not taken. Raises ``ChannelDown``.
    """
    waiting = ringing.steps_to_tell() if mail.is_set_up() else []
    if not waiting:
        return 0
    sent = 0
    with mail.Mail().line() as line:
        for key, address, language, area, kind in waiting:
            if not ringing.was_told(key):
                continue
            try:
                line.send(_Mailbox(address), wording.of_a_ring(key, area, kind, language))
                sent += 1
            except Exception as problem:
                if not isinstance(problem, NotAccepted):
                    ringing.not_told(key)
                    raise
                log.warning("the mail to who is rung was not taken (%s)", type(problem).__name__)
    return sent
