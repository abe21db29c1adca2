"""The first day of an installation: one body, its registry and a desk outside it, two administrators.

Two, because giving somebody a role needs a second pair of eyes. They hold all
duties of a small office until others are appointed.
"""

from __future__ import annotations

import secrets
from dataclasses import dataclass

from django.db import transaction

from huiyin.record import clock
from huiyin.record.bodies.models import Account, Appointment, Body, Officer, Post, Unit
from huiyin.record.ledger.append import append_event
from huiyin.record.ledger.chains import Actor, ChainRef

LETTERS = "abcdefghjkmnpqrstuvwxyz23456789"  # none that are mistaken for another on paper
FIRST_DUTIES = (
    ("administrator", "registrar", "handler", "unit_head"),
    ("administrator", "registrar", "body_head", "reviewer", "vault_keeper"),
)
TITLES = (("登记与办理", "Registry"), ("回避登记岗", "Desk outside the registry"))


@dataclass(frozen=True, slots=True)
class Founder:
    """An administrator who was just appointed, with the password to change at once."""

    name: str
    username: str
    password: str


def is_founded() -> bool:
    """Whether anybody can sign in already."""
    return Account.objects.exists()


@transaction.atomic
def found(body_name: str, administrators: list[str], *, time_zone: str, calendar: str) -> list[Founder]:
    """Make the first body with its two desks and appoint the first two administrators, on the record."""
    body = Body.objects.create(
        code="office",
        name_zh=body_name,
        name_en=body_name,
        time_zone=time_zone,
        calendar=calendar,
        receives_online=True,
    )
    founders = []
    for number, (name, roles, (title_zh, title_en)) in enumerate(
        zip(administrators, FIRST_DUTIES, TITLES, strict=True), start=1
    ):
        unit = Unit.objects.create(
            code=f"office-{number}", body=body, name_zh=title_zh, name_en=title_en,
            is_intake=number == 1, is_outside_desk=number == 2,
        )  # fmt: skip
        post = Post.objects.create(
            code=f"office-{number}", unit=unit, title_zh=title_zh, title_en=title_en, roles=list(roles)
        )
        founders.append(appoint(name, number, post))
        append_event(
            ChainRef.body(body.code),
            "administrator_appointed",
            actor=Actor.system(),
            details={"post": post.code, "duty_number": f"A{number}", "roles": list(roles)},
        )
    return founders


def appoint(name: str, number: int, post: Post) -> Founder:
    """An account and an officer who holds ``post`` from today."""
    username, password = f"admin{number}", one_time_password()
    account = Account.objects.create_account(username, password)
    officer = Officer.objects.create(
        code=f"administrator-{number}", name_zh=name, name_en=name, duty_number=f"A{number}", account=account
    )
    Appointment.objects.create(officer=officer, post=post, from_on=clock.today(post.unit.body.time_zone))
    return Founder(name, username, password)


def one_time_password() -> str:
    """Four groups of five letters: about 99 bits, easy to type from paper."""
    return "-".join("".join(secrets.choice(LETTERS) for _ in range(5)) for _ in range(4))
