"""Addresses of API v1. Tokens and receipts are checked by the views; answers are JSON, never pages."""

from __future__ import annotations

from django.urls import path

from huiyin.front.api.attaching import TrackAttachments, TrackOriginals
from huiyin.front.api.complaints import Complaints
from huiyin.front.api.desk import DeskCase, DeskCases, DeskMoves, DeskSearch
from huiyin.front.api.documentation import Description, Documentation
from huiyin.front.api.helping import (
    TrackConfidential,
    TrackHelperEnd,
    TrackHelpers,
    TrackIdentityFiles,
    TrackNewCode,
    TrackNewCodeConfirm,
)
from huiyin.front.api.rights import (
    TrackAbout,
    TrackClass,
    TrackLooks,
    TrackPressure,
    TrackRecusal,
    TrackWithdrawal,
    TrackWithdrawalUndo,
)
from huiyin.front.api.tracking import Track, TrackComeBack, TrackContest, TrackDuties, TrackMessages, TrackRating

app_name = "api"
urlpatterns = [
    path("", Documentation.as_view(), name="documentation"),
    path("openapi.json", Description.as_view(), name="schema"),
    path("complaints", Complaints.as_view(), name="complaints"),
    path("track", Track.as_view(), name="track"),
    path("track/messages", TrackMessages.as_view(), name="track-messages"),
    path("track/rating", TrackRating.as_view(), name="rating"),
    path("track/duties", TrackDuties.as_view(), name="track-duties"),
    path("track/come-back", TrackComeBack.as_view(), name="come-back"),
    path("track/attachments", TrackAttachments.as_view(), name="track-attachments"),
    path("track/originals", TrackOriginals.as_view(), name="track-originals"),
    path("track/pressure", TrackPressure.as_view(), name="pressure"),
    path("track/looks", TrackLooks.as_view(), name="look"),
    path("track/recusal", TrackRecusal.as_view(), name="recusal"),
    path("track/class", TrackClass.as_view(), name="class"),
    path("track/about", TrackAbout.as_view(), name="name"),
    path("track/withdrawal", TrackWithdrawal.as_view(), name="withdrawal"),
    path("track/withdrawal/undo", TrackWithdrawalUndo.as_view(), name="withdrawal-undo"),
    path("track/helpers", TrackHelpers.as_view(), name="helpers"),
    path("track/helpers/end", TrackHelperEnd.as_view(), name="helper-end"),
    path("track/new-code", TrackNewCode.as_view(), name="new-code"),
    path("track/new-code/confirm", TrackNewCodeConfirm.as_view(), name="new-code-confirm"),
    path("track/identity-files", TrackIdentityFiles.as_view(), name="identity-files"),
    path("track/confidential", TrackConfidential.as_view(), name="confidential"),
    path("track/contest", TrackContest.as_view(), name="contest"),
    path("desk/cases", DeskCases.as_view(), name="cases"),
    path("desk/cases/<str:case_number>", DeskCase.as_view(), name="case"),
    path("desk/cases/<str:case_number>/moves", DeskMoves.as_view(), name="moves"),
    path("desk/search", DeskSearch.as_view(), name="search"),
]
