"""Addresses of the table: of its sides, of the office, and the calculators for everybody."""

from __future__ import annotations

from django.urls import path

from huiyin.front.room import desk_later, desk_pages, public, side_pages

app_name = "room"
SIDE, DESK = "table/<str:number>/", "desk/cases/<str:number>/room/"
urlpatterns = [
    path("calculators/", public.calculators, name="calculators"),
    path(f"{SIDE}sessions/", side_pages.sessions, name="sessions"),
    path(f"{SIDE}sessions/<int:key>/appointment.ics", side_pages.calendar, name="calendar"),
    path(f"{SIDE}talk/", side_pages.talk, name="talk"),
    path(f"{SIDE}notes/", side_pages.private_notes, name="notes"),
    path(f"{SIDE}agreement/", side_pages.agreement, name="agreement"),
    path(f"{SIDE}agreement/picture/", side_pages.picture, name="picture"),
    path(f"{SIDE}afterwards/", side_pages.afterwards, name="afterwards"),
    path(f"{SIDE}help/", side_pages.help_besides, name="help"),
    path(f"{SIDE}sheets/<slug:name>/", side_pages.sheet, name="sheet"),
    path(f"{DESK}", desk_pages.hub, name="desk"),
    path(f"{DESK}sessions/", desk_pages.sessions, name="desk-sessions"),
    path(f"{DESK}sessions/<int:key>/", desk_pages.session, name="desk-session"),
    path(f"{DESK}notes/", desk_pages.private_notes, name="desk-notes"),
    path(f"{DESK}talk/", desk_pages.talk, name="desk-talk"),
    path(f"{DESK}agreement/", desk_pages.agreement, name="desk-agreement"),
    path(f"{DESK}agreement/line/", desk_pages.line, name="desk-line"),
    path(f"{DESK}agreement/picture/", desk_pages.picture, name="desk-picture"),
    path(f"{DESK}afterwards/", desk_later.afterwards, name="desk-afterwards"),
    path(f"{DESK}kit/", desk_later.kit, name="desk-kit"),
    path(f"{DESK}sheets/<slug:name>/", desk_later.sheet, name="desk-sheet"),
]
