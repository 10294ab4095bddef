"""Words that go into notices: kept in the source language, whoever acts; what the reader sees is translated around them."""

from __future__ import annotations

from datetime import date

from django.utils import translation

from portal import figures


def day_said(day: date) -> str:
    """2026年3月9日（周一）, also when the officer who acts reads English."""
    with translation.override("zh-hans"):
        return figures.day(day)
