"""Photos and files at the desk: each opening a look, names unknown, scans added where one may act."""

from __future__ import annotations

from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from huiyin.record.cases.codes.receipts import Holder
from huiyin.record.cases.opening import access
from huiyin.record.cases.papers import attaching
from tests.cast import Office
from tests.front.conftest import SignedIn
from tests.front.desk.conftest import Matter
from tests.record.files.honest import docx, jpeg
from tests.record.files.hostile import EXE

pytestmark = pytest.mark.django_db(databases=["default", "vault"])


def holder(matter: Matter) -> Holder:
    return access.open_receipt(matter.number, matter.code, source="test")


def send(client: Any, matter: Matter, *files: tuple[str, bytes]) -> Any:
    sent = [SimpleUploadedFile(name, data) for name, data in files]
    return client.post(f"/desk/cases/{matter.number}/files/", {"attached": sent})


def test_the_officer_opens_the_copy_and_never_sees_the_name(signed_in: SignedIn, with_zhao: Matter) -> None:
    limei = holder(with_zhao)
    attaching.add_as_complainant(limei, jpeg(), name="canary-name.jpg")
    attaching.add_as_complainant(limei, docx(), name="canary-name.docx")
    client = signed_in("zhao")
    page = client.get(f"/desk/cases/{with_zhao.number}/").content.decode()
    assert "File 1: Photo" in page and "This kind cannot be cleaned" in page and "canary-name" not in page
    answer = client.get(f"/desk/cases/{with_zhao.number}/files/1/")
    assert answer["Content-Disposition"].startswith("inline") and "sandbox" in answer["Content-Security-Policy"]
    assert b"canary-name" not in answer.content and b"GPS" not in answer.content
    for path in ("1/?part=original", "2/", "2/?part=original", "3/"):
        assert client.get(f"/desk/cases/{with_zhao.number}/files/{path}").status_code == 404, path
    looked = [each.what for each in access.open_as_complainant(limei).looks if each.duty_number]
    assert looked.count("file 1") == 1
    assert "opened file no. 1" in client.get(f"/desk/cases/{with_zhao.number}/?show=looks").content.decode()


def test_a_scan_from_the_counter(signed_in: SignedIn, new_matter: Matter) -> None:
    client = signed_in("wu")
    assert "identity cards" in client.get(f"/desk/cases/{new_matter.number}/files/").content.decode()
    answer = send(client, new_matter, ("letter.jpg", jpeg()), ("virus.exe", EXE))
    page = answer.content.decode()
    assert answer.status_code == 422 and "virus.exe" in page and "These are in the matter" in page
    assert send(client, new_matter, ("letter.jpg", jpeg())).status_code == 302
    (view,) = access.open_as_complainant(holder(new_matter)).attachments
    assert (view.sender, view.is_released) == ("office", True)
    assert client.get(f"/desk/cases/{new_matter.number}/files/1/?part=original").content == jpeg()


def test_those_complained_about_find_no_file(signed_in: SignedIn, office: Office, about_qian: Matter) -> None:
    attaching.add_as_complainant(holder(about_qian), jpeg(), is_released=True)
    for name in ("qian", "zhao", "feng"):
        client = signed_in(name)
        for path in ("files/", "files/1/", "files/1/?part=original"):
            assert client.get(f"/desk/cases/{about_qian.number}/{path}").status_code == 404
        assert send(client, about_qian, ("a.jpg", jpeg())).status_code == 404
