"""The letter as an editable .docx, for those who must work on paper. What is sent is what the move sets, not this."""

from __future__ import annotations

import datetime
import io

from docx import Document
from docx.document import Document as DocxDocument
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml.ns import qn
from docx.shared import Mm, Pt, RGBColor
from docx.styles.style import ParagraphStyle
from docx.text.paragraph import Paragraph

from huiyin.record.files.content import LetterContent

CINNABAR = RGBColor(0xA8, 0x26, 0x1C)
FACES = {"zh": ("Times New Roman", "仿宋"), "en": ("Times New Roman", "宋体")}


def as_docx(letter: LetterContent) -> bytes:
    """A4, the same words in the same order; its properties name the body and no machine."""
    paper = Document()
    _prepare(paper, letter)
    _line(paper, letter.letterhead, size=24, centered=True, color=CINNABAR)
    _line(paper, letter.number_line, size=11, centered=True)
    paper.add_heading(letter.title, level=1).alignment = WD_ALIGN_PARAGRAPH.CENTER
    _line(paper, letter.subject, centered=True)
    _line(paper, letter.salutation)
    for words in letter.paragraphs:
        _line(paper, words, indented=letter.is_chinese)
    for part in letter.parts:
        paper.add_heading(part.label, level=2)
        for words in part.lines:
            _line(paper, words, indented=letter.is_chinese)
    for words in (letter.signature.seal, letter.signature.body, letter.signature.date):
        _line(paper, words).alignment = WD_ALIGN_PARAGRAPH.RIGHT
    for words in (letter.signature.officer, letter.tracking_words, letter.tracking_url, letter.proof_words):
        _line(paper, words, size=10)
    if letter.counts:
        paper.add_heading(letter.counts_title, level=2)
    for count in letter.counts:
        paper.add_heading(count.title, level=3)
        _line(paper, count.rule, size=10)
        table = paper.add_table(rows=1, cols=3, style="Table Grid")
        for cell, words in zip(table.rows[0].cells, letter.count_heads, strict=True):
            cell.text = words
        for row in count.rows:
            for cell, words in zip(table.add_row().cells, row, strict=True):
                cell.text = words
    file = io.BytesIO()
    paper.save(file)
    return file.getvalue()


def _prepare(paper: DocxDocument, letter: LetterContent) -> None:
    section = paper.sections[0]
    section.page_width, section.page_height = Mm(210), Mm(297)
    section.left_margin, section.right_margin, section.top_margin, section.bottom_margin = (
        Mm(28),
        Mm(26),
        Mm(27),
        Mm(26),
    )
    latin, chinese = FACES["zh" if letter.is_chinese else "en"]
    for name in ("Normal", "Heading 1", "Heading 2", "Heading 3"):
        style = paper.styles[name]
        if not isinstance(style, ParagraphStyle):
            continue
        style.font.name = latin
        style.font.color.rgb = RGBColor(0, 0, 0)
        style.element.get_or_add_rPr().get_or_add_rFonts().set(qn("w:eastAsia"), chinese)
    properties = paper.core_properties
    properties.author = properties.last_modified_by = letter.letterhead
    properties.title, properties.comments, properties.language = letter.title, "", letter.language
    at = datetime.datetime.combine(letter.on, datetime.time(), tzinfo=datetime.UTC)
    properties.created = properties.modified = at


def _line(
    paper: DocxDocument,
    words: str,
    *,
    size: float = 14,
    centered: bool = False,
    indented: bool = False,
    color: RGBColor | None = None,
) -> Paragraph:
    """One paragraph."""
    line = paper.add_paragraph()
    run = line.add_run(words)
    run.font.size = Pt(size)
    if color is not None:
        run.font.color.rgb = color
    if centered:
        line.alignment = WD_ALIGN_PARAGRAPH.CENTER
    if indented:
        line.paragraph_format.first_line_indent = Pt(2 * size)
    return line
