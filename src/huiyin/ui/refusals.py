"""The one table of refusals: code -> HTTP status, title, sentence. Pages and the API both read it.

A sentence says what to do. Its named places are filled from the refusal's
``params``; when a rule gives fewer, the ``plain`` sentence stands in.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from django import forms
from django.utils.translation import gettext_lazy as _

from huiyin.rules.procedure import Words
from huiyin.rules.refusal import Refusal
from huiyin.ui.dates import long_date
from huiyin.ui.field_names import FIELD_NAMES
from huiyin.ui.file_refusals import FILE_SAYINGS
from huiyin.ui.languages import page_tag
from huiyin.ui.names import ROLE_NAMES
from huiyin.ui.saying import INCOMPLETE, NOT_FOUND, NOT_NOW, Saying
from huiyin.ui.sayings_of_entry import OF_ENTRY
from huiyin.ui.sayings_of_identity import OF_IDENTITY
from huiyin.ui.sayings_of_mediation import OF_MEDIATION
from huiyin.ui.sayings_of_sealing import OF_SEALING

SAYINGS: dict[str, Saying] = {
    **OF_ENTRY,
    **OF_IDENTITY,
    **OF_MEDIATION,
    **OF_SEALING,
    # Nothing there, or nothing for you: one and the same.
    "not_found": Saying(404, NOT_FOUND, _("There is no such page or matter, or it is not open to you.")),
    "barred": Saying(404, NOT_FOUND, _("There is no such page or matter, or it is not open to you.")),
    "check_digits": Saying(
        404,
        _("We found no matter with this number and code"),
        _(
            "Check the digits: the number has nine digits and a check mark, the code has twenty digits. Both stand on your receipt."
        ),
    ),
    "check_word": Saying(
        404,
        _("We found no matter with this number and status word"),
        _("Check the number and the status word. Both stand on the receipt or the slip."),
    ),
    # Who one is.
    "not_signed_in": Saying(401, _("Please sign in"), _("Sign in first. What you wanted to open comes next.")),
    "token_invalid": Saying(
        401, _("The token is not valid"), _("The token is unknown, ended or withdrawn. Make a new one on the desk.")
    ),
    "wrong_password": Saying(
        401,
        _("Signing in did not work"),
        _("The name or the password is not right. Check both and try again, or ask the administrator."),
    ),
    "no_officer_here": Saying(
        403, _("No post today"), _("This account holds no post today. Ask the administrator to enter your post.")
    ),
    "not_allowed": Saying(
        403, _("Not part of your post"), _("Your post does not include this. Ask the head of your unit who may do it.")
    ),
    # The matter stands elsewhere.
    "not_allowed_now": Saying(
        409,
        NOT_NOW,
        _("“%(move)s” is not possible in the state the matter is in now. Open the matter again to see what is."),
        _("This step is not possible in the state the matter is in now. Open the matter again to see what is."),
    ),
    "not_your_move": Saying(
        409,
        _("This step belongs to somebody else"),
        _("“%(move)s” belongs to another post. The matter names who may do it."),
        _("This step belongs to another post. The matter names who may do it."),
    ),
    "window_closed": Saying(
        409,
        _("The time for this has passed"),
        _("The last day was %(last_day)s. The service guide says which other routes are open."),
        _("The time for this has passed. The service guide says which other routes are open."),
    ),
    "too_early": Saying(
        409,
        _("It is too early for this"),
        _("This becomes possible after %(last_day)s, if nothing has happened by then."),
        _("Another term must first have run out. The matter shows until when it runs."),
    ),
    "stale": Saying(
        409,
        _("This is no longer as you saw it"),
        _(
            "Letter %(letter)s is no longer the one you looked at. What you wrote is kept: look at the letter again before it goes out."
        ),
        _("Read what is new above. What you wrote is kept below; send it again if it still fits."),
    ),
    "evidence_first": Saying(
        409,
        _("Evidence comes first"),
        _(
            "What could vanish is not secured yet. Answer that duty first; the complainant reads the result, and then the officer is asked."
        ),
    ),
    "unheard": Saying(
        409,
        _("Nobody is found at fault unheard"),
        _(
            "What is said has not been put to everybody named. The desk outside puts it to them; it can be decided once they answered or let the day pass."
        ),
    ),
    "repeated": Saying(
        409, _("This has been done already"), _("The same step was taken before. Nothing was done twice.")
    ),
    "second_person_needed": Saying(
        409,
        _("Somebody else must approve this"),
        _("You proposed this yourself. A second person has to approve it."),
    ),
    "calendar_wrong": Saying(
        422,
        _("This calendar cannot be right"),
        _("The calendar was not taken in: %(problem)s"),
        _("The calendar was not taken in. Check its dates against the notice."),
    ),
    "procedure_wrong": Saying(
        422,
        _("This procedure cannot be right"),
        _("The procedure was not taken in, and the one in force stays: %(problem)s"),
        _("The procedure was not taken in. The one in force stays."),
    ),
    "in_force_already": Saying(409, NOT_NOW, _("This very text is in force already. There is nothing to switch on.")),
    "version_taken": Saying(
        409,
        NOT_NOW,
        _("There is another text of version %(version)s. Give this one a version of its own."),
        _("There is another text of this version. Give this one a version of its own."),
    ),
    "no_extension": Saying(
        409,
        _("This time limit cannot be extended"),
        _("The procedure allows no extension here, or the clock does not run now."),
    ),
    "extension_used": Saying(
        409,
        _("This time limit was extended before"),
        _("The procedure allows no further extension."),
    ),
    "extension_too_long": Saying(
        422,
        _("This is longer than the procedure allows"),
        _("At most %(maximum)s days are allowed."),
        _("Give fewer days."),
    ),
    "no_stop": Saying(
        422,
        _("The clock does not stop for this"),
        _("Choose one of the reasons for which the procedure stops the clock."),
    ),
    "key_conflict": Saying(
        409,
        _("This key was used for something else"),
        _("The Idempotency-Key belongs to another request, or is older than 48 hours. Use a new key."),
    ),
    "sign_off_waits": Saying(
        409,
        _("The draft still waits for a signature"),
        _("The draft waits at: %(at)s. It can be delivered when every step has been signed."),
        _("The draft can be delivered when every step of the sign-off has been signed."),
    ),
    "no_draft_here": Saying(
        409,
        _("No draft waits for your signature"),
        _("It was signed, returned or waits for somebody else. Open the matter again."),
    ),
    "no_signer": Saying(
        409,
        _("Nobody can sign this step now"),
        _(
            "The next signature belongs to: %(role)s. Nobody free of a conflict of interest holds that post. Ask for a stand-in."
        ),
        _("Nobody free of a conflict of interest holds the post that signs next. Ask for a stand-in."),
    ),
    "external_taken": Saying(
        409,
        _("This number belongs to another matter"),
        _("In that system the number already belongs to another matter here. Check the number."),
    ),
    "card_used": Saying(
        409, _("This card has been used"), _("A matter was already registered with this card. Take another card.")
    ),
    "already_rated": Saying(
        409, _("You have rated this already"), _("A rating is given once. If you are not content, ask for a review.")
    ),
    "closed": Saying(
        409,
        _("This matter is closed"),
        _("Nothing can be added any more. You can file a new matter and name this number in it."),
    ),
    "no_desk": Saying(
        503,
        _("Nobody can take this matter now"),
        _(
            "No officer free of a conflict of interest is on duty. Nothing was lost: try again later, or come to the counter."
        ),
    ),
    "not_yours_to_unseal": Saying(
        403,
        _("This name is not yours to unseal"),
        _("Only the responsible officer may unseal a name, or two people together where it is confidential."),
    ),
    "conflict": Saying(
        409,
        _("This person must stay away from the matter"),
        _("The matter concerns them or somebody close to them. Choose another officer."),
    ),
    # What was typed.
    "malformed": Saying(
        400,
        _("We could not read this"),
        _("What was sent is not well formed. Send it again, as the documentation shows."),
    ),
    "empty": Saying(
        422,
        INCOMPLETE,
        _("“%(field)s” is empty. Write something there."),
        _("Write something first."),
    ),
    "too_long": Saying(
        422,
        INCOMPLETE,
        _("“%(field)s” is too long: at most %(maximum)s characters. The rest can go into a message afterwards."),
        _("The text is too long. The rest can go into a message afterwards."),
    ),
    "too_few": Saying(422, INCOMPLETE, _("A rate over so few says nothing. Give the two numbers instead.")),
    "input_missing": Saying(
        422,
        INCOMPLETE,
        _("“%(field)s” is missing. This step needs it."),
        _("Something this step needs is missing."),
    ),
    "not_confirmed": Saying(
        422,
        INCOMPLETE,
        _("Confirm that this holds: “%(guard)s”. If it does not, this is not the right step."),
        _("Confirm what this step wants confirmed. If it does not hold, this is not the right step."),
    ),
    "goes_to_the_accused": Saying(
        422,
        INCOMPLETE,
        _("The matter concerns them: what is reported never goes to whom it is about. Choose another place."),
    ),
    "input_unwanted": Saying(
        422,
        INCOMPLETE,
        _("“%(field)s” does not belong to this step. Leave it out."),
        _("Something was given that does not belong to this step. Leave it out."),
    ),
    "unknown_choice": Saying(
        422,
        INCOMPLETE,
        _("“%(field)s” has a value that is not in the list. Choose one of the list."),
        _("Choose one of the list."),
    ),
    "unknown_move": Saying(
        422, INCOMPLETE, _("There is no step of this name. The matter lists the steps that are possible.")
    ),
    "invalid": Saying(
        422,
        INCOMPLETE,
        _("“%(field)s” cannot be read. Correct it and send again."),
        _("Something cannot be read. Correct it and send again."),
    ),
    "too_many": Saying(
        422,
        INCOMPLETE,
        _("“%(field)s” holds too many lines: at most %(maximum)s."),
        _("There are too many lines. Leave some out."),
    ),
    "duties_unwanted": Saying(
        422,
        INCOMPLETE,
        _("Only an answer that supports the complaint, wholly or in part, can say what will be done about it."),
    ),
    "day_past": Saying(422, INCOMPLETE, _("This day is past. Give today or a later day.")),
    "day_too_far": Saying(
        422,
        INCOMPLETE,
        _("This day is too far away to bind anybody. The latest is %(last_day)s."),
        _("This day is too far away to bind anybody. Give an earlier one."),
    ),
    "reason_missing": Saying(422, INCOMPLETE, _("Give a reason. It is kept, and the complainant can read it.")),
    "dates_reversed": Saying(
        422,
        INCOMPLETE,
        _("This lies before %(first)s, the first day that can be. Give that day or a later one."),
        _("The last day lies before the first. Correct one of them."),
    ),
    "date_in_future": Saying(422, INCOMPLETE, _("This day is still to come. Give today or an earlier day.")),
    "external_personal": Saying(
        422,
        INCOMPLETE,
        _("This looks like a telephone or identity number. Give the number that the other system gave the matter."),
    ),
    "card_unknown": Saying(422, INCOMPLETE, _("We do not know this card. Check the serial number on it.")),
    "file_empty": Saying(422, INCOMPLETE, _("This file is empty. Scan the paper again and attach that file.")),
    "file_too_large": Saying(
        422,
        INCOMPLETE,
        _(
            "This file is larger than %(maximum)s megabytes. Scan the paper in black and white, or with fewer dots, and attach that file."
        ),
        _("This file is too large. Scan the paper in black and white, or with fewer dots, and attach that file."),
    ),
    "file_kind": Saying(
        422,
        INCOMPLETE,
        _("This is no PDF, PNG or JPEG, whatever its name says. Save the scan as one of these and attach that file."),
    ),
    **FILE_SAYINGS,
    "search_too_short": Saying(
        422,
        INCOMPLETE,
        _("Type at least %(shortest)s characters to search."),
        _("Type at least two characters to search."),
    ),
    "search_number": Saying(
        422,
        INCOMPLETE,
        _(
            "Long numbers such as telephone or identity numbers cannot be searched. A matter is found by its number or its words."
        ),
    ),
    # The house.
    "procedure_missing": Saying(
        500, _("A procedure is missing"), _("The procedure this needs is not installed. Tell the administrator.")
    ),
    "calendar_missing": Saying(
        500, _("A calendar is missing"), _("The calendar this needs is not installed. Tell the administrator.")
    ),
    "no_typeface": Saying(
        503,
        _("Letters cannot be set here"),
        _("No font for Chinese letters is installed. Print the page instead, and tell the administrator."),
    ),
    "busy": Saying(503, _("Too many at once"), _("We are busy. Nothing was lost: wait a minute, then send again.")),
    "too_often": Saying(429, _("Too many tries"), _("Wait a minute, then try again. Nobody is locked out for good.")),
}


def status(refusal: Refusal) -> int:
    """The HTTP status; an unknown code is a mistake of ours and raises KeyError."""
    return SAYINGS[refusal.code].status


def title(refusal: Refusal) -> str:
    """A few words, for the heading of a page or the ``title`` of a problem."""
    return str(SAYINGS[refusal.code].title)


def sentence(refusal: Refusal) -> str:
    """What happened and what to do, in the page's language."""
    saying = SAYINGS[refusal.code]
    places = {name: _said(name, value) for name, value in refusal.params.items() if not _is_code(name, value)}
    wanted = str(saying.sentence)
    if saying.plain is not None and not _fits(wanted, places):
        return str(saying.plain)
    return wanted % places if "%(" in wanted else wanted


def _is_code(name: str, value: object) -> bool:
    """An inner name of a move or a term is for programs; people are shown ``Words`` or nothing."""
    return name in {"move", "term", "state", "guard"} and not isinstance(value, Words)


def _fits(wanted: str, places: Mapping[str, str]) -> bool:
    try:
        wanted % places
    except KeyError:
        return False
    return True


def _said(name: str, value: object) -> str:
    """A parameter in words: law in the page's language, days as dates, fields by their names."""
    if isinstance(value, Words):
        return value.in_language(page_tag())
    if isinstance(value, date):
        return long_date(value)
    if name == "role":
        return str(ROLE_NAMES.get(str(value), value))
    if name == "field":
        return str(FIELD_NAMES.get(str(value), value))
    return f"{value:,}" if isinstance(value, int) and not isinstance(value, bool) else str(value)


def put_into(form: forms.Form, refusal: Refusal) -> int:
    """Write the refusal at its field (``box`` where the form calls it otherwise), or above the form; gives the status."""
    field = str(refusal.params.get("box") or refusal.params.get("field", ""))
    form.add_error(field if field in form.fields else None, sentence(refusal))
    return status(refusal)
