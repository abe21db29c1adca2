"""Try a pack on a made-up case: filed on this Friday, what is due when? Nothing is kept; the address says it all."""

from __future__ import annotations

import datetime
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

from django import forms
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_safe

from huiyin.front.office.keeping import OfficeRequest, page
from huiyin.record import clock
from huiyin.record.law import calendars, sources
from huiyin.rules.procedure import Move, Procedure, State, VectorStep, Words
from huiyin.rules.refusal import Refusal
from huiyin.rules.trial import Scene, told
from huiyin.rules.wording import length
from huiyin.ui import refusals
from huiyin.ui.forms import DayField
from huiyin.ui.languages import page_tag

FRIDAY = 4
MOST_DEEDS = 30
YEARS = range(2000, 2100)


class FiledForm(forms.Form):
    """The day on which the made-up case is filed."""

    filed = DayField(label=gettext_lazy("Filed on"))

    def clean_filed(self) -> datetime.date:
        """A day that calendars know something about."""
        return _known(self.cleaned_data["filed"])


class DeedForm(forms.Form):
    """What happens next in the made-up case."""

    move = forms.ChoiceField(label=gettext_lazy("Then"))
    on = DayField(label=gettext_lazy("On"))
    received = DayField(
        label=gettext_lazy("Letter received on"),
        required=False,
        help_text=gettext_lazy("For time limits that run from receipt."),
    )
    days = forms.IntegerField(
        label=gettext_lazy("Days"),
        required=False,
        min_value=1,
        max_value=999,
        help_text=gettext_lazy("Of an extension, or of a term that somebody sets."),
        widget=forms.NumberInput(attrs={"class": "govuk-input--width-4", "inputmode": "numeric"}),
    )

    def __init__(self, *args: Any, procedure: Procedure, state: str, after: datetime.date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.after = after
        here = [move for move in procedure.moves.values() if state in move.from_states]
        rest = [move for move in procedure.moves.values() if state not in move.from_states]
        self.fields["move"].choices = [  # type: ignore[attr-defined]
            (_("Steps of this state"), [_choice(move) for move in here]),
            (_("Other steps: they are refused, with the reason"), [_choice(move) for move in rest]),
        ]

    def clean_on(self) -> datetime.date:
        """Not before what happened last."""
        day = _known(self.cleaned_data["on"])
        if day < self.after:
            raise forms.ValidationError(_("This lies before what happened last. Give that day or a later one."))
        return day

    def clean_received(self) -> datetime.date | None:
        """A letter comes on the day it is sent, or later."""
        day: datetime.date | None = self.cleaned_data.get("received")
        if day is None:
            return None
        if day < (self.cleaned_data.get("on") or self.after):
            raise forms.ValidationError(_("A letter is received on the day it is sent, or later."))
        return _known(day)

    @property
    def deed(self) -> VectorStep:
        """What was chosen."""
        typed = self.cleaned_data
        return VectorStep(typed["move"], typed["on"], typed.get("received"), typed.get("days"))


def _choice(move: Move) -> tuple[str, str]:
    return move.id, move.name.in_language(page_tag())


def _known(day: datetime.date) -> datetime.date:
    if day.year not in YEARS:
        raise forms.ValidationError(_("Choose a day of this century."))
    return day


@dataclass(frozen=True, slots=True)
class Told:
    """A scene as the page shows it."""

    scene: Scene
    move: Move | None
    state: State
    sentence: str
    law: Words | None
    article: str
    clocks: list[tuple[Any, Words]]


@require_safe
def trial(request: OfficeRequest, ref: str) -> HttpResponse:
    """The scenes so far, day by day, and a form for what happens next."""
    source = sources.source(ref)
    procedure = sources.loaded(source)
    filing = FiledForm(request.GET if _asked(request) else None, initial={"filed": _friday(request)})
    context: dict[str, Any] = {"source": source, "procedure": procedure, "filing": filing, "scenes": []}
    if not (_asked(request) and filing.is_valid()):
        return _page(request, context, 422 if _asked(request) else 200)
    filed = filing.cleaned_data["filed"]
    deeds = _deeds(request.GET.getlist("done"))
    try:
        calendar = calendars.calendar(procedure.calendar)
    except Refusal as refusal:
        filing.add_error(None, refusals.sentence(refusal))
        return _page(request, context, refusals.status(refusal))
    scenes = told(procedure, calendar, filed, deeds)
    last = scenes[-1]
    after = max((deed.on for deed in deeds), default=filed)
    form = DeedForm(
        request.GET if "move" in request.GET else None,
        procedure=procedure,
        state=last.state,
        after=after,
        initial={"on": after},
    )
    if "move" in request.GET and form.is_valid() and last.refusal is None and len(deeds) < MOST_DEEDS:
        return redirect(_address(ref, filed, [*deeds, form.deed]))
    context |= {
        "filed": filed,
        "done": [_written(deed) for deed in deeds],
        "scenes": [_told(procedure, scene) for scene in scenes],
        "form": form if last.refusal is None and len(deeds) < MOST_DEEDS else None,
        "back": _address(ref, filed, deeds[:-1]) if deeds else "",
    }
    return _page(request, context, 422 if form.errors else 200)


def _page(request: OfficeRequest, context: dict[str, Any], status: int) -> HttpResponse:
    return render(request, "office/trial.html", page(request, "procedures", context), status=status)


def _asked(request: OfficeRequest) -> bool:
    return "filed" in request.GET or "filed_year" in request.GET


def _friday(request: OfficeRequest) -> datetime.date:
    """This Friday, or the next."""
    today = clock.today(request.reader.zone)
    return today + datetime.timedelta(days=(FRIDAY - today.weekday()) % 7)


def _address(ref: str, filed: datetime.date, deeds: list[VectorStep]) -> str:
    query = [("filed", filed.isoformat()), *(("done", _written(deed)) for deed in deeds)]
    return f"{reverse('office:trial', args=[ref])}?{urlencode(query)}#now"


def _written(deed: VectorStep) -> str:
    received = deed.received.isoformat() if deed.received else ""
    return f"{deed.move}~{deed.on.isoformat()}~{received}~{deed.days or ''}"


def _deeds(written: list[str]) -> list[VectorStep]:
    """What an address says was done; from the first part that cannot be read on, nothing."""
    deeds: list[VectorStep] = []
    for each in written[:MOST_DEEDS]:
        try:
            move, on, received, days = each.split("~")
            deed = VectorStep(
                move,
                datetime.date.fromisoformat(on),
                datetime.date.fromisoformat(received) if received else None,
                int(days) if days else None,
            )
        except ValueError:
            break
        if (
            any(day.year not in YEARS for day in (deed.on, deed.received or deed.on))
            or not 0 <= (deed.days or 0) < 1000
        ):
            break
        deeds.append(deed)
    return deeds


def _told(procedure: Procedure, scene: Scene) -> Told:
    move = procedure.moves.get(scene.deed.move) if scene.deed else None
    term = procedure.terms.get(str(scene.refusal.params.get("term", ""))) if scene.refusal else None
    cited = term if term and term.article else move
    return Told(
        scene=scene,
        move=move,
        state=procedure.states[scene.state],
        sentence=refusals.sentence(_spoken(procedure, scene)) if scene.refusal else "",
        law=procedure.law_of(cited) if cited else None,
        article=cited.article if cited else "",
        clocks=[(clock_, length(clock_.term)) for clock_ in scene.clocks],
    )


def _spoken(procedure: Procedure, scene: Scene) -> Refusal:
    """The refusal with the pack's own words: the step by its name, the term by its last day."""
    assert scene.refusal is not None
    params = dict(scene.refusal.params)
    move = procedure.moves.get(str(params.get("move", "")))
    if move is not None:
        params["move"] = move.name
    last_day = next((each.due.on for each in scene.clocks if each.term.id == params.get("term")), None)
    if last_day is not None:
        params["last_day"] = last_day
    return Refusal(scene.refusal.code, **params)
