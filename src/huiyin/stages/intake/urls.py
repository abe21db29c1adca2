"""Addresses of filing."""

from __future__ import annotations

from django.urls import path

from huiyin.stages.intake import receipt_views, staff_door, views

app_name = "intake"
urlpatterns = [
    path("file/", views.begin, name="begin"),
    path("file/check/", views.check, name="check"),
    path("file/receipt/", receipt_views.receipt, name="receipt"),
    path("file/receipt/away/", receipt_views.put_away, name="put-away"),
    path("file/receipt/receipt.txt", receipt_views.receipt_file, name="receipt-file"),
    path("file/receipt/proof", receipt_views.receipt_proof, name="receipt-proof"),
    path("file/receipt/qr.svg", receipt_views.receipt_qr, name="receipt-qr"),
    path("staff/", staff_door.staff, name="staff"),
    path("file/<str:step>/", views.step, name="step"),
]
