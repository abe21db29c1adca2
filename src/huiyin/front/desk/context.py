"""What every desk template knows about who is signed in."""

from __future__ import annotations

from django.http import HttpRequest


def officer(request: HttpRequest) -> dict[str, object]:
    """The reader the gate let in, or None."""
    return {"reader": getattr(request, "reader", None)}
