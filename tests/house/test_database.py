"""What the database itself must hold after every migration."""

from __future__ import annotations

import pytest
from django.apps import apps
from django.core.management import call_command
from django.db import connections

from huiyin.config.databases import VAULT_APPS, VaultRouter
from huiyin.record.ledger.triggers import missing_triggers


@pytest.mark.django_db
def test_the_walls_of_the_ledger_stand_after_migrating():
    assert missing_triggers() == []


@pytest.mark.django_db(databases="__all__")
def test_no_model_waits_for_a_migration():
    call_command("makemigrations", check=True, dry_run=True, verbosity=0)


@pytest.mark.django_db(databases="__all__")
def test_names_and_matters_lie_in_two_databases():
    tables = {alias: set(connections[alias].introspection.table_names()) for alias in ("default", "vault")}
    for label in VAULT_APPS:
        for model in apps.get_app_config(label).get_models():
            assert model._meta.db_table in tables["vault"]
            assert model._meta.db_table not in tables["default"]
            assert VaultRouter().db_for_read(model) == "vault"
    assert "cases_case" not in tables["vault"]
