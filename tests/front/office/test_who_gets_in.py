"""One table: who gets which page of what the office keeps."""

from __future__ import annotations

import pytest
from django.test import Client
from django.urls import reverse

from huiyin.record.law.models import ProcedureVersion
from huiyin.record.law.sources import everything
from tests.cast import PEOPLE, Office
from tests.front.conftest import SignedIn

pytestmark = pytest.mark.django_db(databases=["default", "vault"])

READ = ("start", "procedures", "compare", "calendars", "routes", "letters")
KEEP = (reverse("office:propose"), reverse("office:year", args=["CN", 2027]), reverse("office:route", args=["court"]))


def addresses() -> list[str]:
    """Every page that is only read."""
    ref = f"version-{ProcedureVersion.objects.get(procedure='generic', is_current=True).pk}"
    of_pack = [reverse(f"office:{name}", args=[ref]) for name in ("pack", "text", "trial", "letters-of-pack")]
    return [*(reverse(f"office:{name}") for name in READ), *of_pack]


@pytest.mark.slow
def test_keepers_read_and_write_jurists_read_everybody_else_finds_nothing(office: Office, signed_in: SignedIn) -> None:
    reading = addresses()
    for name in PEOPLE:
        client = signed_in(name)
        may_keep, may_read = name in {"xu", "guan"}, name in {"xu", "guan", "chen", "shen"}
        assert {client.get(each).status_code for each in reading} == {200 if may_read else 404}, name
        assert {client.get(each).status_code for each in KEEP} == {200 if may_keep else 404}, name


def test_a_stranger_is_sent_to_sign_in(office: Office) -> None:
    assert {Client().get(each).status_code for each in [*addresses(), *KEEP]} == {302}
    assert Client().post(KEEP[0], {"text": "x"}).status_code == 302


def test_the_way_in_is_shown_to_those_who_may_take_it(signed_in: SignedIn) -> None:
    door = reverse("office:start").encode()
    assert door in signed_in("chen").get("/desk/").content
    assert door not in signed_in("zhao").get("/desk/").content


@pytest.mark.slow
def test_every_text_of_every_pack_can_be_read_in_both_languages(office: Office, xu: Client) -> None:
    for language in ("en", "zh-hans"):
        for source in everything():
            for name in ("pack", "trial", "letters-of-pack"):
                answer = xu.get(reverse(f"office:{name}", args=[source.ref]), headers={"accept-language": language})
                assert answer.status_code == 200, (name, source.ref)


@pytest.mark.parametrize(
    "address",
    ["procedures/version-999999/", "procedures/version-x/", "procedures/file-nowhere/", "procedures/proposed-77/",
     "procedures/proposals/77/", "calendars/proposals/77/", "calendars/XX/2027/", "calendars/CN/1066/",
     "letters/version-999999/", "procedures/propose/?from=file-nowhere", "procedures/..%2F..%2Fetc/", "nothing/"],
)  # fmt: skip
def test_what_is_not_there_is_not_found(xu: Client, address: str) -> None:
    assert xu.get(f"/desk/office/{address}").status_code == 404
