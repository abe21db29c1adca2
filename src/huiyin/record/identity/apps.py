"""The Django app of this room."""

from django.apps import AppConfig


class IdentityConfig(AppConfig):
    """Sealed names, in the vault database."""

    name = "huiyin.record.identity"
    label = "identity"
