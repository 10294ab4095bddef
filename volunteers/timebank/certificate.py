"""A certificate as PDF: mark and QR code travel in the page."""

from __future__ import annotations

import segno
from django.conf import settings

from portal import documents
from volunteers.timebank.models import Certificate


def pdf_of(certificate: Certificate, *, address: str) -> bytes:
    """`address` is the page on which anybody verifies it."""
    told = {
        "certificate": certificate,
        "total": certificate.scanned + certificate.by_hand,
        "address": address,
        "site": settings.SITE,
        "qr": segno.make(address, error="m", micro=False).svg_data_uri(scale=4, border=1),
    }
    return documents.pdf_of("volunteers/timebank/_certificate_pdf.html", told, style="css/certificate.css")
