"""The demo's story holds together: its people exist, its moves are lawful, its words are kind."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from typing import Any

import pytest

from huiyin.rules.duties import BINDING, KINDS
from huiyin.rules.procedure import ROLES
from tests.demo.playing import (
    CASES,
    OFFICERS,
    PACK,
    POSTS,
    TOWN,
    UNITS,
    body_of,
    roles_of,
    stands_for,
)

BODIES = {row["code"]: row for row in TOWN["bodies"]}
AREAS = {row["code"]: row for row in TOWN["areas"]}
CATEGORIES = {row["id"] for row in TOWN["categories"]}
HANDLING = ["county-letters", "county-police", "county-housing", "county-labour", "county-market", "town-gangtou"]
EVERY_STATE = {
    "new_today", "waiting_triage", "triage_overdue", "accepted", "in_handling", "overdue_in_handling",
    "draft_at_section_head", "draft_at_legal_check", "draft_at_head", "draft_at_number", "returned_draft",
    "replied_in_time", "replied_late", "declined", "contested", "review_open", "review_supported",
    "closed_content", "closed_unsolved", "about_officer", "about_unit", "anonymous", "child_alone",
}  # fmt: skip
TOLD_ONLY = {
    "outside_desk", "elder_wins", "interpreter", "long_text", "provisional_due",
    "try_just_replied", "try_in_handling", "try_english",
}  # fmt: skip
A_REAL_PHONE = re.compile(r"(?<!\d)1[3-9]\d{9}(?!\d)")
A_FIXED_DATE = re.compile(r"(19|20)\d\d\s*[年/-]|\d{1,2}\s*月\s*\d{1,2}\s*日|\b20[2-9]\d\b")
UNKIND = re.compile(
    "unreasonable|vexatious|frivolous|troublemaker|querulous|habitual complain|repeat(ed)? complain"
    "|无理(?!由)|缠访|闹访|非访|老访|息访|息诉|罢访|刁民|重点人|稳控|黑名单|越级"
)
BY_SLUG = pytest.mark.parametrize("case", CASES, ids=[case["slug"] for case in CASES])


def texts_of(value: Any) -> Iterator[str]:
    """Every text inside a value of a TOML file."""
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict):
        for each in value.values():
            yield from texts_of(each)
    elif isinstance(value, list):
        for each in value:
            yield from texts_of(each)


def written_by_the_office(case: dict[str, Any]) -> list[str]:
    """What the complainant gets from the office."""
    return [step["text"] for step in case["steps"] if step["by"] != "complainant" and "text" in step]


def test_every_place_and_person_has_one_name_and_stands_somewhere() -> None:
    for rows, key in (
        ("areas", "code"),
        ("bodies", "code"),
        ("units", "code"),
        ("posts", "code"),
        ("officers", "slug"),
    ):
        names = [row[key] for row in TOWN[rows]]
        assert len(names) == len(set(names)), rows
    assert all(row["parent"] in AREAS or row["code"] == "tinglan" for row in TOWN["areas"])
    assert all(row["superior"] in BODIES or row["superior"] == "" for row in TOWN["bodies"])
    assert all(row["body"] in BODIES for row in (*TOWN["units"], *TOWN["categories"]))
    assert all(row["unit"] in UNITS and set(row["roles"]) <= set(ROLES) for row in TOWN["posts"])
    assert all(row["post"] in POSTS and row["unit"] in UNITS for row in TOWN["desk_grants"])
    held = Counter(post for row in TOWN["officers"] for post in row["posts"])
    assert held == Counter(list(POSTS)), "each post has exactly one holder"


def test_the_county_has_five_towns_with_fourteen_villages() -> None:
    towns = [row["code"] for row in TOWN["areas"] if row["parent"] == "tinglan"]
    assert len(towns) == 5
    assert len([row for row in TOWN["areas"] if row["parent"] in towns]) == 14
    assert len(CATEGORIES) == 14


@pytest.mark.parametrize("body", HANDLING)
def test_a_body_that_handles_has_everybody_the_procedure_needs(body: str) -> None:
    roles = Counter(role for row in TOWN["posts"] if UNITS[row["unit"]]["body"] == body for role in row["roles"])
    assert roles["handler"] >= 2
    assert all(roles[role] for role in ("registrar", "unit_head", "lawyer", "body_head"))
    assert BODIES[body]["superior"], "somebody can review its answers"


def test_one_login_is_shown_for_each_role_of_the_desk() -> None:
    pairs = [(row["shown_for"], row["slug"]) for row in TOWN["officers"] if "shown_for" in row]
    shown = dict(pairs)
    assert {("handler", "zhao-min"), ("unit_head", "qian-shouyi")} <= set(pairs)
    for role, slug in pairs:
        assert role in roles_of(slug)
        assert OFFICERS[slug]["login"]
    nobody = {"complainant", "other_party", "stranger", "api_client", "withdrawal_desk"}
    assert set(shown) == set(ROLES) - nobody


def test_forty_two_matters_twelve_of_them_in_english() -> None:
    assert len({case["slug"] for case in CASES}) == len(CASES) == 42
    assert Counter(case["language"] for case in CASES) == {"zh-hans": 30, "en": 12}
    assert {case["channel"] for case in CASES} == {"web", "phone", "counter", "letter"}
    assert {case["confidentiality"] for case in CASES} == {"named", "confidential", "anonymous"}
    assert len([case for case in CASES if case.get("try_me")]) == 3


@BY_SLUG
def test_a_matter_names_only_what_exists(case: dict[str, Any]) -> None:
    assert case["category"] in CATEGORIES
    assert case["area"] in AREAS
    assert case["body"] in BODIES
    assert case.get("received_by", "county-letters") in BODIES
    assert (case["channel"] == "web") == ("registered_by" not in case)
    if "registered_by" in case:
        assert "registrar" in roles_of(case["registered_by"])
        assert case["card"]
        assert case["officer_summary"]
    places = {"officer": OFFICERS, "unit": UNITS, "body": BODIES}
    for each in case["about"]:
        assert each["id"] in places[each["kind"]] if each["kind"] != "other" else 1 <= len(each["text"]) <= 200
    for step in case["steps"]:
        assert step["by"] in OFFICERS or step["by"] == "complainant"
        assert step.get("to", "letters-registrar") in POSTS


@BY_SLUG
def test_a_matter_goes_a_lawful_way_and_shows_what_it_says(case: dict[str, Any]) -> None:
    assert set(case["shows"]) <= EVERY_STATE | TOLD_ONLY
    assert stands_for(case) == set(case["shows"]) - TOLD_ONLY | (
        {"anonymous"} if case["confidentiality"] == "anonymous" else set()
    )


@BY_SLUG
def test_steps_come_in_order_and_before_today(case: dict[str, Any]) -> None:
    days = [step["after_days"] for step in case["steps"]]
    assert days == sorted(days)
    assert all(0 <= day < case["days_ago"] for day in days)
    assert 0 <= case["days_ago"] <= 200
    for first, second in zip(case["steps"], case["steps"][1:], strict=False):
        if first["after_days"] == second["after_days"] and "at" in first and "at" in second:
            assert first["at"] <= second["at"]


@BY_SLUG
def test_those_a_matter_names_never_touch_it(case: dict[str, Any]) -> None:
    actors = {step["by"] for step in case["steps"]} - {"complainant"}
    for each in case["about"]:
        if each["kind"] == "officer":
            own = {POSTS[post]["unit"] for post in OFFICERS[each["id"]]["posts"]}
        elif each["kind"] in {"unit", "body"}:
            own = {code for code, unit in UNITS.items() if each["id"] in {code, unit["body"]}}
        else:
            continue
        assert not [slug for slug in actors if any(POSTS[post]["unit"] in own for post in OFFICERS[slug]["posts"])]


@BY_SLUG
def test_a_review_is_made_by_the_next_higher_body_and_by_others(case: dict[str, Any]) -> None:
    reviewers = {step["by"] for step in case["steps"] if step.get("case") == "review"} - {"complainant"}
    if "review_body" in case:
        assert case["review_body"] == BODIES[case["body"]]["superior"]
        assert {body_of(slug) for slug in reviewers} == {case["review_body"]}
    else:
        assert not reviewers


@BY_SLUG
def test_words_have_a_length_that_fits(case: dict[str, Any]) -> None:
    assert 1 <= len(case["subject"]) <= 200
    assert 1 <= len(case["description"]) <= 2_500
    assert len(case["needs"]) <= 400
    assert all(len(step.get("legal_basis", "")) <= 400 for step in case["steps"])


@BY_SLUG
def test_no_letter_names_the_complainant_and_every_answer_names_the_law_and_the_way_on(case: dict[str, Any]) -> None:
    name = case["contact"].get("name", "")
    for text in written_by_the_office(case):
        assert not name or name not in text
    for step in case["steps"]:
        if step["do"] in {"draft", "decline"}:
            assert step["legal_basis"]
        if step["do"] == "decline":
            assert step["reason"] in PACK.moves["decline"].reasons
            assert step["route"] in PACK.routes
    delivered = [step["text"] for step in case["steps"] if step["do"] == "draft"][-1:]
    assert all("复查" in text or "复核" in text or "review" in text for text in delivered)


def test_every_state_is_in_the_story() -> None:
    shown = {word for case in CASES for word in case["shows"]}
    assert shown >= EVERY_STATE | TOLD_ONLY
    elder = next(case for case in CASES if "elder_wins" in case["shows"])
    assert "phone" not in elder["contact"]
    assert elder["card"]
    assert [step["outcome"] for step in elder["steps"] if step["do"] == "draft"] == ["supported"]


@pytest.mark.parametrize("told", [TOWN, *CASES], ids=["town", *(case["slug"] for case in CASES)])
def test_nothing_is_real_fixed_in_time_or_unkind(told: dict[str, Any]) -> None:
    for text in texts_of(told):
        assert not A_REAL_PHONE.search(text), text
        assert not A_FIXED_DATE.search(re.sub(r"\{day[+-]\d+\}", "", text)), text
        assert not UNKIND.search(text.lower()), text
        assert "{day" not in re.sub(r"\{day[+-]\d+\}", "", text), text


def test_what_is_promised_can_be_read_and_one_promise_was_kept() -> None:
    told = [(case, step) for case in CASES for step in case["steps"] if step.get("duties")]
    assert {case["language"] for case, _ in told} == {"zh-hans", "en"}
    for case, step in told:
        assert step["outcome"] in BINDING
        assert all(each["kind"] in KINDS and each["text"].strip() for each in step["duties"])
        delivered = max(each["after_days"] for each in case["steps"] if each["do"] == "sign")
        assert all(each["on_day"] > delivered for each in step["duties"])
    kept = [(case["slug"], step["duty"]) for case in CASES for step in case["steps"] if step["do"] == "confirm_done"]
    promised = {case["slug"]: len(step["duties"]) for case, step in told}
    assert kept
    assert all(1 <= number <= promised[slug] for slug, number in kept)
    assert len(kept) < sum(promised.values())


def test_the_directory_of_routes_serves_the_story_and_leaves_one_to_be_filled_in() -> None:
    keys = {row["key"]: row for row in TOWN["routes"]}
    assert {route.address for route in PACK.routes.values()} - {""} <= set(keys)
    assert "police_legal_office" not in keys
    for row in keys.values():
        there = BODIES[row["body"]] if "body" in row else row
        assert there["name"]["zh"] and there["name"]["en"]
        assert bool(there["address"]["zh"]) == bool(there["address"]["en"])
