"""The privacy notice's version. A new version asks everybody again at the next sign-in (P1)."""

from datetime import date

VERSION = "2026-1"
IN_FORCE_ON = date(2026, 11, 1)
