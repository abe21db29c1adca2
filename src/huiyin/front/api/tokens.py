"""Who acts through a staff token. No cookie counts here, so no page in a browser can act for an officer."""

from __future__ import annotations

from typing import cast

from rest_framework.authentication import BaseAuthentication
from rest_framework.request import Request

from huiyin.front.api.problems import Problem
from huiyin.record.bodies.queries import Reader, reader_for_account
from huiyin.record.bodies.tokens import account_of
from huiyin.rules.refusal import Refusal

LONGEST = 200  # characters


class StaffToken(BaseAuthentication):
    """``Authorization: Bearer`` and a token that its owner made on the desk."""

    def authenticate(self, request: Request) -> tuple[Reader, None]:
        """The officer behind the token. Raises a problem with status 401."""
        scheme, _, token = str(request.META.get("HTTP_AUTHORIZATION", "")).partition(" ")
        token = token.strip()
        if scheme.lower() != "bearer" or not token:
            raise Problem("token_missing")
        account = account_of(token) if token.isascii() and len(token) <= LONGEST else None
        reader = reader_for_account(account) if account else None
        if reader is None:
            raise Refusal("token_invalid")
        return reader, None


def reader_of(request: Request) -> Reader:
    """The officer whom the token let in."""
    return cast("Reader", request.user)
