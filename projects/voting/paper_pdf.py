"""The sheets of an envelope as a PDF for the printer, made by a job from the same template as the printable page."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import segno
from django.core.files.base import ContentFile

from portal import documents, jobs
from portal.models import Job
from projects.voting import paper, queries
from projects.voting.models import PaperBatch


@jobs.job("voting.paper_sheets")
def make_sheets(job: Job, report: Callable[[int, int], None]) -> dict:
    """Write the file beside the job's row. A repeat writes it anew; after the close there is nothing to print."""
    batch = PaperBatch.objects.select_related("slate__round", "slate__community").get(pk=job.args["batch"])
    if batch.slate.closed_at:
        return {"sheets": 0}
    made = documents.pdf_of("projects/voting/_paper_pdf.html", sheets_of(batch), style="css/paper.css")
    job.file.save(f"paper-{batch.pk}.pdf", ContentFile(made), save=False)
    report(batch.printed, batch.printed)
    return {"sheets": batch.printed}


def sheets_of(batch: PaperBatch) -> dict[str, Any]:
    """What a sheet prints: serial and its QR code, the candidates in the lot's order, the tracker on the tear-off."""
    rules = batch.slate.round.rules
    return {
        "batch": batch,
        "slate": batch.slate,
        "round": batch.slate.round,
        "kind": rules["ballot"],
        "most": rules["max_choices"],
        "points": rules["points"],
        "candidates": queries.candidates_on_paper(batch.slate),
        "sheets": [
            {"serial": paper.grouped(each.serial), "tracker": each.tracker, "qr": _qr(each.serial)}
            for each in batch.sheets.order_by("serial")
        ],
    }


def _qr(serial: str) -> str:
    return segno.make(serial, error="m", micro=False).svg_data_uri(scale=3, border=2)
