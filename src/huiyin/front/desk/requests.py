"""A request on the desk: the gate has let an officer in."""

from __future__ import annotations

from django.http import HttpRequest

from huiyin.record.bodies.models import Account
from huiyin.record.bodies.queries import Reader


class OfficerRequest(HttpRequest):
    """What every view behind the gate receives."""

    reader: Reader
    user: Account
