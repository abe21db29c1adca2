"""The form of a move, made from what the procedure asks for."""

from __future__ import annotations

import datetime
from collections.abc import Mapping, Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from huiyin.front.desk.forms import confirming, promises
from huiyin.front.desk.labels import CLASSES
from huiyin.front.desk.refusing import put_into
from huiyin.record.cases.given import TEXT_LIMIT, Given
from huiyin.record.files.signed_copies import LARGEST, SignedPaper
from huiyin.record.law.routes import place
from huiyin.rules import duties
from huiyin.rules.lifecycle import most_days
from huiyin.rules.procedure import Choice, Move, Procedure
from huiyin.rules.refusal import Refusal
from huiyin.ui import refusals
from huiyin.ui.forms import AsTyped, DayField, Radios
from huiyin.ui.languages import page_tag

ORDER = ("class", "outcome", "reason", "to", "days", "text", "legal_basis", "route")
Choices = list[tuple[str, Any]]


def given_in(typed: Mapping[str, Any]) -> Given:
    """What comes with a move, out of a form's answers or as it was posted.

    Raises Refusal for a promise that cannot be read, with ``box``: its field.
    """
    values = {name: str(typed.get(name) or "").replace("\r\n", "\n") for name in ORDER}
    more = {"duties": promises.promised_in(typed), "confirmed": confirming.confirmed_in(typed)}
    return Given(matter_class=values.pop("class"), **more, **values)


