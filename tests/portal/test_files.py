"""Uploads: extension, magic and decoding agree; nothing hidden stays in a photo (S39, S40, P15, U14)."""

from __future__ import annotations

import io
import zipfile

import pytest
from django import forms
from django.core.files.storage import default_storage
from django.core.files.uploadedfile import SimpleUploadedFile
from django.http import Http404
from PIL import Image

from portal import files


class Sheet(forms.Form):
    photo = files.PhotoField(required=False)
    paper = files.PaperField(required=False)


def picture(kind: str = "JPEG", size: tuple[int, int] = (40, 30), **how: object) -> bytes:
    out = io.BytesIO()
    Image.new("RGB", size, (200, 30, 30)).save(out, kind, **how)
    return out.getvalue()


def located() -> bytes:
    """A photo that says where it was taken and lies on its side."""
    exif = Image.Exif()
    exif[0x0112] = 6
    exif.get_ifd(0x8825)[1] = "N"
    exif[0x010F] = "SECRETCAMERA"
    return picture(exif=exif)


def sheet(name: str, content: bytes, field: str = "photo") -> Sheet:
    return Sheet(data={}, files={field: SimpleUploadedFile(name, content)})


def test_a_photo_is_made_anew_without_its_exif():
    """P15"""
    form = sheet("我家门口.JPG", located() + b"<?php hidden ?>")
    assert form.is_valid(), form.errors
    kept = form.cleaned_data["photo"]
    content = kept.read()
    assert b"SECRETCAMERA" not in content and b"php" not in content
    with Image.open(io.BytesIO(content)) as made:
        assert not made.getexif() and made.size == (30, 40)
    assert kept.title == "我家门口.JPG" and kept.name.endswith(".jpg") and "门口" not in kept.name


@pytest.mark.parametrize("kind", ["PNG", "WEBP"])
def test_other_pictures_become_jpeg(kind):
    form = sheet(f"a.{kind.lower()}", picture(kind))
    assert form.is_valid() and form.cleaned_data["photo"].read(3) == b"\xff\xd8\xff"


def test_a_large_photo_shrinks():
    form = sheet("a.png", picture("PNG", (3000, 1000)))
    with Image.open(form.fields["photo"].clean(form.files["photo"])) as made:
        assert max(made.size) == files.LONG_SIDE


@pytest.mark.parametrize(
    ("name", "content", "words"),
    [
        ("a.jpg", b"", "空的"),
        ("a.svg", b"<svg xmlns='http://www.w3.org/2000/svg'/>", "收不了"),
        ("a.html", b"<script>1</script>", "收不了"),
        ("a.heic", b"x", "HEIC"),
        ("a.jpg", b"<svg/>", "打不开"),
        ("a.png", picture("JPEG"), "打不开"),
        ("a.jpg", picture()[:200], "打不开"),
        ("noname", picture(), "收不了"),
        ("a.pdf", b"%PDF-1.7", "收不了"),
    ],
)
def test_each_fault_has_its_sentence(name, content, words):
    """U14"""
    form = sheet(name, content)
    assert not form.is_valid()
    assert words in form.errors["photo"][0]


def test_a_pixel_bomb_is_refused(monkeypatch):
    """S40"""
    monkeypatch.setattr(files, "PIXELS", 1000)
    assert "尺寸太大" in sheet("a.png", picture("PNG")).errors["photo"][0]


def test_too_many_bytes_say_how_many(monkeypatch):
    monkeypatch.setattr(Sheet.base_fields["photo"].__class__, "most_bytes", 100)
    assert "MB" in sheet("a.jpg", picture()).errors["photo"][0]


def docx(members: dict[str, bytes]) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in members.items():
            archive.writestr(name, content)
    return out.getvalue()


def test_a_zip_bomb_in_a_document_is_refused():
    """S36"""
    calm = {"[Content_Types].xml": b"<Types/>", "_rels/.rels": b"<r/>", "word/document.xml": b"<w/>" * 20}
    assert sheet("a.docx", docx(calm), "paper").is_valid()
    bomb = {**calm, "word/big.xml": b"0" * (30 * files.MB)}
    assert not sheet("a.docx", docx(bomb), "paper").is_valid()


def test_a_scanner_that_says_no_is_heard(settings):
    """S41"""
    settings.UPLOAD_SCANNER = "tests.portal.test_files.never"
    assert "安全检查" in sheet("a.jpg", picture()).errors["photo"][0]


def never(content: bytes) -> bool:
    return False


@pytest.fixture
def stored(db, tmp_path, settings):
    from projects.models import Attachment

    settings.MEDIA_ROOT = tmp_path
    row = Attachment()
    row.file.name = default_storage.save("proposals/x.jpg", sheet_file(picture(size=(900, 900))))
    return row.file


def sheet_file(content: bytes):
    return Sheet.base_fields["photo"].clean(SimpleUploadedFile("a.jpg", content))


def test_files_go_out_in_a_sandbox(stored):
    response = files.serve(stored, title="坡道.jpg")
    assert response["X-Content-Type-Options"] == "nosniff"
    assert (
        "sandbox" in response["Content-Security-Policy"] and "default-src 'none'" in response["Content-Security-Policy"]
    )
    assert response["Content-Type"] == "image/jpeg"


def test_a_thumbnail_is_made_once(stored):
    body = b"".join(files.serve(stored, small=True).streaming_content)
    with Image.open(io.BytesIO(body)) as made:
        assert max(made.size) == files.SMALL_SIDE
    assert files.small_copy(stored).endswith(".small.jpg")
    assert len(default_storage.listdir("proposals")[1]) == 2


def test_a_lost_file_is_a_404(stored):
    default_storage.delete(stored.name)
    with pytest.raises(Http404):
        files.serve(stored)
