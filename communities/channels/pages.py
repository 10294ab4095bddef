"""What the room's pages print, as plain values."""

from __future__ import annotations

import segno

from communities.channels import senders


def scanned(code: str) -> dict[str, str]:
    """A code and its QR; no QR where nobody can be bound."""
    told = senders.invitation(code)
    return {"code": code, "qr": segno.make(told, error="m").svg_data_uri(scale=6, border=2, light="#fff") if told else ""}
