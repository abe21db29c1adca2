"""What every test stands on: throw-away keys, both databases, a browser that is Debian's."""

from __future__ import annotations

import gc
import os
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from django.conf import settings
from django.core.management.commands import flush
from django.db import connection, connections
from django.utils import translation
from hypothesis import HealthCheck
from hypothesis import settings as properties

from huiyin.record import keyring, remembered
from huiyin.record.law import versions
from tests.emptying import empty
from tests.made_tables import filled, made_databases
from tools.check import LONG_FOLDERS

# The shell without windows takes a fifth of the time of the whole browser; either will do.
BROWSERS = ("chromium-headless-shell", "chromium", "chromium-browser", "google-chrome")
CHROMIUM = os.environ.get("HUIYIN_CHROMIUM") or next(filter(None, map(shutil.which, BROWSERS)), None)
# Playwright's loop runs in the thread of the test, and Django would refuse to touch the database beside it.
os.environ.setdefault("DJANGO_ALLOW_ASYNC_UNSAFE", "true")
QUIET_CHROMIUM = (
    "--no-sandbox",
    "--disable-gpu",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
)

# A busy machine is no reason to fail: properties are about what is true, not about how fast it is found.
properties.register_profile("house", deadline=None, suppress_health_check=[HealthCheck.too_slow], print_blob=True)
properties.load_profile("house")


@pytest.fixture(scope="session", autouse=True)
def keys() -> Path:
    """Keys of this run alone."""
    folder = Path(settings.HUIYIN_KEYS_DIR)
    if not folder.is_dir():
        keyring.create(folder)
    return folder


@pytest.fixture(scope="session")
def django_db_modify_db_settings(django_db_modify_db_settings_parallel_suffix: None) -> Iterator[None]:
    """The databases of this worker begin as copies of tables that are made already."""
    held = []
    for alias in connections:
        own = connections[alias]
        if own.vendor == "postgresql":
            own.settings_dict["TEST"]["TEMPLATE"] = made_databases(os.environ["DATABASE_URL"])[alias]
        else:
            held.append(filled(own.creation._get_test_db_name(), alias))  # type: ignore[attr-defined]
    yield
    for each in held:
        each.close()


@pytest.fixture(scope="session")
def browser_type_launch_args(browser_type_launch_args: dict[str, object]) -> dict[str, object]:
    """Debian's Chromium instead of a downloaded one."""
    return {**browser_type_launch_args, "executable_path": CHROMIUM, "args": list(QUIET_CHROMIUM)}


@pytest.fixture(scope="session", autouse=True)
def little_is_emptied() -> Iterator[None]:
    """A test that really commits is cleaned up by taking away what it wrote."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(flush.Command, "handle", empty)
        yield


@pytest.fixture(autouse=True)
def nothing_remembered() -> None:
    """Each test has a database of its own: what the one before remembered is not true any more."""
    remembered.forget()
    versions.procedure_of.cache_clear()


@pytest.fixture(autouse=True)
def in_chinese() -> Iterator[None]:
    """Each test begins in the language of the pages' first readers, whatever the one before left."""
    with translation.override("zh-hans"):
        yield


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Leave out, aloud, what this machine cannot do; what is in a long folder is slow."""
    long = [Path(__file__).parent / each for each in LONG_FOLDERS]
    for item in items:
        if any(each in item.path.parents for each in long):
            item.add_marker(pytest.mark.slow)
        if item.get_closest_marker("browser") and CHROMIUM is None:
            item.add_marker(pytest.mark.skip(reason="no Chromium here (apt-get install chromium)"))
        if item.get_closest_marker("postgres") and connection.vendor != "postgresql":
            item.add_marker(pytest.mark.skip(reason="the main database is not PostgreSQL in this run"))


def pytest_collection_finish() -> None:
    """What was collected stays to the end: the collector of garbage need not look through it during every test."""
    gc.collect()
    gc.freeze()
    gc.set_threshold(20_000, 20, 50)
