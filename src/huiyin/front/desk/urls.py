"""Addresses of the officer's desk. Who may come in at each stands in ``record.bodies.gates``."""

from __future__ import annotations

from django.urls import path, register_converter

from huiyin.front.desk.converters import CaseNumberConverter
from huiyin.front.desk.views import account, case, day, duty, enquiry, moving, registering, sign_in, writing

register_converter(CaseNumberConverter, "case_number")

app_name = "desk"
urlpatterns = [
    path("", day.day, name="day"),
    path("queues/<slug:name>/", day.queue, name="queue"),
    path("search/", day.search, name="search"),
    path("sign-in/", sign_in.sign_in, name="sign-in"),
    path("sign-out/", sign_in.sign_out, name="sign-out"),
    path("register/", registering.register, name="register"),
    path("registered/<case_number:number>/", registering.registered, name="registered"),
    path("slip/<case_number:number>/", registering.slip, name="slip"),
    path("enquiry/", enquiry.enquiry, name="enquiry"),
    path("cases/<case_number:number>/", case.case, name="case"),
    path("cases/<case_number:number>/print/", case.case_print, name="case-print"),
    path("cases/<case_number:number>/letter/", case.letter, name="letter"),
    path("cases/<case_number:number>/identity/", case.unseal, name="unseal"),
    path("cases/<case_number:number>/moves/<slug:move_id>/", moving.move, name="move"),
    path("cases/<case_number:number>/sign/", moving.sign, name="sign"),
    path("cases/<case_number:number>/return/", moving.return_draft, name="return-draft"),
    path("cases/<case_number:number>/message/", writing.message, name="message"),
    path("cases/<case_number:number>/summary/", writing.summary, name="summary"),
    path("cases/<case_number:number>/complete/", writing.complete, name="complete"),
    path("hand-over/", duty.hand_over, name="hand-over"),
    path("stand-ins/", duty.stand_ins, name="stand-ins"),
    path("stand-ins/<int:key>/end/", duty.end_stand_in, name="stand-in-end"),
    path("tokens/", account.tokens, name="tokens"),
    path("tokens/<int:key>/end/", account.end_token, name="token-end"),
    path("settings/", account.settings, name="settings"),
    path("keys/", account.keys, name="keys"),
]
