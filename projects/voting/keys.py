"""The key of a round (K_round): 32 random bytes in a file outside the database and its backups.

Made when voting opens, read by every web node from a shared private folder, sealed at the close and destroyed by two
people (services/ceremony.py).
"""

from __future__ import annotations

import hashlib
import hmac
import os
import secrets
from collections.abc import Iterable
from contextlib import suppress
from pathlib import Path

from django.conf import settings


def make_key(round_number: int) -> None:
    """Create the key when there is none; an existing key stays, so that a repeated opening changes nothing."""
    path = _path(round_number)
    path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    try:
        handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    except FileExistsError:
        return
    with os.fdopen(handle, "wb") as file:
        file.write(secrets.token_bytes(32))
        file.flush()
        os.fsync(file.fileno())


def link_of(round_number: int, person: int | str) -> bytes:
    """The link under which a ballot lies: HMAC-SHA256(K_round, person, or "paper|serial" of a sheet).

    FileNotFoundError after the count.
    """
    return hmac.new(_path(round_number).read_bytes(), str(person).encode(), hashlib.sha256).digest()


def links_of(round_number: int, people: Iterable[int]) -> list[bytes]:
    """The links of many people; the key is read once."""
    key = _path(round_number).read_bytes()
    return [hmac.new(key, str(person).encode(), hashlib.sha256).digest() for person in people]


def seal_key(round_number: int) -> None:
    """Put the key where no ballot is looked for any more, until two people have it destroyed. Safe to repeat."""
    with suppress(FileNotFoundError):
        _path(round_number).rename(_sealed(round_number))


def key_exists(round_number: int) -> bool:
    """Is there a key still, in use or sealed?"""
    return _path(round_number).exists() or _sealed(round_number).exists()


def destroy_key(round_number: int) -> bool:
    """Overwrite and delete the key, in use or sealed; False when it was gone already."""
    return sum(_destroy(path) for path in (_path(round_number), _sealed(round_number))) > 0


def _destroy(path: Path) -> bool:
    if not path.exists():
        return False
    with path.open("r+b") as file:
        file.write(secrets.token_bytes(32))
        file.flush()
        os.fsync(file.fileno())
    path.unlink(missing_ok=True)
    return True


def _sealed(round_number: int) -> Path:
    return _path(round_number).with_suffix(".sealed")


def _path(round_number: int) -> Path:
    return Path(settings.BALLOT_KEYS) / f"round-{round_number}.key"
