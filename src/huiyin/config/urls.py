"""Every address of the house. Who may come in is said in ``record.bodies.gates``."""

from __future__ import annotations

from django.urls import include, path

urlpatterns = [
    path("", include("huiyin.front.portal.urls")),
    path("", include("huiyin.ui.urls")),
    path("", include("huiyin.stages.intake.urls")),
    path("transparency/", include("huiyin.front.transparency.urls")),
    path("open/", include("huiyin.front.open.urls")),
    path("", include("huiyin.front.room.urls")),
    path("desk/office/", include("huiyin.front.office.urls")),
    path("desk/", include("huiyin.front.desk.urls")),
    path("api/v1/", include("huiyin.front.api.urls")),
    path("", include("huiyin.config.health")),
]

handler400 = "huiyin.ui.errors.bad_request"
handler403 = "huiyin.ui.errors.permission_denied"
handler404 = "huiyin.ui.errors.page_not_found"
handler500 = "huiyin.ui.errors.server_error"
