"""Letters as files: whole, equal for equal words, and not stopped by any character."""

from __future__ import annotations

import dataclasses
import datetime
import io
import random
import time

import pylopdf_fonts_zh_cn
import pytest
from pypdf import PdfReader

from huiyin.record.files import drafts, typesetting
from huiyin.record.files.content import DayCount, LetterContent, Part, Signature
from huiyin.rules.refusal import Refusal

CINNABAR_SEAL = """<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 160 22"><rect width="160" height="22" fill="#a8261c"/></svg>"""


def letter(language: str = "zh-hans", **changes: object) -> LetterContent:
    """A short answer about noise at night."""
    zh = language.startswith("zh")
    values: dict[str, object] = {
        "kind": "reply",
        "procedure": "cn-xinfang",
        "language": language,
        "on": datetime.date(2026, 1, 27),
        "number": "2026-4821-0937-51-2",
        "case_number": "4821-0937-51",
        "letterhead": "县公安局" if zh else "County police bureau",
        "title": "信访事项处理意见书" if zh else "Answer to your petition",
        "subject": "编号4821-0937-51" if zh else "Number 4821-0937-51",
        "salutation": "信访人：" if zh else "To the complainant",
        "paragraphs": ("夜间施工已经停止。",) if zh else ("The work at night has “stopped”.",),
        "parts": (Part("outcome", "处理结论" if zh else "Outcome", ("予以支持",) if zh else ("Supported",)),),
        "signature": Signature("县公安局", "2026年1月27日", "经办人：赵敏", "（盖章处）"),
        "counts": (DayCount("请求复查：2026年2月26日", "期限30日。", (("1月28日至2月26日", "1–30", "逐日计入"),)),),
        "counts_title": "附：期限是怎样算出来的",
        "count_heads": ("日期", "第几日", "说明"),
        "number_line": "文书编号：2026-4821-0937-51-2",
        "tracking_url": "http://localhost:8000/track/4821-0937-51/",
        "tracking_words": "用编号和查询码查看。",
        "squares_words": "□处是无法印出的字符。",
        "page_words": "第{page}页 共{pages}页",
    }
    return LetterContent(**(values | changes))  # type: ignore[arg-type]


def words_in(pdf: bytes) -> str:
    return "".join("".join(page.extract_text().split()) for page in PdfReader(io.BytesIO(pdf)).pages)


@pytest.mark.parametrize("language", ["zh-hans", "en"])
@pytest.mark.parametrize("form", typesetting.FORMS)
@pytest.mark.parametrize("procedure", ["cn-xinfang", "cn-xinfang-review", "uk-police"])
def test_a_letter_is_set_in_both_languages_and_sizes(language, form, procedure):
    pdf = typesetting.render(letter(language, procedure=procedure), form=form)
    said = words_in(pdf)
    assert "4821-0937-51" in said
    assert ("夜间施工已经停止" if language.startswith("zh") else "Theworkatnighthas“stopped”.") in said


def test_equal_words_give_equal_bytes_and_another_word_gives_others():
    first = typesetting.render(letter())
    assert typesetting.render(LetterContent.from_json(letter().as_json())) == first
    assert typesetting.render(letter(paragraphs=("夜间施工还没有停止。",))) != first


def test_it_is_written_as_an_archive_file_that_can_be_read_aloud():
    """Written as: no validator of these standards runs here."""
    reader = PdfReader(io.BytesIO(typesetting.render(letter())))
    about = reader.xmp_metadata
    assert about is not None
    text = about.stream.get_data().decode()
    assert "<pdfaid:part>3</pdfaid:part>" in text and "<pdfaid:conformance>A</pdfaid:conformance>" in text
    assert "<pdfuaid:part>1</pdfuaid:part>" in text
    catalog = reader.trailer["/Root"]
    assert catalog["/Lang"].startswith("zh") and catalog["/MarkInfo"]["/Marked"]
    assert reader.metadata is not None
    assert reader.metadata.title == "信访事项处理意见书 2026-4821-0937-51-2"


def test_every_font_travels_in_the_file():
    reader = PdfReader(io.BytesIO(typesetting.render(letter("en"))))
    fonts = [font.get_object() for page in reader.pages for font in page["/Resources"]["/Font"].values()]
    inner = [font["/DescendantFonts"][0]["/FontDescriptor"] for font in fonts]
    assert inner and all({"/FontFile", "/FontFile2", "/FontFile3"} & set(each.keys()) for each in inner)


def test_twenty_thousand_characters_run_over_many_pages():
    text = "河边工地每天夜里施工到两点，孩子睡不着。" * 1000
    pdf = typesetting.render(letter(paragraphs=(text,)))
    assert len(PdfReader(io.BytesIO(pdf)).pages) > 20
    assert words_in(pdf).count("孩子睡不着") > 950  # a page break may fall inside


