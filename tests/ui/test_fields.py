"""A field ties its label, help and error to its control, for every reader."""

from __future__ import annotations

from datetime import date

from django.template import Context, Template
from django.utils import translation

from huiyin.ui import fields
from huiyin.ui.samples import SampleForm


def page(source: str, **places: object) -> str:
    """A small template, rendered."""
    return Template("{% load huiyin_ui %}" + source).render(Context(places))


def test_a_text_field_has_a_label_a_hint_and_ties_both() -> None:
    html = page("{% field form.subject %}", form=SampleForm())
    assert '<label class="govuk-label" for="id_subject">' in html
    assert 'id="id_subject_helptext"' in html
    assert 'aria-describedby="id_subject_helptext"' in html
    assert html.count("<input") == 1


def test_an_error_stands_beside_its_field_and_in_the_box_above() -> None:
    form = SampleForm({"subject": ""})
    with translation.override("zh-hans"):
        html = page("{% error_summary form %}{% field form.subject %}", form=form)
    assert 'aria-describedby="id_subject_helptext id_subject_error"' in html
    assert 'aria-invalid="true"' in html
    assert 'href="#id_subject"' in html
    assert "请填写这一项。" in html


def test_what_was_typed_is_shown_again_and_inert() -> None:
    form = SampleForm({"subject": "<script>alert(1)</script>", "description": "</textarea><b>\u202e"})
    html = page("{% field form.subject %}{% field form.description %}", form=form)
    assert "<script>" not in html
    assert "<b>" not in html
    assert "&lt;/textarea&gt;&lt;b&gt;" in html


def test_radios_are_a_group_with_a_legend_and_each_card_says_what_it_means() -> None:
    html = page("{% field form.known heading=True %}", form=SampleForm({"known": "anonymous"}))
    assert '<h1 class="govuk-fieldset__heading">' in html
    assert html.count('type="radio"') == 3
    assert html.count(" checked") == 1
    assert 'id="id_known_2" checked aria-describedby="id_known_2_hint"' in html
    assert fields.first_id(SampleForm()["known"]) == "id_known_0"


def test_a_day_is_typed_in_the_order_of_the_language_and_kept_when_wrong() -> None:
    form = SampleForm({"since_year": "2026", "since_month": "2", "since_day": "30"})
    with translation.override("en"):
        html = page("{% field form.since %}", form=form)
    assert html.index("since_day") < html.index("since_month") < html.index("since_year")
    assert 'value="30"' in html
    right = SampleForm({"since_year": "2026", "since_month": "1", "since_day": "27"})
    right.is_valid()
    assert right.cleaned_data["since"] == date(2026, 1, 27)


def test_the_wizard_carries_every_answer_hidden() -> None:
    html = page("{% hidden_fields form %}", form=SampleForm({"subject": 'a "quoted" word', "since": "2026-1-27"}))
    assert 'type="hidden"' in html
    assert "a &quot;quoted&quot; word" in html
    assert 'name="since" value="2026-1-27"' in html


def test_a_long_code_is_shown_in_groups_of_four() -> None:
    assert "4821 0937 4255 6610 7731" in page('{% code_groups "48210937425566107731" %}')
