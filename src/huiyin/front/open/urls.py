"""Addresses of open data."""

from __future__ import annotations

from django.urls import path

from huiyin.front.open import views

app_name = "open"
urlpatterns = [
    path("hsds/", views.index, name="hsds"),
    path("hsds/<slug:resource>", views.collection, name="hsds-list"),
    path("hsds/<slug:resource>/<uuid:ident>", views.item, name="hsds-item"),
]