@pytest.mark.parametrize(
    "odd",
    ["😀", "👨‍👩‍👧", "שלום", "السلام عليكم", "བོད་ཡིག", "ⵣ", "\ue000", "\ufeff", "\u202eabc", "e\u0301\u0302\u0303", "\x7f", "\x0b", "𠮷", "\U000e0041", "�",
     "#set page(fill: red)", "*_$`@<>\\\"", '"}', "[[[[", "❤️‍🔥", "\u2028", "ﷺ", "\uffff", "\U0010ffff"],
)  # fmt: skip
@pytest.mark.parametrize("language", ["zh-hans", "en"])
def test_no_character_stops_a_letter(odd, language):
    said = words_in(typesetting.render(letter(language, paragraphs=(f"before{odd}after",))))
    assert "before" in said and "after" in said


def test_a_square_stands_for_what_cannot_be_set_and_the_letter_says_so():
    said = words_in(typesetting.render(letter(paragraphs=("很生气😀。",))))
    assert "很生气□。" in said and "无法印出" in said
    assert "无法印出" not in words_in(typesetting.render(letter()))


def test_a_thousand_strange_characters_cost_no_patience():
    chance = random.Random(7)
    strange = "".join(chr(chance.choice([*range(0x10A0, 0x2FFF), *range(0xA000, 0xABFF)])) for _ in range(3000))
    begun = time.perf_counter()
    typesetting.render(letter(paragraphs=(strange,)))
    assert time.perf_counter() - begun < 5


def test_what_is_typed_is_never_read_as_layout():
    said = words_in(typesetting.render(letter(paragraphs=("#sys.inputs.content $x$ *fett* \\u{41}",))))
    assert "#sys.inputs.content$x$*fett*\\u{41}" in said


@pytest.mark.parametrize("suffix", ["svg", "png"])
def test_the_office_may_bring_its_own_letterhead(settings, tmp_path, suffix):
    file = tmp_path / f"head.{suffix}"
    if suffix == "svg":
        file.write_text(CINNABAR_SEAL, "utf-8")
    else:
        file.write_bytes(bytes.fromhex(
            "89504e470d0a1a0a0000000d49484452000000010000000108060000001f15c4890000000d49444154789c6360606060000000050001"
            "a5f645400000000049454e44ae426082"
        ))  # fmt: skip
    plain = typesetting.render(letter())
    settings.HUIYIN_LETTERHEAD = str(file)
    own = typesetting.render(letter())
    assert own != plain and "县公安局" in words_in(own)  # under the seal it still stands in words


def test_the_seal_as_a_picture_stands_on_agreements_alone(settings, tmp_path):
    file = tmp_path / "seal.svg"
    file.write_text(CINNABAR_SEAL, "utf-8")
    plain, reply = typesetting.render(letter(kind="mediation_agreement")), typesetting.render(letter())
    settings.HUIYIN_SEAL = str(file)
    assert typesetting.render(letter(kind="mediation_agreement")) != plain
    assert typesetting.render(letter()) == reply


@pytest.fixture
def without_chinese(settings, tmp_path, monkeypatch):
    settings.HUIYIN_FONTS_DIR = tmp_path
    monkeypatch.setattr(typesetting, "FONT_PACKAGE", "no_such_package")
    typesetting.forget()
    yield
    monkeypatch.undo()
    typesetting.forget()


@pytest.mark.usefixtures("without_chinese")
def test_without_a_chinese_font_it_says_so():
    assert not typesetting.is_available()
    with pytest.raises(Refusal) as refused:
        typesetting.render(letter())
    assert refused.value.code == "no_typeface"


def test_the_office_may_bring_its_own_font(settings, tmp_path, monkeypatch):
    (tmp_path / "own.otf").symlink_to(pylopdf_fonts_zh_cn.sans_path())
    settings.HUIYIN_FONTS_DIR, settings.HUIYIN_LETTER_FONTS = tmp_path, ["Noto Sans SC"]
    monkeypatch.setattr(typesetting, "FONT_PACKAGE", "no_such_package")
    typesetting.forget()
    try:
        assert "夜间施工已经停止" in words_in(typesetting.render(letter()))
    finally:
        monkeypatch.undo()
        typesetting.forget()


def test_a_letter_is_set_within_a_third_of_a_second():
    typesetting.render(letter())
    begun = time.perf_counter()
    typesetting.render(letter(paragraphs=("施工单位已经改正，我们每周巡查两次。" * 40,)))
    assert time.perf_counter() - begun < 0.3


def test_the_word_file_holds_the_same_words():
    chinese = letter()
    file = io.BytesIO(drafts.as_docx(chinese))
    paper = drafts.Document(file)
    said = "\n".join(line.text for line in paper.paragraphs)
    for words in (chinese.letterhead, chinese.title, chinese.salutation, *chinese.paragraphs, chinese.tracking_url):
        assert words in said
    assert paper.core_properties.author == "县公安局"
    assert [cell.text for cell in paper.tables[0].rows[0].cells] == list(chinese.count_heads)


def test_the_words_survive_being_kept():
    for language in ("zh-hans", "en"):
        assert LetterContent.from_json(letter(language).as_json()) == letter(language)
    assert dataclasses.replace(letter(), title="x") != letter()
