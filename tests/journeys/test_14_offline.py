"""A resident keeps her proof and a page to check it; a year later there is no network and no office, and it still holds."""

from __future__ import annotations

import re

from playwright.sync_api import expect

from huiyin.front.transparency import files

PATIENCE = 20_000  # milliseconds: whole numbers of 256 digits on a slow phone


def test_a_receipt_is_checked_a_year_later_without_any_network(journey, tmp_path):
    li_mei = journey.resident()
    receipt = li_mei.files(name="李梅", where=True)
    li_mei.follows(receipt)
    later_on = li_mei.page.locator("a[href$='/proof/unchanged']")
    for _ in range(40):
        li_mei.visit("portal:proof", receipt.number)
        if later_on.count():  # her line has its place, and others came after it
            break
        li_mei.page.wait_for_timeout(500)
    li_mei.says("Keep these files")
    proof = tmp_path / f"{receipt.number}.tlog-proof"
    proof.write_bytes(li_mei.fetches(li_mei.page.locator("a[href$='/proof/mine']")))
    later = tmp_path / "unchanged.txt"
    later.write_bytes(li_mei.fetches(later_on))
    li_mei.visit("transparency:start")
    page = tmp_path / "huiyin-verify.html"
    page.write_bytes(li_mei.fetches(li_mei.page.locator("a[href$='huiyin-verify.html']")))
    assert files.digest(page.name) in li_mei.text

    at_home = journey.page(offline=True)
    asked: list[str] = []
    at_home.on("request", lambda request: asked.append(request.url))
    at_home.goto(page.as_uri())
    at_home.set_input_files("#file", proof)
    at_home.set_input_files("#later", later)
    at_home.locator("button").click()
    expect(at_home.locator("#holds")).to_be_visible(timeout=PATIENCE)
    assert "complaint_registered" in at_home.locator("#holds").inner_text()

    bent = tmp_path / "bent.tlog-proof"
    text = proof.read_text(encoding="utf-8")
    bent.write_text(re.sub(r"\nindex (\d+)", lambda found: f"\nindex {int(found[1]) + 1}", text), encoding="utf-8")
    at_home.set_input_files("#file", bent)
    at_home.locator("button").click()
    expect(at_home.locator("#wrong")).to_be_visible(timeout=PATIENCE)
    at_home.set_input_files("#file", page)
    at_home.locator("button").click()
    expect(at_home.locator("#wrong")).to_contain_text("no whole proof", timeout=PATIENCE)
    assert asked == [page.as_uri()]
    journey.elsewhere.clear()  # the file on her own disk is no address
