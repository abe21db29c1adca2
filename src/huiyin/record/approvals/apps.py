"""The Django app of this room."""

from django.apps import AppConfig


class ApprovalsConfig(AppConfig):
    """Acts that need two people."""

    name = "huiyin.record.approvals"
    label = "approvals"
