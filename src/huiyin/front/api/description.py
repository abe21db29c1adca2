"""How an address is described: everything it takes and every status it may answer, nothing left open."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any, TypeVar

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from drf_spectacular.extensions import OpenApiAuthenticationExtension
from drf_spectacular.openapi import AutoSchema
from drf_spectacular.utils import OpenApiParameter, OpenApiResponse, extend_schema
from rest_framework.serializers import Serializer

from huiyin.front.api import answers
from huiyin.front.api.problems import MEDIA_TYPE
from huiyin.stages.intake.actions import KEY_LIMIT

F = TypeVar("F", bound=Callable[..., Any])

STATUSES: Mapping[int, Promise] = {
    200: _("Done"),
    201: _("Made"),
    400: _("Not well formed"),
    401: _("No valid staff token"),
    404: _("Unknown, or not yours: both look the same"),
    409: _("Not possible as things stand now: repeated, changed meanwhile, or not allowed in this state"),
    413: _("Too large"),
    415: _("Not of the media type that is asked for"),
    422: _("A field is missing or cannot be taken; errors names it"),
    429: _("Too many tries; Retry-After says how many seconds to wait"),
    503: _("Busy; Retry-After says how many seconds to wait"),
}
ONE_BODY = (400, 413, 415, 422)  # what can be wrong with any body

LANGUAGE = OpenApiParameter(
    "Accept-Language",
    {"type": "string", "examples": ["zh-Hans", "en"]},
    OpenApiParameter.HEADER,
    description=_("The reader's language: zh (as a rule) or en"),
)
IDEMPOTENCY_KEY = OpenApiParameter(
    "Idempotency-Key",
    {"type": "string", "minLength": 1, "maxLength": KEY_LIMIT, "pattern": "^[!-~]+$"},
    OpenApiParameter.HEADER,
    description=_("Any random text of the sender's own; the same one for every try of the same complaint"),
)
RETRY_AFTER = OpenApiParameter(
    "Retry-After",
    {"type": "integer", "minimum": 1},
    OpenApiParameter.HEADER,
    response=[429, 503],
    description=_("Seconds to wait"),
)
LIMIT = OpenApiParameter(
    "limit",
    {"type": "integer", "minimum": 1, "maximum": 100},
    OpenApiParameter.QUERY,
    description=_("Lines on one page"),
)
AFTER = OpenApiParameter(
    "after", {"type": "string", "maxLength": 200}, OpenApiParameter.QUERY, description=_("The next of the page before")
)


def described(
    operation_id: str,
    summary: Promise,
    description: Promise,
    *,
    answer: Mapping[int, type[Serializer[Any]]],
    problems: Sequence[int],
    body: type[Serializer[Any]] | Mapping[str, type[Serializer[Any]]] | None = None,
    parameters: Sequence[OpenApiParameter] = (),
) -> Callable[[F], F]:
    """Describe one method of an address; ``problems`` are the other statuses it may answer."""
    responses: dict[Any, Any] = {
        status: OpenApiResponse(shape, description=STATUSES[status]) for status, shape in answer.items()
    }
    responses |= {
        (status, MEDIA_TYPE): OpenApiResponse(answers.ProblemDetails, description=STATUSES[status])
        for status in problems
    }
    waits = [RETRY_AFTER] if {429, 503} & set(problems) else []
    return extend_schema(
        operation_id=operation_id,
        summary=summary,
        description=description,
        request=body,
        responses=responses,
        parameters=[LANGUAGE, *parameters, *waits],
    )


class StaffTokenScheme(OpenApiAuthenticationExtension):  # type: ignore[no-untyped-call]
    """The staff token, as OpenAPI says it."""

    target_class = "huiyin.front.api.tokens.StaffToken"
    name = "staffToken"

    def get_security_definition(self, auto_schema: AutoSchema) -> dict[str, Any]:
        """HTTP bearer."""
        return {
            "type": "http",
            "scheme": "bearer",
            "description": str(_("Made by its owner on the desk; lives at most 30 days")),
        }


def known_names_only(result: dict[str, Any], **_rest: Any) -> dict[str, Any]:
    """Say in the description what ``fields.Body`` does: unknown names are refused."""
    for name, schema in result["components"]["schemas"].items():
        if name.endswith("Request"):
            schema["additionalProperties"] = False
        for field in schema.get("properties", {}).values():
            field.pop("x-spec-enum-id", None)  # a mark of the generator for itself
    return result
