"""Addresses of the portal."""

from __future__ import annotations

from django.urls import path

from huiyin.front.portal import acting, areas, attaching, following, helping, information, promised, proving, rights

app_name = "portal"
urlpatterns = [
    path("", information.start, name="start"),
    path("guide/", information.guide, name="guide"),
    path("areas/", areas.areas, name="areas"),
    path("areas/<slug:area>/", areas.area, name="area"),
    path("areas/<slug:area>/poster/", areas.poster, name="area-poster"),
    path("areas/<slug:area>/card/<int:key>/", areas.card, name="area-card"),
    path("areas/<slug:area>/qr.svg", areas.qr, name="area-qr"),
    path("mediation/", areas.mediation, name="mediation"),
    path("contact/", information.contact, name="contact"),
    path("protection/", information.protection, name="protection"),
    path("rights/", promised.rights, name="rights"),
    path(".well-known/security.txt", promised.security_txt, name="security-txt"),
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
    path("track/<str:number>/duties/<int:key>/", acting.duty, name="duty"),
    path("track/<str:number>/come-back/", acting.come_back, name="come-back"),
    path("track/<str:number>/files/", attaching.attachments, name="attachments"),
    path("track/<str:number>/files/<int:key>/", attaching.attachment, name="attachment"),
    path("track/<str:number>/files/<int:key>/original/", attaching.original, name="original"),
    path("track/<str:number>/pressure/", rights.pressure, name="pressure"),
    path("track/<str:number>/looks/<int:seq>/", rights.look, name="look"),
    path("track/<str:number>/helpers/", helping.helpers, name="helpers"),
    path("track/<str:number>/helpers/<int:key>/end/", helping.helper_end, name="helper-end"),
    path("track/<str:number>/new-code/", helping.new_code, name="new-code"),
    path("track/<str:number>/recusal/", rights.recusal, name="recusal"),
    path("track/<str:number>/about/", rights.name, name="name"),
    path("track/<str:number>/class/", rights.doubt, name="doubt"),
    path("track/<str:number>/withdraw/", rights.withdraw, name="withdraw"),
    path("track/<str:number>/withdraw/undo/", rights.withdraw_undo, name="withdraw-undo"),
    path("track/<str:number>/letter/", following.letter, name="letter"),
    path("track/<str:number>/way/", following.whole_way, name="way"),
    path("track/<str:number>/proof/", proving.proof, name="proof"),
    path("track/<str:number>/proof/mine", proving.proof_file, name="proof-file"),
    path("track/<str:number>/proof/for-others", proving.proof_for_others, name="proof-others"),
    path("track/<str:number>/proof/unchanged", proving.unchanged, name="unchanged"),
    path("track/<str:number>/proof/history", proving.history, name="history"),
]
