"""Ask for mediation: what it cannot do first, then one question a page, without a line of script.

The answers travel with the page; the server keeps nothing before "send".
"""

from __future__ import annotations

import logging
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django import forms
from django.db import OperationalError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import translation
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods

from huiyin.front.portal.doors import with_receipt
from huiyin.front.portal.mediation_forms import forms_of
from huiyin.record.cases.codes.receipts import Holder
from huiyin.record.cases.opening import access
from huiyin.record.cases.registering.registration import Identity
from huiyin.record.cases.shown.case_view import CaseView
from huiyin.record.cases.table import disputing
from huiyin.record.cases.table.disputing import OtherSide
from huiyin.record.law import routes, versions
from huiyin.rules.procedure import Procedure
from huiyin.rules.refusal import Refusal
from huiyin.rules.text import storable
from huiyin.stages.intake import actions as intake
from huiyin.stages.intake import receipt_cookie
from huiyin.stages.intake.wizard import KEY_LENGTHS, digest_of
from huiyin.stages.mediation.actions import Asking, open_dispute, opening
from huiyin.ui import languages, refusals
from huiyin.ui.answers import SeeOther
from huiyin.ui.parts import Row

log = logging.getLogger("huiyin.mediation")
either = require_http_methods(["GET", "HEAD", "POST"])
TITLES: dict[str, Promise] = {
    "first": gettext_lazy("First: what mediation cannot do"),
    "dispute": gettext_lazy("What is it about?"),
    "other": gettext_lazy("Who is the other side?"),
    "you": gettext_lazy("How can we reach you?"),
}
Send = Callable[["Wizard", dict[str, Any]], HttpResponse]


@dataclass(frozen=True, slots=True)
class Wizard:
    """One filing under way: the questions, what was answered, and how it is sent."""

    request: HttpRequest
    pack: Procedure
    questions: dict[str, Callable[..., forms.Form]]
    send: Send
    action: str

    @property
    def values(self) -> dict[str, str]:
        """Everything answered so far, as it came."""
        names = {name for each in self.questions.values() for name in each().fields}
        return {name: storable(self.request.POST[name]) for name in names if name in self.request.POST}

    @property
    def key(self) -> str:
        """The random key of this filing."""
        key = storable(self.request.POST.get("key", ""))
        return key if len(key) in KEY_LENGTHS else intake.new_key()

    @property
    def steps(self) -> list[str]:
        """The questions in their order."""
        return list(self.questions)

    def answer(self) -> HttpResponse:
        """The page that comes next."""
        here = self.request.POST.get("at", "first")
        here = here if here in (*self.steps, "check") else "first"
        if self.request.method != "POST":
            return self.ask("first")
        if (code := self.request.POST.get("speak", "")) and languages.is_known(code):
            translation.activate(code)
            self.request.LANGUAGE_CODE = code
            response = self.ask(here)
            languages.keep(response, code)
            return response
        if (wanted := self._elsewhere(here)) in self.steps:
            return self.ask(wanted)
        if here == "check":
            return self._send()
        form = self.questions[here](self.values)
        if not form.is_valid():
            return self.ask(here, form=form, status=422)
        if here == "first" and (excluded := self._excluded()):
            return self._turned_away(excluded)
        at = self.steps.index(here) + 1
        return self.ask(self.steps[at] if at < len(self.steps) and "to_check" not in self.request.POST else "check")

    def ask(self, step: str, *, form: forms.Form | None = None, status: int = 200) -> HttpResponse:
        """One question, or the check."""
        if step == "check":
            return self._check()
        values = self.values
        names = set(self.questions[step]().fields)
        context = self._context(step, {name: value for name, value in values.items() if name not in names}) | {
            "title": TITLES[step],
            "form": form or self.questions[step](initial={name: values[name] for name in names if name in values}),
            "number": self.steps.index(step) + 1,
            "count": len(self.steps) + 1,
            "has_back": step != "first",
            "to_check": "change" in self.request.POST or "to_check" in self.request.POST,
        }
        return render(self.request, "portal/ask.html", context, status=status)

    def _context(self, step: str, carried: dict[str, str]) -> dict[str, object]:
        return {
            "at": step,
            "action": self.action,
            "carried": [("key", self.key), *sorted(carried.items())],
            "pack": self.pack,
        }

    def _elsewhere(self, here: str) -> str:
        if "back" in self.request.POST:
            way = [*self.steps, "check"]
            return way[max(way.index(here) - 1, 0)]
        return self.request.POST.get("change", "")

    def _excluded(self) -> list[str]:
        return [each for each in self.pack.exclusions if self.values.get(f"not_{each}") == "yes"]

    def _turned_away(self, excluded: list[str]) -> HttpResponse:
        """The right route for each thing that mediation cannot do; nothing was kept."""
        found = [(self.pack.exclusions[each], self.pack.routes[self.pack.exclusions[each].route]) for each in excluded]
        context = self._context("dispute", self.values) | {
            "found": [(each, route, routes.place(route.address)) for each, route in found],
        }
        return render(self.request, "portal/ask_elsewhere.html", context, status=422)

    def _check(
        self, *, judged: dict[str, forms.Form] | None = None, refusal: Refusal | None = None, status: int = 200,
        key: str = "",
    ) -> HttpResponse:  # fmt: skip
        judged = judged or {step: kind(self.values) for step, kind in self.questions.items()}
        context = self._context("check", self.values)
        if key:
            context["carried"] = [("key", key), *sorted(self.values.items())]
        context |= {
            "rows": [row for step, form in judged.items() for row in _rows(step, form)],
            "missing": [
                {
                    "step": step,
                    "title": TITLES[step],
                    "errors": [error for each in form.errors.values() for error in each],
                }
                for step, form in judged.items()
                if form.errors
            ],
            "refusal": refusal,
            "is_sent_already": bool(key),
        }
        return render(self.request, "portal/ask_check.html", context, status=status)

    def _send(self) -> HttpResponse:
        judged = {step: kind(self.values) for step, kind in self.questions.items()}
        if not all(form.is_valid() for form in judged.values()):
            return self._check(judged=judged, status=422)
        if excluded := self._excluded():
            return self._turned_away(excluded)
        cleaned = {name: value for form in judged.values() for name, value in form.cleaned_data.items()}
        try:
            return self.send(self, cleaned)
        except Refusal as refusal:
            if refusal.code == "not_found":
                raise
            if refusal.code == "key_conflict":
                return self._check(judged=judged, key=intake.new_key(), status=409)
            return self._check(judged=judged, refusal=refusal, status=refusals.status(refusal))
        except OperationalError:
            log.exception("a request for mediation could not be written")
            return self._check(judged=judged, refusal=Refusal("busy"), status=503)


