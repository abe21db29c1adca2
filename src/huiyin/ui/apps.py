"""The Django app of the look."""

from __future__ import annotations

from django.apps import AppConfig


class UiConfig(AppConfig):
    """Styles, components and sentences; no tables."""

    name = "huiyin.ui"
    label = "ui"
