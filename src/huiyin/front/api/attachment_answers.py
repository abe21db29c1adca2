"""What comes back about attachments; the description is made from it."""

from __future__ import annotations

from typing import get_args

from django.utils.translation import gettext_lazy as _
from rest_framework.serializers import BooleanField, CharField, DateTimeField, IntegerField

from huiyin.front.api.shapes import Answer, one_of
from huiyin.record.files.kinds import Kind
from huiyin.record.files.models import SCANS, SENDERS


class AttachmentShown(Answer):
    """A photo, document or recording of the matter, without its content and without the name its sender gave it."""

    number = IntegerField(help_text=_("Its number within the matter"))
    sender = one_of(SENDERS)
    kind = one_of(get_args(Kind))
    media_type = CharField(help_text=_("As found in the content, whatever the name says"))
    size = IntegerField(help_text=_("Bytes of the original"))
    sha256 = CharField(help_text=_("Hash of the original, as it stands in the ledger"))
    has_copy = BooleanField(help_text=_("Officers can open a copy without place, device and script"))
    has_open_original = BooleanField(help_text=_("Officers can open the original"))
    scan = one_of(SCANS)
    added_at = DateTimeField()


class Attached(Answer):
    """What became of the file."""

    case_number = CharField()
    attachment = AttachmentShown()
    is_new = BooleanField(help_text=_("false: the same bytes had come before, and nothing was kept twice"))


class OriginalDecided(Answer):
    """Whether officers can open the original now."""

    case_number = CharField()
    number = IntegerField()
    is_released = BooleanField()
