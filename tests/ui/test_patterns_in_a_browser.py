"""/patterns in a real browser: no barrier by WCAG 2.2 AA, no sideways scrolling, in light and dark."""

from __future__ import annotations

from typing import Any

import pytest
from playwright.sync_api import Browser

from tests.axe import violations

pytestmark = [pytest.mark.browser, pytest.mark.slow, pytest.mark.django_db(transaction=True)]


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [320, 1280])
@pytest.mark.parametrize("language", ["zh-CN", "en"])
def test_every_part_is_open_to_everybody(
    browser: Browser, live_server: Any, language: str, width: int, scheme: Any
) -> None:
    # Axe is brought in as a script, which our own policy rightly forbids to everybody else.
    context = browser.new_context(
        viewport={"width": width, "height": 900}, color_scheme=scheme, locale=language, bypass_csp=True
    )
    page = context.new_page()
    for path in ("/patterns/", "/patterns/desk/"):
        page.goto(live_server.url + path)
        assert violations(page) == []
        assert page.evaluate("document.documentElement.scrollWidth") <= width
    context.close()
