"""The desk for programs: what the token's owner may see and do, and nothing more."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext_lazy as _
from drf_spectacular.utils import OpenApiParameter
from rest_framework.request import Request
from rest_framework.response import Response

from huiyin.front.api import answers, cursors, requests, shown
from huiyin.front.api.description import AFTER, LIMIT, ONE_BODY, described
from huiyin.front.api.tokens import StaffToken, reader_of
from huiyin.front.api.view import ApiView
from huiyin.record.bodies.queries import Reader
from huiyin.record.cases.given import Given, Moved
from huiyin.record.cases.lists import queries, search
from huiyin.record.cases.moving import moves
from huiyin.record.cases.opening import access
from huiyin.rules import duties, guards
from huiyin.rules.duties import Duty
from huiyin.rules.receipt import parse_case_number
from huiyin.rules.refusal import Refusal
from huiyin.rules.text import storable

ORDERS = ("due_on",)
QUERY_LIMIT = 200  # characters
NUMBER = OpenApiParameter(
    "case_number",
    {"type": "string", "examples": ["1234-5678-95"]},
    OpenApiParameter.PATH,
    description=_("Number of the matter"),
)


class DeskView(ApiView):
    """An address for officers: the token first, before anything of the request is read."""

    authentication_classes = (StaffToken,)


class DeskCases(DeskView):
    """One page of a queue."""

    @described(
        "list_cases",
        _("A queue, nearest day first"),
        _(
            "mine: I am responsible. unit: open matters of my units. promises: a line for each promise to keep. overdue, today, week, new, waiting, sign: parts of mine."
        ),
        answer={200: answers.Cases},
        problems=(400, 401, 422, 503),
        parameters=[
            OpenApiParameter(
                "queue", {"type": "string", "enum": list(queries.QUEUES), "default": "mine"}, OpenApiParameter.QUERY
            ),
            OpenApiParameter(
                "order", {"type": "string", "enum": list(ORDERS), "default": "due_on"}, OpenApiParameter.QUERY
            ),
            LIMIT,
            AFTER,
        ],
    )
    def get(self, request: Request) -> Response:
        """The page with counts of all queues."""
        reader, asked = reader_of(request), request.query_params
        name = asked.get("queue", "mine")
        if asked.get("order", "due_on") not in ORDERS:
            raise Refusal("unknown_choice", field="order")
        if name not in queries.QUEUES:
            raise Refusal("unknown_choice", field="queue")
        place = f"{name} {reader.code}"
        after = cursors.opened(asked.get("after", ""), of=place)
        page = queries.queue(name, reader=reader, after=after, limit=self.asked_limit(request, 25))
        return Response(
            {"items": shown.rows(page.items), "next": cursors.sealed(page.next, of=place), "counts": page.counts}
        )


class DeskCase(DeskView):
    """One matter."""

    @described(
        "read_case",
        _("Read one matter"),
        _(
            "The reading is written into the ledger first; the complainant sees it. A sealed matter is answered with 409: a person opens it on the desk."
        ),
        answer={200: answers.DeskMatter},
        problems=(400, 401, 404, 409, 503),
        parameters=[NUMBER],
    )
    def get(self, request: Request, case_number: str) -> Response:
        """The matter, with the moves open to the reader."""
        return Response(shown.on_desk(access.open_case(_number(case_number), reader=reader_of(request))))


class DeskMoves(DeskView):
    """Make a move."""

    @described(
        "move_case",
        _("Make a move"),
        _(
            "sign and return_draft act on the draft that waits for me. A move that needs signatures becomes a draft first: waiting_for_signature is true."
        ),
        body=requests.Deed,
        answer={200: answers.Moved},
        problems=(401, 404, 409, *ONE_BODY, 503),
        parameters=[NUMBER],
    )
    def post(self, request: Request, case_number: str) -> Response:
        """Where the matter stands afterwards."""
        given = self.given(request, requests.Deed)
        return Response(shown.moved(_done(_number(case_number), given, reader_of(request))))


class DeskSearch(DeskView):
    """Find matters by their words."""

    @described(
        "search_cases",
        _("Search the words of matters"),
        _("Exact: every word must occur. Only matters the reader may open are found. The search is written into the ledger, without the words."),
        answer={200: answers.SearchPage},
        problems=(400, 401, 422, 503),
        parameters=[
            OpenApiParameter(
                "q", {"type": "string", "minLength": 2, "maxLength": QUERY_LIMIT}, OpenApiParameter.QUERY, required=True,
                description=_("Two characters at least; or a whole case number"),
            ),
            LIMIT,
            AFTER,
        ],
    )  # fmt: skip
    def get(self, request: Request) -> Response:
        """Newest first."""
        reader, asked = reader_of(request), request.query_params
        query = storable(asked.get("q", ""))
        if len(query) > QUERY_LIMIT:
            raise Refusal("too_long", field="q", maximum=QUERY_LIMIT)
        place = f"search {reader.code}"
        before = cursors.opened(asked.get("after", ""), of=place)
        limit = self.asked_limit(request, 20)
        found = search.search(query, reader=reader, limit=limit, before=int(before) if before else None)
        return Response(
            {
                "items": shown.rows(found.items),
                "next": cursors.sealed(found.next, of=place),
                "counts": {"shown": len(found.items)},
            }
        )


def _number(typed: str) -> str:
    """The number in its one form; what cannot be a number is not found, like one that does not exist."""
    number = parse_case_number(typed)
    if number is None:
        raise Refusal("not_found")
    return number


def _confirmed(given: dict[str, Any]) -> str:
    """What the program says was confirmed; left out is kept as left out, an empty list as a refusal to confirm."""
    confirmed = given.pop("confirmed", None)
    return guards.UNSAID if confirmed is None else guards.written(confirmed)


def _done(number: str, given: dict[str, Any], reader: Reader) -> Moved:
    move, version, seen = given.pop("move"), given.pop("version"), given.pop("seen", "")
    if move == "sign":
        return moves.sign(number, by=reader, version=version, seen=seen)
    if move == "return_draft":
        return moves.return_draft(number, by=reader, note=given.get("text", ""), version=version)
    promised = [Duty(each["kind"], each["due_on"], each["text"]) for each in given.pop("duties", ())]
    more = {"duties": duties.written(promised), "confirmed": _confirmed(given)}
    words = {name: str(value) for name, value in given.items()} | more
    words["matter_class"] = words.pop("class", "")
    return moves.move(number, move, by=reader, given=Given(**words), version=version, seen=seen)
