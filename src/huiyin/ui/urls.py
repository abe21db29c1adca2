"""Pages of the look itself. No namespace: ``language``, ``patterns``, ``patterns-desk``."""

from __future__ import annotations

from django.urls import path

from huiyin.ui import views

urlpatterns = [
    path("language/<str:code>/", views.language, name="language"),
    path("patterns/", views.patterns, name="patterns"),
    path("patterns/desk/", views.patterns_desk, name="patterns-desk"),
]
