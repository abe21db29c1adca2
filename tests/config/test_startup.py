"""Weak settings are refused, each with a sentence that says what to do."""

from __future__ import annotations

import pytest
from django.db import connections

from huiyin.config import startup

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


def test_keys_that_others_can_read_are_refused(settings, tmp_path):
    settings.HUIYIN_KEYS_DIR = tmp_path
    tmp_path.chmod(0o700)
    assert "There are no keys" in next(startup.open_keys())
    key = tmp_path / "server.key"
    key.touch(mode=0o600)
    assert list(startup.open_keys()) == []
    key.chmod(0o644)
    assert "server.key" in next(startup.open_keys())


def test_a_missing_calendar_is_refused(settings, tmp_path):
    settings.HUIYIN_PROCEDURES_DIR = tmp_path
    assert [sentence.split(" ")[1] for sentence in startup.missing_law()] == ["procedure", "is"]


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


@pytest.mark.postgres
@pytest.mark.django_db(databases="__all__")
def test_postgres_that_forgets_is_refused():
    assert list(startup.unsafe_postgres("default")) == []
    with connections["default"].cursor() as cursor:
        cursor.execute("SET synchronous_commit = off")
        assert "synchronous_commit = off" in next(startup.unsafe_postgres("default"))
        cursor.execute("SET synchronous_commit = on")
