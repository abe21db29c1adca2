"""Keys: made once, read with clear words when something is wrong, and bound to their use."""

from __future__ import annotations

import re
import stat
from pathlib import Path

import pytest
from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey

from huiyin.record import keyring


@pytest.fixture
def folder(tmp_path):
    """A fresh set of keys."""
    keyring.create(tmp_path / "keys")
    return tmp_path / "keys"


def test_keys_are_for_their_owner_alone_and_offline_halves_are_named(tmp_path):
    offline = keyring.create(tmp_path / "keys")
    assert [path.name for path in offline] == ["recovery.x25519.OFFLINE", "backup.x25519.OFFLINE"]
    assert "Move this file off the machine" in offline[0].read_text()
    assert stat.S_IMODE((tmp_path / "keys").stat().st_mode) == 0o700
    assert {stat.S_IMODE(path.stat().st_mode) for path in (tmp_path / "keys").iterdir()} == {0o600}


def test_keys_are_never_overwritten(folder):
    before = (folder / "pepper").read_text()
    with pytest.raises(keyring.KeyringError, match="never overwritten"):
        keyring.create(folder)
    assert (folder / "pepper").read_text() == before


def test_keys_are_read_back_and_fit(folder):
    keys = keyring.load(folder)
    assert keys.vault_private.public_key().public_bytes_raw() == keys.vault_public.public_bytes_raw()
    assert len(keys.log_key_id) == 16
    assert "pepper" not in repr(keys)
    offline = keyring.read_private(folder / "backup.x25519.OFFLINE")
    assert offline.public_key().public_bytes_raw() == keys.backup_public.public_bytes_raw()


def test_a_process_without_a_private_half_can_still_seal(folder):
    (folder / "vault.x25519").unlink()
    keys = keyring.load(folder)
    assert keys.vault_private is None
    assert keyring.seal_envelope(keys.vault_public, "name", b"Li Mei", b"row 1")


@pytest.mark.parametrize("name", ["pepper", "server.key", "log.ed25519", "contact.x25519.pub", "backup.x25519.pub"])
def test_a_missing_damaged_or_open_key_is_named(folder, name):
    text = (folder / name).read_text()
    for spoil, words in (
        (lambda: (folder / name).chmod(0o644), "chmod 600"),
        (lambda: (folder / name).write_text("no key"), "damaged"),
        (lambda: (folder / name).write_text("00" * 32), "damaged"),
        (lambda: (folder / name).unlink(), "missing"),
    ):
        spoil()
        with pytest.raises(keyring.KeyringError, match=words) as told:
            keyring.load(folder)
        assert name in str(told.value)
        (folder / name).write_text(text)
        (folder / name).chmod(0o600)
    assert keyring.load(folder)


def test_a_pair_that_does_not_belong_together_is_refused(folder):
    (folder / "vault.x25519").write_text(X25519PrivateKey.generate().private_bytes_raw().hex())
    with pytest.raises(keyring.KeyringError, match="belong together"):
        keyring.load(folder)


def test_no_folder_says_how_to_make_one(tmp_path):
    with pytest.raises(keyring.KeyringError, match="huiyin init"):
        keyring.load(tmp_path / "none")


def test_parts_of_a_keyed_hash_do_not_run_into_each_other():
    assert keyring.hmac("receipt", "1", "23") != keyring.hmac("receipt", "12", "3")
    assert keyring.hmac("receipt", "1") != keyring.hmac("rating", "1")
    assert keyring.hmac("receipt", "1", "23") == keyring.hmac("receipt", b"1", b"23")


def test_a_sealed_blob_opens_only_for_its_use_and_in_its_place():
    blob = keyring.seal("answer", "井水".encode(), b"row 7")
    assert keyring.open("answer", blob, b"row 7").decode() == "井水"
    changed = blob[:-1] + bytes((blob[-1] ^ 1,))
    for label, data, place in (
        ("other", blob, b"row 7"),
        ("answer", blob, b"row 8"),
        ("answer", changed, b"row 7"),
        ("answer", b"", b"row 7"),
        ("answer", b"\x02" + blob[1:], b"row 7"),
    ):
        with pytest.raises(keyring.SealBroken):
            keyring.open(label, data, place)


def test_a_blob_under_a_passing_secret_needs_that_secret():
    blob = keyring.seal_under(b"the key of one request", "answer", b"receipt", b"row")
    assert keyring.open_under(b"the key of one request", "answer", blob, b"row") == b"receipt"
    with pytest.raises(keyring.SealBroken):
        keyring.open_under(b"another", "answer", blob, b"row")
    with pytest.raises(keyring.SealBroken):
        keyring.open("answer", blob, b"row")


def test_an_envelope_opens_only_for_its_holder_use_and_place():
    holder = X25519PrivateKey.generate()
    letter = keyring.seal_envelope(holder.public_key(), "name", b"Li Mei", b"row 1")
    assert keyring.open_envelope(holder, "name", letter, b"row 1") == b"Li Mei"
    for key, label, place in (
        (X25519PrivateKey.generate(), "name", b"row 1"),
        (holder, "phone", b"row 1"),
        (holder, "name", b"row 2"),
    ):
        with pytest.raises(keyring.SealBroken):
            keyring.open_envelope(key, label, letter, place)


def test_the_contact_key_is_read_in_one_place_and_opened_for_notices_alone():
    """Whoever would read it elsewhere, would read addresses in the process that serves pages."""
    source = Path(__file__).parents[3] / "src" / "huiyin"
    readers = {
        name: sorted(
            file.relative_to(source).as_posix()
            for file in source.rglob("*.py")
            if re.search(rf"\b{name}\(", file.read_text(encoding="utf-8").replace(f"def {name}(", ""))
        )
        for name in ("contact_private", "open_contact", "reveal_contact")
    }
    assert readers == {
        "contact_private": ["record/identity/vault.py", "record/notices/actions.py"],
        "open_contact": ["record/identity/access.py"],
        "reveal_contact": ["record/notices/actions.py"],
    }
