"""What the stored rows of a matter must say, by its history alone; and where they say something else.

The history stands in a chain that a tree commits to; the rows beside it do not. Whoever changes a row
behind the program's back leaves the history as it was, and the two no longer fit. The program to keep
(``huiyin-verify.py``) carries this file word for word. Days and instants are text, as the history writes them.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

FIRST = ("channel", "received_on", "confidentiality")
SERVED = {
    "letter_read": "portal_read",
    "letter_posted": "post",
    "letter_handed_over": "handed_over",
    "letter_returned": "returned",
}
DUTY_STATES = {
    "duty_said_done": "said_done",
    "duty_confirmed": "confirmed",
    "duty_denied": "open",
    "duty_found_done": "found_done",
    "duty_moved": "open",
}
REPORTED = {"term_escalated", "duty_reported"}
ERASED = "content_erased"
LOOKS = {"case_opened", "identity_unsealed", "receipt_used", "status_told", "contact_opened"}
AT_MOST = {"reported", "letting_read"}
"""Keys of which the rows may hold less than the history tells, and nothing else."""


def replay(events: Iterable[Mapping[str, Any]]) -> dict[str, Any]:
    """What the rows must say. An event is ``kind``, ``at``, ``actor`` and ``details``; those without details are closed.

    A key is left out where the history does not speak of it (events of an older version, or erased ones).
    """
    told: dict[str, Any] = {
        "documents": [], "messages": [], "letters": {}, "copies": {}, "services": [], "duties": {}, "duty_steps": [],
        "external": {}, "links": [], "transfers": [], "responsible": [], "sign_off": [], "reported": [], "terms": [],
        "draft": None,
    }  # fmt: skip
    for event in events:
        details = event.get("details")
        if details is not None:
            _take(told, event["kind"], event, details)
    if "" in told["responsible"]:
        del told["responsible"]
    else:
        told["responsible_now"] = told["responsible"][-1] if told["responsible"] else ""
        told["letting_read"] = sorted(set(told["responsible"]))
    return told | {
        "services": sorted(told["services"]),
        "duties": [told["duties"][number] for number in sorted(told["duties"])],
        "external": sorted(told["external"].values()),
        "reported": sorted(set(told["reported"])),
    }


def is_whole(events: Iterable[Mapping[str, Any]]) -> bool:
    """Whether every event but looks says what it said: after an erasure the rows can no longer be told from the history."""
    return all(event.get("details") is not None or event["kind"] in LOOKS for event in events)


def differences(told: Mapping[str, Any], stored: Mapping[str, Any]) -> list[str]:
    """The keys under which the rows say something else than the history, each with both."""
    found = []
    for key, wanted in told.items():
        held = stored.get(key)
        if key == "text_begun":
            holds = wanted in (held or [])
        elif key in AT_MOST:
            holds = set(held or []) <= set(wanted)
        else:
            holds = held == wanted
        if not holds:
            found.append(f"{key}: the history says {_short(wanted)}, stored is {_short(held)}")
    return found


def _short(value: object) -> str:
    text = repr(value)
    return text if len(text) <= 300 else f"{text[:300]}…"


def _take(told: dict[str, Any], kind: str, event: Mapping[str, Any], details: Mapping[str, Any]) -> None:
    """One event. Whatever binds a row anew says so under ``bound``: the key of the row, and what it must say from now on."""
    told.update(details.get("bound") or {})
    if kind in {"complaint_registered", "review_registered"}:
        _register(told, event, details)
    elif kind == "case_moved":
        _move(told, details)
    elif kind.startswith(("message_from_", "correction_from_")):
        sort, _, sender = kind.partition("_from_")
        by = event.get("actor", {}).get("name", {}).get("zh", "")
        told["messages"].append([sender, sort, details.get("text_sha256"), by])
    elif kind in {"term_extended", "term_recounted", "term_stopped", "term_resumed", "window_opened"}:
        _turn(told, kind, details)
    elif kind.startswith("duty_"):
        _owe(told, kind, details)
    elif kind.startswith("draft_"):
        _draft(told, kind, details)
    else:
        _note(told, kind, details)
    if kind in REPORTED and details.get("to"):
        told["reported"].append(details["to"])


def _note(told: dict[str, Any], kind: str, details: Mapping[str, Any]) -> None:
    """An event that is written down and moves nothing else."""
    number = details.get("number")
    if kind in {"responsible_named", "responsible_changed"}:
        told["responsible"].append(details.get("post") or details.get("to") or "")
    elif kind in {"summary_changed", "registration_completed"}:
        told["summary_sha256" if kind == "summary_changed" else "completed_sha256"] = details.get("text_sha256")
    elif kind in SERVED:
        told["services"].append([number, SERVED[kind], details.get("on")])
    elif kind == "letter_signed_on_paper":
        told["copies"][number] = details.get("scan_sha256")
    elif kind == "external_noted":
        told["external"][details["system"], number] = [details["system"], number, details.get("due_on")]
    elif kind == "external_removed":
        told["external"].pop((details["system"], number), None)
    elif kind in {"review_opened", "came_back"}:
        told["links"].append(number)
    elif kind == "sealed_later":
        _rewrite(told, details.get("rewritten") or {})


def _rewrite(told: dict[str, Any], anew: Mapping[str, Any]) -> None:
    """A matter was sealed while it was under way: each text is from now on what its row holds, in the order of before."""
    for row, sha256 in zip(told["messages"], anew.get("messages", ()), strict=False):
        row[2] = sha256
    for row, (sha256, reason) in zip(told["documents"], anew.get("documents", ()), strict=False):
        row[2], row[3] = sha256, reason
    for number, sha256 in anew.get("duties", ()):
        if number in told["duties"]:
            told["duties"][number][2] = sha256
    for row, sha256 in zip(told["duty_steps"], anew.get("duty_steps", ()), strict=False):
        row[2] = sha256
    if told["draft"] is not None and anew.get("draft"):
        told["draft"][1] = anew["draft"]


def _register(told: dict[str, Any], event: Mapping[str, Any], details: Mapping[str, Any]) -> None:
    told["registered_at"] = event["at"]
    told["is_review"] = event["kind"] == "review_registered"
    told.update({name: details[name] for name in FIRST if name in details})
    if "law" in details:
        told["law_sha256"] = details["law"].get("sha256")
    if "text_sha256" in details:
        told["text_begun"] = details["text_sha256"]
    _begin(told, details.get("terms", ()))


def _begin(told: dict[str, Any], started: Iterable[Mapping[str, Any]]) -> None:
    """Terms as they begin: which, the first promise, the day that holds now, the state."""
    told["terms"] += [[each["term"], each["due_on"], each["due_on"], "running"] for each in started]


def _running(told: dict[str, Any], term: object) -> list[str] | None:
    going = (row for row in reversed(told["terms"]) if row[0] == term and row[3] in {"running", "stopped"})
    return next(going, None)


def _turn(told: dict[str, Any], kind: str, details: Mapping[str, Any]) -> None:
    """An event about one clock."""
    row = _running(told, details.get("term"))
    if row is None:
        return
    row[2] = details["due_on"]
    if kind == "window_opened":
        row[1] = details["due_on"]
    elif kind in {"term_stopped", "term_resumed"}:
        row[3] = "stopped" if kind == "term_stopped" else "running"


def _move(told: dict[str, Any], details: Mapping[str, Any]) -> None:
    told["state"] = details.get("to_state")
    if details.get("class"):
        told["matter_class"] = details["class"]
    ends = [(each["term"], "met_late" if each.get("late") else "met") for each in details.get("terms_met", ())]
    for term, state in (*ends, *((term, "ended") for term in details.get("terms_ended", ()))):
        if (row := _running(told, term)) is not None:
            row[3] = state
    _begin(told, details.get("terms_started", ()))
    for key, name in (("responsible", "to"), ("transfers", "transfer")):
        if details.get(name):
            told[key].append(details[name])
    _send(told, details)
    draft = told["draft"]
    if draft is not None and (details.get("from") != details.get("to_state") or draft[0] == details.get("move")):
        told["draft"] = None


def _send(told: dict[str, Any], details: Mapping[str, Any]) -> None:
    """What a move put into the complainant's hands, and what it promised. A review binds the office of the original."""
    if "document_sha256" in details:
        told["documents"].append(
            [details["document"], details["number"], details["document_sha256"]]
            + [str(details.get(name, ""))[:60] for name in ("reason", "route")]
        )
    if "letter_sha256" in details:
        told["letters"][details["letter"]] = details["letter_sha256"]
    for each in () if told.get("is_review") else details.get("duties", ()):
        _owe(told, "duty_decided", each)


def _owe(told: dict[str, Any], kind: str, details: Mapping[str, Any]) -> None:
    number = details["duty"]
    if kind == "duty_decided":
        day = details["due_on"]
        told["duties"][number] = [number, details["kind"], details.get("duty_sha256"), day, day, "open"]
    elif number in told["duties"] and kind in DUTY_STATES:
        row = told["duties"][number]
        row[4], row[5] = details["due_on"], DUTY_STATES[kind]
        told["duty_steps"].append([number, kind, details.get("text_sha256")])


def _draft(told: dict[str, Any], kind: str, details: Mapping[str, Any]) -> None:
    if kind == "draft_sent_on":
        told["sign_off"].append(details.get("to"))
        told["draft"] = [details.get("move"), details.get("given_sha256")]
