"""What was found in a text, for the person who wrote it: one tick each to move it, none set beforehand."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from typing import Any, Protocol

from django import forms
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from huiyin.rules.telltales import Telltale
from huiyin.ui.forms import Checkboxes

KINDS: dict[str, Promise] = {
    "id_number": _("It looks like an identity number"),
    "phone": _("It looks like a telephone number"),
    "plate": _("It looks like a number plate"),
    "address": _("It looks like a home address"),
}


class Place(Protocol):
    """A place in a text, with a few words around it."""

    @property
    def key(self) -> str: ...
    @property
    def place(self) -> Telltale: ...
    @property
    def words(self) -> str: ...
    @property
    def before(self) -> str: ...
    @property
    def behind(self) -> str: ...


class FoundForm(forms.Form):
    """Which of the places found are to be taken out of the text."""

    move = forms.MultipleChoiceField(required=False)

    def __init__(self, found: Sequence[Place], chosen: Collection[str], *, is_anonymous: bool, **kwargs: Any) -> None:
        super().__init__(initial={"move": [each.key for each in found if each.key in chosen]}, **kwargs)
        words = {each.key: f"{each.before}【{each.words}】{each.behind}" for each in found}
        self.fields["move"] = forms.MultipleChoiceField(
            label=_("What shall we take out of your text?")
            if is_anonymous
            else _("What shall we move to the sealed part?"),
            required=False,
            choices=[(each.key, words[each.key]) for each in found],
            widget=Checkboxes(hints={each.key: KINDS[each.place.kind] for each in found}),
        )
