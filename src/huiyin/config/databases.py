"""Which table lives in which database: names in the vault, all else in the main one."""

from __future__ import annotations

from typing import Any

VAULT = "vault"
VAULT_APPS = frozenset({"identity"})


class VaultRouter:
    """Sealed identities live in a database of their own; nothing joins across."""

    def db_for_read(self, model: type[Any], **hints: object) -> str:
        """The alias to read ``model`` from."""
        return VAULT if model._meta.app_label in VAULT_APPS else "default"

    def db_for_write(self, model: type[Any], **hints: object) -> str:
        """The alias to write ``model`` to."""
        return self.db_for_read(model)

    def allow_relation(self, first: Any, second: Any, **hints: object) -> bool:
        """No foreign key crosses the wall between name and matter."""
        return (first._meta.app_label in VAULT_APPS) == (second._meta.app_label in VAULT_APPS)

    def allow_migrate(self, db: str, app_label: str, **hints: object) -> bool:
        """Each table is created in its own database alone."""
        return (app_label in VAULT_APPS) == (db == VAULT)
