"""The components, as template tags: ``{% load huiyin_ui %}``. Every one stands on /patterns."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime
from typing import Any

from django import template
from django.forms import BaseForm, BoundField
from django.utils.html import conditional_escape, format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from huiyin.rules.procedure import TimeLimit, Words
from huiyin.rules.refusal import Refusal
from huiyin.rules.wording import span
from huiyin.ui import dates, due, fields, languages, names, refusals

register = template.Library()
Day = date | datetime | str

# Filters: dates and words.


@register.filter
def long_date(value: Day | None) -> str:
    """``2026年1月27日 星期二`` / ``Tuesday 27 January 2026``."""
    return dates.long_date(value) if value else ""


@register.filter
def plain_date(value: Day | None) -> str:
    """``2026年1月27日`` / ``27 January 2026``."""
    return dates.plain_date(value) if value else ""


@register.filter
def short_date(value: Day | None) -> str:
    """``1月27日 周二`` / ``Tue 27 Jan``."""
    return dates.short_date(value) if value else ""


@register.filter
def date_time(value: Day | None) -> str:
    """``2026年1月27日 14:05`` / ``27 January 2026, 14:05``."""
    return dates.date_time(value) if value else ""


@register.filter
def relative_days(value: date | None, today: date) -> str:
    """``{{ due_on|relative_days:today }}``: ``2 days over``, ``due today``, ``3 days left``."""
    return dates.relative_days(value, today) if value else ""


@register.filter
def ago(value: Day | None, today: date) -> str:
    """``{{ at|ago:today }}``: ``today``, ``yesterday``, ``5 days ago``."""
    return dates.ago(value, today) if value else ""


@register.filter
def words(value: object) -> str:
    """``Words`` in the page's language; anything else as it is."""
    return value.in_language(languages.page_tag()) if isinstance(value, Words) else str(value)


@register.filter
def limit_words(limit: TimeLimit) -> str:
    """How long a route stays open: ``6 months``."""
    return span(limit.length, limit.unit).in_language(languages.page_tag())


@register.filter
def article(value: str) -> str:
    """``23(3)`` as ``article 23(3)``; anything that does not begin with a number as it is."""
    return _("article %(article)s") % {"article": value} if value[:1].isdecimal() else value


@register.filter
def groups_of_four(code: str) -> str:
    """``1234 5678 9012``: a long number as people read it out."""
    bare = "".join(str(code).split())
    return " ".join(bare[start : start + 4] for start in range(0, len(bare), 4))


@register.filter
def role_name(role: str) -> str:
    """A role of ``rules.procedure.ROLES`` in words."""
    return str(names.ROLE_NAMES.get(role, role))


@register.filter
def stage_name(stage: str) -> str:
    """A stage of ``rules.procedure.STAGES`` in words; a label is ``stage_label``."""
    return str(names.STAGE_NAMES[stage])


@register.filter
def language_tag(code: str) -> str:
    """The tag for `lang` of any way of writing a language."""
    return languages.as_tag(str(code))


@register.simple_tag
def html_language() -> str:
    """The page's language, for `lang` of <html>."""
    return languages.page_tag()


@register.simple_tag
def passage(text: object, lang: str = "") -> SafeString:
    """Text marked with its language when that is not the page's."""
    if not lang or languages.as_tag(lang) == languages.page_tag():
        return conditional_escape(str(text))
    return format_html('<span lang="{}">{}</span>', languages.as_tag(lang), text)


@register.simple_tag
def moment(value: Day, style: str = "date") -> SafeString:
    """A <time>. Styles: ``date``, ``long``, ``short``, ``time``."""
    write = {"date": dates.plain_date, "long": dates.long_date, "short": dates.short_date, "time": dates.date_time}[
        style
    ]
    at = dates.as_moment(value)
    return format_html(
        '<time datetime="{}">{}</time>',
        at.isoformat(timespec="minutes") if isinstance(at, datetime) else at.isoformat(),
        write(at),
    )


# Forms.


@register.simple_tag
def field(bound: BoundField, size: str = "", heading: bool = False, rows: int = 0, optional: bool = True) -> SafeString:
    """``{% field form.subject %}``; ``heading=True``: its label is the page's h1; ``size`` s, m, l; ``optional=False`` hides the word."""
    return fields.render(bound, size=size, heading=heading, rows=rows, mark_optional=optional)


@register.simple_tag
def all_fields(form: BaseForm) -> SafeString:
    """Every field of a form, hidden ones too."""
    return format_html_join("", "{}", ((fields.render(bound),) for bound in form))


@register.simple_tag
def hidden_fields(form: BaseForm) -> SafeString:
    """All answers of a form as hidden inputs: how the wizard carries them."""
    return format_html_join("", "{}", ((bound.as_hidden(),) for bound in form))


@register.simple_tag
def error_summary(form: BaseForm, focus: bool = True) -> SafeString:
    """The box above the form, when something is wrong; the keyboard starts in it."""
    return fields.summary_of_errors(form, focus=focus)


@register.simple_tag
def refusal_box(refusal: Refusal | None) -> SafeString:
    """A refusal said in place, above a form that still holds what was typed. Nothing for None."""
    return fields.error_box([format_html("<li>{}</li>", refusals.sentence(refusal))]) if refusal else fields.EMPTY


