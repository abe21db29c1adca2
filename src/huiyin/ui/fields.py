"""A bound Django field as a page shows it: label, help, error, control, tied together for every reader.

The markup is that of govuk-frontend. Ids follow Django's own
(``id_x_helptext``, ``id_x_error``).
"""

from __future__ import annotations

from typing import Any

from django.forms import BaseForm, BoundField, widgets
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext, ngettext
from django.utils.translation import gettext as _

from huiyin.ui.forms import DayParts

EMPTY: SafeString = mark_safe("")
OPEN: SafeString = mark_safe(" open")
CONTROL_CLASSES: tuple[tuple[type[widgets.Widget], str], ...] = (
    (widgets.Textarea, "govuk-textarea"),
    (widgets.Select, "govuk-select"),
    (widgets.FileInput, "govuk-file-upload"),
    (widgets.Input, "govuk-input"),
)
REQUIRED = "This field is required."  # as Django says it
LABEL_SIZES = {"": "", "s": " govuk-label--s", "m": " govuk-label--m", "l": " govuk-label--l"}


def render(
    bound: BoundField, *, size: str = "", heading: bool = False, rows: int = 0, mark_optional: bool = True
) -> SafeString:
    """The whole field. ``heading`` makes the label the page's h1 (one question a page)."""
    widget = bound.field.widget
    if bound.is_hidden:
        return bound.as_widget()
    size = "l" if heading and not size else size
    if isinstance(widget, widgets.CheckboxInput):
        return _group(bound, format_html('<div class="govuk-checkboxes">{}</div>', _single_checkbox(bound)))
    if isinstance(widget, (widgets.RadioSelect, DayParts)):
        return _fieldset(bound, size, heading, mark_optional)
    label = format_html(
        '<label class="govuk-label{}" for="{}">{}</label>',
        LABEL_SIZES[size],
        bound.id_for_label,
        _label_text(bound, mark_optional),
    )
    if heading:
        label = format_html('<h1 class="label-heading">{}</h1>', label)
    return _group(bound, label + _hint(bound) + _error(bound) + _control(bound, rows) + _count(bound))


def _group(bound: BoundField, inside: SafeString) -> SafeString:
    wrong = " govuk-form-group--error" if bound.errors else ""
    return format_html('<div class="govuk-form-group{}">{}</div>', wrong, inside)


def _fieldset(bound: BoundField, size: str, heading: bool, mark_optional: bool) -> SafeString:
    legend: SafeString | str = _label_text(bound, mark_optional)
    if heading:
        legend = format_html('<h1 class="govuk-fieldset__heading">{}</h1>', legend)
    described = _described_by(bound)
    inside = format_html(
        '<fieldset class="govuk-fieldset" id="{}"{}><legend class="govuk-fieldset__legend govuk-fieldset__legend--{}">{}</legend>{}{}{}</fieldset>',
        f"{bound.auto_id}_group",
        format_html(' aria-describedby="{}"', described) if described else EMPTY,
        size or "s",
        legend,
        _hint(bound),
        _error(bound),
        _day_parts(bound) if isinstance(bound.field.widget, DayParts) else _choices(bound),
    )
    return _group(bound, inside)


def _choices(bound: BoundField) -> SafeString:
    """Radios, or checkboxes where several may be chosen; as cards when the widget asks for it."""
    widget: Any = bound.field.widget
    kind = "checkboxes" if getattr(widget, "allow_multiple_selected", False) else "radios"
    hints: dict[str, Any] = getattr(widget, "hints", {})
    ways = (
        ("cards", "cards"),
        ("beside", "beside"),
        ("small", f"govuk-{kind}--small"),
        ("inline", f"govuk-{kind}--inline"),
    )
    cards = "".join(f" {css}" for name, css in ways if getattr(widget, name, False))
    items = []
    for choice in bound.subwidgets:
        data: dict[str, Any] = choice.data
        hint = hints.get(str(data["value"]), "")
        ident = data["attrs"].get("id", "")
        items.append(
            format_html(
                '<div class="govuk-{0}__item"><input class="govuk-{0}__input" type="{1}" name="{2}" value="{3}" id="{4}"{5}{6}>'
                '<label class="govuk-label govuk-{0}__label" for="{4}">{7}</label>{8}</div>',
                kind,
                "checkbox" if kind == "checkboxes" else "radio",
                data["name"],
                data["value"] if data["value"] is not None else "",
                ident,
                mark_safe(" checked") if data["selected"] else EMPTY,
                format_html(' aria-describedby="{}_hint"', ident) if hint else EMPTY,
                data["label"],
                format_html('<div class="govuk-hint govuk-{0}__hint" id="{1}_hint">{2}</div>', kind, ident, hint)
                if hint
                else EMPTY,
            )
        )
    return format_html(
        '<div class="govuk-{0}{1}">{2}</div>', kind, cards, format_html_join("", "{}", ((i,) for i in items))
    )


def _single_checkbox(bound: BoundField) -> SafeString:
    hint = _hint(bound, " govuk-checkboxes__hint")
    return format_html(
        '{}<div class="govuk-checkboxes__item">{}<label class="govuk-label govuk-checkboxes__label" for="{}">{}</label>{}</div>',
        _error(bound),
        bound.as_widget(attrs=_attrs(bound, "govuk-checkboxes__input")),
        bound.id_for_label,
        bound.label,
        hint,
    )


