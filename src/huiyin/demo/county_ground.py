"""Settles the invented county: one centre, seven stations, a mediator and contact officers in each, posters in every village."""

from __future__ import annotations

import datetime
from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import islice

from huiyin.demo import county_names as names
from huiyin.demo.settling import PASSPHRASE, PASSWORD
from huiyin.record.bodies import ground_keeping
from huiyin.record.bodies.models import Account, Appointment, Area, Body, Officer, Post, Unit
from huiyin.record.bodies.queries import Reader, reader_of
from huiyin.record.cases.who.grants import grant_desk
from huiyin.record.law import versions
from huiyin.record.law.models import Category
from huiyin.record.ledger.chains import Actor
from huiyin.record.sealing.founding import found_keys
from huiyin.rules.procedure import Words

HOURS = Words("每周二、周五 9:00–16:00", "Tuesdays and Fridays 9:00–16:00")
OFFICERS_OF_A_TOWN = 4
CENTRE = (
    ("registrar", "centre", "登记员", "Registrar", ["registrar"]),
    ("outside", "centre-outside", "回避登记岗登记员", "Registrar, outside desk", ["registrar"]),
    ("head", "centre", "主任", "Head of the centre", ["unit_head", "body_head"]),
    ("centre-mediator", "centre", "县级调解员", "Mediator at the county centre", ["mediator", "handler"]),
    ("editor", "centre", "办理规则管理员", "Procedure editor", ["procedure_editor"]),
    ("administrator", "centre-outside", "系统管理员", "Administrator", ["administrator"]),
    ("administrator-2", "centre", "系统管理员", "Administrator", ["administrator"]),
)
SHOWN = (
    ("registrar", "registrar"), ("head", "body_head"), ("centre-mediator", "mediator"), ("zhixi-mediator", "mediator"),
    ("zhixi-officer-1", "handler"), ("editor", "procedure_editor"), ("administrator", "administrator"),
)  # fmt: skip
CITY = (("city-registrar", "city-desk", "登记员", "Registrar", ["registrar", "reviewer", "body_head"]),)


@dataclass
class Ground:
    """The county as it was settled: villages by code, officers by login."""

    villages: list[str] = field(default_factory=list)
    town_of: dict[str, str] = field(default_factory=dict)
    answers: dict[str, str] = field(default_factory=dict)
    officers: dict[str, Officer] = field(default_factory=dict)
    readers: dict[str, Reader] = field(default_factory=dict)

    def reader(self, login: str) -> Reader:
        """An officer as reader; nobody changes post here, so that it is asked once."""
        if login not in self.readers:
            self.readers[login] = reader_of(self.officers[login])
        return self.readers[login]

    def officer_of(self, village: str) -> str:
        """Who answers for a village."""
        return self.answers[village]

    def mediator(self, village: str) -> str:
        """The post that mediates in a village: one who answers for villages there."""
        return f"{self.town_of[village]}-village-mediator"

    def town_mediator(self, village: str) -> str:
        """The post that mediates in its town."""
        return f"{self.town_of[village]}-mediator"

    def logins(self) -> tuple[tuple[str, str], ...]:
        """Logins that the start screen prints, with their role."""
        return SHOWN


def settle(since: datetime.date, *, posters: int) -> Ground:
    """Write the county into an empty record."""
    ground = Ground()
    people = names.people()
    password = Account(username="demo")
    password.set_password(PASSWORD)
    units = _bodies()
    for code, unit, zh, en, roles in (*CENTRE, *CITY):
        _seat(ground, units[unit], code, Words(zh, en), roles, next(people), since, password.password)
    versions.adopt_missing(with_own=True)
    Category.objects.create(code="other", name_zh="其他", name_en="Something else", position=0)
    county = Area.objects.create(code="qiheng", kind="county", name_zh=names.COUNTY.zh, name_en=names.COUNTY.en)
    village_names = names.villages()
    for code, name, count in names.TOWNS:
        town = _town(ground, county, code, name, "town", units, people, since, password.password)
        for order, each in enumerate(islice(village_names, count), start=1):
            _village(ground, town, f"{code}-{order}", "village", each)
    code, name, _count = names.STREET
    street = _town(ground, county, code, name, "street", units, people, since, password.password)
    for order, each in enumerate(names.COMMUNITIES, start=1):
        _village(ground, street, f"{code}-{order}", "community", each)
    _contacts(ground, since)
    _posters(ground, posters, since)
    found_keys(PASSPHRASE, [ground.reader(login) for login, _role in SHOWN] + [ground.reader("outside")])
    return ground


