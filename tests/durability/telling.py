"""Somebody at the desk: writes to many complainants, and now and then changes their mind before it counts.

``python -m tests.durability.telling COUNT`` prints, as JSON, to whom it wrote. A process of its own.
"""

from __future__ import annotations

import json
import os
import sys

import django
from django.db import transaction

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "huiyin.config.settings")
django.setup()

from huiyin.record.bodies.models import Officer  # noqa: E402
from huiyin.record.bodies.queries import reader_of  # noqa: E402
from huiyin.record.cases.deeds import messages  # noqa: E402
from huiyin.record.cases.registering.registration import Filing  # noqa: E402
from huiyin.record.identity.access import Identity  # noqa: E402
from huiyin.stages.intake.actions import file_complaint  # noqa: E402
from tools.bench.filling import ACCOUNT  # noqa: E402


class ChangedTheirMind(Exception):
    """The word was not given after all."""


def tell(count: int) -> list[str]:
    """File ``count`` complaints and write to each complainant; every fourth word is taken back. Gives who was told."""
    registrar, told = reader_of(Officer.objects.get(account__username=ACCOUNT)), []
    for number in range(count):
        address = f"complainant-{number}@example.org"
        filing = Filing(
            subject="夜间施工噪音",
            description="河边工地每天夜里施工到两点。",
            channel="web",
            identity=Identity(name="李梅", email=address),
        )
        case_number = file_complaint(filing, key=None, digest="").case_number
        try:
            with transaction.atomic():
                messages.write_as_office(case_number, "请带来照片。", by=registrar)
                if number % 4 == 3:
                    raise ChangedTheirMind
        except ChangedTheirMind:
            continue
        told.append(address)
    return told


if __name__ == "__main__":
    print(json.dumps(tell(int(sys.argv[1]))))
