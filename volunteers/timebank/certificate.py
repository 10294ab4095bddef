"""A certificate as PDF. Nothing is fetched: style, mark and QR code travel in the page."""

from __future__ import annotations

from pathlib import Path

import segno
from django.conf import settings
from django.contrib.staticfiles import finders
from django.template.loader import render_to_string
from weasyprint import CSS, HTML
from weasyprint.urls import URLFetcher

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
    text = render_to_string("volunteers/timebank/_certificate_pdf.html", told)
    style = CSS(string=Path(finders.find("css/certificate.css")).read_text(encoding="utf-8"))
    return HTML(string=text, url_fetcher=URLFetcher(allowed_protocols=["data"])).write_pdf(stylesheets=[style])
