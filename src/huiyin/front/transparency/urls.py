"""Addresses of the public history: pages for people, files for programs (C2SP tlog-tiles below ``transparency/``)."""

from __future__ import annotations

from django.urls import path

from huiyin.front.transparency import files, pages

app_name = "transparency"
urlpatterns = [
    path("", pages.start, name="start"),
    path("today/", pages.today, name="today"),
    path("today.txt", pages.today_line, name="today-line"),
    path("checkpoint", files.checkpoint, name="checkpoint"),
    path("tile/entries/<path:place>", files.entries, name="entries"),
    path("tile/<str:level>/<path:place>", files.tile, name="tile"),
    path("add-cosignature", files.add_cosignature, name="add-cosignature"),
    path("huiyin-verify.py", files.verifier, {"name": "huiyin-verify.py"}, name="verifier-program"),
    path("huiyin-verify.html", files.verifier, {"name": "huiyin-verify.html"}, name="verifier-page"),
]
