"""A move: the form the procedure asks for, what the complainant will read, then the deed. Nothing typed is lost."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from huiyin.front.desk.forms.moving import MoveForm, ReturnForm, SignForm
from huiyin.front.desk.refusing import put_into, spoken
from huiyin.front.desk.requests import OfficerRequest
from huiyin.front.desk.story import story
from huiyin.front.desk.telling import of_draft, telling
from huiyin.front.desk.views.case import open_for
from huiyin.record.cases import moves
from huiyin.record.cases.case_view import CaseView
from huiyin.record.cases.given import Moved
from huiyin.record.cases.responsible import assignable_posts
from huiyin.rules.procedure import Move
from huiyin.rules.refusal import Refusal
from huiyin.ui import refusals
from huiyin.ui.languages import page_tag

Posts = Sequence[tuple[str, str, str]]


@require_http_methods(["GET", "HEAD", "POST"])
def move(request: OfficerRequest, number: str, move_id: str) -> HttpResponse:
    """Write, look at what will be read, confirm."""
    try:
        view = open_for(request.reader, number)
    except Refusal as refusal:
        return kept(request, refusal)
    rule = view.procedure.moves.get(move_id)
    if rule is None:
        raise Http404
    posts = assignable_posts(number, reader=request.reader) if "to" in {*rule.requires, *rule.accepts} else []
    if request.method != "POST":
        return _blank(request, view, rule, posts)
    form = MoveForm(request.POST, rule=rule, procedure=view.procedure, posts=posts)
    if not form.is_valid():
        return _form_page(request, view, rule, form, 422)
    step = request.POST.get("step", "preview")
    if step == "edit":
        return _form_page(request, view, rule, form)
    if step == "confirm":
        return _confirm(request, view, rule, form, posts)
    refusal = _refusal_of(view, rule) or _stale(form.cleaned_data["version"], view)
    if refusal is not None:
        return _refused(request, view, rule, form, refusal, posts)
    return _preview(request, view, rule, form, posts)


@require_http_methods(["GET", "HEAD", "POST"])
def sign(request: OfficerRequest, number: str) -> HttpResponse:
    """Read the draft as the complainant will, and sign it."""
    view = open_for(request.reader, number)
    told = of_draft(view, by=request.reader)
    if told is None or view.draft is None or not view.draft.may_sign:
        raise Refusal("no_draft_here")
    form = SignForm(request.POST) if request.method == "POST" else SignForm(initial={"version": view.version})
    status = 200
    if request.method == "POST":
        if form.is_valid():
            try:
                moved = moves.sign(number, by=request.reader, version=form.cleaned_data["version"])
            except Refusal as refusal:
                status = put_into(form, refusal, view)
            else:
                _say(request, moved, view.procedure.moves[view.draft.move])
                return redirect("desk:day")  # with the signature the grant to read has ended
        else:
            status = 422
        form = _with_version(form, view)
    return render(request, "desk/sign.html", {"view": view, "told": told, "form": form, "draft": view.draft}, status=status)


@require_http_methods(["GET", "HEAD", "POST"])
def return_draft(request: OfficerRequest, number: str) -> HttpResponse:
    """Send the draft back with a note."""
    try:
        view = open_for(request.reader, number)
    except Refusal as refusal:
        return kept(request, refusal)
    if view.draft is None or not view.draft.may_sign:
        return kept(request, Refusal("no_draft_here"))
    form = ReturnForm(request.POST) if request.method == "POST" else ReturnForm(initial={"version": view.version})
    status = 200
    if request.method == "POST":
        if form.is_valid():
            try:
                moves.return_draft(
                    number, by=request.reader, note=form.cleaned_data["text"], version=form.cleaned_data["version"]
                )
            except Refusal as refusal:
                status = put_into(form, refusal, view)
            else:
                messages.success(request, _("The draft went back to its writer with your note."))
                return redirect("desk:day")
        else:
            status = 422
        form = _with_version(form, view)
    return render(request, "desk/return.html", {"view": view, "form": form}, status=status)


def kept(request: OfficerRequest, refusal: Refusal) -> HttpResponse:
    """A refusal where there is no form to go back to: what was typed is shown to be copied."""
    typed = [value for name, value in request.POST.items() if name in {"text", "reason", "legal_basis"} and value.strip()]
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


def _confirm(request: OfficerRequest, view: CaseView, rule: Move, form: MoveForm, posts: Posts) -> HttpResponse:
    try:
        moved = moves.move(
            view.number, rule.id, by=request.reader, given=form.given(), version=form.cleaned_data["version"]
        )
    except Refusal as refusal:
        return _refused(request, view, rule, form, refusal, posts)
    _say(request, moved, rule)
    if rule.assigns and not moved.is_waiting_for_signature:
        return redirect("desk:day")  # it may be somebody else's now
    return redirect("desk:case", number=view.number)


def _say(request: OfficerRequest, moved: Moved, rule: Move) -> None:
    places = {"number": moved.case_number, "move": rule.name.in_language(page_tag())}
    if moved.is_waiting_for_signature:
        messages.success(request, _("%(number)s: the draft went to its next station. The complainant sees where it waits.") % places)
    else:
        messages.success(request, _("%(number)s: %(move)s, done. The complainant can read it now.") % places)


def _refusal_of(view: CaseView, rule: Move) -> Refusal | None:
    return next((offer.refusal for offer in view.offers if offer.move.id == rule.id), None)


def _stale(version: int, view: CaseView) -> Refusal | None:
    return Refusal("stale", version=view.version) if version != view.version else None


def _refused(
    request: OfficerRequest, view: CaseView, rule: Move, form: MoveForm, refusal: Refusal, posts: Posts
) -> HttpResponse:
    """The form again with everything typed, the reason above it, and the version that counts now."""
    typed = {name: form.data.get(name, "") for name in form.fields} | {"version": view.version}
    again = MoveForm(typed, rule=rule, procedure=view.procedure, posts=posts)
    again.is_valid()
    status = put_into(again, refusal, view)
    news = [each for each in story(view) if each.kind != "looks"][:3] if refusal.code == "stale" else []
    return _form_page(request, view, rule, again, status, news=news)


def _with_version(form: Any, view: CaseView) -> Any:
    """The same form, bound to what was typed, with the version that counts now."""
    again = type(form)({**form.data.dict(), "version": view.version})
    again.is_valid()
    for name, errors in form.errors.items():
        if name not in again.errors:
            for error in errors:
                again.add_error(None if name == "__all__" else name, error)
    return again


def _form_page(
    request: OfficerRequest, view: CaseView, rule: Move, form: MoveForm, status: int = 200, news: Sequence[object] = ()
) -> HttpResponse:
    context = {"view": view, "rule": rule, "form": form, "news": news, "refusal": None}
    return render(request, "desk/move.html", context, status=status)


def _preview(request: OfficerRequest, view: CaseView, rule: Move, form: MoveForm, posts: Posts) -> HttpResponse:
    told = telling(view, rule, form.given(), by=request.reader, posts=posts)
    return render(request, "desk/move_preview.html", {"view": view, "rule": rule, "form": form, "told": told})
