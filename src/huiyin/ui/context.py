"""What every page knows: the languages, the source, the way out."""

from __future__ import annotations

from typing import Any
from urllib.parse import urlencode

from django.conf import settings
from django.http import HttpRequest
from django.urls import reverse

from huiyin.ui.languages import LANGUAGES, page_tag


def site(request: HttpRequest) -> dict[str, Any]:
    """The ``site`` of the base templates. Reads no table, so that error pages can use it too."""
    here = request.get_full_path() if request.method in {"GET", "HEAD"} else request.path
    tag = page_tag()
    return {
        "site": {
            "lang": tag,
            "languages": [
                {
                    "code": code,
                    "tag": each,
                    "name": name,
                    "is_current": each == tag,
                    "url": reverse("language", args=[code]) + "?" + urlencode({"next": here}),
                }
                for code, each, name in LANGUAGES
            ],
            "source_url": settings.HUIYIN_SOURCE_URL,
            "version": settings.HUIYIN_VERSION,
            "is_demo": settings.HUIYIN_PROFILE == "demo",
        }
    }
