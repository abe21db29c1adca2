"""The cast of every test: an invented office, so that a test reads as a sentence.

Li Mei complains; Officer Zhao answers; Chief Qian is the one complained about;
Registrar Wu registers; Zheng keeps the desk outside the units; Reviewer Sun sits
at the next higher body; Wang Fang is the stranger who must see nothing.
"""

from __future__ import annotations

import datetime
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from huiyin.record import clock, remembered
from huiyin.record.bodies.models import Account, Appointment, Area, Body, Officer, Post, Unit
from huiyin.record.bodies.queries import Reader, reader_of
from huiyin.record.cases.given import Given, Moved
from huiyin.record.cases.moving import moves
from huiyin.record.cases.registering.registration import Filing, Named
from huiyin.record.cases.who.grants import grant_desk
from huiyin.record.identity.access import Identity
from huiyin.record.law.models import Category
from huiyin.record.law.versions import adopt, adopt_folder, procedure_of
from huiyin.record.ledger.sequencer import sequence_pending
from huiyin.rules import guards
from tests.laid_out import Rows, changes_since, lay_out, state

PROCEDURES = Path(__file__).parents[1] / "procedures"
IN_FORCE = ("cn-xinfang", "cn-xinfang-review", "cn-xinfang-recheck", "generic", "generic-review")
PASSWORD = "a long invented password"
LONG_AGO = datetime.date(2020, 1, 1)
_BUILT: dict[tuple[bool, tuple[str, ...] | None], list[Rows]] = {}

# code: (name zh, name en, unit, title zh, title en, roles)
PEOPLE: dict[str, tuple[str, str, str, str, str, list[str]]] = {
    "wu": ("吴静", "Wu Jing", "letters-intake", "登记员", "Registrar", ["registrar"]),
    "zheng": ("郑安", "Zheng An", "letters-outside", "外部登记员", "Outside registrar", ["registrar"]),
    "he": ("何主任", "He Ping", "letters-intake", "局长", "Head of the office", ["unit_head", "body_head"]),
    "zhao": ("赵敏", "Zhao Min", "harbour", "民警", "Officer", ["handler"]),
    "zhou": ("周立", "Zhou Li", "harbour", "民警", "Officer", ["handler"]),
    "qian": ("钱所长", "Qian Gang", "harbour", "所长", "Chief of the station", ["unit_head"]),
    "feng": ("冯岩", "Feng Yan", "hill", "民警", "Officer", ["handler"]),
    "chen": ("陈律", "Chen Lv", "police-office", "法制审核", "Legal checker", ["lawyer"]),
    "chu": ("褚局长", "Chu Wei", "police-office", "局长", "Head of the bureau", ["body_head"]),
    "wei": ("卫文", "Wei Wen", "police-office", "文书", "Registry", ["registrar"]),
    "jiang": ("蒋登", "Jiang Deng", "city-police-desk", "登记员", "Registrar", ["registrar"]),
    "sun": ("孙复", "Sun Fu", "city-police-desk", "复查员", "Reviewer", ["reviewer", "handler"]),
    "shen": ("沈副", "Shen Fu", "city-police-desk", "负责人", "Head", ["unit_head", "body_head", "lawyer"]),
    "han": ("韩市", "Han Shi", "city-letters-desk", "登记员", "Registrar", ["registrar", "reviewer", "body_head"]),
    "xu": ("许规", "Xu Gui", "letters-intake", "办理规则管理员", "Procedure editor", ["procedure_editor"]),
    "guan": ("管理", "Guan Li", "letters-outside", "系统管理员", "Administrator", ["administrator"]),
}
# code: (name zh, name en, body, is_intake, is_outside_desk)
UNITS: dict[str, tuple[str, str, str, bool, bool]] = {
    "letters-intake": ("接访科", "Reception section", "letters", True, False),
    "letters-outside": ("督查科", "Outside desk", "letters", False, True),
    "harbour": ("港口派出所", "Harbour station", "police", False, False),
    "hill": ("山口派出所", "Hill station", "police", False, False),
    "police-office": ("法制科", "Legal section", "police", True, False),
    "city-police-desk": ("信访处", "Complaints division", "city-police", True, False),
    "city-letters-desk": ("复查处", "Review division", "city-letters", True, False),
}
BODIES: dict[str, tuple[str, str, str | None, bool]] = {
    "city-letters": ("市信访局", "City letters office", None, False),
    "city-police": ("市公安局", "City police bureau", None, False),
    "letters": ("县信访局", "County letters office", "city-letters", True),
    "police": ("县公安局", "County police bureau", "city-police", False),
}


@dataclass(frozen=True)
class Office:
    """The invented office, with its people as readers of today."""

    def __getattr__(self, name: str) -> Reader:
        officer = Officer.objects.filter(code=name).first()
        if officer is None:
            raise AttributeError(name)
        return reader_of(officer)

    def account(self, name: str) -> Account:
        """The account of one of the cast, to sign in with ``PASSWORD``."""
        return Account.objects.get(username=name)