@register.simple_tag
def button(text: str, kind: str = "primary", name: str = "", value: str = "") -> SafeString:
    """A submit button. Kinds: ``primary``, ``quiet``, ``danger``, ``link``."""
    named = format_html(' name="{}" value="{}"', name, value) if name else fields.EMPTY
    return format_html('<button class="button button--{}" type="submit"{}>{}</button>', kind, named, text)


@register.simple_tag
def button_link(text: str, url: str, kind: str = "primary") -> SafeString:
    """A link that looks like a button: it goes somewhere, it does nothing."""
    return format_html('<a class="button button--{}" href="{}">{}</a>', kind, url, text)


# Dates that bind.


@register.simple_tag
def due_badge(
    due_on: date,
    today: date,
    provisional: bool = False,
    met_on: date | None = None,
    ended: bool = False,
    with_date: bool = True,
) -> SafeString:
    """Due, due soon, overdue, kept, kept late, no longer running: a shape, a word and the date."""
    return due.badge(due_on, today, provisional=provisional, met_on=met_on, ended=ended, with_date=with_date)


@register.inclusion_tag("ui/parts/why_date.html")
def why_date(
    computed: Any,
    name: object = "",
    start: date | None = None,
    rule: str = "",
    article: str = "",
    is_open: bool = False,
) -> dict[str, Any]:
    """``{% why_date due %}``: the day-by-day sum of a ``rules.deadline.Due``, folded."""
    return {
        "due": computed,
        "name": name,
        "start": start,
        "rule": rule,
        "article": article,
        "is_open": is_open,
        "lines": due.lines(computed.days),
    }


# Parts of a page.


@register.simple_tag
def tag(text: str, kind: str = "plain") -> SafeString:
    """A small label. Kinds: ``plain``, ``good``, ``soon``, ``bad``."""
    return format_html('<strong class="tag tag--{}">{}</strong>', kind, text)


@register.simple_tag
def stage_label(stage: str) -> SafeString:
    """A stage of the way (``rules.procedure.STAGES``) as a label."""
    return format_html('<strong class="tag tag--stage-{}">{}</strong>', stage, names.STAGE_NAMES[stage])


@register.simple_tag
def standing(stage: str, state: Words) -> SafeString:
    """The stage as a label, and the state in words where that says more."""
    word = state.in_language(languages.page_tag())
    label = stage_label(stage)
    return label if word == str(names.STAGE_NAMES[stage]) else format_html("{} {}", label, word)


@register.simple_block_tag(end_name="endpanel")
def panel(content: str, kind: str = "note", title: str = "") -> SafeString:
    """``{% panel "soon" title=... %}...{% endpanel %}``. Kinds: ``note``, ``good``, ``soon`` (take care), ``bad`` (danger), ``inset``."""
    head = format_html('<p class="panel__title">{}</p>', title) if title else fields.EMPTY
    return format_html('<div class="panel panel--{}">{}{}</div>', kind, head, content)


@register.simple_block_tag(end_name="endfold")
def fold(content: str, title: str, is_open: bool = False) -> SafeString:
    """``{% fold title %}...{% endfold %}``: a <details>."""
    return format_html(
        '<details class="govuk-details"{}><summary class="govuk-details__summary"><span class="govuk-details__summary-text">{}</span></summary>'
        '<div class="govuk-details__text">{}</div></details>',
        fields.OPEN if is_open else fields.EMPTY,
        title,
        content,
    )


@register.inclusion_tag("ui/parts/summary_list.html")
def summary_list(rows: Sequence[Any]) -> dict[str, Any]:
    """Rows of ``parts.Row``: facts, or check-your-answers."""
    return {"rows": rows}


@register.inclusion_tag("ui/parts/timeline.html")
def timeline(entries: Sequence[Any], heading: str = "h3") -> dict[str, Any]:
    """Entries of ``parts.Entry``, newest first."""
    return {"entries": entries, "heading": heading if heading in {"h2", "h3", "h4"} else "h3"}


@register.inclusion_tag("ui/parts/steps.html")
def steps(items: Sequence[Any], label: str = "") -> dict[str, Any]:
    """The way of a matter (``parts.Step``), with "you are here"."""
    return {"items": items, "label": label or _("The way of your matter")}


@register.inclusion_tag("ui/parts/looks.html")
def looks_table(looks: Sequence[Any], caption: str = "") -> dict[str, Any]:
    """Who looked (``parts.Look``)."""
    return {"looks": looks, "caption": caption}


@register.inclusion_tag("ui/parts/options.html")
def options(items: Sequence[Any]) -> dict[str, Any]:
    """Large links with a line of explanation each (``parts.Option``)."""
    return {"items": items}


@register.inclusion_tag("ui/parts/empty.html")
def empty(title: str, text: str = "", url: str = "", link: str = "") -> dict[str, Any]:
    """A list with nothing in it, and what one can do."""
    return {"title": title, "text": text, "url": url, "link": link}


@register.inclusion_tag("ui/parts/pages.html")
def pages(next_url: str = "", first_url: str = "", note: str = "") -> dict[str, Any]:
    """Paging by the last key: "next page" and "back to the first"."""
    return {"next_url": next_url, "first_url": first_url, "note": note}


@register.inclusion_tag("ui/parts/code.html")
def code_groups(code: str, label: str = "", kind: str = "code") -> dict[str, Any]:
    """A receipt code or case number, large; a code in groups of four. Kinds: ``code``, ``number``."""
    return {"text": groups_of_four(code) if kind == "code" else code, "label": label, "kind": kind}
