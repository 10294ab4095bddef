"""Uploads: what may come in, what is kept, how it goes out.

In: the extension, the magic number and a full decoding must agree (S39). Photos are re-encoded, so that EXIF, GPS and
anything appended are gone (P15), and never hold more pixels than a page can use (S40). Names are random.
Out: only through a view that has asked who may see it, with nosniff and a sandbox; nothing under MEDIA_ROOT has a URL.
"""

from __future__ import annotations

import io
import uuid
import zipfile
from collections.abc import Callable, Iterator
from pathlib import PurePosixPath
from typing import Any

import filetype
from django import forms
from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.files.base import ContentFile
from django.core.files.uploadedfile import UploadedFile
from django.db.models.fields.files import FieldFile
from django.http import FileResponse, Http404, HttpResponse, StreamingHttpResponse
from django.utils.module_loading import import_string
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from PIL import Image, ImageOps

MB = 1024 * 1024
PHOTO_BYTES, PAPER_BYTES = 12 * MB, 10 * MB
PIXELS = 50_000_000  # what a phone makes; more is a bomb
LONG_SIDE, SMALL_SIDE = 1600, 480
PHOTOS = {"jpg": "image/jpeg", "jpeg": "image/jpeg", "png": "image/png", "webp": "image/webp"}
PAPERS = {
    "pdf": "application/pdf",
    "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
}
ZIP_MEMBERS, ZIP_BYTES, ZIP_RATIO = 2000, 100 * MB, 200
DECODERS = ("JPEG", "PNG", "WEBP")
TEXT, JSON = "text/plain; charset=utf-8", "application/json; charset=utf-8"
SANDBOX = "default-src 'none'; style-src 'unsafe-inline'; img-src 'self' data:; sandbox"


class KeptFile(ContentFile):
    """A checked upload under a random name; `title` is the name that it came with, `is_photo` whether it is a picture."""

    def __init__(self, content: bytes, *, suffix: str, title: str, is_photo: bool):
        super().__init__(content, name=f"{uuid.uuid4().hex}.{suffix}")
        self.title, self.is_photo = title, is_photo


class PhotoField(forms.FileField):
    """A photo; cleans to a KeptFile (JPEG, no EXIF), or None when it is optional and missing."""

    widget = forms.ClearableFileInput
    accepts, most_bytes = PHOTOS, PHOTO_BYTES
    default_error_messages = {
        "required": _("请选择一张照片。"),
        "missing": _("没有收到文件，请重新选择。"),
        "empty": _("这个文件是空的，请换一个。"),
        "too_big": _("文件有 %(size)s MB，最大 %(most)s MB，请换小一点的。"),
        "heic": _("这是苹果手机的 HEIC 格式，请在“设置-相机-格式”里选“兼容性最佳”，或发一张截图。"),
        "wrong_kind": _("这种文件收不了，请用 %(kinds)s。"),
        "damaged": _("这个文件打不开，可能已损坏，请换一个。"),
        "too_many_pixels": _("照片尺寸太大，请用手机相册里的普通照片。"),
        "infected": _("这个文件没有通过安全检查，没有保存。"),
    }

    def __init__(self, **kwargs: Any):
        kwargs.setdefault("widget", forms.FileInput(attrs={"accept": ",".join(f".{end}" for end in self.accepts)}))
        super().__init__(**kwargs)

    def clean(self, data: Any, initial: Any = None) -> KeptFile | None:
        if not data:
            if self.required:
                raise ValidationError(self.error_messages["required"], code="required")
            return None
        if not isinstance(data, UploadedFile):
            raise ValidationError(self.error_messages["missing"], code="missing")
        return kept(data, accepts=self.accepts, most_bytes=self.most_bytes, say=self.refuse)

    def refuse(self, code: str, **params: object) -> ValidationError:
        return ValidationError(self.error_messages[code], code=code, params=params)


class PaperField(PhotoField):
    """A photo or a document (PDF, Word, Excel)."""

    accepts = {**PHOTOS, **PAPERS}
    default_error_messages = {"required": _("请选择一个文件。")}


class TableField(forms.FileField):
    """A table as Excel or CSV; cleans to a KeptFile whose name says which. Reading it may still find it damaged."""

    default_error_messages = {
        "required": _("请选择一个 Excel 或 CSV 文件。"),
        "missing": _("没有收到文件，请重新选择。"),
        "empty": _("这个文件是空的，请换一个。"),
        "too_big": _("文件超过 %(most)s MB，请分成几份。"),
    }

    def __init__(self, *, most_mb: int, **kwargs: Any):
        kwargs.setdefault("widget", forms.FileInput(attrs={"accept": ".xlsx,.csv"}))
        super().__init__(**kwargs)
        self.most_mb = most_mb

    def clean(self, data: Any, initial: Any = None) -> KeptFile:
        given = super().clean(data, initial)
        suffix = str(given.name).rpartition(".")[2].lower()
        if suffix == "xls":
            raise ValidationError(_("这是旧版 Excel（.xls），请另存为 .xlsx 后再上传。"))
        if suffix not in ("xlsx", "csv"):
            raise ValidationError(_("请上传 Excel（.xlsx）或 CSV 文件。"))
        if given.size > self.most_mb * MB:
            raise ValidationError(self.error_messages["too_big"], params={"most": self.most_mb})
        content = given.read()
        if not is_clean(content) or (suffix == "xlsx" and not unpacks_modestly(content)):
            raise ValidationError(_("文件打不开，请用 Excel 另存为 .xlsx 或 CSV 后再上传。"))
        title = "".join(sign for sign in str(given.name) if sign.isprintable())[-80:]
        return KeptFile(content, suffix=suffix, title=title, is_photo=False)


