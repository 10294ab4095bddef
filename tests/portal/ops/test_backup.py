"""A backup brings everything back, tells when it cannot, and never overwrites by accident (R5, D9)."""
import tarfile
from io import BytesIO, StringIO

import pytest
from django.core.management import CommandError, call_command
from django.utils import timezone

from portal import backups
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
    path = tmp_path / "backups" / "one.tar"
    backups.write_backup(path, now=timezone.now())
    return path


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


def test_a_backup_is_private_and_holds_no_key(path, settings):
    assert path.stat().st_mode & 0o077 == 0
    with tarfile.open(path) as archive:
        content = b"".join(archive.extractfile(entry).read() for entry in archive if entry.isfile())
    assert settings.PHONE_KEY.encode() not in content
    assert settings.SECRET_KEY.encode() not in content


def test_a_damaged_backup_changes_nothing(path, tmp_path):
    whole = path.read_bytes()
    place = whole.index(b"PGDMP") + 3000
    path.write_bytes(whole[:place] + bytes([whole[place] ^ 1]) + whole[place + 1 :])
    note("留着")
    with pytest.raises(CommandError, match="损坏"):
        restored(path, replace=True)
    assert Job.objects.filter(title="留着").exists()


def test_something_else_is_not_taken_for_a_backup(tmp_path, db):
    other = tmp_path / "letter.tar"
    other.write_text("你好")
    with pytest.raises(CommandError, match="不是完整的备份"):
        restored(other)


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
    with tarfile.open(path, "a") as archive:
        archive.addfile(entry, BytesIO())
    note("留着")
    with pytest.raises(CommandError, match="不该有的内容"):
        restored(path, replace=True)
    assert Job.objects.filter(title="留着").exists()


def test_a_backup_brings_no_links(path):
    entry = tarfile.TarInfo("media/link")
    entry.type, entry.linkname = tarfile.SYMTYPE, "/etc/passwd"
    with tarfile.open(path, "a") as archive:
        archive.addfile(entry)
    with pytest.raises(CommandError, match="不该有的内容"):
        restored(path, replace=True)
