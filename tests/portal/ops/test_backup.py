"""A backup brings everything back, tells when it cannot, and never overwrites by accident (R5, D9)."""
import tarfile
from io import BytesIO, StringIO

import pytest
from django.core.management import CommandError, call_command
from django.utils import timezone

from portal import backups, checks, vault
from portal.models import Job
from tests import factories

pytestmark = pytest.mark.django_db(transaction=True)


def note(title: str) -> None:
    Job.objects.create(kind="test", title=title, asked_at=timezone.now())


@pytest.fixture
def media(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path / "media"
    (settings.MEDIA_ROOT / "photos").mkdir(parents=True)
    (settings.MEDIA_ROOT / "photos" / "坡道.jpg").write_bytes(b"picture")
    return settings.MEDIA_ROOT


@pytest.fixture
def path(tmp_path, media):
    note("备份之前")
    path = tmp_path / "backups" / "one.sealed"
    backups.write_backup(path, now=timezone.now())
    return path


def inside(path) -> tarfile.TarFile:
    with vault.opened(path, backups.backup_key()) as whole:
        return tarfile.open(fileobj=BytesIO(whole.read()))


def add_to(path, entry: tarfile.TarInfo) -> None:
    """What somebody with the key could put into it."""
    with vault.opened(path, backups.backup_key()) as whole:
        held = BytesIO(whole.read())
    with tarfile.open(fileobj=held, mode="a") as archive:
        archive.addfile(entry, BytesIO())
    with vault.sealing(path, backups.backup_key()) as writer:
        writer.write(held.getvalue())


def restored(path, **options) -> str:
    out = StringIO()
    call_command("restore", str(path), stdout=out, stderr=out, **options)
    return out.getvalue()


def test_rows_and_files_come_back(path, media):
    note("备份之后")
    (media / "photos" / "坡道.jpg").unlink()
    restored(path, replace=True)
    assert list(Job.objects.values_list("title", flat=True)) == ["备份之前"]
    assert (media / "photos" / "坡道.jpg").read_bytes() == b"picture"


def test_sequences_go_on_where_they_were(path):
    restored(path, replace=True)
    note("恢复之后")
    assert Job.objects.count() == 2


def test_a_backup_is_private_sealed_and_holds_no_key(path, settings):
    """D9: nothing of it can be read without the key, and the key is not in it."""
    assert path.stat().st_mode & 0o077 == 0
    assert [each.name for each in path.parent.iterdir()] == [path.name], "no draft stays beside it"
    raw = path.read_bytes()
    assert not [word for word in ("PGDMP", "manifest", "portal_job", "备份之前", "picture") if word.encode() in raw]
    with inside(path) as archive:
        content = b"".join(archive.extractfile(entry).read() for entry in archive if entry.isfile())
    assert b"PGDMP" in content and b"picture" in content
    for key in (settings.PHONE_KEY, settings.SECRET_KEY, backups.backup_key()):
        assert key.encode() not in content


@pytest.mark.parametrize("spoil", [
    lambda raw: raw[:5000] + bytes([raw[5000] ^ 1]) + raw[5001:],
    lambda raw: raw[:-1],
    lambda raw: raw[:40],
    lambda raw: raw + b"x",
])
def test_a_damaged_backup_changes_nothing(path, spoil):
    path.write_bytes(spoil(path.read_bytes()))
    note("留着")
    with pytest.raises(CommandError, match="损坏"):
        restored(path, replace=True)
    assert Job.objects.filter(title="留着").exists()


def test_without_the_key_nothing_is_restored_and_the_reason_is_told(path, monkeypatch):
    note("留着")
    monkeypatch.setenv("BACKUP_KEY", "another-key")
    with pytest.raises(CommandError, match="不是用这里的 BACKUP_KEY 封存的"):
        restored(path, replace=True)
    monkeypatch.delenv("BACKUP_KEY")
    monkeypatch.setenv("DATABASE_URL", "postgresql://elsewhere")
    with pytest.raises(CommandError, match="请先设置 BACKUP_KEY"):
        restored(path, replace=True)
    assert Job.objects.filter(title="留着").exists()


def test_something_else_is_not_taken_for_a_backup(tmp_path, db):
    other = tmp_path / "letter.sealed"
    other.write_text("你好")
    with pytest.raises(CommandError, match="不是完整的封存文件"):
        restored(other)


def test_a_server_without_the_key_is_told_before_it_opens(settings, monkeypatch):
    settings.DATABASE_URL = "postgresql://elsewhere"
    monkeypatch.delenv("BACKUP_KEY", raising=False)
    assert "portal.W002" in [fault.id for fault in checks.mode(None)]
    monkeypatch.setenv("BACKUP_KEY", "key")
    assert "portal.W002" not in [fault.id for fault in checks.mode(None)]


def test_existing_data_needs_a_word(path):
    factories.person()
    with pytest.raises(CommandError, match="--replace"):
        restored(path)


def test_another_phone_key_is_noticed(path, settings):
    settings.PHONE_KEY = "another-key"
    assert "PHONE_KEY" in restored(path, replace=True)


@pytest.mark.parametrize("name", ["../outside", "/etc/outside", "media/../../outside"])
def test_a_backup_writes_nowhere_else(path, name):
    entry = tarfile.TarInfo(name)
    add_to(path, entry)
    note("留着")
    with pytest.raises(CommandError, match="不该有的内容"):
        restored(path, replace=True)
    assert Job.objects.filter(title="留着").exists()


def test_a_backup_brings_no_links(path):
    entry = tarfile.TarInfo("media/link")
    entry.type, entry.linkname = tarfile.SYMTYPE, "/etc/passwd"
    add_to(path, entry)
    with pytest.raises(CommandError, match="不该有的内容"):
        restored(path, replace=True)
