"""For programs of the complainant: who may act for them, a new code, files that show who they are, confidentiality asked for later."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext_lazy as _
from rest_framework.parsers import MultiPartParser
from rest_framework.request import Request
from rest_framework.response import Response

from huiyin.front import fresh_codes
from huiyin.front.api import helping_answers, helping_requests, requests
from huiyin.front.api.description import described
from huiyin.front.api.tracking import CHANGING, held
from huiyin.front.api.view import ApiView
from huiyin.front.arriving import data_of
from huiyin.record.cases.codes import receipts
from huiyin.record.cases.codes.receipts import Holder
from huiyin.record.cases.deeds import confiding, helping
from huiyin.record.cases.deeds.helping import Helper
from huiyin.record.cases.papers import identity_files
from huiyin.rules.helping import OWN
from huiyin.rules.receipt import show_code
from huiyin.rules.refusal import Refusal
from huiyin.stages.followup.actions import replace_code


class TrackHelpers(ApiView):
    """Let somebody act for the complainant."""

    @described(
        "add_helper",
        _("Let somebody act for you"),
        _(
            "A child, a neighbour, a lawyer, an organisation gets a number and a code of their own, shown this once. What they do is marked, each look of theirs is listed, and withdrawing stays with you. Only your own code can do it; every request makes another helper."
        ),
        body=helping_requests.HelperGiven,
        answer={201: helping_answers.HelperMade},
        problems=CHANGING,
    )
    def post(self, request: Request) -> Response:
        """Make the code."""
        given = self.given(request, helping_requests.HelperGiven)
        holder, number = _own(given, request)
        helper = Helper(given["who"], given.get("called", ""), given["may"], given.get("until_on"))
        made = helping.add_helper(holder, helper)
        body = {"case_number": number, "number": made.helper, "helper_number": made.number}
        return Response(body | {"helper_code": show_code(made.code)}, status=201)


class TrackHelperEnd(ApiView):
    """Take a helper's code back."""

    @described(
        "end_helper",
        _("Take back the code of a helper"),
        _("It opens nothing from that instant on. Said twice it counts once."),
        body=helping_requests.HelperEnded,
        answer={201: helping_answers.Done},
        problems=CHANGING,
    )
    def post(self, request: Request) -> Response:
        """End it."""
        given = self.given(request, helping_requests.HelperEnded)
        holder, number = _own(given, request)
        helping.end_helper(holder, given["number"])
        return Response({"case_number": number}, status=201)


class TrackNewCode(ApiView):
    """Another code in place of one that somebody else may know: shown first."""

    @described(
        "show_new_code",
        _("Show a new code"),
        _(
            "Nothing has changed yet: the old code holds until the new one is confirmed. Write it down first. What is carried opens for this receipt alone."
        ),
        body=requests.Receipt,
        answer={200: helping_answers.NewCode},
        problems=CHANGING,
    )
    def post(self, request: Request) -> Response:
        """Draw a code and hand it out."""
        holder, number = _own(self.given(request, requests.Receipt), request)
        code = receipts.new_code()
        body = {"case_number": number, "new_code": show_code(code), "carried": fresh_codes.carried(holder, code)}
        return Response(body)


class TrackNewCodeConfirm(ApiView):
    """The new code holds."""

    @described(
        "confirm_new_code",
        _("Let the new code hold"),
        _(
            "With the old code and the last four digits of the new one, which show that it was written down. From then on the old code opens nothing, on no device."
        ),
        body=helping_requests.NewCodeConfirmed,
        answer={201: helping_answers.Done},
        problems=CHANGING,
    )
    def post(self, request: Request) -> Response:
        """Put it in place of the old one."""
        given = self.given(request, helping_requests.NewCodeConfirmed)
        holder, number = _own(given, request)
        code = fresh_codes.brought_back(holder, given["carried"])
        if not code:
            raise Refusal("unknown_choice", field="carried")
        if not fresh_codes.is_written_down(code, given["last_digits"]):
            raise Refusal("unknown_choice", field="last_digits")
        replace_code(holder, code)
        return Response({"case_number": number}, status=201)


class TrackIdentityFiles(ApiView):
    """A file that shows who somebody is."""

    parser_classes = (MultiPartParser,)

    @described(
        "add_identity_file",
        _("Add a file that shows who you are"),
        _(
            "A scan of a card, a voice, a face, as multipart/form-data. It is sealed with the name, stands in no list and cannot be read back here; whoever opens it gives a reason, and you see who that was. An anonymous matter takes none."
        ),
        body={"multipart/form-data": helping_requests.IdentityFile},
        answer={201: helping_answers.IdentityFiles},
        problems=CHANGING,
    )
    def post(self, request: Request) -> Response:
        """Seal it."""
        given = self.given(request, helping_requests.IdentityFile)
        holder, number = held(given, request)
        identity_files.add(holder, data_of(given["file"]), case_number=number)
        return Response({"case_number": number, "count": identity_files.count(holder, case_number=number)}, status=201)


class TrackConfidential(ApiView):
    """Ask to be confidential from now on."""

    @described(
        "make_confidential",
        _("Ask to be confidential from now on"),
        _(
            "The name opens only when two people want it, and the matter leaves its unit only with a copy for readers. What was read before cannot be called back; it cannot be undone."
        ),
        body=requests.Receipt,
        answer={201: helping_answers.Confidential},
        problems=CHANGING,
    )
    def post(self, request: Request) -> Response:
        """Make it so."""
        holder, number = held(self.given(request, requests.Receipt), request)
        return Response({"case_number": number, "is_sealed": confiding.make_confidential(holder)}, status=201)


def _own(given: dict[str, Any], request: Request) -> tuple[Holder, str]:
    """The matter of the receipt itself, for the complainant alone."""
    holder, number = held(given, request)
    receipts.must_let(holder, OWN)
    if number != holder.number:
        raise Refusal("not_found")
    return holder, number
