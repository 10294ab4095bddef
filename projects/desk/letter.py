"""An office's letter in Word: margins, fonts and tables as official documents have them (GB/T 9704)."""

from __future__ import annotations

from collections.abc import Sequence
from io import BytesIO
from typing import Any

from django.utils.translation import gettext as _
from docx import Document
from docx.document import Document as Paper
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Cm, Pt, RGBColor
from docx.text.paragraph import Paragraph

SONG, HEI, FANG, TITLE = "宋体", "黑体", "仿宋", "方正小标宋简体"
RED = RGBColor(0xC0, 0x1C, 0x12)


def return_document(told: dict[str, Any]) -> bytes:
    """The monthly return: a red head with issue and date, paragraphs, tables, the signing line."""
    paper = blank()
    line(paper, told["title"], TITLE, 26, middle=True, colour=RED)
    line(paper, f"（{told['month']}）", FANG, 16, middle=True)
    _ruled(line(paper, f"{told['issue']}　　　　{told['place'].name}　　　　{told['on']}", FANG, 14, middle=True))
    line(paper, _("一、总体情况"), HEI, 16)
    for text in told["summary"]:
        line(paper, text, FANG, 16, indent=True)
    line(paper, _("二、分类型情况"), HEI, 16)
    table(paper, [_("类型"), *told["heads"]], told["types"], figures_from=1)
    line(paper, _("三、分%(level)s情况") % {"level": told["child_word"]}, HEI, 16)
    table(paper, [told["child_word"], *told["heads"]], told["children"], figures_from=1)
    line(paper, _("四、本月支付"), HEI, 16)
    _listed(paper, [_("日期"), _("项目"), _("收款单位"), _("款项"), _("凭证号"), _("金额（元）")], told["paid"])
    line(paper, _("五、超期、停滞和暂停的项目"), HEI, 16)
    _listed(paper, [_("编号"), _("项目"), _("情况"), _("原因或待完成节点"), _("批准金额（元）")], told["late"])
    line(paper, _("六、下月计划节点"), HEI, 16)
    _listed(paper, [_("到期"), _("项目"), _("节点")], told["coming"])
    line(paper, "", FANG, 16)
    line(paper, _("填报人：　　　　　　审核人：　　　　　　（盖章）"), FANG, 16)
    stream = BytesIO()
    paper.save(stream)
    return stream.getvalue()


def _listed(paper: Paper, heads: Sequence[str], rows: Sequence[Sequence[str]]) -> None:
    if rows:
        table(paper, heads, rows, figures_from=len(heads) - 1 if "元" in heads[-1] else len(heads))
    else:
        line(paper, _("无。"), FANG, 16, indent=True)


def blank() -> Paper:
    """A4 with the margins of an official document."""
    paper = Document()
    section = paper.sections[0]
    section.page_width, section.page_height = Cm(21), Cm(29.7)
    section.top_margin, section.bottom_margin = Cm(3.7), Cm(3.5)
    section.left_margin, section.right_margin = Cm(2.8), Cm(2.6)
    return paper


def line(
    paper: Paper, text: str, font: str, size: int, *, middle: bool = False, indent: bool = False, colour: RGBColor | None = None
) -> Paragraph:  # fmt: skip
    paragraph = paper.add_paragraph()
    paragraph.paragraph_format.line_spacing = Pt(28) if size <= 16 else Pt(size * 1.5)
    paragraph.paragraph_format.space_after = Pt(0)
    if middle:
        paragraph.alignment = WD_ALIGN_PARAGRAPH.CENTER
    if indent:
        paragraph.paragraph_format.first_line_indent = Pt(size * 2)
    _write(paragraph.add_run(text), font, size, colour)
    return paragraph


def _write(run: Any, font: str, size: int, colour: RGBColor | None = None) -> None:
    run.font.size, run.font.name = Pt(size), font
    run._element.get_or_add_rPr().get_or_add_rFonts().set(qn("w:eastAsia"), font)
    if colour is not None:
        run.font.color.rgb = colour


def _ruled(paragraph: Paragraph) -> None:
    """The red line below the head."""
    borders, below = OxmlElement("w:pBdr"), OxmlElement("w:bottom")
    for name, value in (("val", "single"), ("sz", "18"), ("space", "4"), ("color", "C01C12")):
        below.set(qn(f"w:{name}"), value)
    borders.append(below)
    paragraph._p.get_or_add_pPr().append(borders)
    paragraph.paragraph_format.space_after = Pt(14)


def table(paper: Paper, heads: Sequence[str], rows: Sequence[Sequence[str]], *, figures_from: int) -> None:
    """A ruled table, its head repeated on every page; figures to the right."""
    made = paper.add_table(rows=1, cols=len(heads), style="Table Grid")
    made.autofit = True
    repeat = OxmlElement("w:tblHeader")
    repeat.set(qn("w:val"), "true")
    made.rows[0]._tr.get_or_add_trPr().append(repeat)
    size = 9 if len(heads) > 8 else 10.5
    for place, cells in enumerate([heads, *rows]):
        row = made.rows[0] if place == 0 else made.add_row()
        for column, (cell, text) in enumerate(zip(row.cells, cells, strict=True)):
            paragraph = cell.paragraphs[0]
            _write(paragraph.add_run(str(text)), HEI if place == 0 else SONG, size)
            if place == 0:
                paragraph.alignment = WD_ALIGN_PARAGRAPH.CENTER
            elif column >= figures_from:
                paragraph.alignment = WD_ALIGN_PARAGRAPH.RIGHT
    paper.add_paragraph().paragraph_format.space_after = Pt(0)
