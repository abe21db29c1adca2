"""What protects a complainant: pressure is reported, a withdrawal asked for and undone, a look asked about."""

from __future__ import annotations

from typing import Any

from django import forms
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _

from huiyin.front.portal import story
from huiyin.front.portal.acting import deed_page, either
from huiyin.front.portal.doors import with_receipt
from huiyin.front.portal.forms import (
    AskLookForm,
    DoubtForm,
    NameForm,
    PressureForm,
    RecusalForm,
    WithdrawForm,
    named_in,
)
from huiyin.record.cases.codes import receipts
from huiyin.record.cases.codes.receipts import Holder
from huiyin.record.cases.deeds import classing, confiding, looking, recusing, withdrawing
from huiyin.record.cases.deeds import pressure as pressures
from huiyin.record.cases.opening import access
from huiyin.record.cases.shown.case_view import CaseView
from huiyin.rules.helping import OWN
from huiyin.rules.refusal import Refusal
from huiyin.stages.intake.wizard import whom_in
from huiyin.ui.answers import SeeOther
from huiyin.ui.dates import long_date
from huiyin.ui.languages import page_tag


@either
@with_receipt
def pressure(request: HttpRequest, holder: Holder, number: str) -> HttpResponse:
    """Say that one was put under pressure, from every state; a desk outside the unit takes it up."""
    view = access.open_as_complainant(holder, number)

    def report(cleaned: dict[str, Any]) -> str:
        made = pressures.report_pressure(
            holder, case_number=view.number, text=cleaned["text"], about=named_in(cleaned["who"])
        )
        return _(
            "Your report has the number %(number)s. A desk outside the unit takes it up. The same code opens it; it stands under “Belongs together”."
        ) % {"number": made}

    return deed_page(request, view, "pressure", PressureForm, report)


@either
@with_receipt
def look(request: HttpRequest, holder: Holder, number: str, seq: int) -> HttpResponse:
    """Ask why somebody opened the matter."""
    view = access.open_as_complainant(holder, number)
    found = next((each for each in view.looks if each.seq == seq), None)
    if found is None or found.role in story.NO_OFFICERS:
        raise Refusal("not_found")
    if view.asked_about(found) is not None and request.method != "POST":
        return SeeOther(reverse("portal:case", args=[view.number]))

    def ask(cleaned: dict[str, Any]) -> str:
        looking.ask_about_look(holder, seq, case_number=view.number, text=cleaned["text"])
        return _("Your question is on its way. The answer will stand beside the look, under “Who looked”.")

    shown = next(each for each in story.looks(view, own=False) if each.at == found.at)
    return deed_page(request, view, "look", AskLookForm, ask, extra={"look": shown})


@either
@with_receipt
def withdraw(request: HttpRequest, holder: Holder, number: str) -> HttpResponse:
    """Ask to withdraw; nobody may demand it, and it can be undone."""
    view = access.open_as_complainant(holder, number)
    if not view.may_withdraw and request.method != "POST":
        return SeeOther(reverse("portal:case", args=[view.number]))

    def ask(cleaned: dict[str, Any]) -> str:
        withdrawing.ask_to_withdraw(holder, case_number=view.number, text=cleaned["text"])
        return _("You asked to withdraw. Nothing has ended yet: a desk outside the unit makes sure first.")

    return deed_page(request, view, "withdraw", WithdrawForm, ask)


@either
@with_receipt
def withdraw_undo(request: HttpRequest, holder: Holder, number: str) -> HttpResponse:
    """Undo a withdrawal before it takes effect."""
    view = access.open_as_complainant(holder, number)
    under_way = view.withdrawal if view.withdrawal and view.withdrawal.is_under_way else None
    if under_way is None and request.method != "POST":
        return SeeOther(reverse("portal:case", args=[view.number]))

    def undo(_cleaned: dict[str, Any]) -> str:
        withdrawing.undo(holder, case_number=view.number)
        return _("The withdrawal is undone. Your matter goes on, and its dates are what they were.")

    return deed_page(request, view, "withdraw_undo", forms.Form, undo, extra={"withdrawal": under_way})


