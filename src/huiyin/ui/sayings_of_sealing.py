"""Refusals around sealed matters and the vault passphrase."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from huiyin.ui.saying import INCOMPLETE, Saying

OF_SEALING: dict[str, Saying] = {
    "sealed_locked": Saying(
        409,
        _("This matter is sealed"),
        _(
            "Its words open with your vault passphrase. Go back: what you wrote still stands there. Unlock on another page of the desk, then send again. A program cannot read it."
        ),
    ),
    "words_erased": Saying(
        409,
        _("The words of this matter were erased"),
        _(
            "Two people erased them by law, after the time for keeping them. The number, the days and the proofs are still there."
        ),
    ),
    "desk_has_no_key": Saying(
        409,
        _("That desk could not read it"),
        _(
            "This matter is sealed, and at that desk nobody has set a vault passphrase. Ask them to, or choose another desk."
        ),
    ),
    "wrong_passphrase": Saying(
        422, INCOMPLETE, _("This is not your vault passphrase. It is another one than your password.")
    ),
    "too_short": Saying(
        422,
        INCOMPLETE,
        _("At least %(minimum)s characters: four or five words that are not known as a saying."),
        _("Take four or five words that are not known as a saying."),
    ),
}
