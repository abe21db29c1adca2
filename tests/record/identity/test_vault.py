"""Li Mei's name: in, and out once; nothing about it shows from outside."""

from __future__ import annotations

import uuid
from datetime import date, timedelta

import pytest
from django.db import connections, transaction

from huiyin.record import clock, keyring
from huiyin.record.identity import vault
from huiyin.record.identity.access import Contact, Identity, keep, keep_many, replace, reveal, reveal_contact, sweep
from huiyin.record.identity.models import SealedIdentity

pytestmark = pytest.mark.django_db(databases=["default", "vault"])
LI_MEI = Identity(name="李梅", phone="13800001234", address="清河县柳树乡井边村 3 号", language="zh", safe_times="午后")


def rows():
    return SealedIdentity.objects.using("vault")


def test_a_name_comes_back_as_it_was_given():
    vault_id = keep(LI_MEI)
    assert reveal(vault_id) == LI_MEI
    assert reveal_contact(vault_id) == Contact(phone="13800001234", language="zh", safe_times="午后")
    assert LI_MEI.is_given


def test_an_anonymous_row_looks_like_a_named_one():
    named, nameless = (rows().get(pk=keep(who)) for who in (LI_MEI, None))
    for field in ("blob", "desk_wrap", "recovery_wrap", "contact", "suite", "made_on"):
        left, right = getattr(named, field), getattr(nameless, field)
        assert (len(left), type(left)) == (len(right), type(right)) if isinstance(left, bytes) else left == right
    assert not reveal(nameless.pk).is_given


def test_nothing_readable_lies_in_the_vault_or_in_a_log_line():
    row = rows().get(pk=keep(LI_MEI))
    everything = b"".join(bytes(getattr(row, field)) for field in ("blob", "desk_wrap", "recovery_wrap", "contact"))
    for word in ("李梅", "13800001234", "井边村"):
        assert word.encode() not in everything
        assert word not in f"{row} {row!r} {LI_MEI!r} {LI_MEI} {LI_MEI.contact()!r}"


def test_a_row_s_parts_do_not_open_in_another_row():
    one, two = (rows().get(pk=keep(LI_MEI)) for _ in range(2))
    for field in ("blob", "desk_wrap"):
        rows().filter(pk=two.pk).update(**{field: getattr(one, field)})
        with pytest.raises(keyring.SealBroken):
            reveal(two.pk)
        rows().filter(pk=two.pk).update(**{field: getattr(two, field)})
    rows().filter(pk=two.pk).update(contact=one.contact)
    with pytest.raises(keyring.SealBroken):
        reveal_contact(two.pk)


def test_the_recovery_key_opens_a_name_when_the_desk_s_key_is_lost(keys):
    vault_id = keep(LI_MEI)
    row = rows().get(pk=vault_id)
    private = keyring.read_private(keys / "recovery.x25519.OFFLINE")
    assert vault.recover_identity(vault_id, bytes(row.blob), bytes(row.recovery_wrap), private)["name"] == "李梅"


def test_new_particulars_take_the_place_of_the_old():
    vault_id = keep(LI_MEI)
    replace(vault_id, Identity(name="李梅", email="limei@example.org"))
    assert reveal(vault_id).phone == ""
    assert reveal_contact(vault_id).email == "limei@example.org"
    with pytest.raises(SealedIdentity.DoesNotExist):
        replace(uuid.uuid4(), LI_MEI)


def test_many_are_kept_in_their_order():
    kept = keep_many([LI_MEI, None, Identity(name="孙调")])
    assert [reveal(vault_id).name for vault_id in kept] == ["李梅", "", "孙调"]


def test_rows_that_no_case_owns_are_swept_and_no_other():
    owned, lost, fresh = keep_many([LI_MEI, LI_MEI, LI_MEI])
    today = clock.today("UTC")
    rows().filter(pk__in=[owned, lost]).update(made_on=today - timedelta(days=3))
    assert sweep(lambda ids: {owned} & set(ids), older_than=today - timedelta(days=1)) == 1
    assert set(rows().values_list("pk", flat=True)) == {owned, fresh}


@pytest.mark.django_db(databases=["default", "vault"], transaction=True)
def test_a_name_is_committed_before_its_case_is_written():
    with pytest.raises(RuntimeError):
        from_within_a_transaction()
    keep(LI_MEI)
    assert not connections["vault"].in_atomic_block
    assert rows().count() == 1


def from_within_a_transaction():
    """A vault row that could still be rolled back after the case was answered for."""
    with transaction.atomic(using="vault"):
        keep(LI_MEI)


def test_a_row_carries_a_day_and_no_time():
    assert isinstance(rows().get(pk=keep(None)).made_on, date)
