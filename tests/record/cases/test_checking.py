"""Once each night everything is checked, and the result is a line of the history."""

from __future__ import annotations

import datetime
from io import StringIO

import pytest
from django.core.management import CommandError, call_command
from django.db import transaction
from django.test import Client

from huiyin.record import clock
from huiyin.record.cases.held.checking import check_tonight, last_check, verify_everything
from huiyin.record.cases.models import Case
from huiyin.record.ledger.chains import Actor, ChainRef
from huiyin.record.ledger.erasure import erase_content
from huiyin.record.ledger.sequencer import sequence_pending
from tests.cast import make_office
from tests.front.portal.visits import filed, words

pytestmark = pytest.mark.django_db(databases=["default", "vault"])
HOUR = datetime.timedelta(hours=1)


def page() -> str:
    return words(Client().get("/transparency/", headers={"accept-language": "en"}))


def test_the_night_is_checked_once_and_the_page_tells_how_it_ended(settings, tmp_path):
    settings.HUIYIN_HOME = tmp_path
    make_office(with_accounts=False)
    assert "There has been no check of the whole history yet" in page()
    number, _code = filed(Client())
    begun = clock.now().astimezone(datetime.UTC).replace(hour=20, minute=0)  # four in the morning here
    begun += datetime.timedelta(days=1)
    with clock.story(begun):
        sequence_pending()
        found = check_tonight()
        assert found is not None
        assert (found.findings, found.matters) == (0, 1)
        assert check_tonight() is None, "once a night is enough"
        assert "Everything held" in page()
        sequence_pending()
        Case.scoped.filter(number=number).update(subject="praise")
        clock.set(begun + 21 * HOUR)
        assert check_tonight() is None, "before two o'clock it is not night"
        clock.set(begun + 23 * HOUR)
        assert check_tonight().findings == 1
        assert "found 1 places that do not hold" in page()
        assert last_check().at == begun + 23 * HOUR


def test_the_command_says_that_matters_say_what_their_history_says(settings, tmp_path):
    settings.HUIYIN_HOME = tmp_path
    make_office(with_accounts=False)
    number, _code = filed(Client())
    sequence_pending()
    out = StringIO()
    call_command("verify", stdout=out)
    assert "1 matters say what it says." in out.getvalue()
    Case.scoped.filter(number=number).update(due_on="2031-01-01")
    with pytest.raises(CommandError, match=f"case {number}"):
        call_command("verify", stdout=out)
    assert "next_due_on" in out.getvalue()


def test_a_matter_whose_content_was_erased_is_no_finding(settings, tmp_path):
    settings.HUIYIN_HOME = tmp_path
    make_office(with_accounts=False)
    number, _code = filed(Client())
    with transaction.atomic():
        erase_content(ChainRef.case(number), [1], actor=Actor.system(), legal_basis="保存期满")
    sequence_pending()
    assert verify_everything() == []
