"""Photos and files on the complainant's pages: told beforehand, taken one by one, refused one by one, handed out inert."""

from __future__ import annotations

import html
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from pytest_django import Settings

from huiyin.record.cases.opening import access
from huiyin.record.cases.papers import attaching
from huiyin.ui import uploads
from tests.cast import Office, make_office
from tests.front.portal.visits import filed, signed_in
from tests.record.files.honest import docx, jpeg, pdf
from tests.record.files.hostile import EXE, HTML

pytestmark = pytest.mark.django_db(databases=["default", "vault"])
NOTE = "夜里三点".encode()
NOT_OURS = "default-src 'none'"


@pytest.fixture
def office(db: None) -> Office:
    return make_office()


@pytest.fixture
def limei(office: Office) -> tuple[Client, str, str]:
    """Li Mei's browser, after filing; the number and the code."""
    number, code = filed(Client())
    client = signed_in(number, code)
    client.cookies["language"] = "en"
    return client, number, code


def send(client: Client, number: str, *files: tuple[str, bytes], **typed: str) -> Any:
    sent = [SimpleUploadedFile(name, data, "image/png") for name, data in files]
    return client.post(f"/track/{number}/files/", {"originals": "closed", "attached": sent} | typed)


def text(answer: Any) -> str:
    return str(answer.content.decode())


def test_what_is_taken_is_told_before_choosing(limei) -> None:
    client, number, _code = limei
    page = text(client.get(f"/track/{number}/files/"))
    for word in (
        "20 MB",
        "5 files",
        "40 million dots",
        "500 pages",
        "identity card",
        "multiple",
        'enctype="multipart/form-data"',
    ):
        assert word in page, word
    assert "<script" not in page
    assert f"/track/{number}/files/" in text(client.get(f"/track/{number}/"))


def test_good_ones_stay_and_bad_ones_say_why(limei) -> None:
    client, number, _code = limei
    answer = send(client, number, ("家.jpg", jpeg()), ("photo.jpg", EXE), ("notes.txt", NOTE), ("page.png", HTML))
    assert answer.status_code == 422
    page = text(answer)
    assert page.count("By its content this is none of the kinds") == 2
    assert "photo.jpg" in page and "These have arrived and stay" in page and "家.jpg" in page
    again = send(client, number, ("家.jpg", jpeg()), ("notes.txt", NOTE))
    assert again.status_code == 303
    page = text(client.get(again["Location"]))
    assert page.count('class="deed" id="file-') == 2 and "Officers see the cleaned copy" in page


def test_an_odd_name_is_only_shown_and_never_used(limei) -> None:
    client, number, _code = limei
    send(client, number, ('"><script>alert(1)</script>\u202egpj.\x00exe', NOTE))
    page = text(client.get(f"/track/{number}/files/"))
    assert "<script>" not in page and "\u202e" not in page and "\x00" not in page
    answer = client.get(f"/track/{number}/files/1/")
    assert answer["Content-Disposition"] == f'attachment; filename="{number}-1.txt"'


@pytest.mark.parametrize(
    ("data", "part", "media_type", "how"),
    [
        (jpeg(), "copy", "image/jpeg", "inline"), (jpeg(), "original", "application/octet-stream", "attachment"),
        (pdf(), "copy", "application/pdf", "attachment"), (docx(), "original", "application/octet-stream", "attachment"),
        (b"alert(1)<script>", "copy", "text/plain", "attachment"),
    ],
)  # fmt: skip
def test_files_are_handed_out_inert(limei, data: bytes, part: str, media_type: str, how: str) -> None:
    client, number, _code = limei
    assert send(client, number, ("a", data)).status_code == 303
    answer = client.get(f"/track/{number}/files/1/?part={part}")
    assert (answer["Content-Type"].partition(";")[0], answer["Content-Disposition"].partition(";")[0]) == (
        media_type,
        how,
    )
    assert answer["Content-Security-Policy"].startswith("sandbox; default-src 'none'")
    assert (answer["X-Content-Type-Options"], answer["Cache-Control"]) == ("nosniff", "no-store")


