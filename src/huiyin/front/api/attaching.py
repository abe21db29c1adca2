"""The complainant adds files to a matter, one in each request, and decides on the originals."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _
from rest_framework.parsers import MultiPartParser
from rest_framework.request import Request
from rest_framework.response import Response

from huiyin.front.api import attachment_answers, beside, requests
from huiyin.front.api.description import described
from huiyin.front.api.tracking import CHANGING, held
from huiyin.front.api.view import ApiView
from huiyin.front.arriving import data_of
from huiyin.record.cases.papers import attaching


class TrackAttachments(ApiView):
    """Add a file."""

    parser_classes = (MultiPartParser,)

    @described(
        "attach",
        _("Add a photo, document or recording"),
        _(
            "One file in each request, as multipart/form-data. The same bytes sent again stand once, so that any request may be repeated. What stands there is listed under attachments when the matter is followed."
        ),
        body={"multipart/form-data": requests.AttachmentSent},
        answer={201: attachment_answers.Attached},
        problems=CHANGING,
    )
    def post(self, request: Request) -> Response:
        """Keep the file."""
        given = self.given(request, requests.AttachmentSent)
        holder, number = held(given, request)
        file = given["file"]
        added = attaching.add_as_complainant(
            holder,
            data_of(file),
            name=file.name or "",
            is_released=given.get("originals") == "open",
            case_number=number,
        )
        return Response(
            {"case_number": number, "attachment": beside.attachment(added.view), "is_new": added.is_new}, status=201
        )


class TrackOriginals(ApiView):
    """Decide on an original."""

    @described(
        "decide_on_original",
        _("Let officers open an original, or no longer"),
        _("For files that the complainant sent. What somebody opened before stays in the list of looks."),
        body=requests.OriginalWord,
        answer={201: attachment_answers.OriginalDecided},
        problems=CHANGING,
    )
    def post(self, request: Request) -> Response:
        """Keep the word."""
        given = self.given(request, requests.OriginalWord)
        holder, number = held(given, request)
        attaching.release(holder, given["number"], is_released=given["is_released"], case_number=number)
        word = {"case_number": number, "number": given["number"], "is_released": given["is_released"]}
        return Response(word, status=201)
