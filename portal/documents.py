"""Papers that leave the portal: a PDF out of a template and our own style, a Word file as an office writes it (GB/T 9704)."""

from __future__ import annotations

from collections.abc import Sequence
from io import BytesIO
from pathlib import Path
from typing import Any
from unicodedata import east_asian_width

from django.contrib.staticfiles import finders
from django.template.loader import render_to_string
from docx import Document
from docx.document import Document as Paper
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Cm, Length, Pt, RGBColor
from docx.text.paragraph import Paragraph
from weasyprint import CSS, HTML
from weasyprint.urls import URLFetcher

SONG, HEI, FANG, TITLE = "宋体", "黑体", "仿宋", "方正小标宋简体"
TEXT_WIDTH = Cm(21 - 2.8 - 2.6)  # of the page between its margins
MARGINS = 5  # half ems: the two sides of a cell, and capitals that are wider than half an em
CELL = Pt(3)  # above and below the words of a table's cell
RED = RGBColor(0xC0, 0x1C, 0x12)


def pdf_of(template: str, told: dict[str, Any], *, style: str) -> bytes:
    """Tagged, with its title and language (A16). `style` is a file of our own; nothing is fetched, pictures travel in the page."""
    look = CSS(string=Path(finders.find(style)).read_text(encoding="utf-8"))
    page = HTML(string=render_to_string(template, told), url_fetcher=URLFetcher(allowed_protocols=["data"]))
    return page.write_pdf(stylesheets=[look], pdf_variant="pdf/ua-1")


def blank() -> Paper:
    """A4 with the margins of an official document."""
    paper = Document()
    section = paper.sections[0]
    section.page_width, section.page_height = Cm(21), Cm(29.7)
    section.top_margin, section.bottom_margin = Cm(3.7), Cm(3.5)
    section.left_margin, section.right_margin = Cm(2.8), Cm(2.6)
    for language in paper.styles.element.iter(qn("w:lang")):  # without it a reader that lacks the fonts takes Japanese signs
        language.set(qn("w:val"), "zh-CN")
        language.set(qn("w:eastAsia"), "zh-CN")
    return paper


def line(
    paper: Paper, text: str, font: str, size: int, *,
    middle: bool = False, indent: bool = False, colour: RGBColor | None = None, leading: float | None = None,
) -> Paragraph:  # fmt: skip
    """A paragraph. `leading` in lines; without it the 28 points of an official document, more below a large head."""
    paragraph = paper.add_paragraph()
    paragraph.paragraph_format.line_spacing = leading or (Pt(28) if size <= 16 else Pt(size * 1.5))
    paragraph.paragraph_format.space_after = Pt(0)
    if middle:
        paragraph.alignment = WD_ALIGN_PARAGRAPH.CENTER
    paragraph.paragraph_format.keep_with_next = font == HEI  # a heading stays with what it heads
    if indent:
        paragraph.paragraph_format.first_line_indent = Pt(size * 2)
    _write(paragraph.add_run(text), font, size, colour)
    return paragraph


def ruled(paragraph: Paragraph) -> None:
    """The red line below a head."""
    borders, below = OxmlElement("w:pBdr"), OxmlElement("w:bottom")
    for name, value in (("val", "single"), ("sz", "18"), ("space", "4"), ("color", "C01C12")):
        below.set(qn(f"w:{name}"), value)
    borders.append(below)
    paragraph._p.get_or_add_pPr().append(borders)
    paragraph.paragraph_format.space_after = Pt(14)


def table(paper: Paper, heads: Sequence[str], rows: Sequence[Sequence[object]], *, figures_from: int | None = None) -> None:
    """A ruled table, its head repeated on every page; from the column `figures_from` on, figures to the right."""
    made = paper.add_table(rows=1 + len(rows), cols=len(heads), style="Table Grid")
    made.autofit = False
    size = 9 if len(heads) > 8 else 10.5
    widths = _widths(heads, rows, size)
    for column, width in zip(made.columns, widths, strict=True):
        column.width = width  # LibreOffice reads the grid, Word the cells
    for place, (row, cells) in enumerate(zip(made.rows, [heads, *rows], strict=True)):
        for name in ("w:cantSplit", "w:tblHeader") if place == 0 else ("w:cantSplit",):
            row._tr.get_or_add_trPr().append(OxmlElement(name))
        for column, (cell, text) in enumerate(zip(row.cells, cells, strict=True)):
            cell.width = widths[column]
            paragraph = cell.paragraphs[0]
            paragraph.paragraph_format.space_before = paragraph.paragraph_format.space_after = CELL
            _write(paragraph.add_run(str(text)), HEI if place == 0 else SONG, size)
            if place == 0:
                paragraph.alignment = WD_ALIGN_PARAGRAPH.CENTER
            elif figures_from is not None and column >= figures_from:
                paragraph.alignment = WD_ALIGN_PARAGRAPH.RIGHT
    paper.add_paragraph().paragraph_format.space_after = Pt(0)


def _widths(heads: Sequence[str], rows: Sequence[Sequence[object]], size: float) -> list[Length]:
    """The page's width shared out by what the columns hold: a figure stays on one line, a head may take two, the widest give way."""
    room, columns = TEXT_WIDTH.pt / (size / 2), zip(heads, *rows, strict=True)
    wants = [MARGINS + max(_signs(head) // 2 + 1, *(_signs(str(text)) for text in texts), 4) for head, *texts in columns]
    while sum(wants) > room and max(wants) > 1:
        wants[wants.index(max(wants))] -= 1
    return [Pt(want * room / sum(wants) * size / 2) for want in wants]


def _signs(text: str) -> int:
    """Its length in half ems: a Chinese sign takes two."""
    return sum(2 if east_asian_width(sign) in "WF" else 1 for sign in text)


def word_of(paper: Paper) -> bytes:
    stream = BytesIO()
    paper.save(stream)
    return stream.getvalue()


def _write(run: Any, font: str, size: float, colour: RGBColor | None = None) -> None:
    run.font.size, run.font.name = Pt(size), font
    run._element.get_or_add_rPr().get_or_add_rFonts().set(qn("w:eastAsia"), font)
    if colour is not None:
        run.font.color.rgb = colour
