"""Why a photo, document or recording was not taken: the part of the table of refusals that speaks of attachments."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from huiyin.ui.saying import INCOMPLETE, Saying

FILE_NOT_TAKEN = _("This file was not taken")

FILE_SAYINGS: dict[str, Saying] = {
    "attachment_empty": Saying(422, FILE_NOT_TAKEN, _("This file is empty. Choose it again.")),
    "attachment_too_large": Saying(
        422,
        FILE_NOT_TAKEN,
        _("This file is larger than %(maximum)s megabytes. Make it smaller, or send it in parts."),
        _("This file is too large. Make it smaller, or send it in parts."),
    ),
    "attachment_not_arrived": Saying(
        422,
        FILE_NOT_TAKEN,
        _("Together the files were larger than %(maximum)s megabytes. Send this one again, by itself."),
        _("Together the files were too large. Send this one again, by itself."),
    ),
    "attachment_too_many": Saying(
        422,
        FILE_NOT_TAKEN,
        _("Only %(maximum)s files go in at once. Send this one next."),
        _("There were too many files at once. Send this one next."),
    ),
    "attachment_missing": Saying(422, INCOMPLETE, _("Choose at least one file first.")),
    "attachment_kind": Saying(
        422,
        FILE_NOT_TAKEN,
        _(
            "By its content this is none of the kinds that we take, whatever its name says. Take a photo of it or save it as PDF."
        ),
    ),
    "attachment_damaged": Saying(
        422,
        FILE_NOT_TAKEN,
        _("This file is damaged or holds something besides what it shows. Save it anew, as PDF or as a photo."),
    ),
    "attachment_unreadable": Saying(
        422,
        FILE_NOT_TAKEN,
        _("This file cannot be read safely: it needs too much time or memory. Save it anew, smaller or in parts."),
    ),
    "attachment_pixels": Saying(
        422,
        FILE_NOT_TAKEN,
        _("This picture has too many dots: at most %(maximum)s million. Save it smaller, or take it again."),
        _("This picture has too many dots. Save it smaller, or take it again."),
    ),
    "attachment_pages": Saying(
        422,
        FILE_NOT_TAKEN,
        _("This PDF has more than %(maximum)s pages. Send it in parts."),
        _("This PDF has too many pages. Send it in parts."),
    ),
    "attachment_locked": Saying(
        422, FILE_NOT_TAKEN, _("This file is locked with a password. Save it without one, and send that.")
    ),
    "attachment_macros": Saying(
        422,
        FILE_NOT_TAKEN,
        _("This document holds macros, which are small programs. Save it without them or as PDF, and send that."),
    ),
    "attachment_inside": Saying(
        422,
        FILE_NOT_TAKEN,
        _("This document holds other files or fetches something from elsewhere. Save it as PDF, and send that."),
    ),
    "attachment_virus": Saying(
        422,
        FILE_NOT_TAKEN,
        _("The virus scanner found something in this file. It was not kept. Send another copy of it."),
    ),
    "attachments_full": Saying(
        422,
        FILE_NOT_TAKEN,
        _(
            "Your matter holds as many files as it can: %(number)s, and %(maximum)s megabytes. Tell us in a message what else there is."
        ),
        _("Your matter holds as many files as it can. Tell us in a message what else there is."),
    ),
    "attachments_no_room": Saying(
        503,
        _("No room for files just now"),
        _("We cannot take files just now. What you write still arrives. Keep the file and send it again later."),
    ),
}
