"""Photos and files from the receipt on: one taken, one refused, what officers see of it, and the look that is told."""

from __future__ import annotations

from tests.record.files.honest import docx, jpeg
from tests.record.files.hostile import EXE

PHOTO = {"name": "我家.jpg", "mimeType": "image/jpeg", "buffer": jpeg(size=(900, 600))}
LETTER = {"name": "letter.docx", "mimeType": "application/octet-stream", "buffer": docx()}
PROGRAM = {"name": "photo.jpg", "mimeType": "image/jpeg", "buffer": EXE}


def test_what_is_sent_is_seen_cleaned_and_opened_by_her_word(journey):
    li_mei = journey.resident()
    receipt = li_mei.files(name="李梅", where=True)
    li_mei.press("Add photos or files")
    li_mei.page.locator("[name=attached]").set_input_files([PHOTO, PROGRAM, LETTER])
    li_mei.press("Send the files")
    li_mei.says("These files were not taken")
    li_mei.says("These have arrived and stay")
    li_mei.says("Officers see the cleaned copy. The original is kept, sealed.")

    registrar = journey.officer("luo-yiming")
    registrar.opens(receipt.number)
    registrar.reads_not("我家")
    registrar.says("This kind cannot be cleaned. It opens when the complainant releases it.")
    copy = registrar.fetches(registrar.page.locator("a[href$='/files/1/']"))
    assert copy.startswith(b"\xff\xd8\xff") and b"GPS" not in copy

    li_mei.press("Let officers open the original of file %(number)s", number="2")
    li_mei.says("Officers can open the original too, as you sent it.")
    registrar.opens(receipt.number)
    assert registrar.fetches(registrar.page.locator("a[href$='/files/2/?part=original']")) == docx()
    li_mei.returns(receipt)
    li_mei.says("file no. %(number)s", number="1")
    li_mei.says("the original of file no. %(number)s", number="2")

    registrar.visit("desk:attachments", receipt.number)
    registrar.page.locator("[name=attached]").set_input_files([PHOTO])
    registrar.press("Add them")
    li_mei.returns(receipt)
    li_mei.says("attached by the office")
