"""The signed minutes as a Word document and as a PDF, made by jobs from the same rows."""

from __future__ import annotations

from collections.abc import Callable
from io import BytesIO
from pathlib import Path

from django.contrib.staticfiles import finders
from django.core.files.base import ContentFile
from django.template.loader import render_to_string
from django.utils.translation import gettext as _
from docx import Document
from docx.document import Document as Paper
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml.ns import qn
from docx.shared import Cm, Pt
from weasyprint import CSS, HTML
from weasyprint.urls import URLFetcher

from portal import figures, jobs
from portal.models import Job
from projects.deliberation import pages, queries
from projects.deliberation.models import Meeting

SONG, HEI = "宋体", "黑体"


@jobs.job("deliberation.minutes_document")
def make_document(job: Job, report: Callable[[int, int], None]) -> dict:
    """Write the file beside the job's row. A repeat writes it anew from the same rows."""
    meeting = queries.meetings_seen().get(pk=job.args["meeting"])
    job.file.save(f"{meeting.number}.docx", ContentFile(content_of(meeting)), save=False)
    report(1, 1)
    return {"meeting": meeting.pk, "number": meeting.number}


@jobs.job("deliberation.minutes_pdf")
def make_pdf(job: Job, report: Callable[[int, int], None]) -> dict:
    """The same as a PDF. A repeat writes it anew from the same rows."""
    meeting = queries.meetings_seen().get(pk=job.args["meeting"])
    job.file.save(f"{meeting.number}.pdf", ContentFile(pdf_of(meeting)), save=False)
    report(1, 1)
    return {"meeting": meeting.pk, "number": meeting.number}


def pdf_of(meeting: Meeting) -> bytes:
    """Nothing is fetched: the style is a file of the portal, the rest the text carries itself."""
    text = render_to_string("projects/deliberation/_minutes_pdf.html", pages.minutes_sheet(meeting))
    style = CSS(string=Path(finders.find("css/minutes.css")).read_text(encoding="utf-8"))
    return HTML(string=text, url_fetcher=URLFetcher(allowed_protocols=["data"])).write_pdf(stylesheets=[style])


def content_of(meeting: Meeting) -> bytes:
    sheet = pages.minutes_sheet(meeting)
    paper = _paper()
    _line(paper, _("%(name)s居民议事会会议纪要") % {"name": meeting.community.name}, HEI, 18, middle=True)
    _line(paper, meeting.number, SONG, 12, middle=True)
    facts = {"at": figures.moment(meeting.starts_at), "place": meeting.place, "chair": meeting.chair.name}
    _line(paper, _("时间：%(at)s。地点：%(place)s。主持：%(chair)s。") % facts)
    counted = _("应到 %(seats)s 人，实到 %(present)s 人，缺席 %(absent)s 人，请假 %(excused)s 人。") % sheet["counted"]
    _line(paper, counted + sheet["marks"])
    _roll(paper, sheet["roll"])
    for line in sheet["lines"]:
        _item(paper, meeting, line)
    _line(paper, "")
    signed = {"chair": meeting.chair.name, "at": figures.stamp(meeting.chair_signed_at)}
    _line(paper, _("主持人：%(chair)s（%(at)s 签字）") % signed)
    signed = {"clerk": meeting.clerk.name, "at": figures.stamp(meeting.clerk_signed_at)}
    _line(paper, _("记录人：%(clerk)s（%(at)s 签字）") % signed)
    stream = BytesIO()
    paper.save(stream)
    return stream.getvalue()


def _paper() -> Paper:
    """A4 with the margins of an office's letter and Chinese fonts."""
    paper = Document()
    section = paper.sections[0]
    section.page_width, section.page_height = Cm(21), Cm(29.7)
    section.top_margin, section.bottom_margin = Cm(3.7), Cm(3.5)
    section.left_margin, section.right_margin = Cm(2.8), Cm(2.6)
    return paper


def _line(paper: Paper, text: str, font: str = SONG, size: int = 12, *, middle: bool = False) -> None:
    paragraph = paper.add_paragraph()
    paragraph.paragraph_format.line_spacing = 1.5
    if middle:
        paragraph.alignment = WD_ALIGN_PARAGRAPH.CENTER
    _write(paragraph.add_run(text), font, size)


def _write(run, font: str, size: int) -> None:
    run.font.size, run.font.name = Pt(size), font
    run._element.get_or_add_rPr().get_or_add_rFonts().set(qn("w:eastAsia"), font)


def _roll(paper: Paper, roll: list) -> None:
    """Who came, as a table."""
    table = paper.add_table(rows=1, cols=3, style="Table Grid")
    rows = [(_("姓名"), _("席位"), _("到会")), *[_cells(each) for each in roll]]
    for place, cells in enumerate(rows):
        row = table.rows[0] if place == 0 else table.add_row()
        for cell, text in zip(row.cells, cells, strict=True):
            _write(cell.paragraphs[0].add_run(str(text)), HEI if place == 0 else SONG, 10)


def _cells(each) -> tuple[str, str, str]:
    return each.person.name, each.seat.get_kind_display(), each.get_state_display()


def _item(paper: Paper, meeting: Meeting, line: dict) -> None:
    item, resolution = line["item"], line["resolution"]
    _line(paper, f"{item.position}. {item.proposal.title}：{line['state']}", HEI, 13)
    _line(paper, f"{item.proposal.number}　{item.proposal.place}　{figures.yuan(item.proposal.estimate)}")
    for recusal in item.recusals.all():
        _line(paper, _("回避：%(name)s（%(reason)s）") % {"name": recusal.person.name, "reason": recusal.reason})
    if item.notes:
        _line(paper, item.notes)
    if resolution and resolution.needed is not None:
        names = ("in_favour", "against", "abstained", "needed", "present", "recused")
        figures_of = {name: getattr(resolution, name) for name in names}
        _line(
            paper,
            _(
                "同意 %(in_favour)s 票，反对 %(against)s 票，弃权 %(abstained)s 票；需要 %(needed)s 票。到会 %(present)s 人，回避 %(recused)s 人。"
            )
            % figures_of,
        )
    if resolution and resolution.reason:
        _line(paper, _("理由：%(reason)s") % {"reason": resolution.reason})
    for vote in line["votes"]:
        _line(paper, f"{vote['choice']}：{vote['names']}")
    if meeting.secret and resolution:
        _line(paper, _("无记名表决，只公布票数。"))
