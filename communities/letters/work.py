"""The letters of a batch as one PDF, made by a job: the codes are drawn here and leave only on paper."""

from __future__ import annotations

import secrets
import uuid
from collections.abc import Callable
from pathlib import Path
from typing import Any

import segno
from django.contrib.staticfiles import finders
from django.core.files.base import ContentFile
from django.db import transaction
from django.template.loader import render_to_string
from weasyprint import CSS, HTML
from weasyprint.urls import URLFetcher

from communities.bodies.models import Body
from communities.letters import rules, services
from communities.letters.models import CodeBatch, PaperCode
from portal import jobs
from portal.models import Job


@jobs.job(services.PRINT)
def print_codes(job: Job, report: Callable[[int, int], None]) -> dict:
    """Draw the codes, keep their digests, write the file. A repeat draws anew: the earlier ones were on no paper."""
    with transaction.atomic():
        batch = CodeBatch.objects.select_for_update(of=("self",)).select_related("community").get(pk=job.args["batch"])
        if batch.stopped_at or batch.file:
            return {"letters": 0}
        batch.codes.all().delete()
        codes = [drawn() for _letter in range(batch.count)]
        PaperCode.objects.bulk_create(
            [
                PaperCode(batch=batch, serial=serial, code_hash=services.digest(code))
                for serial, code in enumerate(codes, start=1)
            ]
        )
        report(0, batch.count)
        text = render_to_string("communities/letters/_letter_pdf.html", letters_of(batch, codes))
        batch.file.save(f"{uuid.uuid4().hex}.pdf", ContentFile(pdf_of(text)), save=True)
        report(batch.count, batch.count)
    return {"letters": batch.count}


def drawn() -> str:
    return "".join(secrets.choice(rules.SIGNS) for _sign in range(rules.LENGTH))


def letters_of(batch: CodeBatch, codes: list[str]) -> dict[str, Any]:
    """What a letter prints. The QR code leads to the page and does not hold the code (S12)."""
    station = Body.objects.filter(community=batch.community, kind=Body.Kind.STATION).exclude(phone="").first()
    return {
        "batch": batch,
        "station": station,
        "qr": segno.make(batch.address, error="m", micro=False).svg_data_uri(scale=3, border=2),
        "letters": [{"serial": serial, "code": rules.grouped(code)} for serial, code in enumerate(codes, start=1)],
    }


def pdf_of(text: str) -> bytes:
    """Nothing is fetched: the style is one file, the rest the letter carries itself. Tagged for readers (A16)."""
    style = CSS(string=Path(finders.find("css/letter.css")).read_text(encoding="utf-8"))
    document = HTML(string=text, url_fetcher=URLFetcher(allowed_protocols=["data"]))
    return document.write_pdf(stylesheets=[style], pdf_variant="pdf/ua-1")