def _bodies() -> dict[str, Unit]:
    city = Body.objects.create(code="city-letters", name_zh=names.CITY.zh, name_en=names.CITY.en)
    body = Body.objects.create(
        code="centre", name_zh=names.CENTRE.zh, name_en=names.CENTRE.en, superior=city, receives_online=True,
        address_zh="栖衡县绮楼街道一号", address_en="1 Qilou Street, Qiheng County", phone="0000-556-0100",
        hours_zh="周一至周五 8:30–12:00，14:00–17:30", hours_en="Monday to Friday 8:30–12:00 and 14:00–17:30",
    )  # fmt: skip
    told = (
        ("centre", body, "受理大厅", "Reception", True, False), ("centre-outside", body, "督查科", "Outside desk", False, True),
        ("city-desk", city, "复查处", "Review division", True, False),
        *((code, body, f"{name.zh}派出所", f"{name.en} station", False, False) for code, name, _n in (*names.TOWNS, names.STREET)),
    )  # fmt: skip
    return {
        code: Unit.objects.create(
            code=code, body=of, name_zh=zh, name_en=en, is_intake=intake, is_outside_desk=outside,
            receives_online=intake and of is body, phone="0000-556-0100",
        )
        for code, of, zh, en, intake, outside in told
    }  # fmt: skip


def _seat(
    ground: Ground, unit: Unit, code: str, title: Words, roles: list[str], name: Words, since: datetime.date, password: str
) -> None:  # fmt: skip
    post = Post.objects.create(code=code, unit=unit, title_zh=title.zh, title_en=title.en, roles=roles)
    account = Account.objects.create(username=code, password=password)
    officer = Officer.objects.create(
        code=code, name_zh=name.zh, name_en=name.en, duty_number=f"QH-{len(ground.officers) + 101}", account=account
    )
    Appointment.objects.create(officer=officer, post=post, from_on=since)
    if {"registrar", "unit_head"} & set(roles):
        grant_desk(code, unit.code, why="desk of the unit")
    ground.officers[code] = officer


def _town(
    ground: Ground, county: Area, code: str, name: Words, kind: str, units: dict[str, Unit], people: Iterator[Words],
    since: datetime.date, password: str,
) -> Area:  # fmt: skip
    town = Area.objects.create(code=code, kind=kind, name_zh=name.zh, name_en=name.en, parent=county)
    told = [
        (f"{code}-head", Words("所长", "Head of the station"), ["unit_head"]),
        (f"{code}-mediator", Words("镇级调解员", "Mediator of the town"), ["mediator", "handler"]),
        (f"{code}-village-mediator", Words("村级调解员", "Mediator of the villages"), ["mediator", "handler"]),
    ]
    told += [
        (f"{code}-officer-{order}", Words("联系民警", "Contact officer"), ["handler"])
        for order in range(1, OFFICERS_OF_A_TOWN + 1)
    ]
    for post, title, roles in told:
        _seat(ground, units[code], post, title, roles, next(people), since, password)
    return town


def _village(ground: Ground, town: Area, code: str, kind: str, name: Words) -> None:
    Area.objects.create(code=code, kind=kind, name_zh=name.zh, name_en=name.en, parent=town)
    ground.answers[code] = f"{town.code}-officer-{len(ground.villages) % OFFICERS_OF_A_TOWN + 1}"
    ground.villages.append(code)
    ground.town_of[code] = town.code


def _contacts(ground: Ground, since: datetime.date) -> None:
    entries = [(village, post, "contact_officer") for village, post in ground.answers.items()]
    for town in dict.fromkeys(ground.town_of.values()):
        entries += [(town, f"{town}-head", "unit_head"), (town, f"{town}-mediator", "mediator")]
    entries += [("qiheng", "head", "leader"), ("qiheng", "centre-mediator", "mediator")]
    for area, post, capacity in entries:
        ground_keeping.name_contact(
            area, post, capacity=capacity, telephone="0000-556-0110", hours=HOURS, languages=["cmn"], from_on=since,
            body_code="centre", by=Actor.system(),
        )  # fmt: skip


def _posters(ground: Ground, posters: int, since: datetime.date) -> None:
    """One in every village and community, and cards for firms and schools that asked for one."""
    for order in range(posters):
        village = ground.villages[order % len(ground.villages)]
        number = order - len(ground.villages)
        kind = "area" if number < 0 else "school" if number % 4 == 0 else "firm"
        place = Words("", "")
        if kind == "school":
            place = Words(f"第{number // 4 + 1}小学", f"Primary school no. {number // 4 + 1}")
        elif kind == "firm":
            place = Words(f"第{number + 1}号作坊", f"Workshop no. {number + 1}")
        ground_keeping.hang_poster(
            village, kind=kind, place=place, from_on=since, body_code="centre", by=Actor.system()
        )
