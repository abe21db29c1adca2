"""Procedures to read and to compare: those in force, those that wait, those that only old matters cite."""

from __future__ import annotations

from django import forms
from django.http import HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_safe

from huiyin.front.office.faults import lines_of
from huiyin.front.office.keeping import OfficeRequest, page
from huiyin.front.office.labels import called
from huiyin.front.office.pack import outline
from huiyin.record.approvals.actions import proposals
from huiyin.record.law import folders, sources
from huiyin.record.law.versions import KIND
from huiyin.rules.difference import differences
from huiyin.rules.refusal import Refusal
from huiyin.ui.answers import text_file
from huiyin.ui.pictures import picture


@require_safe
def procedures(request: OfficeRequest) -> HttpResponse:
    """Every text the office has. Which matters cite one is told nowhere."""
    context = {
        "in_force": [(each, sources.loaded(each)) for each in sources.in_force()],
        "proposed": sources.proposed(),
        "in_folders": [(each, sources.loaded(each)) for each in sources.in_folders()],
        "replaced": sources.replaced(),
        "decided": [each for each in proposals(KIND) if each.state != "open"][:20],
        "faults": lines_of(folders.faults()),
    }
    return render(request, "office/procedures.html", page(request, "procedures", context))


@require_safe
def pack(request: OfficeRequest, ref: str) -> HttpResponse:
    """One pack from its head to its worked examples, with the picture."""
    source = sources.source(ref)
    procedure = sources.loaded(source)
    current = sources.of_procedure(source.procedure)
    context = {
        "source": source,
        "procedure": procedure,
        "outline": outline(procedure),
        "picture": picture(procedure),
        "opening": [procedure.terms[name] for name in procedure.opening_terms],
        "start": procedure.states[procedure.start],
        "compare_with": current if current and current.ref != ref else None,
    }
    return render(request, "office/pack.html", page(request, "procedures", context))


@require_safe
def text(request: OfficeRequest, ref: str) -> HttpResponse:
    """The text itself, to keep or to work on."""
    source = sources.source(ref)
    return text_file(sources.text(source), f"{source.procedure}.toml")


class CompareForm(forms.Form):
    """Two texts."""

    old = forms.ChoiceField(label=gettext_lazy("From this text"))
    new = forms.ChoiceField(label=gettext_lazy("To this one"))

    def __init__(self, *args: object, known: list[sources.Source], **kwargs: object) -> None:
        super().__init__(*args, **kwargs)  # type: ignore[arg-type]
        for name in ("old", "new"):
            self.fields[name].choices = [  # type: ignore[attr-defined]
                ("", _("Choose")),
                *((each.ref, called(each)) for each in known),
            ]


@require_safe
def compare(request: OfficeRequest) -> HttpResponse:
    """What changes from one text to another, in words."""
    asked = "old" in request.GET or "new" in request.GET
    form = CompareForm(request.GET if asked else None, known=sources.everything())
    context: dict[str, object] = {"form": form, "changes": None}
    if asked and form.is_valid():
        try:
            old, new = (sources.source(form.cleaned_data[name]) for name in ("old", "new"))
        except Refusal:  # decided or replaced between the two pages
            form.add_error(None, _("One of the texts is no longer there. Choose again."))
        else:
            context |= {"old": old, "new": new, "changes": differences(sources.loaded(old), sources.loaded(new))}
    status = 422 if asked and not form.is_valid() else 200
    return render(request, "office/compare.html", page(request, "procedures", context), status=status)
