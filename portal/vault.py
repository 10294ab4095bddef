"""Sealed files: what lies in a backup or in the archive of changes can be read with BACKUP_KEY only.

A file is a head (magic, salt, a check of the key) and pieces of 1 MiB, each AES-256-GCM under a key of its own file, with
the number of the piece and whether it is the last in its nonce: nothing can be changed, moved, cut off or added. Also a
program, which PostgreSQL calls: `python -m portal.vault seal FROM TO`, `python -m portal.vault open FROM TO`.
"""

from __future__ import annotations

import hmac
import io
import os
import shutil
import sys
import tarfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import BinaryIO

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

from portal import env

MAGIC, SALT, CHECK, TAG = b"PVAULT1\n", 16, 8, 16
PIECE = 1 << 20
AGAIN, ABSENT, USELESS = 1, 1, 200  # above 125 PostgreSQL stops recovering instead of taking a change for absent


class Sealed(Exception):
    """Why it cannot be opened, in words for the person at the keyboard."""


def key(var: Path) -> str:
    """BACKUP_KEY, or on a single machine one made once in its folder of secrets."""
    several = bool(env.text("DATABASE_URL"))
    return env.secret("BACKUP_KEY", None if several else env.folder("PORTAL_SECRETS", var / "secrets"))


@contextmanager
def sealing(path: Path, secret: str) -> Iterator[Writer]:
    """Write a sealed file whole or not at all; private to its owner."""
    draft = path.with_name(f"{path.name}.part")
    draft.unlink(missing_ok=True)
    try:
        with os.fdopen(os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as file:
            writer = Writer(file, secret)
            yield writer
            writer.finish()
            file.flush()
            os.fsync(file.fileno())
        draft.rename(path)
        folder = os.open(path.parent, os.O_RDONLY)
        os.fsync(folder)
        os.close(folder)
    finally:
        draft.unlink(missing_ok=True)


@contextmanager
def opened(path: Path, secret: str) -> Iterator[BinaryIO]:
    """Read a sealed file from its beginning; Sealed when the key is another one or a byte is not what it was."""
    with path.open("rb") as file:
        yield io.BufferedReader(Reader(file, path, secret), PIECE)


def unpack(source: BinaryIO, into: Path, *, mode: int) -> None:
    """Files and folders only, and none outside `into` (Python before 3.11.4 has no filter that does this)."""
    try:
        with tarfile.open(fileobj=source, mode="r|") as archive:
            for entry in archive:
                _unpack_one(archive, entry, into, mode)
        while source.read(PIECE):  # to the end, so that nothing was cut off
            pass
    except tarfile.TarError as error:
        raise Sealed(f"里面的内容不完整（{type(error).__name__}）。") from error


def _unpack_one(archive: tarfile.TarFile, entry: tarfile.TarInfo, into: Path, mode: int) -> None:
    path = (into / entry.name).resolve()
    if not path.is_relative_to(into.resolve()) or not (entry.isfile() or entry.isdir()):
        raise Sealed(f"里面有不该有的内容：{entry.name}。")
    if entry.isdir():
        path.mkdir(parents=True, exist_ok=True)
        return
    path.parent.mkdir(parents=True, exist_ok=True)
    with path.open("wb") as file:
        shutil.copyfileobj(archive.extractfile(entry), file, PIECE)
    path.chmod(mode)


class Writer:
    """Takes bytes, gives sealed pieces. The last piece is the one that `finish` writes, even when it is empty."""

    def __init__(self, file: BinaryIO, secret: str):
        salt = os.urandom(SALT)
        cipher, check = _keys(secret, salt)
        self.file, self.cipher, self.head, self.number = file, AESGCM(cipher), MAGIC + salt + check, 0
        self.held = bytearray()
        file.write(self.head)

    def write(self, data: bytes) -> int:
        self.held += data
        while len(self.held) > PIECE:
            self._piece(self.held[:PIECE], last=False)
            del self.held[:PIECE]
        return len(data)

    def finish(self) -> None:
        self._piece(self.held, last=True)

    def _piece(self, data: bytes | bytearray, *, last: bool) -> None:
        self.file.write(self.cipher.encrypt(_nonce(self.number, last), bytes(data), self.head))
        self.number += 1


class Reader(io.RawIOBase):
    def __init__(self, file: BinaryIO, path: Path, secret: str):
        self.head = file.read(len(MAGIC) + SALT + CHECK)
        salt, check = self.head[len(MAGIC) : -CHECK], self.head[-CHECK:]
        if len(self.head) < len(MAGIC) + SALT + CHECK or not self.head.startswith(MAGIC):
            raise Sealed(f"{path} 不是完整的封存文件。")
        cipher, expected = _keys(secret, salt)
        if not hmac.compare_digest(check, expected):
            raise Sealed(f"{path} 不是用这里的 BACKUP_KEY 封存的。请换回封存时的那一把密钥再试。")
        self.file, self.path, self.cipher, self.number = file, path, AESGCM(cipher), 0
        self.next = file.read(PIECE + TAG)
        self.held = memoryview(b"")

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: memoryview) -> int:
        while not self.held and self.next is not None:
            self.held = memoryview(self._piece())
        taken = min(len(buffer), len(self.held))
        buffer[:taken] = self.held[:taken]
        self.held = self.held[taken:]
        return taken

    def _piece(self) -> bytes:
        this, after = self.next, self.file.read(PIECE + TAG)
        try:
            plain = self.cipher.decrypt(_nonce(self.number, last=not after), this, self.head)
        except InvalidTag as error:
            raise Sealed(f"{self.path} 已损坏或不完整。") from error
        self.next, self.number = after or None, self.number + 1
        return plain


def _keys(secret: str, salt: bytes) -> tuple[bytes, bytes]:
    """The cipher's key of one file, and what tells whether it is the right one."""
    made = HKDF(SHA256(), 32 + CHECK, salt, b"portal.vault").derive(secret.encode())
    return made[:32], made[32:]


def _nonce(number: int, last: bool) -> bytes:
    return number.to_bytes(11, "big") + bytes([last])


def hand_over(source: Path, target: Path, secret: str) -> int:
    """Seal one file where none lies yet. Handed over before, after a crash: fine when it is the same, else refused."""
    if target.exists():
        with opened(target, secret) as there, source.open("rb") as here:
            return 0 if _same(there, here) else AGAIN
    with sealing(target, secret) as writer, source.open("rb") as here:
        shutil.copyfileobj(here, writer, PIECE)
    return 0


def fetch(source: Path, target: Path, secret: str) -> int:
    if not source.exists():
        return ABSENT
    with opened(source, secret) as there, target.open("wb") as here:
        shutil.copyfileobj(there, here, PIECE)
    return 0


def _same(one: BinaryIO, other: BinaryIO) -> bool:
    while (piece := one.read(PIECE)) == other.read(PIECE):
        if not piece:
            return True
    return False


def main(act: str, source: str, target: str) -> int:
    secret = env.text("BACKUP_KEY")
    try:
        if not secret:
            raise Sealed("BACKUP_KEY is not set.")
        return {"seal": hand_over, "open": fetch}[act](Path(source), Path(target), secret)
    except Sealed as refused:
        sys.stderr.write(f"{refused}\n")
        return AGAIN if act == "seal" else USELESS


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
