"""The signed minutes as a Word document and as a PDF, made by jobs from the same rows."""

from __future__ import annotations

from collections.abc import Callable

from django.core.files.base import ContentFile
from django.utils.translation import gettext as _

from portal import documents, figures, jobs
from portal.documents import HEI, SONG, Paper
from portal.models import Job
from projects.deliberation import pages, queries
from projects.deliberation.models import Meeting

LEADING = 1.5  # lines


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
    return documents.pdf_of("projects/deliberation/_minutes_pdf.html", pages.minutes_sheet(meeting), style="css/minutes.css")


def content_of(meeting: Meeting) -> bytes:
    sheet = pages.minutes_sheet(meeting)
    paper = documents.blank()
    _line(paper, _("%(name)s居民议事会会议纪要") % {"name": meeting.community.name}, HEI, 18, middle=True)
    _line(paper, meeting.number, SONG, 12, middle=True)
    facts = {"at": figures.moment(meeting.starts_at), "place": meeting.place, "chair": meeting.chair.name}
    _line(paper, _("时间：%(at)s。地点：%(place)s。主持：%(chair)s。") % facts)
    _line(paper, sheet["attendance"] + sheet["marks"])
    _roll(paper, sheet["roll"])
    for line in sheet["lines"]:
        _item(paper, meeting, line)
    _line(paper, "")
    signed = {"chair": meeting.chair.name, "at": figures.stamp(meeting.chair_signed_at)}
    _line(paper, _("主持人：%(chair)s（%(at)s 签字）") % signed)
    signed = {"clerk": meeting.clerk.name, "at": figures.stamp(meeting.clerk_signed_at)}
    _line(paper, _("记录人：%(clerk)s（%(at)s 签字）") % signed)
    return documents.word_of(paper)


def _line(paper: Paper, text: str, font: str = SONG, size: int = 12, *, middle: bool = False) -> None:
    documents.line(paper, text, font, size, middle=middle, leading=LEADING)


def _roll(paper: Paper, roll: list) -> None:
    """Who came, as a table."""
    documents.table(paper, [_("姓名"), _("席位"), _("到会")], [_cells(each) for each in roll])


def _cells(each) -> tuple[str, str, str]:
    return each.person.name, each.seat.get_kind_display(), each.came


def _item(paper: Paper, meeting: Meeting, line: dict) -> None:
    item, resolution = line["item"], line["resolution"]
    _line(paper, f"{item.position}. {item.proposal.title}：{line['state']}", HEI, 13)
    _line(paper, f"{item.proposal.number}　{item.proposal.place}　{figures.yuan(item.proposal.estimate)}")
    for recusal in item.recusals.all():
        _line(paper, _("回避：%(name)s（%(reason)s）") % {"name": recusal.person.name, "reason": recusal.reason})
    if line["spoke"]:
        _line(paper, _("发言：%(names)s") % {"names": line["spoke"]})
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
            % figures_of
            + queries.represented_in_words(resolution),
        )
    if resolution and resolution.reason:
        _line(paper, _("理由：%(reason)s") % {"reason": resolution.reason})
    for vote in line["votes"]:
        _line(paper, f"{vote['choice']}：{vote['names']}")
    if meeting.secret and resolution:
        _line(paper, _("无记名表决，只公布票数。"))
