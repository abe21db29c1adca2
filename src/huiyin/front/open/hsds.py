"""Who is there for an area, in the words of Open Referral HSDS 3: organizations, services, locations, phones, schedules.

The same facts as on the public page, for other people's directories: offices and posts, no matter and nobody
else. Names are Chinese, ``alternate_name`` is English. An id is made of our own codes, so that it stays the same.
"""

from __future__ import annotations

import uuid
from collections.abc import Iterable
from typing import Any

from django.conf import settings
from django.urls import reverse

from huiyin.record.bodies import ground
from huiyin.record.bodies.ground import Contact, Here
from huiyin.record.bodies.models import Body
from huiyin.record.bodies.queries import public_bodies
from huiyin.rules.ground import TONGUES

Item = dict[str, Any]
RESOURCES = ("organizations", "services", "locations", "phones", "schedules")
FREE = "免费 / free of charge"
COMPLAIN = "对其不满意，可以在同一页面反映，由本部门以外的岗位接收。/ Not content? Complain on the same page; a desk outside the unit takes it."
RECEIVES = "接收群众反映的事项并作出答复。/ Receives complaints and answers them."


def resources() -> dict[str, list[Item]]:
    """Everything, by the name of the collection."""
    tree = [here for _depth, here in ground.all_areas()]
    answering = ground.contacts([here.id for here in tree])
    entries = [(here, each) for here in tree for each in answering.get(here.id, [])]
    named = {each.body_code for _here, each in entries}
    every = public_bodies()
    bodies = {body.code: body for body in every if body.code in named or body.address_zh}
    codes = {body.pk: body.code for body in bodies.values()}
    city = tree[0].name.zh if tree else ""
    services = [_service(here, each, bodies[each.body_code], city) for here, each in entries]
    organizations = [_organization(body, codes.get(body.superior_id or 0, ""), city) for body in bodies.values()]
    return {
        "organizations": organizations,
        "services": services,
        "locations": [place for each in organizations for place in each.get("locations", [])],
        "phones": [phone for each in (*organizations, *services) for phone in each["phones"]],
        "schedules": [schedule for each in services for schedule in each["schedules"]],
    }


def page_of(items: list[Item], number: int, size: int) -> Item:
    """One page of a collection, as the HSDS API wraps it; ``number`` counts from 1."""
    pages = max(1, -(-len(items) // size))
    contents = items[(number - 1) * size : number * size]
    return {
        "total_items": len(items),
        "total_pages": pages,
        "page_number": number,
        "size": len(contents),
        "first_page": number == 1,
        "last_page": number >= pages,
        "empty": not contents,
        "contents": contents,
    }


def _organization(body: Body, superior: str, city: str) -> Item:
    key = _id("organization", body.code)
    found: Item = {
        "id": key,
        "name": body.name_zh,
        "alternate_name": body.name_en,
        "description": RECEIVES,
        "website": settings.HUIYIN_BASE_URL,
        "phones": [_phone(body.phone, "organization", body.code, organization_id=key)] if body.phone else [],
        "locations": [_location(body, city)] if body.address_zh else [],
    }
    if superior:
        found["parent_organization_id"] = _id("organization", superior)
    return found


def _location(body: Body, city: str) -> Item:
    key = _id("location", body.code)
    hours = f"{body.hours_zh} / {body.hours_en}" if body.hours_zh else ""
    return {
        "id": key,
        "location_type": "physical",
        "organization_id": _id("organization", body.code),
        "name": body.name_zh,
        "alternate_name": body.name_en,
        "addresses": [
            {
                "id": _id("address", body.code),
                "location_id": key,
                "address_1": body.address_zh,
                "address_2": body.address_en,
                "city": city,
                "state_province": "",
                "postal_code": "",
                "country": body.calendar,
                "address_type": "physical",
            }
        ],
        "schedules": [_schedule(hours, "location", body.code, location_id=key)] if hours else [],
    }


def _service(here: Here, contact: Contact, body: Body, city: str) -> Item:
    code = f"{here.code}/{contact.post_code}/{contact.capacity}"
    key = _id("service", code)
    hours = f"{contact.hours.zh} / {contact.hours.en}" if contact.hours.zh else ""
    found: Item = {
        "id": key,
        "organization_id": _id("organization", body.code),
        "organization": {
            "id": _id("organization", body.code), "name": body.name_zh, "alternate_name": body.name_en,
            "description": RECEIVES,
        },
        "name": f"{here.name.zh}：{contact.capacity_words.zh}",
        "alternate_name": f"{here.name.en}: {contact.capacity_words.en}",
        "description": COMPLAIN,
        "url": f"{settings.HUIYIN_BASE_URL}{reverse('portal:area', args=[here.code])}",
        "status": "temporarily closed" if contact.is_vacant else "active",
        "fees_description": FREE,
        "phones": [_phone(contact.telephone, "service", code, service_id=key)],
        "schedules": [_schedule(hours, "service", code, service_id=key)] if hours else [],
        "languages": [
            {"id": _id("language", f"{code}/{tongue}"), "service_id": key, "name": TONGUES[tongue].en, "code": tongue}
            for tongue in contact.languages
            if tongue in TONGUES
        ],
        "service_areas": [
            {
                "id": _id("service_area", code), "service_id": key, "name": here.name.zh, "description": here.name.en,
            }
        ],
        "contacts": [
            {
                "id": _id("contact", code),
                "service_id": key,
                "name": contact.officer.zh or contact.post.zh,
                "title": contact.post.zh,
                "department": contact.unit.zh,
            }
        ],
    }  # fmt: skip
    if body.address_zh:
        found["service_at_locations"] = [
            {
                "id": _id("service_at_location", code),
                "service_id": key,
                "location_id": _id("location", body.code),
                "location": _location(body, city),
            }
        ]
    return found


def _phone(number: str, owner: str, code: str, **link: str) -> Item:
    return {"id": _id("phone", f"{owner}/{code}"), "number": number, "type": "voice", **link}


def _schedule(description: str, owner: str, code: str, **link: str) -> Item:
    return {"id": _id("schedule", f"{owner}/{code}"), "description": description, **link}


def _id(kind: str, code: str) -> str:
    return str(uuid.uuid5(uuid.NAMESPACE_URL, f"{settings.HUIYIN_ORIGIN}/open/hsds/{kind}/{code}"))


def found(items: Iterable[Item], key: str) -> Item | None:
    """The item with this id."""
    return next((item for item in items if item["id"] == key), None)
