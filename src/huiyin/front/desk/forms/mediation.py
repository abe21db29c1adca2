"""What the office writes at the table of a dispute."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from huiyin.record.cases.given import TEXT_LIMIT
from huiyin.record.cases.registering.registration import SUBJECT_LIMIT
from huiyin.rules import mediators, urgency
from huiyin.rules.procedure import Procedure
from huiyin.stages.intake import queries as lists
from huiyin.stages.intake.forms import NOTICES, Choice, Email
from huiyin.stages.mediation import choosing, passing_on
from huiyin.stages.mediation import urgent as urgent_stage
from huiyin.ui.forms import AsTyped, Checkboxes, DayField, Radios
from huiyin.ui.languages import LANGUAGES, page_tag

Choices = Sequence[tuple[str, str]]
HOW = (("in_person", _("In person")), ("phone", _("By telephone")))
INVITE = (
    ("slip", _("Slip handed over")),
    ("post", _("By letter")),
    ("visit", _("Brought by hand")),
    ("phone", _("Told by telephone")),
    ("mail", _("By e-mail: the number alone")),
)
SAFE = (("yes", _("Yes")), ("no", _("No")), ("unsure", _("Not sure")))
PARALLEL = (
    ("peoples", _("People's mediation elsewhere")),
    ("administrative", _("Administrative mediation")),
    ("judicial", _("Mediation by the court")),
)


def _words(table: Any) -> list[tuple[str, str]]:
    return [(code, words.in_language(page_tag())) for code, words in table.items()]


class OfSideForm(forms.Form):
    """Something about one side; ``sides`` are those that can be meant."""

    side = forms.TypedChoiceField(label=_("Which side"), coerce=int)

    def __init__(self, data: Any = None, *, sides: Choices, **more: Any) -> None:
        super().__init__(data, **more)
        self.fields["side"].choices = list(sides)  # type: ignore[attr-defined]


class InviteForm(OfSideForm):
    """A slip for another side."""

    how = forms.ChoiceField(
        label=_("How it gets there"),
        choices=INVITE,
        help_text=_("Number and code never go together in one mail: tell the code by telephone or in person."),
    )


class ConsentForm(OfSideForm):
    """What a side said in person or by telephone."""

    step = forms.ChoiceField(label=_("What is asked"))
    answer = forms.ChoiceField(
        label=_("Yes or no"), choices=(("yes", _("Yes")), ("no", _("No"))), widget=Radios(beside=True)
    )
    how = forms.ChoiceField(label=_("How it was said"), choices=HOW)

    def __init__(self, data: Any = None, *, steps: Choices, **more: Any) -> None:
        super().__init__(data, **more)
        self.fields["step"].choices = list(steps)  # type: ignore[attr-defined]


class SafetyForm(OfSideForm):
    """Asked alone."""

    safe = forms.ChoiceField(label=_("Is it safe for this side to sit with the other?"), choices=SAFE, widget=Radios)


class GuardianForm(OfSideForm):
    """Who sits beside a minor."""

    guardian = forms.ChoiceField(
        label=_("Who sits beside"),
        choices=(("beside", _("The guardian")), ("matter", _("Somebody else: the dispute is about the guardian"))),
    )


class NotReachedForm(OfSideForm):
    """A wrong number, an empty house."""


class ContactForm(OfSideForm):
    """How a side wants to be reached, as it says itself."""

    name = AsTyped(label=_("Name"), max_length=120, required=False)
    phone = AsTyped(label=_("Telephone"), max_length=60, required=False)
    email = Email(label=_("E-mail"), max_length=254, required=False)
    address = AsTyped(label=_("Address for letters"), max_length=300, required=False)
    language = forms.ChoiceField(
        label=_("In which language shall we answer?"),
        choices=[(code, name) for code, _tag, name in LANGUAGES],
        required=False,
    )
    safe_times = AsTyped(label=_("When and how is it safe to reach this side?"), max_length=200, required=False)
    notices = forms.ChoiceField(
        label=_("May we e-mail this side when there is something new?"),
        help_text=_("It says that and nothing else: no name, no subject."),
        choices=NOTICES,
        required=False,
    )


class OfferForm(forms.Form):
    """A mediator for the list."""

    post = forms.ChoiceField(label=_("Mediator"))
    kind = forms.ChoiceField(label=_("What kind"), choices=lambda: _words(mediators.KINDS))

    def __init__(self, data: Any = None, *, posts: Choices, **more: Any) -> None:
        super().__init__(data, **more)
        self.fields["post"].choices = list(posts)  # type: ignore[attr-defined]


class TieForm(forms.Form):
    """What a mediator discloses."""

    post = forms.ChoiceField(label=_("Mediator"))
    tie = forms.ChoiceField(label=_("Tie to a side"), choices=lambda: _words(mediators.TIES))
    tie_words = AsTyped(label=_("The tie in words"), required=False, max_length=choosing.WORDS_LIMIT)
    may_penalise = forms.BooleanField(label=_("Can penalise a side in office"), required=False)
    is_late = forms.BooleanField(label=_("Found only now: what this mediator held does not count"), required=False)

    def __init__(self, data: Any = None, *, posts: Choices, **more: Any) -> None:
        super().__init__(data, **more)
        self.fields["post"].choices = list(posts)  # type: ignore[attr-defined]


class ChoiceForm(OfSideForm):
    """Whom a side chose, said in person, by telephone or on paper."""

    post = forms.ChoiceField(label=_("Mediator"))
    answer = forms.ChoiceField(
        label=_("What the side says"),
        choices=(("accept", _("Accepts this mediator")), ("object", _("Wants somebody else"))),
        widget=Radios,
    )
    how = forms.ChoiceField(label=_("How it was said"), choices=lambda: _words(mediators.HEARD))
    heard_on = DayField(label=_("On which day?"))

    def __init__(self, data: Any = None, *, posts: Choices, **more: Any) -> None:
        super().__init__(data, **more)
        self.fields["post"].choices = list(posts)  # type: ignore[attr-defined]


class UrgencyForm(forms.Form):
    """How soon which help is needed."""

    colour = forms.ChoiceField(
        label=_("How soon help is needed"), choices=lambda: _words(urgency.COLOURS), widget=Radios(small=True)
    )
    help_needed = forms.MultipleChoiceField(
        label=_("Which help"), choices=lambda: _words(urgency.HELP), widget=Checkboxes, required=False
    )
    involved = forms.MultipleChoiceField(
        label=_("Who must be involved"), choices=lambda: _words(urgency.INVOLVED), widget=Checkboxes, required=False
    )
    reason = AsTyped(
        label=_("Why"),
        help_text=_(
            "About the help and the matter, never about anybody in it. Sealed; the sides read colour and help; it is erased at the end."
        ),
        max_length=urgent_stage.REASON_LIMIT,
        widget=forms.Textarea(attrs={"rows": 3}),
    )


class HandOverForm(forms.Form):
    """To the body that is competent."""

    body_name = AsTyped(label=_("Which body"), max_length=passing_on.NAME_LIMIT)
    number = AsTyped(label=_("Number"), max_length=passing_on.NUMBER_LIMIT, required=False)


class ParallelForm(HandOverForm):
    """A mediation that runs elsewhere."""

    kind = forms.ChoiceField(label=_("What kind"), choices=PARALLEL)


class JoinForm(OfSideForm):
    """Two disputes over the same matter."""

    other_number = AsTyped(label=_("Number of the other dispute"), max_length=20)
    text = AsTyped(label=_("What the sides are told"), max_length=TEXT_LIMIT, widget=forms.Textarea(attrs={"rows": 3}))


class DisputeForm(forms.Form):
    """An officer heard of a quarrel; the side that wants mediation has said yes."""

    key = forms.CharField(widget=forms.HiddenInput, max_length=150)
    heard_at = forms.CharField(widget=forms.HiddenInput, max_length=60, required=False)
    channel = forms.ChoiceField(
        label=_("How did it reach us?"),
        choices=(("counter", _("Counter")), ("phone", _("Phone")), ("letter", _("Letter"))),
    )
    kind = forms.ChoiceField(label=_("What is it about?"))
    area = Choice(lists.areas, _("Not known"), label=_("Where is it?"))
    subject = AsTyped(label=_("In a few words"), max_length=SUBJECT_LIMIT, required=False)
    words = AsTyped(
        label=_("What happened, in the words of who asks"),
        max_length=TEXT_LIMIT,
        widget=forms.Textarea(attrs={"rows": 5}),
    )
    released = AsTyped(
        label=_("What may the other side read?"), max_length=TEXT_LIMIT, widget=forms.Textarea(attrs={"rows": 3})
    )
    name = AsTyped(label=_("Who asks"), max_length=120)
    phone = AsTyped(label=_("Telephone"), max_length=60, required=False)
    other_name = AsTyped(label=_("Name of the other side"), max_length=120)
    other_phone = AsTyped(label=_("Telephone of the other side"), max_length=60, required=False)
    other_address = AsTyped(label=_("Where to find it"), max_length=300, required=False)
    consent_1 = forms.ChoiceField(label=_("How the one who asks said yes"), choices=HOW)
    consent_2 = forms.ChoiceField(
        label=_("How the other side said yes"), choices=(("", _("Not asked yet: it is invited")), *HOW), required=False
    )
    excluded = forms.MultipleChoiceField(label=_("Is any of this the case?"), widget=Checkboxes, required=False)
    card = AsTyped(
        label=_("Serial number of the card"),
        required=False,
        max_length=40,
        help_text=_("Hand the card over unscratched. You never see its code. No card: leave it empty."),
    )

    def __init__(self, data: Any = None, *, pack: Procedure, **more: Any) -> None:
        super().__init__(data, **more)
        tag = page_tag()
        kinds = [(kind.id, kind.name.in_language(tag)) for kind in pack.disputes.values()]
        self.fields["kind"].choices = kinds  # type: ignore[attr-defined]
        asked = [(each.id, each.question.in_language(tag)) for each in pack.exclusions.values()]
        self.fields["excluded"].choices = asked  # type: ignore[attr-defined]
