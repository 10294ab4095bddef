"""The letters of a batch as one PDF, made by a job: the codes are drawn here and leave only on paper."""

from __future__ import annotations

import secrets
import uuid
from collections.abc import Callable
from typing import Any

import segno
from django.core.files.base import ContentFile
from django.db import transaction

from communities.bodies.models import Body
from communities.bodies.queries import serving
from communities.letters import rules, services
from communities.letters.models import CodeBatch, PaperCode
from portal import jobs
from portal.documents import pdf_of
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
        content = pdf_of("communities/letters/_letter_pdf.html", letters_of(batch, codes), style="css/letter.css")
        batch.file.save(f"{uuid.uuid4().hex}.pdf", ContentFile(content), save=True)
        report(batch.count, batch.count)
    return {"letters": batch.count}


def drawn() -> str:
    return "".join(secrets.choice(rules.SIGNS) for _sign in range(rules.LENGTH))


def letters_of(batch: CodeBatch, codes: list[str]) -> dict[str, Any]:
    """What a letter prints. The QR code leads to the page and does not hold the code (S12)."""
    station = serving(batch.community).filter(kind=Body.Kind.STATION).exclude(phone="").first()
    return {
        "batch": batch,
        "station": station,
        "qr": segno.make(batch.address, error="m", micro=False).svg_data_uri(scale=3, border=2),
        "letters": [{"serial": serial, "code": rules.grouped(code)} for serial, code in enumerate(codes, start=1)],
    }
