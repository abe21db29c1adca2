"""An officer sets up a security key and signs in with it; another comes in through the house that knows them."""

from __future__ import annotations

from django.urls import reverse

from tests.journeys.conftest import PASSWORD

KEY = {
    "protocol": "ctap2", "transport": "usb", "hasResidentKey": False, "hasUserVerification": False,
    "isUserVerified": False, "automaticPresenceSimulation": True,
}  # fmt: skip
OWNER = {"zh-hans": "tang-jie", "en": "su-qing"}  # each language walks with somebody of its own


def test_a_security_key_is_set_up_and_opens_the_desk(journey):
    say, login = journey.say, OWNER[journey.say.code]
    officer = journey.officer(login)
    wire = officer.page.context.new_cdp_session(officer.page)
    wire.send("WebAuthn.enable", {"enableUI": False})
    wire.send("WebAuthn.addVirtualAuthenticator", {"options": KEY})

    officer.visit("desk:day")
    officer.follow("Signing in and sessions")
    officer.says("This demonstration asks nobody. In service every officer shows a second factor. You can try it: set one up below.")  # fmt: skip
    officer.follow("Add a security key")
    officer.fill(label="蓝色 blue")
    officer.press("Add the key")
    officer.says("Your recovery codes. They are shown this once.")
    codes = officer.page.locator("main code").all_inner_texts()
    assert len(codes) == 10
    officer.visit("desk:security")
    officer.reads("蓝色 blue")
    assert officer.page.locator("table.rows").last.locator("tbody tr").count() == 1, "the other sessions have ended"

    officer.press("Sign out")
    signs_in(officer, login)
    officer.says("The password was right. Now show what only you have.")
    assert officer.visit("desk:day") == 200
    officer.says("Sign in to the desk")
    signs_in(officer, login)
    officer.press("Use the security key")
    assert officer.page.url.endswith(reverse("desk:day"))

    elsewhere = journey.resident()
    elsewhere.page.context.add_cookies([{"name": "language", "value": say.code, "url": journey.town.url}])
    elsewhere.visit("desk:sign-in")
    elsewhere.fill(username=login, password=PASSWORD)
    elsewhere.press("Sign in")
    elsewhere.fill(code=codes[0])
    elsewhere.go(elsewhere.page.get_by_role("button", name=say("Go on"), exact=True))
    elsewhere.visit("desk:security")
    elsewhere.press("End all other sessions")
    elsewhere.says("All other sessions have ended.")
    officer.visit("desk:day")
    officer.says("Sign in to the desk")
    journey.signed_in.pop(login, None)


def signs_in(officer, login):
    officer.visit("desk:sign-in")
    officer.page.context.add_cookies([{"name": "language", "value": officer.say.code, "url": officer.town.url}])
    officer.visit("desk:sign-in")
    officer.fill(username=login, password=PASSWORD)
    officer.press("Sign in")


def test_another_house_opens_the_desk_for_who_has_an_account(journey, other_house):
    other_house.username = "cao-rui"
    visitor = journey.resident()
    visitor.page.context.add_cookies([{"name": "language", "value": journey.say.code, "url": journey.town.url}])
    visitor.visit("desk:enquiry")
    visitor.go(visitor.page.get_by_role("link", name=journey.say("Sign in with %(other_house)s", other_house="OpenID Connect")))  # fmt: skip
    assert visitor.page.url.endswith(reverse("desk:enquiry"))
    visitor.reads_not("cao-rui")
    assert all(each.startswith(other_house.address) for each in journey.elsewhere)
    journey.elsewhere.clear()

    other_house.username = "nobody-here"
    stranger = journey.resident()
    stranger.visit("desk:sign-in")
    stranger.go(stranger.page.get_by_role("link", name=journey.say("Sign in with %(other_house)s", other_house="OpenID Connect")))  # fmt: skip
    stranger.says("The other service did not vouch for an account that is known here. Ask the administrator.")
    journey.elsewhere.clear()
