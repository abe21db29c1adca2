"""Filing, one question a page, without a line of script; and the check before it is sent."""

from __future__ import annotations

import logging

from django import forms
from django.db import OperationalError
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from huiyin.record.cases.keys.sealing_standing import sealing_standing
from huiyin.record.cases.words import telltales
from huiyin.rules.refusal import Refusal
from huiyin.stages.intake import actions, receipt_cookie
from huiyin.stages.intake.forms import FORMS
from huiyin.stages.intake.wizard import STEPS, TITLES, Answers, digest_of, filing_of, helper_of, rows
from huiyin.ui import languages, refusals
from huiyin.ui.answers import SeeOther
from huiyin.ui.telltales import FoundForm

log = logging.getLogger("huiyin.intake")


@require_safe
def begin(request: HttpRequest) -> HttpResponse:
    """The first question."""
    return _ask(request, Answers({}, actions.new_key()), "what")


@require_http_methods(["GET", "HEAD", "POST"])
def step(request: HttpRequest, step: str) -> HttpResponse:
    """One question: on to the next when it is answered, back or elsewhere when asked."""
    if step not in FORMS:
        raise Http404
    answers = Answers.of(request.POST, actions.new_key())
    if request.method != "POST":
        return _ask(request, answers, step)
    if (code := request.POST.get("speak", "")) and languages.is_known(code):
        return _in_language(request, answers, step, code)
    if wanted := _elsewhere(request, answers, step):
        return _ask(request, answers, wanted)
    form = answers.judged(step)
    if not form.is_valid():
        return _ask(request, answers, step, form=form, status=422)
    if answers.is_anonymous:
        answers = answers.without_contact()
    return _ask(request, answers, "check" if "to_check" in request.POST else answers.after(step))


@require_http_methods(["GET", "HEAD", "POST"])
def check(request: HttpRequest) -> HttpResponse:
    """All answers on one page, what is missing, and "send"."""
    answers = Answers.of(request.POST, actions.new_key())
    if request.method == "POST":
        if (code := request.POST.get("speak", "")) and languages.is_known(code):
            return _in_language(request, answers, "check", code)
        if wanted := _elsewhere(request, answers, "check"):
            return _ask(request, answers, wanted)
        return _send(request, answers)
    return _check(request, answers)


def _send(request: HttpRequest, answers: Answers) -> HttpResponse:
    if answers.is_anonymous:
        answers = answers.without_contact()
    judged = [answers.judged(each) for each in answers.steps()]
    if not all(form.is_valid() for form in judged):
        return _check(request, answers, judged=judged, status=422)
    cleaned = {name: value for form in judged for name, value in form.cleaned_data.items()}
    language, chosen = translation.get_language() or "zh-hans", sorted(set(request.POST.getlist("move")))
    try:
        actions.file_complaint(
            telltales.moved_out(filing_of(cleaned, language), chosen),
            key=receipt_cookie.kept_under(answers.key),
            helper=helper_of(cleaned),
            digest=digest_of({**cleaned, "move": chosen} if chosen else cleaned, language),
        )
    except Refusal as refusal:
        if refusal.code == "key_conflict":
            again = Answers(answers.values, actions.new_key())
            return _check(request, again, is_sent_already=True, status=409)
        return _check(request, answers, refusal=refusal, status=refusals.status(refusal))
    except OperationalError:  # a full disk, a database that is away: the answers stay on the page, to be sent again
        log.exception("a complaint could not be written")
        return _check(request, answers, refusal=Refusal("busy"), status=503)
    response = SeeOther(reverse("intake:receipt"))
    receipt_cookie.keep(response, answers.key)
    return response


def _elsewhere(request: HttpRequest, answers: Answers, here: str) -> str:
    """The question the reader asked for instead of going on; empty when none."""
    wanted = request.POST.get("change", "")
    if "back" in request.POST:
        wanted = answers.before(here)
    return wanted if wanted in STEPS else ""


def _in_language(request: HttpRequest, answers: Answers, step: str, code: str) -> HttpResponse:
    """The same page in the other language, with everything typed on it."""
    translation.activate(code)
    request.LANGUAGE_CODE = code
    response = _ask(request, answers, step)
    languages.keep(response, code)
    return response


def _ask(
    request: HttpRequest, answers: Answers, step: str, *, form: forms.Form | None = None, status: int = 200
) -> HttpResponse:
    if step == "check":
        return _check(request, answers)
    way = answers.steps()
    context = {
        "step": step,
        "title": TITLES[step],
        "form": form or answers.shown(step),
        "carried": answers.carried(step),
        "is_for_somebody": bool(answers.values.get("helper_who") or answers.values.get("whereabouts")),
        "number": way.index(step) + 1 if step in way else len(way),
        "count": len(way) + 1,
        "has_back": bool(answers.before(step)),
        "comes_from_check": "change" in request.POST or "to_check" in request.POST,
    }
    if step == "known":
        context["sealing"] = sealing_standing()
    return render(request, f"intake/{step}.html", context, status=status)


def _check(
    request: HttpRequest,
    answers: Answers,
    *,
    judged: list[forms.Form] | None = None,
    refusal: Refusal | None = None,
    is_sent_already: bool = False,
    status: int = 200,
) -> HttpResponse:
    """The check page; ``missing`` are the questions that still need something, with what."""
    all_judged = judged or [answers.judged(each) for each in answers.steps()]
    missing = [
        {"step": each, "title": TITLES[each], "errors": [error for errors in form.errors.values() for error in errors]}
        for each, form in zip(answers.steps(), all_judged, strict=True)
        if form.errors
    ]
    found = telltales.found_in(**answers.texts())
    context = {
        "found": FoundForm(found, request.POST.getlist("move"), is_anonymous=answers.is_anonymous) if found else None,
        "rows": rows(answers),
        "carried": answers.carried(),
        "missing": missing,
        "refusal": refusal,
        "is_sent_already": is_sent_already,
        "is_alarm": status != 200 and not is_sent_already,
        "is_anonymous": answers.is_anonymous,
        "names_somebody": any(answers.values.get(f"about_{kind}") for kind in ("officer", "unit", "body")),
        "page_title": _("Check your answers"),
    }
    return render(request, "intake/check.html", context, status=status)
