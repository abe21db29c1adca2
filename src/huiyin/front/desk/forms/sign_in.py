"""Signing in, and what an officer may set for the own desk."""

from __future__ import annotations

from django import forms
from django.utils.translation import gettext_lazy as _

from huiyin.ui.forms import Radios
from huiyin.ui.languages import LANGUAGES


class SignInForm(forms.Form):
    """Name and password; where to go on to travels along."""

    username = forms.CharField(
        label=_("User name"),
        max_length=80,
        widget=forms.TextInput(attrs={"autocomplete": "username", "autocapitalize": "none", "spellcheck": "false"}),
    )
    password = forms.CharField(
        label=_("Password"),
        max_length=400,
        strip=False,
        widget=forms.PasswordInput(attrs={"autocomplete": "current-password"}),
    )
    next = forms.CharField(required=False, max_length=400, widget=forms.HiddenInput())


class CodeForm(forms.Form):
    """The second step: whatever code the officer has."""

    code = forms.CharField(
        label=_("One-time code"),
        max_length=40,
        help_text=_("The six digits of your app, a recovery code, or the code that an administrator handed you."),
        widget=forms.TextInput(
            attrs={"autocomplete": "one-time-code", "autocapitalize": "none", "class": "govuk-input--width-20"}
        ),
    )


class SettingsForm(forms.Form):
    """The language of the desk, and whether single keys do something."""

    language = forms.ChoiceField(
        label=_("Language of the desk"),
        choices=[(code, name) for code, _tag, name in LANGUAGES],
        widget=Radios(inline=True),
        help_text=_(
            "Used when you sign in. The switch at the top of the page changes it for this browser until you sign out."
        ),
    )
    has_desk_keys = forms.BooleanField(
        label=_("Single keys open lists and forms (j, k, a, r, …)"),
        required=False,
        help_text=_("Switch them off if you dictate, or use other means to type. Keys never act; they only open."),
    )
    morning_mail = forms.EmailField(
        label=_("Mail in the morning of working days: how many are due today and overdue"),
        required=False,
        help_text=_(
            "Leave it empty for none. It gives two counts and no number, name or content; matters that only a few may open are not counted. When you are rung on duty, a mail goes there too."
        ),
    )


class TokenForm(forms.Form):
    """A key for a program: what for, and how long."""

    label = forms.CharField(
        label=_("What is it for?"), max_length=80, help_text=_("For example: weekly export to the office server.")
    )
    days = forms.IntegerField(
        label=_("Valid for how many days?"),
        min_value=1,
        max_value=30,
        initial=30,
        widget=forms.NumberInput(attrs={"class": "govuk-input--width-2", "inputmode": "numeric"}),
        help_text=_("At most 30."),
    )
