"""The export of "who is there for me": valid by the schemas of HSDS 3, the same facts as the page, stable ids."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from django.test import Client
from jsonschema import Draft202012Validator
from pytest_django import DjangoAssertNumQueries
from referencing import Registry, Resource
from referencing.jsonschema import DRAFT202012

from huiyin.record.bodies import ground_keeping
from huiyin.record.bodies.models import Body
from huiyin.rules.procedure import Words
from tests.cast import LONG_AGO, Office, make_office

pytestmark = pytest.mark.django_db(databases=["default", "vault"])
SCHEMAS = Path(__file__).resolve().parents[4] / "shared" / "data" / "hsds"
OF = {"organizations": "organization", "services": "service", "locations": "location", "phones": "phone",
      "schedules": "schedule"}  # fmt: skip


def schemas() -> Path:
    """The folder of the schemas; they belong to others and are not copied here."""
    if not (SCHEMAS / "service.json").is_file():
        pytest.skip("the HSDS schemas are not here (../shared/data/hsds): the export is not held against them")
    return SCHEMAS


def validator(name: str) -> Draft202012Validator:
    folder = schemas()
    texts = {file.name: json.loads(file.read_text("utf-8")) for file in folder.glob("*.json")}
    registry: Registry[Any] = Registry().with_resources(
        (key, Resource.from_contents(text, default_specification=DRAFT202012)) for key, text in texts.items()
    )
    checker = Draft202012Validator.FORMAT_CHECKER
    return Draft202012Validator({"$ref": f"{name}.json"}, registry=registry, format_checker=checker)


@pytest.fixture
def office() -> Office:
    made = make_office(with_accounts=False)
    Body.objects.filter(code="police").update(
        address_zh="临县平澜路 18 号", address_en="18 Pinglan Road", hours_zh="工作日", hours_en="working days",
        phone="0000-555-0111",
    )  # fmt: skip
    for area, post, capacity in (("willow", "qian-post", "contact_officer"), ("county", "he-post", "leader")):
        ground_keeping.name_contact(
            area, post, capacity=capacity, telephone="0000-555-0112", hours=Words("周二上午", "Tuesday mornings"),
            languages=["cmn", "csl"], from_on=LONG_AGO, body_code="letters", by=made.xu.actor(),
        )  # fmt: skip
    return made


def contents(client: Client, resource: str) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = client.get(f"/open/hsds/{resource}").json()["contents"]
    return found


@pytest.mark.parametrize("resource", OF)
def test_every_item_is_valid_by_its_schema(office: Office, client: Client, resource: str) -> None:
    judge = validator(OF[resource])
    items = contents(client, resource)
    assert items
    for item in items:
        assert [f"{list(fault.absolute_path)}: {fault.message}" for fault in judge.iter_errors(item)] == []
        assert client.get(f"/open/hsds/{resource}/{item['id']}").json() == item


def test_a_planted_fault_would_be_found(office: Office, client: Client) -> None:
    judge = validator("service")
    (service, *_rest) = contents(client, "services")
    for wrong in (service | {"status": "open"}, {key: value for key, value in service.items() if key != "name"},
                  service | {"phones": [{"id": service["id"]}]}):  # fmt: skip
        assert not judge.is_valid(wrong)


def test_it_says_what_the_page_says(office: Office, client: Client) -> None:
    village = next(each for each in contents(client, "services") if each["name"].startswith("柳村"))
    assert village["alternate_name"] == "Willow village: contact officer"
    assert village["contacts"][0]["name"] == "钱所长" and village["phones"][0]["number"] == "0000-555-0112"
    assert village["schedules"][0]["description"] == "周二上午 / Tuesday mornings"
    assert [each["code"] for each in village["languages"]] == ["cmn", "csl"]
    assert village["organization_id"] in {each["id"] for each in contents(client, "organizations")}
    assert village["url"].endswith("/areas/willow/")
    assert village["service_at_locations"][0]["location"]["addresses"][0]["address_1"] == "临县平澜路 18 号"


def test_ids_stay_and_are_different(office: Office, client: Client) -> None:
    for resource in OF:
        before = [each["id"] for each in contents(client, resource)]
        assert len(set(before)) == len(before)
        assert [each["id"] for each in contents(client, resource)] == before


def test_it_asks_the_database_little(
    office: Office, client: Client, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    with django_assert_max_num_queries(12):
        client.get("/open/hsds/services")


def test_pages_and_what_is_not_there(office: Office, client: Client) -> None:
    page = client.get("/open/hsds/services?page=2&per_page=1").json()
    assert (page["total_items"], page["page_number"], page["size"], page["last_page"]) == (2, 2, 1, True)
    assert client.get("/open/hsds/services?page=9").json()["empty"] is True
    for wrong in ("page=0", "page=x", "page=" + "9" * 20, "per_page=101", "page=１"):
        assert client.get(f"/open/hsds/services?{wrong}").status_code == 400
    assert client.get("/open/hsds/persons").status_code == 404
    assert client.get("/open/hsds/services/00000000-0000-4000-8000-000000000000").status_code == 404
    assert set(client.get("/open/hsds/").json()["resources"]) == set(OF)
