"""Weak settings are refused, each with a sentence that says what to do."""

from __future__ import annotations

import pytest
from django.db import connections

from huiyin.config import startup
from huiyin.config.environment import SettingError, pairs
from huiyin.record.bodies.models import Body
from tests.cast import make_office

GOOD = "vH3kQ9-tZ1mXw7_LpB2sRnY6cJdF8gUaE4oKiT0qVhN5"  # drawn once for this file


@pytest.mark.parametrize(
    ("secret", "part"),
    [("", "is not set"), ("short", "has 5 characters"), ("a" * 60, "looks like an example"),
     ("django-insecure-" + GOOD, "looks like an example"), (GOOD, None)],
)  # fmt: skip
def test_a_weak_secret_is_refused(monkeypatch, secret, part):
    monkeypatch.setenv("HUIYIN_SECRET_KEY", secret)
    said = list(startup.weak_secret())
    assert (part is None and said == []) or (part is not None and part in said[0])


@pytest.mark.parametrize(
    ("url", "allowed"),
    [
        ("https://help.example.org", True),
        ("http://help.example.org", False),
        ("http://localhost:8000", True),
        ("help", False),
    ],
)
def test_names_never_cross_a_network_in_clear(settings, url, allowed):
    settings.HUIYIN_BASE_URL = url
    assert (list(startup.weak_address()) == []) is allowed


def test_a_closed_network_may_be_named_aloud(settings, monkeypatch):
    settings.HUIYIN_BASE_URL = "http://10.0.0.5"
    monkeypatch.setenv("HUIYIN_ALLOW_HTTP", "1")
    assert list(startup.weak_address()) == []


@pytest.mark.parametrize(
    ("main", "vault", "part"),
    [("postgres://a/x", "", "VAULT_DATABASE_URL is not"), ("", "postgres://a/x", "DATABASE_URL is not")],
)
def test_one_database_alone_is_refused(monkeypatch, main, vault, part):
    monkeypatch.setenv("DATABASE_URL", main)
    monkeypatch.setenv("VAULT_DATABASE_URL", vault)
    assert part in next(startup.database_pair())


def test_names_and_matters_in_one_database_are_refused(monkeypatch):
    monkeypatch.setenv("DATABASE_URL", "postgres://a/x")
    monkeypatch.setenv("VAULT_DATABASE_URL", "postgres://a/x")
    monkeypatch.setattr(startup, "_place", lambda alias: ("postgres", "a", "", "x"))
    assert "the same database" in next(startup.database_pair())


@pytest.mark.parametrize(
    ("name", "value", "part"),
    [
        ("HUIYIN_FILE_MEGABYTES", 0, "at least 1"), ("HUIYIN_FILE_MEGABYTES", 51, "over 50"),
        ("HUIYIN_CLAMD", "localhost:3310", "must be like"), ("HUIYIN_CLAMD", "unix:", "must be like"),
        ("HUIYIN_CLAMD", "tcp://127.0.0.1:3310", None), ("HUIYIN_CLAMD", "unix:///run/clamav/clamd.ctl", None),
    ],
)  # fmt: skip
def test_limits_that_hold_no_file_and_scanners_nobody_finds_are_refused(settings, name, value, part):
    setattr(settings, name, value)
    said = list(startup.unusable_files())
    assert (part is None and said == []) or (part is not None and part in said[0])


def test_options_of_a_storage_are_names_with_values(monkeypatch):
    monkeypatch.setenv("HUIYIN_FILES_OPTIONS", "bucket_name=huiyin, endpoint_url=https://s3.example.org/?a=b")
    assert pairs("HUIYIN_FILES_OPTIONS") == {"bucket_name": "huiyin", "endpoint_url": "https://s3.example.org/?a=b"}
    monkeypatch.setenv("HUIYIN_FILES_OPTIONS", "bucket_name")
    with pytest.raises(SettingError, match="has no value"):
        pairs("HUIYIN_FILES_OPTIONS")


def test_keys_that_others_can_read_are_refused(settings, tmp_path):
    settings.HUIYIN_KEYS_DIR = tmp_path
    tmp_path.chmod(0o700)
    assert "There are no keys" in next(startup.open_keys())
    key = tmp_path / "server.key"
    key.touch(mode=0o600)
    assert list(startup.open_keys()) == []
    key.chmod(0o644)
    assert "server.key" in next(startup.open_keys())


