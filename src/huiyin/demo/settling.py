"""Settles the invented county town: bodies, units, posts, officers, areas, lists, desk grants."""

from __future__ import annotations

import datetime
import tomllib
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey

from huiyin.record import clock
from huiyin.record.bodies import ground_keeping
from huiyin.record.bodies.models import Account, Appointment, Area, Body, Officer, Post, Unit
from huiyin.record.bodies.queries import Reader, reader_of
from huiyin.record.cases.who.grants import grant_desk
from huiyin.record.law import routes, versions
from huiyin.record.law.models import Category
from huiyin.record.ledger.chains import Actor
from huiyin.record.sealing.founding import found_keys
from huiyin.rules.procedure import Words
from huiyin.stages.outreach import actions as outreach

HERE = Path(__file__).parent
PASSPHRASE = "huiyin demo vault"  # noqa: S105 - the desk of the demo says it
PASSWORD = "every-complaint-gets-an-answer"  # noqa: S105 - the demo prints it
KINDS_OF_AREA = ("county", "town", "village")
KINDS_BY_NAME = {"街道": "street", "社区": "community"}
DAYS_OF_DUTY = 30
DESK_ROLES = frozenset({"registrar", "unit_head"})
RECEIVES_ONLINE = ("county-letters", "letters-online")  # body, unit


@dataclass(frozen=True, slots=True)
class Town:
    """The town as told, with its people found by slug."""

    told: dict[str, Any]
    officers: dict[str, Officer] = field(default_factory=dict)
    keys: dict[int, X25519PrivateKey] = field(default_factory=dict, repr=False)

    def reader(self, slug: str) -> Reader:
        """An officer as reader, with the posts of the story's day."""
        return reader_of(self.officers[slug])


def read() -> dict[str, Any]:
    """The town's description."""
    return tomllib.loads((HERE / "town.toml").read_text("utf-8"))


def build(since: datetime.date) -> Town:
    """Write the town into an empty record; everybody holds their posts since ``since``."""
    told = read()
    _bodies(told)
    _units_and_posts(told)
    _areas(told)
    for position, row in enumerate(told["categories"]):
        Category.objects.create(code=row["id"], name_zh=row["zh"], name_en=row["en"], position=position)
    for row in told["desk_grants"]:
        grant_desk(row["post"], row["unit"], why=row["why"])
    versions.adopt_missing(with_own=True)
    _routes(told, since)
    _ground(told, since)
    town = Town(told)
    password = _hashed()
    for row in told["officers"]:
        town.officers[row["slug"]] = _officer(row, since, password)
    town.keys.update(found_keys(PASSPHRASE, [town.reader(slug) for slug in town.officers]))
    return town


def _hashed() -> str:
    account = Account(username="demo")
    account.set_password(PASSWORD)
    return account.password


def _bodies(told: dict[str, Any]) -> None:
    bodies: dict[str, Body] = {}
    waiting = list(told["bodies"])
    while waiting:
        row = waiting.pop(0)
        if row["superior"] and row["superior"] not in bodies:
            waiting.append(row)
            continue
        bodies[row["code"]] = Body.objects.create(
            code=row["code"],
            name_zh=row["name"]["zh"],
            name_en=row["name"]["en"],
            superior=bodies.get(row["superior"]),
            time_zone=told["time_zone"],
            address_zh=row["address"]["zh"],
            address_en=row["address"]["en"],
            hours_zh=row["hours"]["zh"],
            hours_en=row["hours"]["en"],
            phone=row["phone"],
            receives_online=row["code"] in RECEIVES_ONLINE,
        )


def _units_and_posts(told: dict[str, Any]) -> None:
    bodies = {body.code: body for body in Body.objects.all()}
    units = {
        row["code"]: Unit.objects.create(
            code=row["code"],
            body=bodies[row["body"]],
            name_zh=row["zh"],
            name_en=row["en"],
            phone=row["phone"],
            is_intake=row["is_intake"],
            is_outside_desk=row["is_outside_desk"],
            receives_online=row["code"] in RECEIVES_ONLINE,
        )
        for row in told["units"]
    }
    for row in told["posts"]:
        Post.objects.create(
            code=row["code"],
            unit=units[row["unit"]],
            title_zh=row["zh"],
            title_en=row["en"],
            roles=row["roles"],
        )
        if DESK_ROLES & set(row["roles"]):
            grant_desk(row["code"], row["unit"], why="desk of the unit")