def test_the_original_is_the_complainants_to_open_and_shut(limei, office: Office) -> None:
    client, number, _code = limei
    send(client, number, ("a.docx", docx()))
    page = text(client.get(f"/track/{number}/files/"))
    assert "Officers cannot open it" in page and "Let officers open the original of file 1" in page
    where = f"/track/{number}/files/1/original/"
    assert client.post(where, {"originals": "open"}).status_code == 303
    assert access.open_case(number, reader=office.wu).attachments[0].has_open_original
    assert "Close the original of file 1" in text(client.get(f"/track/{number}/files/"))
    client.post(where, {"originals": "closed"})
    assert not access.open_case(number, reader=office.wu).attachments[0].has_open_original
    assert client.post(where, {"originals": "perhaps"}).status_code == 422
    assert client.get(where).status_code == 405


def test_with_the_originals_at_once(limei, office: Office) -> None:
    client, number, _code = limei
    send(client, number, ("a.docx", docx()), originals="open")
    assert attaching.open_as_officer(number, 1, "original", reader=office.wu).data == docx()


def test_nothing_chosen_and_too_many_are_said(limei) -> None:
    client, number, _code = limei
    answer = client.post(f"/track/{number}/files/", {"originals": "closed"})
    assert answer.status_code == 422 and "Choose at least one file first." in text(answer)
    answer = send(client, number, *((f"{each}.txt", f"words {each}".encode()) for each in range(6)))
    assert answer.status_code == 422 and text(answer).count("Only 5 files go in at once") == 1
    assert len(client.get(f"/track/{number}/files/").context["attached"]) == 5


def test_a_sending_too_large_loses_only_what_did_not_fit(
    limei, monkeypatch: pytest.MonkeyPatch, settings: Settings
) -> None:
    monkeypatch.setattr(uploads, "LARGEST", 1024 * 1024)
    client, number, _code = limei
    answer = send(client, number, ("first.txt", b"a" * 800_000), ("second.txt", b"b" * 800_000))
    assert answer.status_code == 422 and "Send this one again, by itself" in text(answer)
    settings.HUIYIN_FILE_MEGABYTES = 0
    assert "larger than 0 megabytes" in text(send(client, number, ("third.txt", b"c")))


def test_the_receipt_leads_there_and_a_lost_session_says_so(limei) -> None:
    _client, number, code = limei
    visitor = Client(headers={"accept-language": "en"})
    answer = visitor.post(f"/track/{number}/files/", {"receipt_code": code})
    assert answer.status_code == 303 and answer["Location"] == f"/track/{number}/files/"
    assert visitor.get(answer["Location"]).status_code == 200
    lost = send(Client(headers={"accept-language": "en"}), number, ("a.txt", NOTE))
    assert lost.status_code == 403 and "choose them again" in text(lost)
    stranger = Client()
    for path in (f"/track/{number}/files/", f"/track/{number}/files/1/"):
        assert "attached" not in (stranger.get(path).context or {})


def test_the_receipt_offers_it(office: Office) -> None:
    client = Client(headers={"accept-language": "en"})
    number, code = filed(client)
    page = text(client.get("/file/receipt/"))
    assert f'action="/track/{number}/files/"' in page and code.replace(" ", "") in page.replace(" ", "")


def test_looks_at_files_are_told_in_words(limei, office: Office) -> None:
    client, number, _code = limei
    send(client, number, ("a.jpg", jpeg()))
    attaching.open_as_officer(number, 1, "copy", reader=office.wu)
    assert "file no. 1" in text(client.get(f"/track/{number}/"))


def test_a_card_scan_lies_with_the_name_and_in_no_list(office):
    number, code = filed(Client())
    li_mei = signed_in(number, code)
    card = SimpleUploadedFile("身份证.jpg", jpeg(size=(300, 200)), content_type="image/jpeg")
    answer = li_mei.post(f"/track/{number}/files/", {"originals": "identity", "attached": card})
    assert answer.status_code == 303
    page = html.unescape(li_mei.get(answer["Location"]).content.decode())
    assert "有1份能看出您是谁的文件" in page
    assert "身份证.jpg" not in page
