"""A complaint comes in through a program."""

from __future__ import annotations

import json
from typing import Any

from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _
from rest_framework.request import Request
from rest_framework.response import Response

from huiyin.front.api import answers, requests, shown
from huiyin.front.api.description import IDEMPOTENCY_KEY, described
from huiyin.front.api.found_answers import found
from huiyin.front.api.problems import Problem
from huiyin.front.api.view import ApiView
from huiyin.record.cases.registering.registration import Filing, Identity, Named
from huiyin.record.cases.words import telltales
from huiyin.stages.intake.actions import KEY_LIMIT, file_complaint


class Complaints(ApiView):
    """File a complaint."""

    @described(
        "file_complaint",
        _("File a complaint"),
        _(
            "Send it again with the same Idempotency-Key when no answer came: it is filed once, and for 48 hours the same answer comes back."
        ),
        body=requests.Complaint,
        answer={201: answers.Filed},
        problems=(400, 409, 413, 415, 422, 503),
        parameters=[IDEMPOTENCY_KEY],
    )
    def post(self, request: Request) -> Response:
        """File it and hand out number and code."""
        key = _key(request)
        given = self.given(request, requests.Complaint)
        filing, moves = _filing(given), bool(given.get("move_found"))
        places = telltales.found_in_filing(filing)
        filing = telltales.moved_out(filing, {each.key for each in places}) if moves else filing
        registered = file_complaint(filing, key=key, digest=_digest(request.data) if key else "")
        body = shown.filed(registered) | {"found": found(places, is_moved=moves)}
        return Response(body, status=201, headers={"Location": body["tracking_url"]})


def _key(request: Request) -> str | None:
    key = request.META.get("HTTP_IDEMPOTENCY_KEY")
    if key is None:
        return None
    if not 1 <= len(key) <= KEY_LIMIT or not all("!" <= sign <= "~" for sign in key):
        raise Problem("bad_key", field="Idempotency-Key")
    return str(key)


def _digest(data: Any) -> str:
    """Stands for what was sent, whatever the order of its names."""
    return json.dumps(data, ensure_ascii=False, sort_keys=True)


def _filing(given: dict[str, Any]) -> Filing:
    contact = {name: value for name, value in given.get("contact", {}).items() if value}
    language = given.get("language") or get_language() or "zh-hans"
    return Filing(
        subject=given["subject"],
        description=given["description"],
        channel="api",
        language="zh-hans" if language.lower().startswith("zh") else "en",
        confidentiality=given["confidentiality"],
        category=given.get("category", ""),
        area=given.get("area", ""),
        about=tuple(Named(**about) for about in given.get("about", ())),
        identity=Identity(**contact) if contact else None,
        needs=given.get("needs", ""),
        complaint_class=given.get("complaint_class", ""),
        evidence=tuple(given["evidence"]) if given.get("evidence") is not None else None,
        evidence_words=given.get("evidence_words", ""),
    )
