"""Axe judges an open page: WCAG 2.2 AA and its own best practice, only what is not in order."""

from __future__ import annotations

from typing import Any

from axe_playwright_python.base import AXE_SCRIPT
from playwright.sync_api import Page

RULES = {
    "runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"],
    "resultTypes": ["violations"],  # what is in order is not described node by node
}
JUDGE = "rules => axe.run(document, rules).then(found => found.violations)"


def violations(page: Page) -> list[str]:
    """What is wrong on the page, a sentence each. Its browser lets scripts in that our own policy forbids."""
    if not page.evaluate("'axe' in window"):
        page.evaluate(AXE_SCRIPT)
    return [_sentence(each) for each in page.evaluate(JUDGE, RULES)]


def _sentence(violation: dict[str, Any]) -> str:
    spots = [" ".join(node["target"]) + ": " + node["failureSummary"] for node in violation["nodes"][:2]]
    return f"{violation['id']}: " + " | ".join(spots)
