"""Second factors: what fits once, what never fits, and what stands in the database."""

from __future__ import annotations

import base64
import datetime
import time

import pytest
import time_machine
from cryptography.hazmat.primitives.hashes import SHA1
from cryptography.hazmat.primitives.twofactor.totp import TOTP

from huiyin.record.bodies.models import Account
from huiyin.record.entry import factors, security_keys
from huiyin.record.entry.models import Factor
from huiyin.record.ledger.chains import ChainRef
from huiyin.record.ledger.queries import events_of
from huiyin.rules.refusal import Refusal
from tests.cast import Office, make_office
from tests.record.entry.authenticator import SoftKey

pytestmark = pytest.mark.django_db(databases=["default", "vault"])


@pytest.fixture
def office() -> Office:
    return make_office(procedures=())


@pytest.fixture
def zhao(office: Office) -> Account:
    return office.account("zhao")


def shown_by_app(secret: str, later: int = 0) -> str:
    """What an app shows now, or so many seconds later."""
    totp = TOTP(base64.b32decode(secret), 6, SHA1(), 30)
    return totp.generate(int(time.time()) + later).decode()


def with_app(office: Office, account: Account) -> str:
    """The secret of an app that was just added."""
    sealed = factors.new_app_secret(account)
    _address, secret = factors.app_address(account, sealed)
    factors.add_app(account, sealed, shown_by_app(secret, -30), by=office.zhao)
    return secret


def refused(account: Account, code: str) -> str:
    with pytest.raises(Refusal) as problem:
        factors.try_code(account, code)
    return problem.value.code


def test_an_app_shows_codes_that_work_once(office: Office, zhao: Account) -> None:
    secret = with_app(office, zhao)
    code = shown_by_app(secret)
    assert (
        factors.try_code(
            zhao, f" {code[:3]} {code[3:]} ".translate(str.maketrans("0123456789", "０１２３４５６７８９"))
        )
        == "app"
    )
    assert refused(zhao, code) == "wrong_factor", "a code that was read over the shoulder opens nothing"
    assert factors.try_code(zhao, shown_by_app(secret, 30)) == "app"
    assert [event.kind for event in events_of(ChainRef.body("police"))][-1] == "second_factor_added"


def test_a_code_of_the_next_time_or_of_another_account_does_not_fit(office: Office, zhao: Account) -> None:
    secret = with_app(office, zhao)
    assert refused(zhao, shown_by_app(secret, 90)) == "wrong_factor"
    assert refused(office.account("feng"), shown_by_app(secret)) == "wrong_factor"


def test_an_enrolment_belongs_to_one_account_and_a_quarter_of_an_hour(office: Office, zhao: Account) -> None:
    sealed = factors.new_app_secret(zhao)
    for account, later in ((office.account("feng"), 0), (zhao, 16)):
        with time_machine.travel(datetime.datetime.now(datetime.UTC) + datetime.timedelta(minutes=later)):
            with pytest.raises(Refusal) as problem:
                factors.app_address(account, sealed)
            assert problem.value.code == "stale"
    with pytest.raises(Refusal):
        factors.app_address(zhao, "nonsense")


def test_no_secret_stands_in_the_database(office: Office, zhao: Account) -> None:
    secret = base64.b32decode(with_app(office, zhao))
    codes = factors.make_recovery_codes(zhao, by=office.zhao)
    for row in Factor.objects.all():
        assert secret not in bytes(row.sealed)
        assert not [code for code in codes if code.encode() in bytes(row.sealed)]


def test_recovery_codes_work_once_each_and_new_ones_end_the_old(office: Office, zhao: Account) -> None:
    with_app(office, zhao)
    old = factors.make_recovery_codes(zhao, by=office.zhao)
    assert len(set(old)) == 10
    assert factors.try_code(zhao, old[0].upper().replace("-", " ")) == "code"
    assert refused(zhao, old[0]) == "wrong_factor"
    new = factors.make_recovery_codes(zhao, by=office.zhao)
    assert refused(zhao, old[1]) == "wrong_factor"
    assert factors.try_code(zhao, new[1]) == "code"
    assert factors.standing(zhao).recovery_codes_left == 9


def test_after_ten_wrong_codes_the_codes_rest_and_a_key_does_not(office: Office, zhao: Account) -> None:
    secret = with_app(office, zhao)
    key = with_key(office, zhao)
    for _each in range(10):
        assert refused(zhao, "000000") == "wrong_factor"
    assert refused(zhao, shown_by_app(secret)) == "factor_rests"
    options, state = security_keys.begin_asking(zhao) or ("", {})
    security_keys.check_key(zhao, state, key.signed(options))
    with time_machine.travel(datetime.datetime.now(datetime.UTC) + datetime.timedelta(minutes=16)):
        assert factors.try_code(zhao, shown_by_app(secret)) == "app"


def with_key(office: Office, account: Account, key: SoftKey | None = None) -> SoftKey:
    key = key or SoftKey()
    options, state = security_keys.begin_adding(account)
    security_keys.add_key(account, state, key.made(options), label="blue", by=office.zhao)
    return key


def test_a_key_answers_for_this_address_this_question_and_this_account(office: Office, zhao: Account) -> None:
    key = with_key(office, zhao)
    options, state = security_keys.begin_asking(zhao) or ("", {})
    answer = key.signed(options)
    security_keys.check_key(zhao, state, answer)
    false_page = SoftKey(origin="http://localhost.example")
    false_page.private, false_page.id, false_page.count = key.private, key.id, 50
    another = security_keys.begin_asking(zhao) or ("", {})
    for account, asked, said in (
        (zhao, another[1], answer),  # of an earlier question
        (zhao, state, answer),  # again: a key counts upwards
        (zhao, another[1], false_page.signed(another[0])),
        (zhao, another[1], SoftKey().signed(another[0])),
        (office.account("feng"), another[1], key.signed(another[0])),
        (zhao, {}, key.signed(another[0])),
        (zhao, another[1], "[]"),
        (zhao, another[1], "{}"),
        (zhao, another[1], "x" * 30_000),
    ):
        with pytest.raises(Refusal) as problem:
            security_keys.check_key(account, asked, said)
        assert problem.value.code == "key_refused"


def test_the_same_key_is_added_once(office: Office, zhao: Account) -> None:
    key = with_key(office, zhao)
    with pytest.raises(Refusal):
        with_key(office, zhao, key)
    assert len(factors.standing(zhao).keys) == 1


def test_the_last_factor_goes_only_where_none_is_asked_for(office: Office, zhao: Account, settings) -> None:
    with_app(office, zhao)
    factors.make_recovery_codes(zhao, by=office.zhao)
    app = factors.standing(zhao).app
    assert app
    key = app.pk
    settings.HUIYIN_SECOND_FACTOR = frozenset({"handler"})
    with pytest.raises(Refusal) as problem:
        factors.remove(key, account=zhao, by=office.zhao)
    assert problem.value.code == "last_factor"
    with pytest.raises(Refusal):
        factors.remove(key, account=office.account("feng"), by=office.feng)
    settings.HUIYIN_SECOND_FACTOR = frozenset({"administrator"})
    factors.remove(key, account=zhao, by=office.zhao)
    assert not Factor.objects.exists(), "recovery codes alone are no second step"
