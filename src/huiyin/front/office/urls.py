"""Addresses of what the office keeps. Who may come in at each stands in ``record.bodies.gates``."""

from __future__ import annotations

from django.urls import path

from huiyin.front.office.views import (
    areas,
    calendars,
    desks,
    letters,
    lost_factors,
    procedures,
    proposing,
    routes,
    start,
    trial,
)

app_name = "office"
urlpatterns = [
    path("", start.start, name="start"),
    path("procedures/", procedures.procedures, name="procedures"),
    path("procedures/compare/", procedures.compare, name="compare"),
    path("procedures/propose/", proposing.propose, name="propose"),
    path("procedures/proposals/<int:key>/", proposing.proposal, name="proposal"),
    path("procedures/<slug:ref>/", procedures.pack, name="pack"),
    path("procedures/<slug:ref>/text/", procedures.text, name="text"),
    path("procedures/<slug:ref>/try/", trial.trial, name="trial"),
    path("calendars/", calendars.calendars, name="calendars"),
    path("calendars/proposals/<int:key>/", calendars.proposal, name="year-proposal"),
    path("calendars/<slug:country>/<int:year>/", calendars.year, name="year"),
    path("desks/", desks.desks, name="desks"),
    path("desks/proposals/<int:key>/", desks.proposal, name="desk-proposal"),
    path("desks/<slug:code>/", desks.desks, name="desks-of"),
    path("lost-factors/", lost_factors.lost_factors, name="lost-factors"),
    path("lost-factors/<int:key>/", lost_factors.lost_factor, name="lost-factor"),
    path("routes/", routes.routes, name="routes"),
    path("routes/<slug:key>/", routes.route, name="route"),
    path("areas/", areas.areas, name="areas"),
    path("areas/<slug:area>/", areas.area, name="area"),
    path("letters/", letters.letters, name="letters"),
    path("letters/<slug:ref>/", letters.of_pack, name="letters-of-pack"),
    path("letters/<slug:ref>/<slug:which>/", letters.sample, name="letter-sample"),
]
