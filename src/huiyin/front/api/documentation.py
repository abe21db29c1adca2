"""The description of the API: for programs as OpenAPI 3.1, for people as a page made from it."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from typing import Any

from django.conf import settings
from django.http import HttpResponse
from django.shortcuts import render
from django.utils import translation
from django.utils.decorators import method_decorator
from django.utils.translation import gettext as _
from django.views.decorators.gzip import gzip_page
from drf_spectacular.generators import SchemaGenerator
from drf_spectacular.utils import extend_schema
from rest_framework.request import Request

from huiyin.front.api.problems import MEDIA_TYPE, all_codes
from huiyin.front.api.view import ApiView
from huiyin.ui.languages import page_tag

Schema = dict[str, Any]


@dataclass(frozen=True, slots=True)
class FieldLine:
    """One field of a body, an answer or an address."""

    name: str
    kind: str
    is_required: bool
    description: str
    place: str = ""


@dataclass(frozen=True, slots=True)
class Operation:
    """One address with one method."""

    id: str
    method: str
    path: str
    summary: str
    description: str
    needs_token: bool
    parameters: tuple[FieldLine, ...]
    body: tuple[FieldLine, ...]
    answer_status: str
    answer: tuple[FieldLine, ...]
    problems: tuple[tuple[str, str], ...]


class Description(ApiView):
    """``openapi.json``."""

    @extend_schema(exclude=True)
    @method_decorator(gzip_page)  # nothing secret stands beside what a stranger could put in
    def get(self, request: Request) -> HttpResponse:
        """The whole description in the reader's language."""
        return HttpResponse(schema_bytes(page_tag()), content_type="application/json")


class Documentation(ApiView):
    """The readable page."""

    @extend_schema(exclude=True)
    @method_decorator(gzip_page)
    def get(self, request: Request) -> HttpResponse:
        """Every address, every field, every code; without a script."""
        codes = sorted(all_codes(), key=lambda each: (each[1], each[0]))
        context = {"operations": operations(page_tag()), "codes": codes, "base_url": settings.HUIYIN_BASE_URL}
        return render(request._request, "api/documentation.html", context)


@cache
def schema(language: str) -> Schema:
    """The description, made once for each language."""
    with translation.override(language):
        generator = SchemaGenerator()  # type: ignore[no-untyped-call]
        made: Schema = generator.get_schema(request=None, public=True)  # type: ignore[no-untyped-call]
    return made


@cache
def schema_bytes(language: str) -> bytes:
    """The description as it is sent."""
    return json.dumps(schema(language), ensure_ascii=False, indent=1, default=str).encode()


@cache
def operations(language: str) -> tuple[Operation, ...]:
    """The addresses, those for complainants first."""
    with translation.override(language):
        whole = schema(language)
        found = [
            _operation(whole, path, method, operation)
            for path, methods in whole["paths"].items()
            for method, operation in methods.items()
        ]
    return tuple(sorted(found, key=lambda each: each.needs_token))


def _operation(whole: Schema, path: str, method: str, operation: Schema) -> Operation:
    bodies: Schema = operation.get("requestBody", {}).get("content", {})
    body: Schema = next((each["schema"] for each in bodies.values()), {})
    status, answer = next((code, each) for code, each in operation["responses"].items() if code.startswith("2"))
    shape = answer["content"]["application/json"]["schema"]
    return Operation(
        id=operation["operationId"],
        method=method.upper(),
        path=path,
        summary=operation["summary"],
        description=operation["description"],
        needs_token=any("staffToken" in each for each in operation.get("security", ())),
        parameters=tuple(
            FieldLine(
                each["name"],
                _kind(whole, each["schema"]),
                each.get("required", False),
                each.get("description", ""),
                each["in"],
            )
            for each in operation.get("parameters", ())
        ),
        body=tuple(_fields(whole, body)),
        answer_status=status,
        answer=tuple(_fields(whole, shape)),
        problems=tuple(
            (code, each["description"])
            for code, each in operation["responses"].items()
            if MEDIA_TYPE in each.get("content", {})
        ),
    )


def _fields(whole: Schema, shape: Schema, path: str = "") -> Iterator[FieldLine]:
    """The fields of a shape, those of inner objects after the one that holds them."""
    shape = _resolved(whole, shape)
    for name, field in shape.get("properties", {}).items():
        is_required = name in shape.get("required", ())
        yield FieldLine(path + name, _kind(whole, field), is_required, field.get("description", ""))
        inner = _resolved(whole, field)
        if "items" in inner:
            yield from _fields(whole, inner["items"], f"{path}{name}[].")
        elif "properties" in inner:
            yield from _fields(whole, inner, f"{path}{name}.")


def _resolved(whole: Schema, shape: Schema) -> Schema:
    """The shape behind references, and behind "this or null"."""
    for choice in ("allOf", "oneOf", "anyOf"):
        if choice in shape:
            return _resolved(whole, next(each for each in shape[choice] if each.get("type") != "null"))
    if "$ref" in shape:
        found: Schema = whole["components"]["schemas"][shape["$ref"].rpartition("/")[2]]
        return found
    return shape


def _kind(whole: Schema, shape: Schema) -> str:
    """What a value is, in a few words."""
    shape = _resolved(whole, shape)
    words = shape.get("enum") or _resolved(whole, shape.get("items", {})).get("enum")
    if words:
        return ", ".join(str(word) for word in words if word is not None)
    kinds = shape.get("type", "")
    kind = next((each for each in kinds if each != "null"), "") if isinstance(kinds, list) else kinds
    said = {
        "string": {"date": _("date"), "date-time": _("date and time"), "binary": _("file")}.get(
            shape.get("format", ""), _("text")
        ),
        "integer": _("whole number"),
        "boolean": _("true or false"),
        "array": _("list"),
        "object": _("object"),
    }.get(kind, kind)
    return said + _limits(shape)


def _limits(shape: Mapping[str, Any]) -> str:
    if "maxLength" in shape:
        return _(", at most %(count)s characters") % {"count": f"{shape['maxLength']:,}"}
    if "minimum" in shape and shape.get("maximum", 0) <= 100 and "maximum" in shape:
        return f" {shape['minimum']}–{shape['maximum']}"
    return ""
