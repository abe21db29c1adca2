"""A rule of conduct of a call or a visit is shown, and read by nothing that decides anything."""

from __future__ import annotations

import re
from pathlib import Path

SOURCE = Path(__file__).resolve().parents[2] / "src" / "huiyin"
READERS = {
    "front/api/answers.py",
    "front/api/shown.py",
    "front/desk/forms/conversation.py",
    "front/desk/urls.py",
    "front/desk/views/conversation.py",
    "record/cases/words/conversations.py",
    "record/cases/models/__init__.py",
    "record/cases/models/conversation.py",
    "record/cases/opening/viewing.py",
    "rules/conversations.py",
}
PAGES = {
    "front/desk/templates/desk/case.html",
    "front/desk/templates/desk/parts/conversations.html",
    "front/portal/templates/portal/case.html",
    "front/portal/templates/portal/case/conversations.html",
}
NAMES = re.compile(r"\bconversations?\b|\bConversation\b|\bWayOfTalking\b")
CARRIES = "record/cases/shown/case_view.py"  # the frozen values that the two pages receive


def test_nothing_outside_its_own_display_reads_it() -> None:
    found = set()
    for file in SOURCE.rglob("*.py"):
        code = [line for line in file.read_text("utf-8").splitlines() if line.lstrip().startswith(("from ", "import "))]
        used = [
            line for line in file.read_text("utf-8").splitlines() if re.search(r"\.conversations\b|\.talking\b", line)
        ]
        if any(NAMES.search(line) for line in (*code, *used)):
            found.add(file.relative_to(SOURCE).as_posix())
    assert found - READERS - {CARRIES} == set()


def test_it_is_shown_on_its_own_matter_alone() -> None:
    pages = {
        file.relative_to(SOURCE).as_posix()
        for file in SOURCE.rglob("*.html")
        if re.search(r"view\.conversations|\.talking\b", file.read_text("utf-8"))
    }
    assert pages == PAGES


def test_it_is_reached_by_no_query_of_its_own() -> None:
    """No index, no look-up by kind, by date or by a way of talking: only all of one case."""
    doors = (SOURCE / "record/cases/words/conversations.py").read_text("utf-8")
    assert doors.count("Conversation.objects") == 1
    assert 'Conversation.objects.filter(case=Place("case"))' in doors
