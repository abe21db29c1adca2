"""The forms that stand on pages: read as a browser reads them, and filled in by chance, well and badly."""

from __future__ import annotations

from dataclasses import dataclass, field
from html.parser import HTMLParser
from typing import Any

from django.core.files.base import ContentFile
from hypothesis import strategies as st

NASTY = (
    "", " ", "\x00", "0", "-1", "9" * 40, "2026-02-30", "9999-12-31", "0001-01-01", "１２３４", "é" * 300, "字" * 21_000,
    "<script>x5s()</script>", "' OR 1=1 --", "\u202e反", "\ud7ff\ue000\U0010ffff", "\r\n\r\nSet-Cookie: a=b", "../../etc/passwd",
    "{{7*7}}{% x %}", "%s%n%00", "null", "[]", '{"a":1}', "NaN", "1e309", "true", "\u0130\u0131ß\u1e9e", "👩‍👩‍👧" * 50,
)  # fmt: skip
FILES = (
    b"",
    b"x",
    b"\x89PNG\r\n\x1a\n broken",
    b"%PDF-1.7 broken",
    "编号,内容\n1,路灯坏了\n".encode(),
    b"\xff\xfe\x00",
)
TYPED = {"text", "textarea", "search", "email", "tel", "url", "password", "number", "date", "time", "datetime-local"}


@dataclass
class Field:
    """A field by its name: what kind, what stands in it, and what can be chosen."""

    name: str
    kind: str
    values: list[str] = field(default_factory=list)

    def strategy(self) -> st.SearchStrategy[list[Any]]:
        """What may be sent under its name: nothing, what the page offers, something else, several."""
        offered = st.sampled_from(self.values or [""])
        if self.kind == "file":
            file = st.tuples(
                st.sampled_from(FILES), st.sampled_from(("a.png", "b.pdf", "表.csv", "..", "\u202egnp.exe"))
            )
            return st.one_of(st.just([]), file.map(lambda it: [ContentFile(*it)]))
        typed = st.one_of(st.sampled_from(NASTY), st.text(st.characters(exclude_categories=["Cs"]), max_size=60))
        one = st.one_of(typed, offered) if self.kind in TYPED else st.one_of(offered, offered, offered, typed)
        return st.one_of(one.map(lambda it: [it]), one.map(lambda it: [it]), st.lists(one, max_size=3))


@dataclass
class Form:
    """A form of a page that is sent by POST."""

    action: str
    fields: dict[str, Field] = field(default_factory=dict)

    def put(self, name: str, kind: str, value: str) -> None:
        known = self.fields.setdefault(name, Field(name, kind))
        if value not in known.values:
            known.values.append(value)

    def strategy(self) -> st.SearchStrategy[dict[str, list[Any]]]:
        """Fillings of the whole form."""
        return st.fixed_dictionaries({name: each.strategy() for name, each in self.fields.items()})


class Reader(HTMLParser):
    """Finds the forms of a page, and where its links lead."""

    def __init__(self, page: str) -> None:
        super().__init__(convert_charrefs=True)
        self.page = page
        self.forms: list[Form] = []
        self.links: list[str] = []
        self._form: Form | None = None
        self._select: str | None = None
        self._text: str | None = None

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = {name: value or "" for name, value in attrs}
        if tag == "a" and given.get("href", "").startswith("/"):
            self.links.append(given["href"].partition("#")[0])
        if tag == "form":
            is_post = given.get("method", "get").lower() == "post"
            self._form = Form(given.get("action") or self.page) if is_post else None
            if self._form:
                self.forms.append(self._form)
        if self._form is None:
            return
        name = given.get("name", "")
        if tag == "option" and self._select:
            self._form.put(self._select, "select", given.get("value", ""))
        elif tag == "select":
            self._select = name
        elif tag == "textarea":
            self._text = name
        elif tag in {"input", "button"} and name and name != "csrfmiddlewaretoken":
            self._form.put(name, given.get("type", "text" if tag == "input" else "submit"), given.get("value", ""))

    def handle_data(self, data: str) -> None:
        if self._form and self._text:
            self._form.put(self._text, "textarea", data)

    def handle_endtag(self, tag: str) -> None:
        if tag == "form":
            self._form = None
        elif tag == "select":
            self._select = None
        elif tag == "textarea" and self._form and self._text:
            self._form.put(self._text, "textarea", "")
            self._text = None