def test_a_witness_that_cannot_be_read_is_refused(settings):
    settings.HUIYIN_WITNESSES = ["bar.example.org+hello"]
    assert any("HUIYIN_WITNESSES" in each for each in startup.strange_witnesses())
    settings.HUIYIN_WITNESSES = []
    assert list(startup.strange_witnesses()) == []


def test_a_missing_calendar_is_refused(settings, tmp_path):
    settings.PROCEDURES_SHIPPED = tmp_path
    assert [sentence.split(" ")[1] for sentence in startup.missing_law()] == ["procedure", "is"]


@pytest.mark.django_db(databases="__all__")
def test_a_procedure_that_is_not_in_force_is_refused(settings):
    make_office(with_accounts=False)
    assert list(startup.law_out_of_force()) == []
    settings.HUIYIN_PROCEDURE = "uk-police"
    Body.objects.update(calendar="XX")
    assert [sentence.split(" is ")[0] for sentence in startup.law_out_of_force()] == [
        "The procedure uk-police",
        "A body counts its days by the calendar XX, and there",
    ]


@pytest.mark.django_db(databases="__all__")
def test_tables_of_another_version_are_refused():
    connection = connections["default"]
    assert list(startup.pending_migrations("default")) == []
    with connection.cursor() as cursor:
        cursor.execute("DELETE FROM django_migrations WHERE app = 'law'")
    assert "older than the program" in next(startup.pending_migrations("default"))
    with connection.cursor() as cursor:
        cursor.execute("DELETE FROM django_migrations")
    assert "is empty" in next(startup.pending_migrations("default"))


@pytest.mark.django_db(databases="__all__")
def test_the_vault_is_asked_for_its_own_tables_alone():
    with connections["vault"].cursor() as cursor:
        cursor.execute("DELETE FROM django_migrations WHERE app <> 'identity'")
        assert list(startup.pending_migrations("vault")) == []
        cursor.execute("UPDATE django_migrations SET app = 'somebody-else'")
    assert "older than the program (identity." in next(startup.pending_migrations("vault"))


@pytest.mark.postgres
@pytest.mark.django_db(databases="__all__")
def test_postgres_that_forgets_is_refused():
    assert list(startup.unsafe_postgres("default")) == []
    with connections["default"].cursor() as cursor:
        cursor.execute("SET synchronous_commit = off")
        assert "synchronous_commit = off" in next(startup.unsafe_postgres("default"))
        cursor.execute("SET synchronous_commit = on")


@pytest.mark.parametrize(
    ("asked", "is_right"),
    [({"all"}, True), ({"none"}, True), ({"administrator", "body_head"}, True), ({"administrater"}, False),
     ({"none", "administrator"}, False), (set(), False)],
)  # fmt: skip
def test_a_role_that_is_not_known_does_not_open_the_door_unseen(settings, asked, is_right):
    settings.HUIYIN_SECOND_FACTOR = frozenset(asked)
    assert (list(startup.weak_doors()) == []) is is_right


@pytest.mark.parametrize(
    ("issuer", "secret", "part"),
    [("https://id.example.org", "s", None), ("https://id.example.org", "", "set all three"),
     ("http://id.example.org", "s", "https://"), ("http://127.0.0.1:9000", "s", None), ("", "", None)],
)  # fmt: skip
def test_another_house_is_believed_over_tls_alone(settings, issuer, secret, part):
    settings.HUIYIN_OIDC_ISSUER, settings.HUIYIN_OIDC_CLIENT_ID = issuer, "desk"
    settings.HUIYIN_OIDC_CLIENT_SECRET = secret
    said = list(startup.weak_doors())
    assert (part is None and said == []) or (part is not None and part in said[0])


@pytest.mark.django_db(databases=["default", "vault"])
def test_an_office_that_asks_for_no_second_factor_is_told(settings):
    settings.HUIYIN_SECOND_FACTOR = frozenset({"none"})
    assert any("HUIYIN_SECOND_FACTOR" in each for each in startup.remarks())
    settings.HUIYIN_SECOND_FACTOR = frozenset({"all"})
    assert not any("HUIYIN_SECOND_FACTOR" in each for each in startup.remarks())
