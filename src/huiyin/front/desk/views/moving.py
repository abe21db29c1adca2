"""A move: the form the procedure asks for, what the complainant will read, then the deed. Nothing typed is lost."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from django import forms
from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from huiyin.front.desk.forms import confirming, promises
from huiyin.front.desk.forms.moving import MoveForm, ReturnForm, SignForm, given_in
from huiyin.front.desk.labels import said
from huiyin.front.desk.refusing import put_into, spoken
from huiyin.front.desk.requests import OfficerRequest
from huiyin.front.desk.story import story
from huiyin.front.desk.telling import of_draft, telling
from huiyin.front.desk.views.case import open_for
from huiyin.record import clock
from huiyin.record.cases.given import Moved
from huiyin.record.cases.lists import queries
from huiyin.record.cases.moving import moves
from huiyin.record.cases.papers import letters
from huiyin.record.cases.papers.letters import Ahead
from huiyin.record.cases.shown.case_view import CaseView
from huiyin.record.cases.who.transfers import recipients
from huiyin.rules.procedure import Move
from huiyin.rules.refusal import Refusal
from huiyin.ui import refusals
from huiyin.ui.names import DOCUMENTS

Posts = Sequence[tuple[str, str, str]]


@require_http_methods(["GET", "HEAD", "POST"])
def move(request: OfficerRequest, number: str, move_id: str) -> HttpResponse:
    """Write, look at what will be read, confirm. Confirming reads nothing, so it is no further look."""
    refusal: Refusal | None = None
    if request.POST.get("step") == "confirm":
        try:
            return _confirm(request, number, move_id)
        except Refusal as why:
            refusal = why
    try:
        view = open_for(request.reader, number)
    except Refusal as why:
        return kept(request, why)
    rule = view.procedure.moves.get(move_id)
    if rule is None:
        raise Http404
    posts = recipients(number, move_id, reader=request.reader)
    if request.method != "POST":
        return _blank(request, view, rule, posts)
    if request.POST.get("step") == "lines":
        return _with_more_lines(request, view, rule, posts)
    form = MoveForm(request.POST, rule=rule, procedure=view.procedure, posts=posts, today=clock.today(view.zone))
    is_good = form.is_valid()
    refusal = refusal or _refusal_of(view, rule) or _stale(form.cleaned_data.get("version"), view)
    if refusal is not None:
        return _refused(request, view, rule, form, refusal, posts)
    if not is_good or request.POST.get("step") == "edit":
        return _form_page(request, view, rule, form, 200 if is_good else 422)
    return _preview(request, view, rule, form, posts)


@require_http_methods(["GET", "HEAD", "POST"])
def sign(request: OfficerRequest, number: str) -> HttpResponse:
    """Read the draft as the complainant will, and sign it."""
    form, status = (SignForm(request.POST, request.FILES) if request.method == "POST" else SignForm()), 200
    if request.method == "POST":
        status = 422
        if form.is_valid():
            try:
                moved = _signed(request, number, form)
            except Refusal as refusal:
                status = put_into(form, refusal)
            else:
                _say(request, moved)
                return redirect("desk:day")  # with the signature the grant to read has ended
    view = open_for(request.reader, number)
    told = of_draft(view, by=request.reader)
    if told is None or view.draft is None or not view.draft.may_sign:
        raise Refusal("no_draft_here")
    context: dict[str, Any] = {
        "view": view, "told": told, "form": form, "version": view.version, "draft": view.draft,
    }  # fmt: skip
    try:
        context |= _shown(letters.ahead_of_draft(number, by=request.reader))
    except Refusal as refusal:
        context["letter_refusal"] = refusal
    return render(request, "desk/sign.html", context, status=status)


@require_http_methods(["GET", "HEAD", "POST"])
def return_draft(request: OfficerRequest, number: str) -> HttpResponse:
    """Send the draft back with a note."""
    form, status = ReturnForm(request.POST if request.method == "POST" else None), 200
    if request.method == "POST":
        status = 422
        if form.is_valid():
            try:
                moves.return_draft(number, by=request.reader, note=form.cleaned_data["text"], version=_version(form))
            except Refusal as refusal:
                status = put_into(form, refusal)
            else:
                messages.success(request, _("The draft went back to its writer with your note."))
                return redirect("desk:day")
    try:
        view = open_for(request.reader, number)
    except Refusal as refusal:
        return kept(request, refusal)
    if view.draft is None or not view.draft.may_sign:
        return kept(request, Refusal("no_draft_here"))
    return render(request, "desk/return.html", {"view": view, "form": form, "version": view.version}, status=status)


def kept(request: OfficerRequest, refusal: Refusal) -> HttpResponse:
    """A refusal where there is no form to go back to: what was typed is shown to be copied."""
    typed = [words for name in ("text", "reason", "legal_basis") if (words := str(request.POST.get(name, ""))).strip()]
    if not typed:
        raise refusal
    context = {"title": refusals.title(refusal), "sentence": refusals.sentence(refusal), "typed": "\n\n".join(typed)}
    return render(request, "desk/kept.html", context, status=refusals.status(refusal))


def _blank(request: OfficerRequest, view: CaseView, rule: Move, posts: Posts) -> HttpResponse:
    initial: dict[str, Any] = {"version": view.version}
    if view.draft and view.draft.move == rule.id and view.draft.waiting.step_number == 0:
        initial |= MoveForm.typed_before(view.draft.given)
    form = MoveForm(initial=initial, rule=rule, procedure=view.procedure, posts=posts)
    refusal = _refusal_of(view, rule)
    if refusal is not None:
        context = {"refusal": spoken(refusal, view), "view": view, "rule": rule, "form": None}
        return render(request, "desk/move.html", context, status=refusals.status(refusal))
    if form.asks:
        return _form_page(request, view, rule, form)
    bound = MoveForm({"version": view.version}, rule=rule, procedure=view.procedure)
    bound.is_valid()
    return _preview(request, view, rule, bound, posts)


def _with_more_lines(request: OfficerRequest, view: CaseView, rule: Move, posts: Posts) -> HttpResponse:
    """The form as it was typed, with more lines for what is promised; nothing is judged yet."""
    typed = MoveForm(request.POST, rule=rule, procedure=view.procedure, posts=posts)
    values = {name: field.widget.value_from_datadict(request.POST, {}, name) for name, field in typed.fields.items()}
    values[promises.LINES] = len(typed.promise_lines) + promises.MORE
    return _form_page(request, view, rule, MoveForm(initial=values, rule=rule, procedure=view.procedure, posts=posts))


def _confirm(request: OfficerRequest, number: str, move_id: str) -> HttpResponse:
    moved = moves.move(
        number,
        move_id,
        by=request.reader,
        given=given_in(request.POST),
        version=_version(request.POST),
        seen=request.POST.get("seen", ""),
    )
    _say(request, moved)
    if queries.may_open(number, reader=request.reader):
        return redirect("desk:case", number=number)
    return redirect("desk:day")  # it is somebody else's now


def _signed(request: OfficerRequest, number: str, form: SignForm) -> Moved:
    seen = request.POST.get("seen", "")
    return moves.sign(number, by=request.reader, version=_version(form), seen=seen, paper=form.paper())


def _say(request: OfficerRequest, moved: Moved) -> None:
    places = {"number": moved.case_number}
    if moved.is_waiting_for_signature:
        words = _("%(number)s: the draft went to its next station. The complainant sees where it waits.") % places
    else:
        words = _("%(number)s: done. The complainant can read it now.") % places
    messages.success(request, words)


def _version(posted: Mapping[str, str] | forms.Form) -> int:
    """The version that was read, as the form carried it; one that cannot be read is no version at all."""
    typed = (posted.data if isinstance(posted, forms.Form) else posted).get("version", "")
    return int(typed) if typed.isdecimal() and len(typed) < 10 else -1


def _refusal_of(view: CaseView, rule: Move) -> Refusal | None:
    return next((offer.refusal for offer in view.offers if offer.move.id == rule.id), None)


def _stale(version: int | None, view: CaseView) -> Refusal | None:
    return Refusal("stale", version=view.version) if version != view.version else None


def _refused(
    request: OfficerRequest, view: CaseView, rule: Move, form: MoveForm, refusal: Refusal, posts: Posts
) -> HttpResponse:
    """The form again with everything typed, the reason above it, and the version that counts now."""
    typed = {name: field.widget.value_from_datadict(form.data, {}, name) for name, field in form.fields.items()}
    again = MoveForm(typed | {"version": view.version}, rule=rule, procedure=view.procedure, posts=posts)
    again.is_valid()
    if refusal.code != "stale":
        at_box = confirming.at_its_box(promises.at_its_box(refusal, again.data))
        return _form_page(request, view, rule, again, put_into(again, at_box, view))
    news = [] if "letter" in refusal.params else [each for each in story(view) if each.kind != "looks"][:3]
    return _form_page(request, view, rule, again, refusals.status(refusal), stale=refusal, news=news)


def _form_page(
    request: OfficerRequest, view: CaseView, rule: Move, form: MoveForm, status: int = 200, **more: object
) -> HttpResponse:
    stale = more.get("stale")
    context = {"view": view, "rule": rule, "form": form, "news": more.get("news", ()), "refusal": None}
    if isinstance(stale, Refusal):
        context |= {"stale_title": refusals.title(stale), "stale_sentence": refusals.sentence(stale)}
    return render(request, "desk/move.html", context, status=status)


def _preview(request: OfficerRequest, view: CaseView, rule: Move, form: MoveForm, posts: Posts) -> HttpResponse:
    """What will be read, and the letter itself; a part that the letter must hold is asked for at its field."""
    try:
        letter = letters.ahead(view.number, rule.id, form.given(), by=request.reader)
    except Refusal as refusal:
        return _refused(request, view, rule, form, refusal, posts)
    told = telling(view, rule, form.given(), by=request.reader, posts=posts)
    context = {"view": view, "rule": rule, "form": form, "told": told} | _shown(letter)
    return render(request, "desk/move_preview.html", context)


def _shown(letter: Ahead | None) -> dict[str, Any]:
    return {"letter": letter, "letter_name": said(DOCUMENTS, letter.kind) if letter else ""}
