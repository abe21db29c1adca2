"""The same registration sent twice at the same instant, on the engine where writers do not wait for each other."""

from __future__ import annotations

import threading

import pytest
from django.db import connections

from huiyin.record.cases.models import Case
from huiyin.stages.intake.actions import register_at_desk
from tests.cast import complaint, make_office

pytestmark = [pytest.mark.postgres, pytest.mark.django_db(transaction=True, databases=["default", "vault"])]


def test_two_posts_at_once_make_one_case():
    wu, ready, numbers = make_office(with_accounts=False).wu, threading.Barrier(4), []

    def send():
        try:
            ready.wait(10)
            made = register_at_desk(complaint(channel="phone"), by=wu, key="one form", digest="the same words")
            numbers.append(made.case_number)
        finally:
            connections.close_all()

    clients = [threading.Thread(target=send) for _ in range(4)]
    for client in clients:
        client.start()
    for client in clients:
        client.join()
    assert len(numbers) == 4 and len(set(numbers)) == 1
    assert Case.scoped.count() == 1