@either
@with_receipt
def recusal(request: HttpRequest, holder: Holder, number: str) -> HttpResponse:
    """Ask that the responsible officer step aside; somebody above answers with reasons."""
    view = access.open_as_complainant(holder, number)
    if not view.may_ask_recusal and request.method != "POST":
        return SeeOther(reverse("portal:case", args=[view.number]))

    def ask(cleaned: dict[str, Any]) -> str:
        recusing.ask_for_recusal(holder, case_number=view.number, text=cleaned["text"])
        return _("You asked that another officer deal with it. Somebody above decides and tells you why.")

    return deed_page(request, view, "recusal", RecusalForm, ask)


@either
@with_receipt
def name(request: HttpRequest, holder: Holder, number: str) -> HttpResponse:
    """Say, later, whom the matter is about; they lose it at once."""
    view = access.open_as_complainant(holder, number)

    def say(cleaned: dict[str, Any]) -> str:
        recusing.name_as_complainant(holder, whom_in(cleaned), case_number=view.number)
        return _(
            "It is noted whom your matter is about. Whom you chose from a list cannot see it any more; looks of theirs from before are marked under “Who looked”."
        )

    return deed_page(request, view, "name", NameForm, say)


@either
@with_receipt
def confide(request: HttpRequest, holder: Holder, number: str) -> HttpResponse:
    """Ask to be confidential from now on."""
    receipts.must_let(holder, OWN)
    view = access.open_as_complainant(holder, number)
    if view.confidentiality != "named" and request.method != "POST":
        return SeeOther(reverse("portal:case", args=[view.number]))

    def ask(_cleaned: dict[str, Any]) -> str:
        if confiding.make_confidential(holder):
            return _(
                "It is confidential from now on, and its words are sealed. Type your code once more; below it says why."
            )
        return _("It is confidential from now on. Where it lies nobody holds a key yet, so its words are not sealed.")

    return deed_page(request, view, "confide", forms.Form, ask)


@either
@with_receipt
def doubt(request: HttpRequest, holder: Holder, number: str) -> HttpResponse:
    """Say that the class of a complaint about staff is wrong; somebody else answers."""
    view = access.open_as_complainant(holder, number)
    if (view.staff is None or not view.staff.may_contest) and request.method != "POST":
        return SeeOther(reverse("portal:case", args=[view.number]))

    def ask(cleaned: dict[str, Any]) -> str:
        classing.contest_class(holder, case_number=view.number, text=cleaned["text"])
        return _("You said that the class is wrong. Somebody else looks at it and tells you why it stays or changes.")

    return deed_page(request, view, "doubt", DoubtForm, ask)


def recusal_said(view: CaseView) -> str:
    """Where a request that the officer step aside stands; nothing where none was made."""
    asked = view.recusal
    if asked is None:
        return ""
    unit = asked.owed_by.in_language(page_tag())
    if asked.state == "open":
        return _("You asked that another officer deal with it. %(unit)s decides by %(day)s, with reasons.") % {
            "unit": unit,
            "day": long_date(asked.due_on),
        }
    if asked.outcome == "granted":
        return _("%(unit)s decided that the officer steps aside.") % {"unit": unit}
    return _("%(unit)s decided that the officer need not step aside.") % {"unit": unit}


def withdrawal_said(view: CaseView) -> str:
    """Where a withdrawal stands, in a sentence or two; nothing where none was asked for or it was undone."""
    asked = view.withdrawal
    if asked is None or asked.state == "undone":
        return ""
    unit = asked.owed_by.in_language(page_tag())
    if asked.state == "open":
        return _(
            "You asked to withdraw. %(unit)s makes sure by %(day)s that you do it freely. Your matter goes on until then, and you can undo it."
        ) % {"unit": unit, "day": long_date(asked.due_on)}
    if asked.is_under_way and asked.effective_on is not None:
        return _("The withdrawal is confirmed and takes effect on %(day)s. Until then you can undo it at any time.") % {
            "day": long_date(asked.effective_on)
        }
    if asked.state == "answered":
        return _("%(unit)s did not confirm the withdrawal. Your matter goes on.") % {"unit": unit}
    return _("The withdrawal took effect. What you did not do freely, or what is new, you can still tell us.")
