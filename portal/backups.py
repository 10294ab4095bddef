"""One file that holds the database and the attachments, and the way back from it (R5, D9).

A backup is sealed (portal/vault.py): whoever finds it can read nothing of it without BACKUP_KEY, and even with that, neither
phone numbers nor ballots, because it holds no keys. They (var/secrets, or what the deployment gives) must be kept
elsewhere; a fingerprint in the backup tells whether the right PHONE_KEY is here.
"""

import hashlib
import hmac
import json
import subprocess  # nosec B404
import tarfile
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path

from django.apps import apps
from django.conf import settings
from django.db import connection, transaction

from portal import env, vault
from portal.embedded.postgres import dump_program

FORMAT = 2
DUMP, MANIFEST, MEDIA = "database.dump", "manifest.json", "media"


class BackupError(Exception):
    """What went wrong, in words for the person at the keyboard."""


def write_backup(path: Path, *, now: datetime) -> dict:
    """Write the file whole or not at all; answers its manifest. Nothing that can be read is left beside it."""
    path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    secret = backup_key()
    with draft_folder() as draft:
        dump = draft / DUMP
        rows = write_dump(dump)
        manifest = {
            "format": FORMAT,
            "written_at": now.isoformat(),
            "database_sha256": digest(dump),
            "keys": fingerprint(),
            "rows": rows,
        }
        (draft / MANIFEST).write_text(json.dumps(manifest, ensure_ascii=False, indent=1))
        with vault.sealing(path, secret) as writer, tarfile.open(fileobj=writer, mode="w|") as archive:
            for name in (MANIFEST, DUMP):  # the manifest first: a reader need not unpack gigabytes to see what it is
                archive.add(draft / name, name)
            if settings.MEDIA_ROOT.exists():
                archive.add(settings.MEDIA_ROOT, MEDIA)
    return manifest


@contextmanager
def draft_folder() -> Iterator[Path]:
    """Private, on the portal's own disk, gone when done."""
    settings.VAR.mkdir(parents=True, exist_ok=True, mode=0o700)
    with tempfile.TemporaryDirectory(dir=settings.VAR, prefix=".backup-") as folder:
        yield Path(folder)


def backup_key() -> str:
    try:
        return vault.key(settings.VAR)
    except env.Missing as error:
        raise BackupError("请先设置 BACKUP_KEY：备份用它封存，没有它谁也打不开。") from error


def write_dump(dump: Path) -> dict[str, int]:
    """Dump and count in one snapshot, so that the numbers agree while people go on working."""
    with transaction.atomic(durable=True), connection.cursor() as cursor:
        cursor.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ")
        cursor.execute("SELECT pg_export_snapshot()")
        snapshot = cursor.fetchone()[0]
        run("pg_dump", "--format=custom", "--no-owner", "--no-privileges", f"--snapshot={snapshot}", f"--file={dump}")
        return row_counts()


def read_manifest(path: Path) -> dict:
    try:
        with vault.opened(path, backup_key()) as whole, tarfile.open(fileobj=whole, mode="r|") as archive:
            first = archive.next()
            manifest = json.load(archive.extractfile(first)) if first and first.name == MANIFEST else {}
    except vault.Sealed as error:
        raise BackupError(str(error)) from error
    except (OSError, tarfile.TarError, ValueError) as error:
        raise BackupError(f"{path} 不是完整的备份文件（{type(error).__name__}）。") from error
    if manifest.get("format") != FORMAT:
        raise BackupError(f"{path} 的格式是 {manifest.get('format')}，本版本只认识 {FORMAT}。")
    return manifest


def restore_backup(path: Path) -> dict:
    """Put database and attachments back: checked first, then the database in one transaction, then the files."""
    manifest = read_manifest(path)
    with draft_folder() as draft:
        try:
            with vault.opened(path, backup_key()) as whole:
                vault.unpack(whole, draft, mode=settings.FILE_UPLOAD_PERMISSIONS)
        except vault.Sealed as error:
            raise BackupError(f"{error}没有恢复任何内容。") from error
        if not hmac.compare_digest(digest(draft / DUMP), manifest["database_sha256"]):
            raise BackupError("备份里的数据库文件已损坏，没有恢复任何内容。")
        script = draft / "database.sql"
        run("pg_restore", "--no-owner", "--no-privileges", f"--file={script}", str(draft / DUMP), connect=False)
        connection.close()
        run(
            "psql",
            "--no-psqlrc",
            "--quiet",
            "--output=/dev/null",
            "--set=ON_ERROR_STOP=1",
            "--single-transaction",
            "--command=DROP SCHEMA public CASCADE",
            "--command=CREATE SCHEMA public",
            f"--file={script}",
        )
        replace_media(draft / MEDIA)
    return manifest


def replace_media(fresh: Path) -> None:
    """The old attachments stay beside the new ones under another name until somebody removes them."""
    root = settings.MEDIA_ROOT
    root.parent.mkdir(parents=True, exist_ok=True)
    if root.exists() and any(root.iterdir()):
        number = 1
        while (old := root.with_name(f"{root.name}.before-restore-{number}")).exists():
            number += 1
        root.rename(old)
    if fresh.exists():
        if root.exists():
            root.rmdir()
        copied = subprocess.run(["cp", "-a", str(fresh), str(root)], check=False)  # nosec B603 B607
        if copied.returncode:
            raise BackupError("附件没有全部恢复，请检查磁盘空间。数据库已恢复。")


def differences(manifest: dict) -> list[str]:
    """Tables whose number of rows is not what the backup says."""
    now = row_counts()
    return [
        f"{table}: {now.get(table, 0)} ≠ {number}"
        for table, number in manifest["rows"].items()
        if now.get(table) != number
    ]


def keys_match(manifest: dict) -> bool:
    return hmac.compare_digest(manifest["keys"], fingerprint())


def fingerprint() -> str:
    return hmac.new(settings.PHONE_KEY.encode(), b"portal backup", hashlib.sha256).hexdigest()[:16]


def row_counts() -> dict[str, int]:
    there = set(connection.introspection.table_names())
    models = [model for model in apps.get_models(include_auto_created=True) if model._meta.db_table in there]
    return {model._meta.db_table: model._base_manager.count() for model in models}


def digest(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def run(program: str, *arguments: str, connect: bool = True) -> None:
    told = settings.DATABASES["default"]
    where = {
        "PGHOST": told["HOST"],
        "PGPORT": told["PORT"],
        "PGUSER": told["USER"],
        "PGPASSWORD": told["PASSWORD"],
        "PGDATABASE": connection.settings_dict["NAME"],
    }
    child = {**env.inherited(), **({name: str(value) for name, value in where.items() if value} if connect else {})}
    done = subprocess.run(  # nosec B603
        [dump_program(program), *arguments], env=child, capture_output=True, text=True, check=False
    )
    if done.returncode:
        raise BackupError(f"{program} 没有成功：\n{done.stderr.strip()[-2000:]}")
