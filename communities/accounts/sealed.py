"""Small secrets in the database, encrypted: the seeds of authenticators."""

from __future__ import annotations

import base64
import hashlib
import hmac
import os

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from django.conf import settings


def seal_text(text: str) -> str:
    nonce = os.urandom(12)
    sealed = AESGCM(_key(settings.SECRET_KEY)).encrypt(nonce, text.encode(), b"factor")
    return base64.urlsafe_b64encode(nonce + sealed).decode()


def unseal_text(sealed: str) -> str:
    """The text again, also when the key was changed and the old one is still among the fallbacks."""
    raw = base64.urlsafe_b64decode(sealed.encode())
    for secret in [settings.SECRET_KEY, *settings.SECRET_KEY_FALLBACKS]:
        try:
            return AESGCM(_key(secret)).decrypt(raw[:12], raw[12:], b"factor").decode()
        except InvalidTag:
            continue
    raise InvalidTag


def _key(secret: str) -> bytes:
    return hmac.new(secret.encode(), b"communities.accounts.factor", hashlib.sha256).digest()
