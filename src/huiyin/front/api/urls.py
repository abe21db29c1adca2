"""Addresses of API v1. Tokens and receipts are checked by the views; answers are JSON, never pages."""

from __future__ import annotations

from django.urls import path

from huiyin.front.api.complaints import Complaints
from huiyin.front.api.desk import DeskCase, DeskCases, DeskMoves, DeskSearch
from huiyin.front.api.documentation import Description, Documentation
from huiyin.front.api.tracking import Track, TrackContest, TrackMessages, TrackRating

app_name = "api"
urlpatterns = [
    path("", Documentation.as_view(), name="documentation"),
    path("openapi.json", Description.as_view(), name="schema"),
    path("complaints", Complaints.as_view(), name="complaints"),
    path("track", Track.as_view(), name="track"),
    path("track/messages", TrackMessages.as_view(), name="track-messages"),
    path("track/rating", TrackRating.as_view(), name="rating"),
    path("track/contest", TrackContest.as_view(), name="contest"),
    path("desk/cases", DeskCases.as_view(), name="cases"),
    path("desk/cases/<str:case_number>", DeskCase.as_view(), name="case"),
    path("desk/cases/<str:case_number>/moves", DeskMoves.as_view(), name="moves"),
    path("desk/search", DeskSearch.as_view(), name="search"),
]
