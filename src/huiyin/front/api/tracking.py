"""The complainant follows a matter: number and code in every body, never in an address."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext_lazy as _
from rest_framework.request import Request
from rest_framework.response import Response

from huiyin.front.api import answers, promise_answers, requests, shown
from huiyin.front.api.description import ONE_BODY, described
from huiyin.front.api.found_answers import found
from huiyin.front.api.view import ApiView
from huiyin.record.cases.codes.receipts import Holder
from huiyin.record.cases.deeds import coming_back, duties, messages
from huiyin.record.cases.given import Given
from huiyin.record.cases.moving import moves
from huiyin.record.cases.opening import access
from huiyin.record.cases.words import telltales
from huiyin.rules.receipt import parse_case_number
from huiyin.stages.followup.actions import rate
from huiyin.ui.source import source_of

READING = (404, *ONE_BODY, 429, 503)
CHANGING = (404, 409, *ONE_BODY, 429, 503)


def held(given: dict[str, Any], request: Request) -> tuple[Holder, str]:
    """Who holds the receipt, and the number of the matter that was meant: the receipt's own, or its review's."""
    holder = access.open_receipt(given["case_number"], given["receipt_code"], source=source_of(request._request))
    return holder, parse_case_number(given["case_number"]) or holder.number


class Track(ApiView):
    """Read one's own matter."""

    @described(
        "track",
        _("Follow a matter"),
        _(
            "Everything the complainant may know, also who looked. A wrong code and an unknown number get the same answer. Following is itself written into the list of looks."
        ),
        body=requests.Receipt,
        answer={200: answers.Tracked},
        problems=READING,
    )
    def post(self, request: Request) -> Response:
        """The matter as it stands now."""
        holder, number = held(self.given(request, requests.Receipt), request)
        view = access.open_as_complainant(holder, number)
        return Response(shown.tracked(view, access.proof(number)))


class TrackMessages(ApiView):
    """Write to the office."""

    @described(
        "write_message",
        _("Write to the office"),
        _("A message is taken in every state, also after the end."),
        body=requests.Message,
        answer={201: answers.Written},
        problems=CHANGING,
    )
    def post(self, request: Request) -> Response:
        """Keep the message."""
        given = self.given(request, requests.Message)
        holder, number = held(given, request)
        places, moves_out = telltales.found_in(text=given["text"]), bool(given.get("move_found"))
        chosen = {each.key for each in places} if moves_out else set()
        text = messages.write_as_complainant(holder, given["text"], case_number=number, move_out=chosen).text
        body = {"case_number": number, "sender": "complainant", "text": text}
        return Response(body | {"found": found(places, is_moved=moves_out)}, status=201)


class TrackRating(ApiView):
    """Rate the answer."""

    @described(
        "rate",
        _("Rate the answer"),
        _("Kept apart from the matter: no officer sees it. Sent again within 90 days it replaces the first."),
        body=requests.Rating,
        answer={201: answers.RatingKept},
        problems=CHANGING,
    )
    def post(self, request: Request) -> Response:
        """Keep the rating."""
        given = self.given(request, requests.Rating)
        holder, _number = held(given, request)
        rating = {"solved": given["solved"], "score": given.get("score"), "comment": given.get("comment", "")}
        rate(holder, **rating)
        return Response(rating, status=201)


class TrackContest(ApiView):
    """Ask that somebody else look again."""

    @described(
        "contest",
        _("Ask for a review"),
        _("Opens a matter of its own at the next higher body, under links; the same code follows it."),
        body=requests.Contest,
        answer={201: answers.Moved},
        problems=CHANGING,
    )
    def post(self, request: Request) -> Response:
        """Open the review. A pack asks for the grounds as text or as free reason: both are given."""
        given = self.given(request, requests.Contest)
        holder, number = held(given, request)
        grounds = Given(text=given["grounds"], reason=given["grounds"])
        done = moves.ask_for_review(holder, case_number=number, given=grounds)
        return Response(shown.moved(done), status=201)


class TrackDuties(ApiView):
    """Say whether a promise was kept."""

    @described(
        "say_about_duty",
        _("Say whether a promise was kept"),
        _("Nobody has to. A yes can be taken back; what a reviewer found has ended."),
        body=requests.DutyWord,
        answer={201: promise_answers.DutyKept},
        problems=CHANGING,
    )
    def post(self, request: Request) -> Response:
        """Keep the word."""
        given = self.given(request, requests.DutyWord)
        holder, number = held(given, request)
        say = duties.confirm_done if given["done"] else duties.deny_done
        say(holder, given["duty"], case_number=number, text=given.get("text", ""))
        return Response({"case_number": number, "duty": given["duty"], "done": given["done"]}, status=201)


class TrackComeBack(ApiView):
    """Come back to a matter that has ended."""

    @described(
        "come_back",
        _("Come back with what is new"),
        _("Makes a matter of its own, under links; the same code follows it. The same words sent twice arrive once."),
        body=requests.ComeBack,
        answer={201: promise_answers.CameBack},
        problems=CHANGING,
    )
    def post(self, request: Request) -> Response:
        """Register what is new."""
        given = self.given(request, requests.ComeBack)
        holder, number = held(given, request)
        made = coming_back.come_back(holder, case_number=number, what_is_new=given["text"])
        return Response({"case_number": made, "tracking_url": shown.tracking_url(made)}, status=201)
