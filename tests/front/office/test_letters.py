"""Sample letters: every kind of every pack, in both languages, on a made-up case that is kept nowhere."""

from __future__ import annotations

import pytest
from django.test import Client

from huiyin.record.cases.composing import letter_samples
from huiyin.record.cases.models import Case
from huiyin.record.cases.papers import letters
from huiyin.record.law import sources
from tests.cast import make_office
from tests.front.office.test_procedures import address, words

pytestmark = pytest.mark.django_db(databases=["default", "vault"])


@pytest.mark.slow
def test_every_letter_of_every_pack_has_what_it_must_hold() -> None:
    make_office(with_accounts=False, procedures=None)
    found = 0
    for source in sources.in_force():
        procedure = sources.loaded(source)
        for sample in letter_samples.samples(procedure):
            for language in ("zh-hans", "en"):
                made = letter_samples.content(procedure, sample.id, language=language, body_code="letters")
                assert made.title == sample.title.in_language(language)
                assert made.case_number == letter_samples.NUMBER
                assert "{" not in made.title + "".join(made.paragraphs)
                found += 1
    assert found > 150
    assert not Case.scoped.exists()


@pytest.mark.skipif(not letters.are_available(), reason="no Chinese typeface here")
def test_a_sample_is_a_letter_of_the_office(xu: Client) -> None:
    page = address("letters-of-pack", "generic")
    assert "by the step “Decline”" in words(xu.get(page))
    for query in ("", "?language=en", "?language=zh-hans&print=large"):
        answer = xu.get(f"{page}decline/{query}")
        assert (answer.status_code, answer["Content-Type"]) == (200, "application/pdf")
        assert answer.content.startswith(b"%PDF-")
    for wrong in ("nothing/", "decline/?language=fr", "decline/?print=huge", "contest/"):
        assert xu.get(f"{page}{wrong}").status_code == 404


def test_the_page_says_how_to_change_letterhead_and_fonts(xu: Client) -> None:
    said = words(xu.get("/desk/office/letters/"))
    for setting in ("HUIYIN_LETTERHEAD", "HUIYIN_FONTS_DIR", "HUIYIN_LETTER_FONTS"):
        assert setting in said
