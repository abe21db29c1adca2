"""Plays a matter of the story on paper: its pack, its moves, nobody's database."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from huiyin.rules.catalogue import load_procedure
from huiyin.rules.guards import OF_THE_RECEIVER, to_confirm, written
from huiyin.rules.lifecycle import Standing, may_move
from huiyin.rules.procedure import Move, Procedure

ROOT = Path(__file__).parents[2]
DEMO = ROOT / "src" / "huiyin" / "demo"
PACK = load_procedure((ROOT / "procedures" / "cn-xinfang.toml").read_text("utf-8"))
REVIEW_PACK = load_procedure((ROOT / "procedures" / "cn-xinfang-review.toml").read_text("utf-8"))
DEEDS = {
    "message_from_complainant", "message_from_office", "note_external", "look", "rate", "say_done", "confirm_done",
    "set_class", "answer_evidence", "put",
}  # fmt: skip
INPUTS = ("text", "reason", "route", "to", "legal_basis", "outcome")

TOWN: dict[str, Any] = tomllib.loads((DEMO / "town.toml").read_text("utf-8"))
CASES: list[dict[str, Any]] = [
    row for file in sorted((DEMO / "cases").glob("*.toml")) for row in tomllib.loads(file.read_text("utf-8"))["cases"]
]
POSTS: dict[str, dict[str, Any]] = {row["code"]: row for row in TOWN["posts"]}
UNITS: dict[str, dict[str, Any]] = {row["code"]: row for row in TOWN["units"]}
OFFICERS: dict[str, dict[str, Any]] = {row["slug"]: row for row in TOWN["officers"]}


@dataclass
class Played:
    """Where one file stands after its steps; ``step`` counts the stations a draft has passed."""

    pack: Procedure
    state: str
    step: int = 0
    draft: dict[str, str] = field(default_factory=dict)
    days: dict[str, int] = field(default_factory=dict)
    outcomes: list[str] = field(default_factory=list)
    returned: bool = False

    @property
    def waits_at(self) -> str:
        """The station where a draft waits for a signature, if one does."""
        return self.pack.moves["reply"].sign_off[self.step].id if self.step else ""

    def play(self, told: dict[str, Any], roles: frozenset[str]) -> None:
        """Take one step; whatever the pack refuses is raised."""
        deed, stations = told["do"], self.pack.moves["reply"].sign_off
        if deed == "draft":
            assert not self.step, "a draft is under way already"
            self.draft = {name: told[name] for name in INPUTS if name in told}
            self._may("reply", self.draft, roles)
            self.step = 1
        elif deed in {"sign", "return_draft"}:
            assert told["step"] == self.waits_at, f"the draft waits at {self.waits_at}, not at {told['step']}"
            assert stations[self.step].role in roles, f"{told['by']} does not hold {stations[self.step].role}"
            self.returned |= deed == "return_draft"
            self.step = self.step + 1 if deed == "sign" else 0
            if self.step == len(stations):
                self.step = 0
                self._move("reply", self.draft, frozenset({stations[0].role}), told["after_days"])
        elif deed not in DEEDS:
            self._move(deed, {name: told[name] for name in INPUTS if name in told}, roles, told["after_days"])

    def _move(self, move_id: str, given: dict[str, str], roles: frozenset[str], day: int) -> None:
        lapsed = set()
        for term in self.pack.moves[move_id].only_after if move_id in self.pack.moves else ():
            assert day > self.days["reply"] + self.pack.terms[term].length, f"{move_id} before {term} is over"
            lapsed.add(term)
        rule = self._may(move_id, given, roles, frozenset(lapsed))
        self.state = rule.to_state
        self.days[move_id] = day
        self.outcomes.append(given.get("outcome", ""))

    def _may(
        self, move_id: str, given: dict[str, str], roles: frozenset[str], lapsed: frozenset[str] = frozenset()
    ) -> Move:
        """The move, confirmed as the teller of the story does; whatever else the pack refuses is raised."""
        rule = self.pack.moves.get(move_id)
        confirmed = written([guard.id for guard in to_confirm(self.pack, rule)]) if rule else ""
        given = given | {"confirmed": confirmed}
        standing = Standing(lapsed=lapsed, checks=OF_THE_RECEIVER)
        return may_move(self.pack, move_id, state=self.state, roles=roles, given=given, standing=standing)


def roles_of(slug: str) -> frozenset[str]:
    """All roles of an officer's posts; the complainant's own."""
    if slug == "complainant":
        return frozenset({"complainant"})
    return frozenset(role for post in OFFICERS[slug]["posts"] for role in POSTS[post]["roles"])


def body_of(slug: str) -> str:
    """The body of an officer's first post."""
    return str(UNITS[POSTS[OFFICERS[slug]["posts"][0]]["unit"]]["body"])


def played(case: dict[str, Any]) -> tuple[Played, Played | None]:
    """The matter and its review, as they stand after all steps."""
    matter, review = Played(PACK, PACK.start), None
    for told in case["steps"]:
        if told.get("case") == "review":
            assert review is not None, "no review was asked for yet"
            review.play(told, roles_of(told["by"]))
            if review.state == "reviewed" and matter.state == "contested":
                changed = review.outcomes[-1] in {"supported", "partly_supported"}
                name = "resume_after_review" if changed else "end_after_review"
                matter.state = PACK.moves[name].to_state
        else:
            matter.play(told, roles_of(told["by"]))
            if told["do"] == "contest":
                review = Played(REVIEW_PACK, REVIEW_PACK.start)
    return matter, review


def stands_for(case: dict[str, Any]) -> set[str]:
    """What a matter shows, found from its steps alone."""
    matter, review = played(case)
    days, found = matter.days, set()
    if matter.state == "registered":
        old = case["days_ago"]
        found.add(
            "new_today" if old == 0 else "triage_overdue" if old > PACK.terms["XF-triage"].length else "waiting_triage"
        )
    elif matter.state in {"accepted", "declined"}:
        found.add(matter.state)
    elif matter.waits_at:
        found.add(f"draft_at_{matter.waits_at}")
    elif matter.state == "assigned":
        late = case["days_ago"] - days["accept"] > PACK.terms["XF-handle"].length
        found.add("overdue_in_handling" if late else "in_handling")
    elif matter.state == "replied":
        late = days["reply"] - days["accept"] > PACK.terms["XF-handle"].length
        found.add("replied_late" if late else "replied_in_time")
    elif matter.state == "closed":
        rated = {step["solved"] for step in case["steps"] if step["do"] == "rate"}
        found.add("closed_content" if "accept_reply" in days and "yes" in rated else "closed_unsolved")
    if review is not None:
        found.add("contested")
        found.add(
            "review_supported"
            if review.outcomes[-1:] == ["supported"] or "supported" in review.outcomes
            else "review_open"
        )
    if matter.returned:
        found.add("returned_draft")
    found |= {f"about_{each['kind']}" for each in case["about"] if each["kind"] in {"officer", "unit"}}
    if case["confidentiality"] == "anonymous":
        found.add("anonymous")
    if case.get("is_minor"):
        found.add("child_alone")
    return found