def _day_parts(bound: BoundField) -> SafeString:
    """Year, month and day as three short boxes, in the order of the page's language."""
    widget = bound.field.widget
    assert isinstance(widget, DayParts)
    value = bound.value()
    wrong = " govuk-input--error" if bound.errors else ""
    boxes = format_html_join(
        "",
        '<div class="govuk-date-input__item"><label class="govuk-label govuk-date-input__label" for="{0}">{1}</label>'
        '<input class="govuk-input govuk-date-input__input govuk-input--width-{2}{3}" id="{0}" name="{4}" type="text" inputmode="numeric"'
        ' value="{5}" maxlength="{2}"></div>',
        (
            (
                f"{bound.auto_id}_{part.name}",
                part.label,
                part.width,
                wrong,
                f"{bound.html_name}_{part.name}",
                part.value,
            )
            for part in widget.parts(value)
        ),
    )
    return format_html('<div class="govuk-date-input" id="{}">{}</div>', bound.auto_id, boxes)


def _control(bound: BoundField, rows: int) -> SafeString:
    widget = bound.field.widget
    name = next((css for kind, css in CONTROL_CLASSES if isinstance(widget, kind)), "")
    attrs = _attrs(bound, name + (f" {name}--error" if bound.errors else ""))
    if rows:
        attrs["rows"] = str(rows)
    return bound.as_widget(attrs=attrs)


def _attrs(bound: BoundField, css: str) -> dict[str, Any]:
    own = bound.field.widget.attrs.get("class", "")
    attrs: dict[str, Any] = {"class": f"{css} {own}".strip()}
    if described := _described_by(bound):
        attrs["aria-describedby"] = described
    if bound.errors:
        attrs["aria-invalid"] = "true"
    return attrs


def _described_by(bound: BoundField) -> str:
    ids = [f"{bound.auto_id}_helptext"] if bound.help_text else []
    if bound.errors:
        ids.append(f"{bound.auto_id}_error")
    if _maximum(bound):
        ids.append(f"{bound.auto_id}_count")
    return " ".join(ids)


def _label_text(bound: BoundField, mark_optional: bool) -> SafeString:
    if bound.field.required or not mark_optional:
        return format_html("{}", bound.label)
    return format_html('{} <span class="optional">{}</span>', bound.label, _("(optional)"))


def _hint(bound: BoundField, extra: str = "") -> SafeString:
    if not bound.help_text:
        return EMPTY
    return format_html('<div class="govuk-hint{}" id="{}_helptext">{}</div>', extra, bound.auto_id, bound.help_text)


def _error(bound: BoundField) -> SafeString:
    if not bound.errors:
        return EMPTY
    return format_html(
        '<p class="govuk-error-message" id="{}_error"><span class="govuk-visually-hidden">{}</span> {}</p>',
        bound.auto_id,
        _("Please correct:"),
        format_html_join(" ", "{}", ((error,) for error in _errors(bound, _("Please fill this in.")))),
    )


def _errors(bound: BoundField, missing: str) -> list[str]:
    """What is wrong; Django's own sentence for an empty field gives way to one that says what to do."""
    return [missing if error == gettext(REQUIRED) else str(error) for error in bound.errors]


def _maximum(bound: BoundField) -> int:
    """The longest text a big box takes; small boxes do not say it."""
    if not isinstance(bound.field.widget, widgets.Textarea):
        return 0
    return int(getattr(bound.field, "max_length", 0) or 0)


def _count(bound: BoundField) -> SafeString:
    maximum = _maximum(bound)
    if not maximum:
        return EMPTY
    text = ngettext("At most %(count)s character.", "At most %(count)s characters.", maximum) % {
        "count": f"{maximum:,}"
    }
    return format_html('<p class="govuk-hint count" id="{}_count">{}</p>', bound.auto_id, text)


def summary_of_errors(form: BaseForm, *, focus: bool = True) -> SafeString:
    """The box above the form: what to correct, each line a link to its field. Nothing when nothing is wrong."""
    if not form.errors:
        return EMPTY
    lines = [format_html("<li>{}</li>", error) for error in form.non_field_errors()]
    for name in form.errors:
        if name == "__all__":
            continue
        bound = form[name]
        missing = _("Please fill in: %(field)s") % {"field": bound.label}
        lines.extend(
            format_html('<li><a href="#{}">{}</a></li>', first_id(bound), error) for error in _errors(bound, missing)
        )
    return error_box(lines, focus=focus)


def error_box(lines: list[SafeString], *, focus: bool = True) -> SafeString:
    """The error box around ready lines; the keyboard starts there (`autofocus` needs no script)."""
    return format_html(
        '<div class="govuk-error-summary" tabindex="-1"{} role="alert"><h2 class="govuk-error-summary__title">{}</h2>'
        '<div class="govuk-error-summary__body"><ul class="govuk-list govuk-error-summary__list">{}</ul></div></div>',
        mark_safe(" autofocus") if focus else EMPTY,
        ngettext("One thing to correct", "%(count)s things to correct", len(lines)) % {"count": len(lines)},
        format_html_join("", "{}", ((line,) for line in lines)),
    )


def first_id(bound: BoundField) -> str:
    """The id of the control a link from the error box should land on."""
    widget = bound.field.widget
    if isinstance(widget, DayParts):
        return f"{bound.auto_id}_{widget.parts(None)[0].name}"
    if isinstance(widget, widgets.RadioSelect):
        return f"{bound.auto_id}_0"
    return bound.id_for_label or bound.auto_id
