"""Refusals at the door of the desk: second factors, another house, the way back after a loss."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from huiyin.ui.saying import INCOMPLETE, NOT_NOW, Saying

OF_ENTRY: dict[str, Saying] = {
    "wrong_factor": Saying(
        401,
        _("Signing in did not work"),
        _("This code is not right, or has been used. Wait for the next one of your app, or take a recovery code."),
    ),
    "factor_rests": Saying(
        429,
        _("Too many tries"),
        _(
            "Too many codes of this account were wrong. They work again in a quarter of an hour; a security key works now."
        ),
    ),
    "key_refused": Saying(
        401,
        _("The security key was not taken"),
        _("The key did not answer rightly, or is known here already. Try once more, or use another way."),
    ),
    "last_factor": Saying(
        409,
        NOT_NOW,
        _("Your post asks for a second step at sign-in, and this is your only one. Add another first."),
    ),
    "other_house_down": Saying(
        503,
        _("The other service does not answer"),
        _("The service you sign in with does not answer. Try again in a minute, or sign in with name and password."),
    ),
    "other_house_refused": Saying(
        401,
        _("Signing in did not work"),
        _("The other service did not vouch for an account that is known here. Ask the administrator."),
    ),
    "officer_unknown": Saying(
        422, INCOMPLETE, _("No officer has this user name or duty number. Check it with the person concerned.")
    ),
    "not_for_yourself": Saying(
        409,
        _("Somebody else must do this"),
        _("This concerns your own account. Two other administrators must do it."),
    ),
}
