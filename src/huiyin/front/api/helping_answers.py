"""What comes back about helpers, a new code and files that show who somebody is; the description is made from it."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _
from rest_framework.serializers import BooleanField, CharField, DateField, DateTimeField, IntegerField

from huiyin.front.api.shapes import Answer, maybe, one_of
from huiyin.rules import helping


class HelperShown(Answer):
    """Somebody who acts or acted for the complainant."""

    number = IntegerField()
    who = one_of(helping.WHO)
    may = one_of(helping.MAY)
    called = CharField(help_text=_("In the complainant's own words; empty for officers"))
    until_on = maybe(DateField)
    made_at = DateTimeField()
    is_active = BooleanField(help_text=_("false: the code opens nothing any more"))
    has_code = BooleanField()


class HelperMade(Answer):
    """The helper's own receipt, shown this once."""

    case_number = CharField()
    number = IntegerField(help_text=_("What the matter calls the helper"))
    helper_number = CharField(help_text=_("The number on the helper's own receipt"))
    helper_code = CharField()


class NewCode(Answer):
    """A new code that does not hold yet."""

    case_number = CharField()
    new_code = CharField()
    carried = CharField(help_text=_("Send it back to let the code hold"))


class Done(Answer):
    """It is done."""

    case_number = CharField()


class IdentityFiles(Answer):
    """How many such files lie sealed with the name."""

    case_number = CharField()
    count = IntegerField()


class Confidential(Answer):
    """It is confidential from now on."""

    case_number = CharField()
    is_sealed = BooleanField(help_text=_("false: where it lies nobody holds a key, so its words are not sealed"))
