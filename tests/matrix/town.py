"""Everybody who could stand before a door, and matters of every kind behind it: for the tables of who gets what."""

from __future__ import annotations

import copy
import re
from collections.abc import Callable, Iterable, Iterator
from contextlib import AbstractContextManager
from dataclasses import dataclass, field
from http.cookies import SimpleCookie
from typing import Any, TypeVar
from unittest.mock import patch

from django.conf import settings
from django.db import transaction
from django.template.backends.django import Template
from django.test import Client
from django.urls import get_resolver

from huiyin.record.bodies.tokens import make_token
from huiyin.record.cases.given import Given
from huiyin.record.cases.models import Grant
from huiyin.record.cases.moving import moves
from huiyin.record.cases.opening import access
from huiyin.record.cases.words import reader_copies
from huiyin.record.files import typesetting
from huiyin.record.law.models import ProcedureVersion
from huiyin.stages.intake.actions import file_complaint
from tests.cast import Office, add_officer, against_qian, complaint, make_move, make_office
from tests.house.test_addresses import names
from tests.mediating import adopt_mediation, chosen, table
from tests.sealed import PASSPHRASE, cheap, give_key, unlocked

# What each role is called in the table, and who of the cast plays it.
OFFICERS = {
    "registrar": "wu", "outside-registrar": "zheng", "handler": "zhao", "colleague": "zhou", "handler-elsewhere": "feng",
    "accused-unit-head": "qian", "unit-and-body-head": "he", "reviewer": "sun", "lawyer": "chen", "procedure-editor": "xu",
    "administrator": "guan", "supervisor": "jian", "vault-keeper": "ku", "withdrawal-desk": "che", "mediator": "tiao",
    "auditor": "shenji",
}  # fmt: skip
ADDED = {
    "jian": ("letters-outside", "supervisor"), "ku": ("letters-outside", "vault_keeper"),
    "che": ("letters-outside", "withdrawal_desk"), "tiao": ("hill", "mediator"), "shenji": ("city-letters-desk", "auditor"),
}  # fmt: skip
ROLES = ("stranger", "complainant", "other-party", *OFFICERS)
OPEN = ("own", "other", "conflicted", "closed")
# "table" is a dispute in mediation. "sealed" and "locked" are one confidential matter of Zhao's: with the vault passphrase
# given, and with it not given yet. "accusation" is one about Chief Qian, sealed; whoever has a key has given the passphrase.
SITUATIONS = (*OPEN, "table", "sealed", "locked", "accusation")
# Everybody else has no key.
KEY_HOLDERS = ("wu", "he", "zheng", "jian", "zhao", "qian", "feng", "chen", "chu", "sun", "han")
METHODS = ("GET", "POST", "PUT", "DELETE")
T = TypeVar("T")
OF_A_MATTER = re.compile(r"<(?:\w+:)?(?:number|case_number)>")
REPLY = Given("已停工。", outcome="supported", legal_basis="《信访工作条例》第三十二条")


@dataclass
class MatrixTown:
    """The office, one matter for each situation, and a browser or program for each role."""

    office: Office
    numbers: dict[str, str] = field(default_factory=dict)
    codes: dict[str, str] = field(default_factory=dict)
    cookies: dict[str, str] = field(default_factory=dict)
    keys: dict[str, str] = field(default_factory=dict)  # cookies of who has unlocked, and of her sealed matter
    tokens: dict[str, str] = field(default_factory=dict)

    def client(self, role: str, *, is_program: bool, situation: str = "own") -> Client:
        """Somebody of this role, as if just arrived before a matter of this kind."""
        headers = {"accept-language": "en"}
        if is_program and role in self.tokens:
            headers["authorization"] = f"Bearer {self.tokens[role]}"
        client = Client(headers=headers, raise_request_exception=False)
        if not is_program and role in self.cookies:
            has_key = situation in {"sealed", "accusation"} or (situation == "locked" and role == "complainant")
            client.cookies = SimpleCookie(self.keys.get(role, self.cookies[role]) if has_key else self.cookies[role])
        return client


def quick(text: bytes = b"%PDF-1.7 invented") -> AbstractContextManager[Any]:
    """Letters are not set in print: that takes its time and decides nothing about who may come in."""
    return patch.object(typesetting, "render", lambda *_args, **_more: text)


def build() -> MatrixTown:
    """The town with its four matters: Zhao's, Feng's, the one about Chief Qian, and an ended one."""
    office = make_office()
    for code, (unit, role) in ADDED.items():
        add_officer(code, (code, code.title()), unit, (role, role), [role])
        Grant.objects.filter(post__code=f"{code}-post").delete()  # they sit there, and no desk was given to them
    town = MatrixTown(office)
    with quick():
        for situation in OPEN:
            filed = file_complaint(
                against_qian() if situation == "conflicted" else complaint(subject=f"{situation} 夜间施工"),
                key=None, digest=situation,
            )  # fmt: skip
            town.numbers[situation], town.codes[situation] = filed.case_number, filed.receipt_code or ""
            if situation != "conflicted":
                make_move(filed.case_number, "accept", by=office.wu)
                post = "feng-post" if situation == "other" else "zhao-post"
                make_move(filed.case_number, "assign", by=office.wu, given=Given(to=post))
        end(town)
        lay_table(town)
    for role, who in OFFICERS.items():
        client = Client()
        client.force_login(office.account(who))
        town.cookies[role] = f"{settings.SESSION_COOKIE_NAME}={client.cookies[settings.SESSION_COOKIE_NAME].value}"
        town.tokens[role] = make_token(office.account(who), by=getattr(office, who), label="matrix")
    town.cookies["complainant"] = followed(town, "own")
    town.cookies["other-party"] = followed(town, "other-party")
    return town


