"""Plays the steps of the story's matters: filing, moves, signatures, messages, looks, ratings."""

from __future__ import annotations

import datetime
import re
from dataclasses import dataclass, field, replace
from typing import Any

from huiyin.demo.settling import Town
from huiyin.record import clock
from huiyin.record.cases.codes import receipts
from huiyin.record.cases.codes.receipts import Holder
from huiyin.record.cases.deeds import answering, classing, duties, messages
from huiyin.record.cases.deeds.helping import Helper
from huiyin.record.cases.fairness import putting
from huiyin.record.cases.given import Given, Moved
from huiyin.record.cases.lists import queries
from huiyin.record.cases.lists.external import note_external
from huiyin.record.cases.moving import moves
from huiyin.record.cases.opening import access
from huiyin.record.cases.papers import letters
from huiyin.record.cases.registering.registration import Filing, Identity, Named
from huiyin.record.cases.words import reader_copies
from huiyin.record.sealing import in_hand
from huiyin.rules import duties as rule
from huiyin.rules import guards
from huiyin.rules.receipt import show_code
from huiyin.rules.refusal import Refusal
from huiyin.stages.followup.actions import rate
from huiyin.stages.intake.actions import file_complaint, register_at_desk

ZONE = "Asia/Shanghai"
DAY = re.compile(r"\{day([+-]\d+)\}")
ABOUT_STAFF = {"set_class", "answer_evidence", "put"}
INPUTS = ("text", "reason", "route", "to", "legal_basis", "outcome")


def dated(value: Any, language: str, filed_on: datetime.date | None = None) -> Any:
    """A text with ``{day-9}`` written out: so many days from the filing, as people write a date."""
    if not isinstance(value, str):
        return value
    start = filed_on or clock.today(ZONE)

    def write(found: re.Match[str]) -> str:
        day = start + datetime.timedelta(days=int(found[1]))
        return f"{day.day} {day:%B}" if language.startswith("en") else f"{day.month}月{day.day}日"

    return DAY.sub(write, value)


@dataclass(slots=True)
class Matter:
    """One matter as told, and what became of it."""

    slug: str
    told: dict[str, Any]
    number: str = ""
    code: str = ""
    review: str = ""
    officer: str = ""
    filed_on: datetime.date | None = None


