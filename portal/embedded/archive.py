"""Point-in-time recovery of the embedded PostgreSQL: a base copy of its files, and every change since, kept elsewhere.

PORTAL_WAL_ARCHIVE names the folder (another disk). base.sealed is the newest copy, wal/ what PostgreSQL hands over, at the
latest after a minute; both are sealed with BACKUP_KEY (portal/vault.py). A transaction in there still shows who cast which
ballot (docs/decisions/secrecy.md): so a new base copy deletes what is older than itself.
"""

from __future__ import annotations

import shutil
import subprocess  # nosec B404
import tarfile
import tempfile
import time
from datetime import datetime
from pathlib import Path

from portal import env, vault
from portal.embedded import places
from portal.embedded.postgres import MINUTE, Postgres, binaries, vault_command
from portal.embedded.runner import Trouble, runner

RECOVERED = 60 * MINUTE
BASE = "base.sealed"


def folder() -> Path | None:
    """Where the archive lies; None when there is none."""
    return env.folder("PORTAL_WAL_ARCHIVE", env.ROOT / "var" / "wal") if env.text("PORTAL_WAL_ARCHIVE") else None


def take_base(postgres: Postgres, archive: Path) -> Path:
    """Copy the running server's files; only when the copy is whole does it take the place of the one before."""
    who, secret, base = runner(), vault.key(postgres.var), archive / BASE
    who.own(archive)
    command = [str(binaries() / "pg_basebackup"), "-h", str(postgres.socket), "-U", places.USER, "--pgdata=-"]
    with vault.sealing(base, secret) as writer, tempfile.TemporaryFile() as said:
        options = ["--format=tar", "--wal-method=fetch", "--checkpoint=fast"]
        copying = who.spawn([*command, *options], cwd=archive, stdout=subprocess.PIPE, stderr=said)
        shutil.copyfileobj(copying.stdout, writer, vault.PIECE)
        if copying.wait():
            said.seek(0)
            raise Trouble(f"pg_basebackup did not succeed:\n{said.read().decode(errors='replace').strip()[-2000:]}")
    first = _first_segment(base, secret)
    for segment in (archive / "wal").glob("[0-9A-F]" * 24 + "*"):
        if segment.name[8:24] < first[8:24]:
            segment.unlink()
    return base


def restore(postgres: Postgres, archive: Path, *, until: datetime | None) -> Path | None:
    """Base copy, then every change up to `until` or the last one; answers where the files before lie now.

    The server is down and nobody else uses its folder. What the old folder has not handed over yet is taken along, if
    it can still be read: with it not one accepted ballot is missing.
    """
    if not (archive / BASE).exists():
        raise Trouble(f"{archive} holds no base copy.")
    who, old = runner(), None
    draft = postgres.data.with_name("pg.restored")
    shutil.rmtree(draft, ignore_errors=True)
    draft.mkdir(mode=0o700)
    with vault.opened(archive / BASE, vault.key(postgres.var)) as copy:
        vault.unpack(copy, draft, mode=0o600)
    for segment in (postgres.data / "pg_wal").glob("[0-9A-F]*"):
        if segment.is_file():
            shutil.copy(segment, draft / "pg_wal" / segment.name)
    (draft / "recovery.signal").touch()
    own = draft / "postgresql.auto.conf"
    before = own.read_text()
    own.write_text(before + _recovery(archive, until))
    if postgres.data.exists():
        old = postgres.data.with_name(f"pg.before-restore-{int(time.time())}")
        postgres.data.rename(old)
    draft.rename(postgres.data)
    for path in [postgres.data, *postgres.data.rglob("*")]:
        who.give(path)
    postgres.start()
    _wait_until_recovered(postgres)
    own = postgres.data / "postgresql.auto.conf"
    own.write_text(before)
    return old


def _recovery(archive: Path, until: datetime | None) -> str:
    changes = vault_command("open", f"{archive}/wal/%f", "%p")
    lines = [f"restore_command = {changes}", "recovery_target_action = 'promote'"]
    if until:
        lines.append(f"recovery_target_time = '{until.isoformat()}'")
    return "".join(f"{line}\n" for line in lines)


def _wait_until_recovered(postgres: Postgres) -> None:
    until = time.monotonic() + RECOVERED
    while time.monotonic() < until:
        if postgres.pid() is None:
            raise Trouble(f"PostgreSQL ended while it recovered; see {postgres.data / 'server.log'}.")
        if postgres.running() and not postgres.asked("SELECT pg_is_in_recovery()"):
            return
        time.sleep(0.2)
    raise Trouble("PostgreSQL has not finished recovering.")


def _first_segment(base: Path, secret: str) -> str:
    """The first WAL file that the copy needs, by its label, which comes first in it."""
    with vault.opened(base, secret) as copy, tarfile.open(fileobj=copy, mode="r|") as parts:
        label = parts.next()
        lines = parts.extractfile(label).read().decode().splitlines() if label.name == "backup_label" else []
    for line in lines:
        if line.startswith("START WAL LOCATION"):
            return line.split("file ", 1)[1].rstrip(")")
    raise Trouble(f"{base} has no label.")