def followed(town: MatrixTown, situation: str) -> str:
    """The cookies of somebody who has shown a number and its code."""
    li_mei = Client()
    li_mei.post("/track/", {"case_number": town.numbers[situation], "receipt_code": town.codes[situation]})
    return "; ".join(f"{name}={morsel.value}" for name, morsel in li_mei.cookies.items())


def seal(town: MatrixTown) -> None:
    """Keys come into the same town, and two matters more: one confidential and one about Chief Qian. Needs a recovery set."""
    office = town.office
    give_key(*(getattr(office, who) for who in KEY_HOLDERS))
    filing = complaint(confidentiality="confidential", subject="sealed 夜间施工")
    filed = file_complaint(filing, key=None, digest="sealed")
    town.numbers["sealed"] = town.numbers["locked"] = filed.case_number
    town.codes["sealed"] = filed.receipt_code or ""
    with quick(), unlocked(office.wu):
        make_move(filed.case_number, "accept", by=office.wu)
        reader_copies.make(filed.case_number, ["夜间"], by=office.wu)
        make_move(filed.case_number, "assign", by=office.wu, given=Given(to="zhao-post"))
    filed = file_complaint(against_qian(), key=None, digest="accusation")
    town.numbers["accusation"], town.codes["accusation"] = filed.case_number, filed.receipt_code or ""
    for role, who in OFFICERS.items():
        if who in KEY_HOLDERS:
            client = Client()
            client.force_login(office.account(who))  # a session of its own: the other one stays locked
            with cheap():
                assert client.post("/desk/sealed/", {"deed": "unlock", "passphrase": PASSPHRASE}).status_code == 303
            town.keys[role] = "; ".join(f"{name}={morsel.value}" for name, morsel in client.cookies.items())
    town.keys["complainant"] = followed(town, "sealed")


def end(town: MatrixTown) -> None:
    """The last matter is answered, signed and agreed to."""
    number, office = town.numbers["closed"], town.office
    make_move(number, "reply", by=office.zhao, given=REPLY)
    for signer in (office.qian, office.chen, office.chu, office.wei):
        moves.sign(number, by=signer)
    moves.move_as_complainant(access.open_receipt(number, town.codes["closed"], source="here"), "accept_reply")


def lay_table(town: MatrixTown) -> None:
    """A dispute in mediation: the mediator has it, and its other side holds a code of its own."""
    adopt_mediation()
    at = table()
    moves.consent_as_side(at.other, "begin", "yes")
    make_move(at.number, "consent", by=town.office.wu)
    chosen(at, town.office, "tiao-post")
    make_move(at.number, "begin_simple", by=town.office.wu, given=Given(to="tiao-post"))
    town.numbers["table"], town.codes["table"] = at.number, at.asker_code
    town.numbers["other-party"], town.codes["other-party"] = at.other_number, at.other_code


def addresses(situation_number: str) -> Iterator[tuple[str, str]]:
    """(name, address) of every pattern of the resolver, its parts filled with something that exists."""
    ref = f"version-{ProcedureVersion.objects.get(procedure='generic', is_current=True).pk}"
    filling = {
        "number": situation_number, "case_number": situation_number, "name": "mine", "move_id": "reply", "key": "1",
        "letter_id": "1", "deed": "done", "step": "what", "ref": ref, "which": "reply", "country": "CN", "year": "2027",
        "code": "en", "seq": "1", "level": "0", "place": "000.p/1", "area": "willow", "resource": "services",
        "quarter": "2026-Q3", "form": "json", "ident": "00000000-0000-4000-8000-000000000000",
    }  # fmt: skip
    for name, route in names(get_resolver()):
        if name == "office:route":
            filling["key"] = "court"
        if name == "office:desks-of":
            filling["code"] = "police"
        yield name, "/" + re.sub(r"<(?:\w+:)?(\w+)>", lambda match: filling[match.group(1)], route)
        filling["key"], filling["code"] = "1", "en"


def each_time_signed_in(client: Client, asked: Iterable[T]) -> Iterator[T]:
    """Whoever asks for every address also asks for the one that signs out: before each, the cookies are those of the beginning."""
    cookies = copy.deepcopy(client.cookies)
    for each in asked:
        client.cookies = copy.deepcopy(cookies)
        yield each


def is_of_a_matter() -> frozenset[str]:
    """Names of the addresses that hold the number of a matter."""
    return frozenset(name for name, route in names(get_resolver()) if OF_A_MATTER.search(route))


def undone(act: Callable[[], T]) -> T:
    """Do it, and leave no trace of it in either database."""
    with transaction.atomic() as _none, transaction.atomic(using="vault"):
        for alias in ("default", "vault"):
            transaction.get_connection(alias).atomic_blocks[-1]._from_testcase = True
        answer = act()
        transaction.set_rollback(True)
        transaction.set_rollback(True, using="vault")
    return answer


def unpainted() -> AbstractContextManager[Any]:
    """Pages are decided, not painted: the table is about statuses."""
    return patch.object(Template, "render", lambda self, context=None, request=None: "")