@either
def ask(request: HttpRequest) -> HttpResponse:
    """Ask for mediation, from the start page."""

    def send(wizard: Wizard, cleaned: dict[str, Any]) -> HttpResponse:
        language = translation.get_language() or "zh-hans"
        filing, register = opening(_asking(cleaned, language))
        kept = receipt_cookie.kept_under(wizard.key)
        intake.once(filing, register, key=kept, digest=digest_of(cleaned, language))
        response = SeeOther(reverse("intake:receipt"))
        receipt_cookie.keep(response, wizard.key)
        return response

    pack = disputing.pack()
    return Wizard(request, pack, forms_of(pack, with_you=True), send, reverse("portal:ask")).answer()


@either
@with_receipt
def from_complaint(request: HttpRequest, holder: Holder, number: str) -> HttpResponse:
    """Ask for mediation out of a complaint, which goes on with its clocks."""
    view = access.open_as_complainant(holder, number)
    if not may_be_asked(view, holder):
        raise Refusal("not_found")

    def send(wizard: Wizard, cleaned: dict[str, Any]) -> HttpResponse:
        made = open_dispute(_asking(cleaned, view.language), holder=holder, complaint=view.number)
        return SeeOther(reverse("portal:table", args=[made.case_number]))

    pack, action = disputing.pack(), reverse("portal:mediate", args=[number])
    return Wizard(request, pack, forms_of(pack, with_you=False), send, action).answer()


def may_be_asked(view: CaseView, holder: Holder) -> bool:
    """Whether a complaint can become a mediation: named, about no officer, none open yet, asked by the complainant alone."""
    has_one = any(each.kind == disputing.LINK and each.is_later and each.is_open for each in view.links)
    is_plain = view.confidentiality == "named" and not view.is_restricted and not view.is_sealed
    is_person = not any(each.kind in {"officer", "unit", "body"} for each in view.about)
    is_complaint = view.procedure.kind == "complaint" and not view.is_of_pressure
    return bool(is_plain and is_person and is_complaint and not has_one and not holder.helper) and bool(
        versions.mediations_in_force()
    )


def _asking(cleaned: dict[str, Any], language: str) -> Asking:
    def text(name: str) -> str:
        return str(cleaned.get(name) or "")

    other = OtherSide(
        Identity(
            name=text("other_name"), phone=text("other_phone"), email=text("other_email"), address=text("other_address")
        ),
        language=language,
        is_minor=text("other_minor") == "yes",
    )
    identity = Identity(
        name=text("name"), phone=text("phone"), email=text("email"), address=text("address"),
        language=text("language"), safe_times=text("safe_times"), notices=text("notices"),
    )  # fmt: skip
    return Asking(
        kind=text("kind"), subject=text("subject"), words=text("words"), released=text("released"), others=(other,),
        identity=identity, language=text("language") or language, needs=text("needs"), area=text("area"),
        is_minor=bool(text("minor")), guardian=text("minor"), is_both=bool(cleaned.get("is_both")),
    )  # fmt: skip


def _rows(step: str, form: forms.Form) -> list[Row]:
    """Every answer in words, each with its way back."""
    if step == "first":
        return [Row(str(TITLES[step]), _("None of it is the case."), change_value=step)] if form.is_valid() else []
    found = []
    for bound in form:
        value = form.data.get(bound.name, "")
        if not value:
            continue
        field: Any = bound.field
        if isinstance(field, forms.ChoiceField):
            value = _chosen(field, str(value))
        elif isinstance(field, forms.BooleanField):
            value = _("Yes")
        found.append(Row(str(bound.label), value, change_value=step, as_typed=True))
    return found or [Row(str(TITLES[step]), "", change_value=step)]


def _chosen(field: Any, value: str) -> str:
    for code, label in field.choices:
        if isinstance(label, (list, tuple)):
            inner = next((str(name) for each, name in label if str(each) == value), "")
            if inner:
                return inner
        elif str(code) == value:
            return str(label)
    return value
