"""The two languages of every page, and how a page names them."""

from __future__ import annotations

from typing import Literal

from django.conf import settings
from django.http import HttpResponse
from django.utils.translation import get_language

Tag = Literal["zh-Hans", "en"]

# Django's code, the tag for `lang`, the language's own name.
LANGUAGES: tuple[tuple[str, Tag, str], ...] = (("zh-hans", "zh-Hans", "中文"), ("en", "en", "English"))


def is_chinese() -> bool:
    """Whether the page being written is in Chinese (the language of the house when none is set)."""
    return (get_language() or "zh-hans").startswith("zh")


def page_tag() -> Tag:
    """The tag of the page's language, for `lang`."""
    return "zh-Hans" if is_chinese() else "en"


def as_tag(language: str) -> Tag:
    """The tag for any way of writing a language of ours."""
    return "zh-Hans" if language.lower().startswith("zh") else "en"


def keep(response: HttpResponse, code: str) -> None:
    """Keep the chosen language in a cookie; a word that is no language of ours changes nothing."""
    if not is_known(code):
        return
    response.set_cookie(
        settings.LANGUAGE_COOKIE_NAME,
        code,
        max_age=settings.LANGUAGE_COOKIE_AGE,
        path=settings.LANGUAGE_COOKIE_PATH,
        secure=settings.LANGUAGE_COOKIE_SECURE,
        httponly=settings.LANGUAGE_COOKIE_HTTPONLY,
        samesite="Lax",
    )


def is_known(code: str) -> bool:
    """Whether this is one of our languages, in Django's way of writing it."""
    return any(code == known for known, _tag, _name in LANGUAGES)
