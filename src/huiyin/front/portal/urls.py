"""Addresses of the portal."""

from __future__ import annotations

from django.urls import path

from huiyin.front.portal import acting, following, information

app_name = "portal"
urlpatterns = [
    path("", information.start, name="start"),
    path("guide/", information.guide, name="guide"),
    path("contact/", information.contact, name="contact"),
    path("protection/", information.protection, name="protection"),
    path("procedure/", information.procedure, name="procedure"),
    path("paper-form/", information.paper_form, name="paper-form"),
    path("source/", information.source, name="source"),
    path("source/huiyin.tar.gz", information.archive, name="source-archive"),
    path("leave/", following.leave, name="leave"),
    path("track/", following.track, name="track"),
    path("track/sign-off/", following.sign_off, name="sign-off"),
    path("track/<str:number>/", following.case, name="case"),
    path("track/<str:number>/message/", acting.message, name="message"),
    path("track/<str:number>/correction/", acting.correction, name="correction"),
    path("track/<str:number>/contact-details/", acting.contact_details, name="contact-details"),
    path("track/<str:number>/rating/", acting.rating, name="rating"),
    path("track/<str:number>/contest/", acting.contest, name="contest"),
    path("track/<str:number>/content/", acting.content, name="content"),
    path("track/<str:number>/letter/", following.letter, name="letter"),
    path("track/<str:number>/proof/", following.proof, name="proof"),
    path("track/<str:number>/proof.txt", following.proof_file, name="proof-file"),
]