@dataclass(slots=True)
class Retelling:
    """The story under way."""

    town: Town
    matters: dict[str, Matter]
    cards: list[tuple[str, str, str]] = field(default_factory=list)

    def play(self, slug: str, step: dict[str, Any] | None) -> None:
        """Play one beat: the filing (None) or a step; each with no other key than that of whoever acts in it."""
        with in_hand.scope():
            officer = self.town.officers.get((step or {}).get("by", ""))
            if officer is not None:
                in_hand.take_staff(officer.pk, self.town.keys[officer.pk])
            self._play(slug, step)

    def _play(self, slug: str, step: dict[str, Any] | None) -> None:
        matter = self.matters[slug]
        if step is None:
            matter.told = {name: dated(value, matter.told["language"]) for name, value in matter.told.items()}
            matter.filed_on = clock.today(ZONE)
            self._file(matter)
            return
        step = {name: dated(value, matter.told["language"], matter.filed_on) for name, value in step.items()}
        deed = step["do"]
        number = self._number(matter, step)
        if deed == "message_from_complainant":
            messages.write_as_complainant(self._holder(matter), step["text"])
        elif deed == "message_from_office":
            messages.write_as_office(number, step["text"], by=self.town.reader(step["by"]))
        elif deed == "look":
            access.open_case(number, reader=self.town.reader(step["by"]), purpose=step.get("purpose", "handle"))
        elif deed == "note_external":
            wanted = (matter.filed_on or clock.today(ZONE)) + datetime.timedelta(days=step["wanted_after_days"])
            note_external(number, step["system"], step["number"], wanted, by=self.town.reader(step["by"]))
        elif deed == "rate":
            rate(
                self._holder(matter),
                solved=step["solved"],
                score=step.get("score"),
                comment=step.get("comment", step.get("text", "")),
            )
        elif deed == "sign":
            moved = moves.sign(number, by=self.town.reader(step["by"]))
            if not moved.is_waiting_for_signature:
                self._receive(matter, number)
        elif deed == "say_done":
            duties.say_done(number, step["duty"], by=self.town.reader(step["by"]), text=step["text"])
        elif deed == "confirm_done":
            duties.confirm_done(self._holder(matter), step["duty"], case_number=number)
        elif deed == "return_draft":
            moves.return_draft(number, by=self.town.reader(step["by"]), note=step["text"])
        else:
            act = self._about_staff if deed in ABOUT_STAFF else self._move
            act(matter, number, step)

    def receipts_to_try(self) -> list[dict[str, str]]:
        """Number and code of the matters a visitor may try."""
        rows = []
        for matter in self.matters.values():
            if matter.told.get("try_me"):
                with in_hand.scope():
                    view = access.open_as_complainant(self._holder(matter))
                rows.append({"number": matter.number, "code": show_code(matter.code), "state": view.state.name.en})
        return rows

    def _move(self, matter: Matter, number: str, step: dict[str, Any]) -> None:
        deed = "reply" if step["do"] == "draft" else step["do"]
        given = Given(
            **{name: step[name] for name in INPUTS if name in step},
            matter_class=step.get("class", ""),
            duties=_promised(step, matter.filed_on or clock.today(ZONE)),
        )
        if deed in {"accept_reply", "contest"}:
            moves.move_as_complainant(self._holder(matter), deed, case_number=number, given=given)
            links = access.open_as_complainant(self._holder(matter)).links
            matter.review = links[-1].number if links else ""
        else:
            matter.officer = step["by"]
            by = self.town.reader(step["by"])
            given = replace(given, confirmed=guards.written(moves.to_confirm(number, deed, by=by)))
            moved = self._forward(matter, number, deed, given)
            if not moved.is_waiting_for_signature:
                self._receive(matter, number)

    def _forward(self, matter: Matter, number: str, deed: str, given: Given) -> Moved:
        """Make the move; a confidential matter first gets the copy that its readers read."""
        by = self.town.reader(matter.officer)
        try:
            return moves.move(number, deed, by=by, given=given)
        except Refusal as refusal:
            if refusal.code != "reader_copy_first":
                raise
        reader_copies.make(number, matter.told.get("covered", ()), by=by)
        return moves.move(number, deed, by=by, given=given)

    def _about_staff(self, _matter: Matter, number: str, step: dict[str, Any]) -> None:
        by, text = self.town.reader(step["by"]), step["text"]
        if step["do"] == "set_class":
            classing.set_class(number, by=by, complaint_class=step["class"], why=text)
        elif step["do"] == "put":
            putting.put_to_officer(number, by=by, officer=step["officer"], text=text)
        else:
            staff = access.open_case(number, reader=by, purpose="register").staff
            for asked in staff.of("evidence") if staff else ():
                answering.answer(number, asked.number, by=by, text=text, outcome=step["outcome"])

    def _receive(self, matter: Matter, number: str) -> None:
        """What the office writes is read the same day: on the web, or from paper handed over at the counter."""
        if matter.told["channel"] == "web":
            access.open_as_complainant(self._holder(matter), number)
            return
        reader = self.town.reader(matter.officer)
        if queries.may_open(number, reader=reader):
            for letter in access.open_case(number, reader=reader).letters[-1:]:
                letters.record_service(number, letter.id, how="handed_over", on=clock.today(ZONE), by=reader)

    def _number(self, matter: Matter, step: dict[str, Any]) -> str:
        return matter.review if step.get("case") == "review" else matter.number

    def _file(self, matter: Matter) -> None:
        told = matter.told
        filing = self._filing(told)
        if told["channel"] == "web":
            helper = Helper(**told["filed_by"]) if "filed_by" in told else None
            registered = file_complaint(filing, key=None, digest="", helper=helper)
            matter.number, matter.code = registered.case_number, registered.receipt_code or ""
            return
        if not self.cards:
            self.cards = receipts.make_cards(20)
        serial, matter.number, matter.code = self.cards.pop()
        register_at_desk(filing, by=self.town.reader(told["registered_by"]), card=serial)

    def _filing(self, told: dict[str, Any]) -> Filing:
        contact = told.get("contact") or {}
        needs = told.get("needs", "")
        return Filing(
            subject=told["subject"],
            description=told["description"],
            channel=told["channel"],
            language="en" if told["language"].startswith("en") else "zh-hans",
            confidentiality=told["confidentiality"],
            category=told.get("category", ""),
            area=told.get("area", ""),
            about=tuple(
                Named(each["kind"], each.get("id", ""), each.get("text", "")) for each in told.get("about", [])
            ),
            identity=Identity(**contact) if contact else None,
            needs=needs if isinstance(needs, str) else ", ".join(needs),
            body=told.get("received_by", ""),
            officer_summary=told.get("officer_summary", ""),
            is_minor=told.get("is_minor", False),
            complaint_class=told.get("complaint_class", ""),
            evidence=tuple(told["evidence"]) if "evidence" in told else None,
            evidence_words=told.get("evidence_words", ""),
            received_on=clock.today(ZONE) - datetime.timedelta(days=told.get("received_days_before", 0)),
        )

    def _holder(self, matter: Matter) -> Holder:
        return receipts.check(matter.number, matter.code, source="story")


def _promised(step: dict[str, Any], filed_on: datetime.date) -> str:
    """What an answer promises: ``on_day`` is so many days from the filing."""
    told = step.get("duties", ())
    return rule.written(
        [rule.Duty(each["kind"], filed_on + datetime.timedelta(days=each["on_day"]), each["text"]) for each in told]
    )
