"""Fills an installation: its office, and invented matters in bulk. A process of its own, under the story clock.

``python -m tools.bench.filling office`` prints the staff token; ``... keys`` lets matters be sealed;
``... cases FIRST COUNT`` writes cases and gives their events a place in the tree.
"""

from __future__ import annotations

import datetime
import os
import sys
from collections.abc import Iterator

import django
from django.db import connections, transaction

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "huiyin.config.settings")
django.setup()

from huiyin.record import clock  # noqa: E402
from huiyin.record.bodies.models import Account, Appointment, Body, Officer, Post, Unit  # noqa: E402
from huiyin.record.bodies.queries import reader_of  # noqa: E402
from huiyin.record.bodies.tokens import make_token  # noqa: E402
from huiyin.record.cases.models import RunningTerm  # noqa: E402
from huiyin.record.cases.registering.bulk import Invented, seed  # noqa: E402
from huiyin.record.cases.who.grants import grant_desk  # noqa: E402
from huiyin.record.ledger.sequencer import sequence_pending  # noqa: E402
from huiyin.record.sealing import desks, in_hand, staff  # noqa: E402
from tools.bench.texts import words  # noqa: E402

UNITS, POSTS_EACH = 4, 4
REGISTRAR = "office-1"  # the post and the unit that the set-up made
DAYS = 120  # the invented matters came in over so many days
ACCOUNT = "admin1"


@transaction.atomic
def make_office() -> str:
    """Four more units with four officers each; the registrar may open every desk. Gives the registrar's token."""
    body, today = Body.objects.get(code="office"), clock.today("Asia/Shanghai")
    grant_desk(REGISTRAR, REGISTRAR, why="bench")
    for number in range(2, 2 + UNITS):
        unit = Unit.objects.create(
            code=f"unit-{number}", body=body, name_zh=f"业务{number}科", name_en=f"Section {number}"
        )
        grant_desk(REGISTRAR, unit.code, why="bench")
        for place in range(POSTS_EACH):
            code = f"unit-{number}-{place}"
            post = Post.objects.create(code=code, unit=unit, title_zh="办理员", title_en="Handler", roles=["handler"])
            officer = Officer.objects.create(
                code=code,
                name_zh=f"员{number}{place}",
                name_en=f"Officer {number}{place}",
                duty_number=f"B{number}{place}",
            )
            Appointment.objects.create(officer=officer, post=post, from_on=today)
    account = Account.objects.get(username=ACCOUNT)
    return make_token(account, by=reader_of(Officer.objects.get(account=account)), label="bench")


def make_keys() -> None:
    """A key for the desk that takes matters in; the set-up made those of recovery."""
    registrar = reader_of(Officer.objects.get(account__username=ACCOUNT))
    with in_hand.scope():
        staff.set_passphrase("words of the bench alone", by=registrar)
        desks.begin_missing(registrar)


def matters(first: int, count: int) -> Iterator[Invented]:
    """Invented matters; every second one is in the registrar's own unit."""
    posts = [f"unit-{number}-{place}" for number in range(2, 2 + UNITS) for place in range(POSTS_EACH)]
    for position in range(first, first + count):
        text = words(position)
        post = REGISTRAR if position % 2 else posts[position // 2 % len(posts)]
        yield Invented(text.subject, text.description, days_ago=position * 7919 % DAYS, post=post)


def make_cases(first: int, count: int) -> None:
    """Write cases in bulk, with the tree grown over them, and the files brought to their real size."""
    start = datetime.datetime.now(datetime.UTC)
    with clock.story(start):
        seed(matters(first, count), procedure="generic", first=first)
        RunningTerm.objects.filter(next_act_on__lte=clock.today("UTC")).update(next_act_on=None)  # done long ago
    while sequence_pending(20_000):
        pass
    for connection in connections.all():
        with connection.cursor() as cursor:
            if connection.vendor == "sqlite":
                cursor.execute("PRAGMA wal_checkpoint(TRUNCATE)")
                cursor.execute("PRAGMA optimize")
            else:
                cursor.execute("ANALYZE")


def main(arguments: list[str]) -> int:
    """One of the three jobs."""
    if arguments[0] == "office":
        print(make_office())
    elif arguments[0] == "keys":
        make_keys()
    else:
        make_cases(int(arguments[1]), int(arguments[2]))
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
