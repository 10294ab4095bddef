"""项目档案: everything about a project in one zip, made by a job: the record as PDF, ledger and payments as CSV, every kept file.

For offices, supervisors and auditors: sheets with names are inside, so the file is handed to nobody but the person who asked.
"""

from __future__ import annotations

import hashlib
import io
import zipfile
from collections.abc import Callable, Iterator
from datetime import datetime
from typing import Any

from django.core.files.base import ContentFile
from django.utils.translation import gettext as _

from portal import clock, documents, figures, jobs, sheets
from portal.models import Job
from portal.sheets import Sheet, Yuan
from projects.desk import desks
from projects.desk.queries import gather, proposals, records
from projects.funding.queries import money_of_project
from projects.models import Evidence, LedgerEntry, Project, Proposal

KIND = "desk.project_archive"


@jobs.job(KIND)
def make_archive(job: Job, report: Callable[[int, int], None]) -> dict:
    """Write the zip beside the job's row. A repeat writes it anew from the rows as they then are."""
    proposal = proposals.proposal_in_sight().get(number=job.args["number"])
    content = archive_of(proposal, report, now=clock.now())
    job.file.save(f"archive-{proposal.number}.zip", ContentFile(content), save=False)
    return {"number": proposal.number}


def archive_of(proposal: Proposal, report: Callable[[int, int], None], *, now: datetime) -> bytes:
    """The zip, its last member a list of all others with their SHA-256."""
    kept = list(kept_files(proposal))
    made = [("00-档案.pdf", lambda: record_pdf(proposal, now)), *money_files(proposal), *kept]
    stream, lines = io.BytesIO(), []
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as archive:
        for place, (name, read) in enumerate(made, start=1):
            content = read()
            archive.writestr(name, content)
            lines.append([name, len(content), hashlib.sha256(content).hexdigest()])
            report(place, len(made))
        listing = sheets.csv_of([Sheet(_("目录"), [_("文件"), _("字节"), "SHA-256"], lines)])
        archive.writestr("99-目录.csv", listing.encode())
    return stream.getvalue()


def record_pdf(proposal: Proposal, now: datetime) -> bytes:
    """Facts, decisions with their reasons, money, and who did what when."""
    told: dict[str, Any] = {"proposal": proposal, "on": figures.moment(now), "facts": desks.facts_of(proposal)}
    told["chapters"] = gather.life_of(proposal)
    entries = records.log_about(proposal)
    names = records.names_of(entries)
    told["entries"] = [(entry, names.get(entry.actor_id, "")) for entry in entries]
    project = Project.objects.filter(proposal=proposal).first()
    told["money"] = money_of_project(project) if project else None
    return documents.pdf_of("projects/desk/_archive.html", told, style="css/return.css")


def money_files(proposal: Proposal) -> Iterator[tuple[str, Callable[[], bytes]]]:
    """The ledger of the project, line by line."""
    rows = LedgerEntry.objects.filter(posting__project__proposal=proposal).select_related("posting__by", "account__source")
    heads = [_("时间"), _("摘要"), _("账户"), _("借方（元）"), _("贷方（元）"), _("资金来源"), _("经办")]
    lines = [
        [
            row.posting.at, str(_(row.posting.get_kind_display())), str(_(row.account.get_kind_display())),
            Yuan(row.amount) if row.side == "debit" else "", Yuan(row.amount) if row.side == "credit" else "",
            row.account.source.name if row.account.source else _("社区额度"), str(row.posting.by or ""),
        ]
        for row in rows.order_by("posting__at", "posting_id", "side")
    ]  # fmt: skip
    if lines:
        yield "01-台账.csv", lambda: sheets.csv_of([Sheet(_("台账"), heads, lines)]).encode()


def kept_files(proposal: Proposal) -> Iterator[tuple[str, Callable[[], bytes]]]:
    """Photos of the proposal, evidence of the delivery."""
    for place, row in enumerate(proposal.attachments.order_by("pk"), start=1):
        yield from _kept(f"10-提案附件/{place:02d}", row.file)
    for place, row in enumerate(Evidence.objects.filter(project__proposal=proposal).order_by("at", "pk"), start=1):
        yield from _kept(f"20-实施资料/{place:02d}-{row.at:%Y%m%d}-{row.get_kind_display()}", row.file)


def _kept(name: str, file: Any) -> Iterator[tuple[str, Callable[[], bytes]]]:
    if not file.storage.exists(file.name):
        return

    def read() -> bytes:
        with file.storage.open(file.name) as opened:
            return opened.read()

    yield f"{name}.{file.name.rpartition('.')[2]}", read
