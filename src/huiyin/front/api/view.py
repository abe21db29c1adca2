"""What every address of the API has in common: JSON in, JSON out, no cookie, no page."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from rest_framework.negotiation import BaseContentNegotiation
from rest_framework.parsers import BaseParser
from rest_framework.renderers import BaseRenderer
from rest_framework.request import Request
from rest_framework.views import APIView

from huiyin.front.api.fields import Body, checked
from huiyin.rules.refusal import Refusal

LARGEST_PAGE = 100


class JsonAlone(BaseContentNegotiation):
    """There is one way to answer, whatever Accept says; what comes in must say that it is JSON."""

    def select_parser(self, request: Request, parsers: Iterable[BaseParser]) -> BaseParser | None:
        """The parser, if the body is JSON."""
        kind = (request.content_type or "").partition(";")[0].strip().lower()
        return next((parser for parser in parsers if parser.media_type == kind), None)

    def select_renderer(
        self, request: Request, renderers: Iterable[BaseRenderer], format_suffix: str | None = None
    ) -> tuple[BaseRenderer, str]:
        """The one there is."""
        renderer = next(iter(renderers))
        return renderer, str(renderer.media_type)


class ApiView(APIView):
    """Everything that goes wrong inside becomes a problem; OPTIONS and PUT are not taken anywhere."""

    http_method_names = ("get", "post", "head")
    content_negotiation_class = JsonAlone

    def given(self, request: Request, kind: type[Body]) -> dict[str, Any]:
        """The checked values of the body. An empty body is malformed, not an empty object."""
        if request.stream is None:
            raise Refusal("malformed")
        return checked(kind, request.data)

    def asked_limit(self, request: Request, default: int) -> int:
        """``limit`` of a list. Raises Refusal("unknown_choice") outside 1 to 100."""
        asked = request.query_params.get("limit")
        if asked is None:
            return default
        if not (asked.isascii() and asked.isdecimal() and len(asked) <= 3 and 1 <= int(asked) <= LARGEST_PAGE):
            raise Refusal("unknown_choice", field="limit")
        return int(asked)