def make_office(*, with_accounts: bool = True, procedures: tuple[str, ...] | None = IN_FORCE) -> Office:
    """Build the office: bodies, units, posts, officers, areas, categories, procedures, desk grants.

    Built once by the real services, and from then on laid out as it was; but where a test has set the clock.
    """
    procedure_of.cache_clear()  # kept by key, and keys begin anew in every test
    kind = (with_accounts, procedures)
    has_own_time = abs(clock.now() - datetime.datetime.now(datetime.UTC)) > datetime.timedelta(minutes=1)
    if procedures is None or has_own_time or Body.objects.exists():
        _build_office(with_accounts, procedures)
    elif kind in _BUILT:
        lay_out(_BUILT[kind])
        remembered.forget()
    else:
        before = state()
        _build_office(with_accounts, procedures)
        while sequence_pending():  # else its events would have waited too long for their place, the second time
            pass
        _BUILT[kind] = changes_since(before)
    return Office()


def _build_office(with_accounts: bool, procedures: tuple[str, ...] | None) -> None:
    bodies: dict[str, Body] = {}
    for code, (zh, en, superior, online) in BODIES.items():
        bodies[code] = Body.objects.create(
            code=code, name_zh=zh, name_en=en, superior=bodies.get(superior or ""), receives_online=online
        )
    units = {
        code: Unit.objects.create(
            code=code, name_zh=zh, name_en=en, body=bodies[body], is_intake=intake, is_outside_desk=outside
        )
        for code, (zh, en, body, intake, outside) in UNITS.items()
    }
    password = ""
    for number, (code, (zh, en, unit, title_zh, title_en, roles)) in enumerate(PEOPLE.items(), start=1):
        post = Post.objects.create(
            code=f"{code}-post", unit=units[unit], title_zh=title_zh, title_en=title_en, roles=roles
        )
        account = None
        if with_accounts:
            account = Account(username=code, language="en")
            if password:
                account.password = password
            else:
                account.set_password(PASSWORD)
                password = account.password
            account.save()
        officer = Officer.objects.create(
            code=code, name_zh=zh, name_en=en, duty_number=f"07{number:04d}", account=account
        )
        Appointment.objects.create(officer=officer, post=post, from_on=LONG_AGO)
        if {"registrar", "unit_head"} & set(roles):
            grant_desk(post.code, unit, why="desk of the unit")
    county = Area.objects.create(code="county", kind="county", name_zh="临县", name_en="Lin county")
    Area.objects.create(code="willow", kind="village", name_zh="柳村", name_en="Willow village", parent=county)
    for position, (code, zh, en) in enumerate((("noise", "噪音", "Noise"), ("wages", "工资", "Wages"))):
        Category.objects.create(code=code, name_zh=zh, name_en=en, position=position)
    for name in procedures or ():
        adopt((PROCEDURES / f"{name}.toml").read_text("utf-8"), file=f"{name}.toml")
    if procedures is None:
        adopt_folder(PROCEDURES)


def add_officer(code: str, names: tuple[str, str], unit: str, titles: tuple[str, str], roles: list[str]) -> Reader:
    """Somebody more: an account with ``PASSWORD``, a post of the unit, and its desk."""
    post = Post.objects.create(
        code=f"{code}-post", unit=Unit.objects.get(code=unit), title_zh=titles[0], title_en=titles[1], roles=roles
    )
    account = Account(username=code, language="en")
    account.set_password(PASSWORD)
    account.save()
    number = f"08{Officer.objects.count():04d}"
    officer = Officer.objects.create(code=code, name_zh=names[0], name_en=names[1], duty_number=number, account=account)
    Appointment.objects.create(officer=officer, post=post, from_on=LONG_AGO)
    grant_desk(post.code, unit, why="desk of the unit")
    remembered.forget()
    return reader_of(officer)


def make_move(number: str, move_id: str, *, by: Reader, given: Given | None = None, **more: Any) -> Moved:
    """Make a move as an officer who has made sure of all that the procedure wants confirmed."""
    confirmed = guards.written(moves.to_confirm(number, move_id, by=by))
    return moves.move(number, move_id, by=by, given=replace(given or Given(), confirmed=confirmed), **more)


def complaint(**changes: object) -> Filing:
    """Li Mei's complaint about noise at night, with changes."""
    values: dict[str, object] = {
        "subject": "夜间施工噪音",
        "description": "柳村河边工地每天夜里施工到两点，孩子睡不着。The noise goes on all night.",
        "channel": "web",
        "language": "zh-hans",
        "confidentiality": "named",
        "category": "noise",
        "area": "willow",
        "identity": Identity(name="李梅", phone="000-0000-0001", email="limei@example.org"),
    }
    return Filing(**(values | changes))  # type: ignore[arg-type]


def against_qian() -> Filing:
    """A complaint about how Chief Qian behaved."""
    return complaint(subject="所长态度恶劣", about=(Named("officer", id="qian"),))
