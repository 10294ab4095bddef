"""Phone numbers: read as people type them, kept encrypted, found by a keyed digest (P5, U5).

AES-GCM with a key from the settings; the index is HMAC-SHA256 under another key derived from the same secret.
"""

from __future__ import annotations

import hashlib
import hmac
import os
import re
import unicodedata

from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from django.conf import settings

MOBILE = re.compile(r"1[3-9]\d{9}")


def normalised(text: str) -> str:
    """The 11 digits of a mainland mobile number, or "" when the text holds none.

    Accepts blanks, hyphens, full-width digits, +86, 0086 and 86 in front.
    """
    digits = re.sub(r"[\s\-–—()()+]", "", unicodedata.normalize("NFKC", text))
    digits = re.sub(r"^(0086|86)(?=1\d{10}$)", "", digits)
    return digits if MOBILE.fullmatch(digits) else ""


def index_of(phone: str) -> str:
    """Keyed digest (hex, 64) under which a phone is found without being readable."""
    return hmac.new(_key("index"), phone.encode(), hashlib.sha256).hexdigest()


def seal(phone: str) -> bytes:
    """Nonce and AES-GCM ciphertext of a phone."""
    nonce = os.urandom(12)
    return nonce + AESGCM(_key("cipher")).encrypt(nonce, phone.encode(), b"phone")


def unseal(sealed: bytes) -> str:
    """The phone again; callers show it masked, or reveal it with a reason and a row in the log."""
    sealed = bytes(sealed)
    return AESGCM(_key("cipher")).decrypt(sealed[:12], sealed[12:], b"phone").decode()


def _key(purpose: str) -> bytes:
    return hmac.new(settings.PHONE_KEY.encode(), purpose.encode(), hashlib.sha256).digest()