def _routes(told: dict[str, Any], since: datetime.date) -> None:
    bodies = {row["code"]: row for row in told["bodies"]}
    office = _office(told)
    for row in told["routes"]:
        there = bodies.get(row.get("body", ""), row)
        values = {
            f"{name}_{tongue}": there[name][tongue] for name in ("name", "address", "hours") for tongue in ("zh", "en")
        }
        values["telephone"] = there.get("telephone") or there.get("phone", "")
        routes.enter(row["key"], values, since=since, body_code=office, by=Actor.system())


def _areas(told: dict[str, Any]) -> None:
    areas: dict[str, Area] = {}
    depth: dict[str, int] = {"": -1}
    for row in told["areas"]:
        depth[row["code"]] = depth[row["parent"]] + 1
        areas[row["code"]] = Area.objects.create(
            code=row["code"],
            kind=KINDS_BY_NAME.get(row["zh"][-2:], KINDS_OF_AREA[min(depth[row["code"]], len(KINDS_OF_AREA) - 1)]),
            name_zh=row["zh"],
            name_en=row["en"],
            parent=areas.get(row["parent"]),
        )


def _ground(told: dict[str, Any], since: datetime.date) -> None:
    office, by = _office(told), Actor.system()
    for row in told["contacts"]:
        for area in row["areas"]:
            ground_keeping.name_contact(
                area, row["post"], capacity=row["capacity"], telephone=row["telephone"], hours=Words(**row["hours"]),
                languages=row["languages"], from_on=since, body_code=office, by=by,
            )  # fmt: skip
    for row in told["posters"]:
        place = Words(**row["place"]) if "place" in row else Words("", "")
        ground_keeping.hang_poster(row["area"], kind=row["kind"], place=place, from_on=since, body_code=office, by=by)


def go_out(town: Town) -> None:
    """An office hour on the first day of the story, and a suggestion that was made and answered there."""
    by, now = town.reader("lin-hai"), clock.now()
    hour = outreach.plan_office_hour(
        "wangchao", place=Words("望潮村村委会", "Wangchao Village office"), starts_at=now + datetime.timedelta(minutes=1),
        ends_at=now + datetime.timedelta(hours=3), by=by,
    )  # fmt: skip
    clock.set(now + datetime.timedelta(hours=3))
    outreach.enter_held(hour.pk, 12, by=by)
    number = outreach.hear_suggestion(hour.pk, "码头的台阶晚上太暗，装一盏灯吧。", language="zh-hans", by=by)
    outreach.answer_suggestion(number, released="码头台阶处装一盏路灯。", answer="已经装好，请大家看一看。", by=by)


def give_duties(told: dict[str, Any], first: datetime.date) -> None:
    """Who has duty from ``first`` on, so that the page of an area always names somebody."""
    for row in told["duties"]:
        begins, ends = (datetime.time.fromisoformat(row[name]) for name in ("from", "until"))
        for number in range(DAYS_OF_DUTY):
            ground_keeping.give_duty(
                row["area"], row["post"], telephone=row["telephone"], day=first + datetime.timedelta(days=number),
                begins=begins, ends=ends, body_code=_office(told), by=Actor.system(),
            )  # fmt: skip


def _office(told: dict[str, Any]) -> str:
    return str(next(row["code"] for row in told["bodies"] if row.get("receives_online")))


def _officer(row: dict[str, Any], since: datetime.date, password: str) -> Officer:
    account = Account.objects.create(username=row["slug"], password=password) if row["login"] else None
    officer = Officer.objects.create(
        code=row["slug"], name_zh=row["zh"], name_en=row["en"], duty_number=row["duty_number"], account=account
    )
    for code in row["posts"]:
        Appointment.objects.create(officer=officer, post=Post.objects.get(code=code), from_on=since)
    return officer