class MoveForm(forms.Form):
    """What ``requires`` and ``accepts`` name, in the order people think; the version they saw travels along."""

    version = forms.IntegerField(widget=forms.HiddenInput(), min_value=0, max_value=2_000_000_000)

    def __init__(
        self,
        *args: Any,
        rule: Move,
        procedure: Procedure,
        posts: Sequence[tuple[str, str, str]] = (),
        today: datetime.date | None = None,
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        self.rule, self.today = rule, today
        wanted = set(rule.requires) | set(rule.accepts)
        for name in ORDER:
            if name in wanted:
                required = name in rule.requires or (name == "to" and rule.assigns)
                self.fields[name] = _field(name, rule, procedure, posts, required=required)
        if duties.may_bind(rule):
            self.fields |= promises.fields(promises.lines_of(self.data if self.is_bound else self.initial))
        self.fields |= confirming.fields(procedure, rule)

    @property
    def plain(self) -> list[forms.BoundField]:
        """Every field but the lines of promises and what is confirmed."""
        apart = ("duty_", confirming.PREFIX)
        return [self[name] for name in self.fields if name == promises.LINES or not name.startswith(apart)]

    @property
    def to_confirm(self) -> list[forms.BoundField]:
        """A box for each thing that the officer confirms."""
        return [self[name] for name in self.fields if name.startswith(confirming.PREFIX)]

    @property
    def promise_lines(self) -> list[list[forms.BoundField]]:
        """The lines of promises, each with its boxes; none where a move cannot promise."""
        count = promises.lines_of(self.data if self.is_bound else self.initial) if promises.LINES in self.fields else 0
        return [[self[promises.field_name(part, line)] for part in promises.PARTS] for line in range(count)]

    @property
    def may_have_more(self) -> bool:
        """Whether another line of promises can be had."""
        return 0 < len(self.promise_lines) < duties.MOST

    def clean(self) -> None:
        """What is promised can be read, fits the outcome, and its days can stand."""
        try:
            promised = duties.read(promises.promised_in(self.data))
            outcome = self.rule.outcome or self.cleaned_data.get("outcome") or "supported"
            if self.today is not None:
                duties.check(promised, outcome=outcome, today=self.today)
        except Refusal as refusal:
            at_box = promises.at_its_box(refusal, self.data)
            if str(at_box.params.get("box")) not in self.errors:
                put_into(self, at_box)

    @property
    def asks(self) -> bool:
        """Whether there is anything to fill in at all."""
        return len(self.fields) > 1

    def given(self) -> Given:
        """What goes to the record with the move."""
        return given_in(self.cleaned_data)

    @staticmethod
    def typed_before(given: dict[str, str]) -> dict[str, Any]:
        """A draft that was sent back, as first values."""
        first = {"class" if name == "matter_class" else name: value for name, value in given.items()}
        return first | promises.first_values(given.get("duties", ""))


def _field(
    name: str, rule: Move, procedure: Procedure, posts: Sequence[tuple[str, str, str]], *, required: bool
) -> forms.Field:
    match name:
        case "text":
            return _words(_text_label(rule), required=required, rows=10 if rule.makes else 4)
        case "reason" if not rule.reasons:
            return _words(_("Reason"), required=required, rows=4)
        case "reason":
            return _one_of(_("Reason"), _names(procedure.reasons, rule.reasons), required=required)
        case "route":
            ways = _names(procedure.routes)
            return _one_of(
                _("Which way is open to the complainant?"), ways, required=required, hints=_places(procedure)
            )
        case "outcome":
            return _one_of(_("Outcome"), _names(procedure.outcomes, rule.outcomes), required=required)
        case "class":
            return _one_of(_("What kind of matter is it?"), list(CLASSES.items()), required=required)
        case "days":
            most = most_days(procedure, rule)
            return forms.IntegerField(
                label=_("How many days?"),
                required=required,
                min_value=1,
                max_value=most or None,
                widget=forms.NumberInput(attrs={"class": "govuk-input--width-4", "inputmode": "numeric"}),
                help_text=_("At most %(most)s.") % {"most": most},
            )
        case "to":
            position = 1 if page_tag().startswith("zh") else 2
            colleagues: Choices = [("", _("Choose"))] + [(post[0], post[position]) for post in posts]
            label = _("To which body or unit?") if rule.transfers else _("Who is to deal with it?")
            return forms.ChoiceField(label=label, choices=colleagues, required=required)
        case _:
            return AsTyped(
                label=_("Legal basis"),
                required=required,
                max_length=400,
                help_text=_("Law and article, as the complainant will read it."),
            )


def _text_label(rule: Move) -> Any:
    return _("Text of the letter") if rule.makes else _("Note")


def _words(label: Any, *, required: bool, rows: int) -> forms.Field:
    return AsTyped(label=label, required=required, max_length=TEXT_LIMIT, widget=forms.Textarea(attrs={"rows": rows}))


def _names(known: dict[str, Choice], only: Sequence[str] = ()) -> Choices:
    tag = page_tag()
    return [(each, known[each].name.in_language(tag) if each in known else each) for each in (only or known)]


def _places(procedure: Procedure) -> dict[str, str]:
    """Where each route leads, as the letter will say it."""
    tag, found = page_tag(), {}
    for route in procedure.routes.values():
        there = place(route.address)
        if there is not None:
            parts = (there.name.in_language(tag), there.address.in_language(tag), there.telephone)
            found[route.id] = " · ".join(filter(None, parts))
        elif route.address:
            found[route.id] = str(_("The directory has no address for it yet: write it into the text."))
    return found


def _one_of(label: Any, choices: Choices, *, required: bool, hints: Mapping[str, str] | None = None) -> forms.Field:
    if not required:
        choices = [("", _("Not said")), *choices]
    return forms.ChoiceField(
        label=label,
        choices=choices,
        required=required,
        widget=Radios(small=True, inline=len(choices) < 6 and not hints, hints=hints),
    )


class MessageForm(forms.Form):
    """Words to the complainant."""

    text = AsTyped(
        label=_("What do you want to tell or ask the complainant?"),
        max_length=TEXT_LIMIT,
        widget=forms.Textarea(attrs={"rows": 6}),
        help_text=_("It appears at once on the complainant's page, with your name."),
    )


class SummaryForm(forms.Form):
    """The officer's few lines beside the person's own words."""

    text = AsTyped(
        label=_("Your summary"),
        max_length=TEXT_LIMIT,
        widget=forms.Textarea(attrs={"rows": 6}),
        help_text=_("The complainant reads it beside the own words and can correct it."),
    )


class ReturnForm(forms.Form):
    """Why a draft goes back."""

    text = AsTyped(
        label=_("What should be better?"),
        max_length=TEXT_LIMIT,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text=_("The writer reads it. Nothing of the draft is lost."),
    )


class SignForm(forms.Form):
    """A signature asks for nothing; the last one may stand on paper, with its day and its scan."""

    signed_on = DayField(label=_("On which day was it signed?"), required=False)
    scan = forms.FileField(
        label=_("The scan"),
        required=False,
        allow_empty_file=True,  # our own sentence says it better
        widget=forms.FileInput(attrs={"accept": "application/pdf,image/png,image/jpeg"}),
        help_text=_("PDF, PNG or JPEG, at most 10 megabytes. After a mistake choose the file again."),
    )

    @property
    def has_paper_errors(self) -> bool:
        """Whether the folded part must be shown open."""
        return "signed_on" in self.errors or "scan" in self.errors

    def clean_scan(self) -> bytes | None:
        """The bytes; what is too large was not taken in whole."""
        upload = self.cleaned_data["scan"]
        if upload is not None and upload.size > LARGEST:
            too_large = Refusal("file_too_large", maximum=LARGEST // (1024 * 1024))
            raise forms.ValidationError(refusals.sentence(too_large))
        return upload.read() if upload is not None else None

    def clean(self) -> None:
        """Both or neither."""
        if self.errors:
            return
        if self.cleaned_data["signed_on"] and self.cleaned_data["scan"] is None:
            self.add_error("scan", _("Attach the scan of the signed paper, or empty the day."))
        elif self.cleaned_data["scan"] is not None and not self.cleaned_data["signed_on"]:
            self.add_error("signed_on", _("Give the day on which it was signed on paper."))

    def paper(self) -> SignedPaper | None:
        """What goes to the record, where there is a paper."""
        data = self.cleaned_data["scan"]
        return SignedPaper(self.cleaned_data["signed_on"], data) if data is not None else None