def kept(
    upload: UploadedFile, *, accepts: dict[str, str], most_bytes: int, say: Callable[..., ValidationError]
) -> KeptFile:
    """The upload as it may be kept. Errors: what `say(code, **params)` makes of the fault."""
    title = "".join(sign for sign in PurePosixPath(str(upload.name or "")).name if sign.isprintable())[-80:]
    suffix = title.rpartition(".")[2].lower()
    if not upload.size:
        raise say("empty")
    if suffix in ("heic", "heif"):
        raise say("heic")
    if suffix not in accepts:
        raise say("wrong_kind", kinds="、".join(sorted({end.upper() for end in accepts if end != "jpeg"})))
    limit = most_bytes if suffix in PHOTOS else PAPER_BYTES
    if upload.size > limit:
        raise say("too_big", size=f"{upload.size / MB:.1f}", most=limit // MB)
    content = upload.read()
    if magic_of(content) != accepts[suffix]:
        raise say("damaged")
    if not is_clean(content):
        raise say("infected")
    if suffix in PHOTOS:
        return KeptFile(photo(content, say), suffix="jpg", title=title, is_photo=True)
    if suffix != "pdf" and not unpacks_modestly(content):
        raise say("damaged")
    return KeptFile(content, suffix=suffix, title=title, is_photo=False)


def magic_of(content: bytes) -> str:
    guess = filetype.guess(content[:8192])
    return guess.mime if guess else ""


def photo(content: bytes, say: Callable[..., ValidationError], *, side: int = LONG_SIDE) -> bytes:
    """Decode wholly, turn as the camera meant it, shrink, write anew: nothing of the old file's data is left."""
    try:
        with Image.open(io.BytesIO(content), formats=DECODERS) as picture:
            if picture.width * picture.height > PIXELS:
                raise say("too_many_pixels")
            picture.draft("RGB", (side * 2, side * 2))
            upright = ImageOps.exif_transpose(picture)
            upright.thumbnail((side, side))
            flat = Image.new("RGB", upright.size, "white")
            flat.paste(upright, mask=upright.convert("RGBA").getchannel("A") if has_alpha(upright) else None)
    except (OSError, ValueError, SyntaxError, EOFError, IndexError, Image.DecompressionBombError) as error:
        raise say("damaged") from error
    out = io.BytesIO()
    flat.save(out, "JPEG", quality=82 if side == LONG_SIDE else 66, optimize=True, progressive=True)
    return out.getvalue()


def has_alpha(picture: Image.Image) -> bool:
    return "A" in picture.getbands() or "transparency" in picture.info


def unpacks_modestly(content: bytes) -> bool:
    """A Word or Excel file is a zip: not too many members, not too large, not packed beyond reason (S36)."""
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            members = archive.infolist()
    except (zipfile.BadZipFile, ValueError, OSError, NotImplementedError):
        return False
    unpacked = sum(member.file_size for member in members)
    packed = sum(member.compress_size for member in members) or 1
    return len(members) <= ZIP_MEMBERS and unpacked <= ZIP_BYTES and unpacked / packed <= ZIP_RATIO


def is_clean(content: bytes) -> bool:
    """Ask the scanner that the deployment names in UPLOAD_SCANNER (a function bytes → bool); none means yes (S41)."""
    scanner = getattr(settings, "UPLOAD_SCANNER", "")
    return import_string(scanner)(content) if scanner else True


def serve(file: FieldFile, *, title: str = "", small: bool = False) -> FileResponse:
    """Hand out a kept file. The caller has asked whether this visitor may see it.

    Photos show in the page, `small` as a thumbnail that is made once; documents are saved under `title`.
    """
    suffix = file.name.rpartition(".")[2].lower()
    is_photo = suffix in PHOTOS
    name = small_copy(file) if small and is_photo else file.name
    if not file.storage.exists(name):
        raise Http404(gettext("这个文件已经不在了。"))
    kind = {**PHOTOS, **PAPERS}.get(suffix, "application/octet-stream")
    response = FileResponse(
        file.storage.open(name), as_attachment=not is_photo, filename=title or f"file.{suffix}", content_type=kind
    )
    response["X-Content-Type-Options"] = "nosniff"
    response["Content-Security-Policy"] = SANDBOX
    response["Cross-Origin-Resource-Policy"] = "same-origin"
    response["Cache-Control"] = "private, max-age=86400" if is_photo else "private, no-store"
    return response


def download(content: str | bytes | Iterator[str], kind: str, name: str) -> HttpResponse | StreamingHttpResponse:
    """An answer that is saved, not shown; what comes in pieces goes out in pieces. `name` is plain ASCII."""
    whole = isinstance(content, str | bytes)
    answer = (HttpResponse if whole else StreamingHttpResponse)(content, content_type=kind)
    answer["Content-Disposition"] = f'attachment; filename="{name}"'
    answer["X-Content-Type-Options"] = "nosniff"
    return answer


def small_copy(file: FieldFile) -> str:
    """The storage name of the photo's thumbnail; made at the first question."""
    name = f"{file.name.rpartition('.')[0]}.small.jpg"
    if not file.storage.exists(name):
        if not file.storage.exists(file.name):
            return file.name
        with file.storage.open(file.name) as whole:
            content = photo(whole.read(), lambda code, **_params: ValidationError(code), side=SMALL_SIDE)
        file.storage.save(name, ContentFile(content))
    return name
