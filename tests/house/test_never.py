"""What must never be built: a list, a score or a mark of persons. (The rights of those who complain come first.)

A request for any of it is declined; if it slips in as a field, a table, an index
or an address, this file fails.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from pathlib import Path

import pytest
from django.apps import apps
from django.db import models
from django.test.utils import isolate_apps
from django.urls import get_resolver

from tests.house.test_addresses import names as addresses

SOURCE = Path(__file__).resolve().parents[2] / "src" / "huiyin"

# Words that judge, count or foretell a person. Each is looked for as a whole word of a name.
MARKS = frozenset(
    ["score", "scores", "flag", "flags", "flagged", "risk", "risks", "risky", "repeat", "repeats", "repeater", "repeated", "blacklist", "blacklisted", "blocklist", "watchlist", "graylist", "greylist", "suspect", "suspicious", "vexatious", "unreasonable", "malicious", "fake", "illegal", "criminal", "dangerous", "danger", "troublemaker", "agitator", "ringleader", "instigator", "stability", "sensitive", "credit", "creditworthiness", "reputation", "trustworthiness", "credibility", "prediction", "predicted", "forecast", "likelihood", "propensity", "profile", "profiling", "fingerprint", "faceprint", "voiceprint", "headcount", "crowd", "household", "households", "penalty", "penalties", "punishment", "admonition", "pledge", "surveillance", "monitored", "grid", "ranking", "league"]
)  # fmt: skip
# Names of tables and columns that would make a register of persons.
PERSONS = frozenset(
    ["person", "persons", "people", "citizen", "citizens", "resident", "residents", "petitioner", "petitioners", "visitor", "visitors", "protester", "protesters", "inhabitant", "inhabitants", "individual", "individuals", "nationality", "ethnicity", "religion", "birthday", "birthdate"]
)  # fmt: skip
IDENTITY = frozenset(
    ["id_number", "id_card", "identity_number", "identity_card", "national_id", "passport", "phone", "phone_number", "mobile", "email", "email_address", "date_of_birth", "home_address", "full_name", "real_name", "wechat"]
)  # fmt: skip
GROUPS = re.compile(
    r"^(is_?(illegal|fake|national|key|repeat|vip)\w*|(group|crowd|member)_?(size|count|number)s?|\w*_repeats)$", re.I
)
# A rating judges the office: its one to five is the resident's word on the answer.
ALLOWED = {("followup", "rating", "score")}
OFFICES = {"bodies"}  # offices, posts and officers have names and desk telephones


def words_of(name: str) -> set[str]:
    """The words of a name: ``isIllegal`` and ``repeat_count`` hide nothing."""
    return {word.lower() for word in re.findall(r"[A-Z]?[a-z]+|[A-Z]+(?![a-z])", name)}


def forbidden(names: Iterable[str]) -> list[str]:
    """Those names that mark or list persons."""
    return [name for name in names if words_of(name) & (MARKS | PERSONS) or GROUPS.match(name)]


def our_models() -> list[type[models.Model]]:
    return [model for model in apps.get_models(include_auto_created=True) if model.__module__.startswith("huiyin.")]


def constraints(model: type[models.Model]) -> list[str]:
    """Sentences about what must hold: they may speak of people ("two people decide"), but mark nobody."""
    return [constraint.name for constraint in model._meta.constraints]


def names_in(model: type[models.Model]) -> Iterator[str]:
    """The model, its columns, choices and indexes."""
    label = model._meta.app_label
    yield model.__name__
    yield model._meta.db_table
    for field in model._meta.get_fields():
        if (label, model._meta.model_name, field.name) in ALLOWED:
            continue
        yield field.name
        yield from (str(value) for value, _ in getattr(field, "flatchoices", None) or [])
    yield from (index.name for index in model._meta.indexes)


@pytest.mark.parametrize("model", our_models(), ids=lambda model: model._meta.label)
def test_no_table_marks_or_lists_persons(model):
    assert forbidden(names_in(model)) == []
    assert [name for name in constraints(model) if words_of(name) & MARKS] == []


@pytest.mark.parametrize("model", our_models(), ids=lambda model: model._meta.label)
def test_no_table_outside_the_vault_holds_identity(model):
    if model._meta.app_label not in OFFICES:
        assert [field.name for field in model._meta.get_fields() if field.name in IDENTITY] == []


def test_the_vault_can_be_searched_by_nothing():
    """Columns of the vault are sealed bytes; only the random key of a row and its day (for the sweep) are indexed."""
    for model in apps.get_app_config("identity").get_models():
        for field in model._meta.local_fields:
            if not field.primary_key:
                assert not (field.db_index or field.unique) or field.name in {"vault_id", "made_on"}, (
                    f"{model.__name__}.{field.name}"
                )
        assert model._meta.indexes == []


def leading_to_persons(routes: Iterable[tuple[str, str]]) -> list[str]:
    """Addresses that list, search or mark persons, or ask for somebody by identity."""
    found = []
    for name, route in routes:
        parameters = re.findall(r"<(?:\w+:)?(\w+)>", route)
        if forbidden([name, *re.split(r"[/<>:]", route)]) or IDENTITY & set(parameters):
            found.append(f"{name} at /{route}")
    return found


def test_no_address_leads_to_persons():
    assert leading_to_persons(addresses(get_resolver())) == []


def names_in_migration(text: str) -> list[str]:
    """Quoted identifiers of a migration."""
    return re.findall(r"""["']([A-Za-z_][A-Za-z0-9_]*)["']""", text)


@pytest.mark.parametrize(
    "file", sorted(SOURCE.rglob("migrations/0*.py")), ids=lambda file: f"{file.parts[-3]}-{file.stem}"
)
def test_no_migration_ever_made_such_a_column(file):
    allowed = {name for label, _, name in ALLOWED if label in file.parts}
    allowed |= {name for model in our_models() for name in constraints(model) if not words_of(name) & MARKS}
    assert set(forbidden(names_in_migration(file.read_text(encoding="utf-8")))) - allowed == set()


@pytest.mark.parametrize(
    "planted",
    ["isIllegal", "isFake", "isNational", "repeat_count", "risk_level", "RiskScore", "flagged_at", "key_person",
     "blacklist", "PetitionerProfile", "resident_id", "stability_rating", "group_size", "member_count", "credit_score"],
)  # fmt: skip
def test_a_planted_mark_is_found(planted):
    assert forbidden([planted]) == [planted]


@pytest.mark.parametrize(
    "innocent", ["due_on", "responsible_post", "public_id", "is_final", "seq", "Party", "case_number"]
)
def test_an_honest_name_passes(innocent):
    assert forbidden([innocent]) == []


@pytest.mark.parametrize(
    "planted",
    [("desk:persons", "desk/persons/"), ("desk:search-persons", "desk/search/persons/"), ("desk:watchlist", "desk/watchlist/"),
     ("api:by-phone", "api/v1/cases/<str:phone>"), ("desk:history", "desk/petitioners/<int:key>/"), ("desk:case-risk", "desk/x/")],
)  # fmt: skip
def test_a_planted_list_or_search_of_persons_is_found(planted):
    assert len(leading_to_persons([*addresses(get_resolver()), planted])) == 1


@isolate_apps("huiyin.record.cases")
def test_a_planted_table_of_persons_with_a_score_is_found():
    class Petitioner(models.Model):  # noqa: DJ008
        phone = models.CharField(max_length=20)
        score = models.IntegerField()
        is_repeat = models.BooleanField()

        class Meta:
            app_label = "cases"

    assert {"Petitioner", "score", "is_repeat"} <= set(forbidden(names_in(Petitioner)))
    assert IDENTITY & {field.name for field in Petitioner._meta.get_fields()}


def test_a_planted_migration_is_found():
    planted = 'migrations.AddField("case", "is_repeat", models.BooleanField(default=False))'
    assert forbidden(names_in_migration(planted)) == ["is_repeat"]
