"""Records that an administrator keeps leave as Excel or CSV and come back: import(export(x)) changes nothing.

No cell can start a formula, both ways (S37); rows outside the administrator's division are neither written nor read; a file
with one wrong row changes nothing.
"""

from __future__ import annotations

from typing import Any

from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import UploadedFile
from django.db.models import Field, Model, Q, QuerySet
from django.http import HttpRequest
from django.utils.translation import gettext as _
from import_export import fields, resources, widgets
from import_export.admin import ImportExportMixin
from import_export.formats.base_formats import CSV, XLSX
from import_export.forms import ImportForm
from import_export.results import Result
from import_export.tmp_storages import CacheStorage

from communities.bodies.forms import OVERLAP
from communities.bodies.models import Body, Office
from communities.bodies.queries import terms_of
from communities.bodies.rules import Term, first_clash, is_credit_code
from communities.centres.models import Service, ServiceCentre
from communities.divisions.models import Division
from portal import clock, log
from portal.fields import plain
from portal.files import unpacks_modestly
from portal.sheets import harmless, restored

COMMUNITY = "community"
LARGEST, MOST = 5 * 1024 * 1024, 10_000


class TextCell(widgets.CharWidget):
    """Text that no spreadsheet runs, and that comes back as it was."""

    def render(self, value: Any, obj: Model | None = None, **kwargs: Any) -> str:
        return harmless(value)

    def clean(self, value: Any, row: dict | None = None, **kwargs: Any) -> str:
        return "" if value is None else restored(plain(value))


class ChoiceCell(TextCell):
    """A choice by its words."""

    def __init__(self, choices: list[tuple[str, Any]]):
        super().__init__()
        self.words = {key: str(title) for key, title in choices}

    def render(self, value: Any, obj: Model | None = None, **kwargs: Any) -> str:
        return self.words.get(value, value)

    def clean(self, value: Any, row: dict | None = None, **kwargs: Any) -> str:
        text = super().clean(value, row).strip()
        found = next((key for key, title in self.words.items() if title == text), None)
        if found is None:
            raise ValueError(_("请从这些里写一个：%(words)s") % {"words": "、".join(self.words.values())})
        return found


class PlaceCell(widgets.ForeignKeyWidget):
    """A community by its code."""

    def clean(self, value: Any, row: dict | None = None, **kwargs: Any) -> Division:
        found = Division.objects.filter(code=str(value or "").strip(), level=COMMUNITY, abolished_on=None).first()
        if found is None:
            raise ValueError(_("没有这个社区代码。"))
        return found


class PlacesCell(widgets.ManyToManyWidget):
    """Communities by their codes, with commas between."""

    def render(self, value: Any, obj: Model | None = None, **kwargs: Any) -> str:
        return "" if value is None else ",".join(sorted(place.code for place in value.all()))

    def clean(self, value: Any, row: dict | None = None, **kwargs: Any) -> QuerySet[Division]:
        codes = {code.strip() for code in str(value or "").replace("，", ",").split(",") if code.strip()}
        found = Division.objects.filter(code__in=codes, level=COMMUNITY, abolished_on=None)
        if found.count() != len(codes):
            raise ValueError(_("没有这个社区代码。"))
        return found


class Record(resources.ModelResource):
    """A table of rows inside `scope`; headings are the portal's words."""

    way = COMMUNITY

    def __init__(self, scope: Q | None = None, places: Q | None = None, **kwargs: Any):
        super().__init__(**kwargs)
        self.scope, self.places = scope, places

    def get_queryset(self) -> QuerySet:
        found = super().get_queryset()
        return found.filter(self.scope) if self.scope is not None else found.none()

    @classmethod
    def field_from_django_field(cls, field_name: str, django_field: Field, readonly: bool) -> fields.Field:
        made = super().field_from_django_field(field_name, django_field, readonly)
        made.column_name = _("编号") if field_name == "id" else str(django_field.verbose_name)
        if django_field.choices:
            made.widget = ChoiceCell(django_field.choices)
        elif isinstance(made.widget, widgets.CharWidget):
            made.widget = TextCell()
        return made

    def before_import(self, dataset: Any, **kwargs: Any) -> None:
        if len(dataset) > MOST:
            raise ValidationError(_("一次最多导入 %(most)s 行。") % {"most": MOST})

    def before_import_row(self, row: dict, **kwargs: Any) -> None:
        number = row.get(_("编号"))
        if number in (None, ""):
            return
        if not str(number).strip().isdecimal() or not self.get_queryset().filter(pk=int(number)).exists():
            raise ValidationError(_("没有这个编号，或不在您管理的范围内。新增的行请把编号留空。"))

    def validate_instance(self, instance: Model, import_validation_errors: dict | None = None, validate_unique: bool = True) -> None:
        super().validate_instance(instance, import_validation_errors, validate_unique)
        home = instance
        for part in self.way.split("__"):
            home = getattr(home, part)
        if not Division.objects.filter(self.places, pk=home.pk).exists():
            raise ValidationError(_("这个社区不在您管理的范围内。"))


class BodyRecord(Record):
    community = fields.Field("community", _("社区代码"), PlaceCell(Division, "code"))
    also_serves = fields.Field("also_serves", _("还服务的社区代码"), PlacesCell(Division, field="code"))

    class Meta:
        model = Body
        fields = ("id", "community", "kind", "name", "also_serves", "credit_code", "phone", "address", "hours")
        skip_unchanged = clean_model_instances = use_transactions = True

    def validate_instance(self, instance: Body, *args: Any, **kwargs: Any) -> None:
        super().validate_instance(instance, *args, **kwargs)
        if instance.credit_code and not is_credit_code(instance.credit_code):
            raise ValidationError(_("统一社会信用代码有误，请核对 18 位代码。"))


class OfficeRecord(Record):
    way = "body__community"

    class Meta:
        model = Office
        fields = ("id", "body", "title", "name", "since", "until", "several")
        skip_unchanged = clean_model_instances = use_transactions = True

    def validate_instance(self, instance: Office, *args: Any, **kwargs: Any) -> None:
        super().validate_instance(instance, *args, **kwargs)
        mine = Term(instance.title, instance.name, instance.since, instance.until, instance.several)
        if first_clash([mine, *terms_of(instance.body_id, but=instance.pk)]):
            raise ValidationError(OVERLAP)


class CentreRecord(Record):
    community = fields.Field("community", _("社区代码"), PlaceCell(Division, "code"))

    class Meta:
        model = ServiceCentre
        fields = ("id", "community", "name", "address", "phone", "hours", "way", "closed_on_holidays")
        skip_unchanged = clean_model_instances = use_transactions = True


class ServiceRecord(Record):
    way = "centre__community"

    class Meta:
        model = Service
        fields = (
            "id", "centre", "key", "catalogue", "category", "name", "about", "who", "bring", "cost", "steps", "times", "ended_on"
        )  # fmt: skip
        skip_unchanged = clean_model_instances = use_transactions = True


class DivisionRecord(Record):
    """The tree comes from the official list; here only the population comes back."""

    way = "self_"

    class Meta:
        model = Division
        import_id_fields = ("code",)
        fields = ("code", "name", "level", "residents_count")
        skip_unchanged = use_transactions = True

    def before_import_row(self, row: dict, **kwargs: Any) -> None:
        if not self.get_queryset().filter(code=str(row.get(_("代码"), "")).strip()).exists():
            raise ValidationError(_("没有这个代码，或不在您管理的范围内。"))

    def import_field(self, field: fields.Field, instance: Model, row: dict, is_m2m: bool = False, **kwargs: Any) -> None:
        if field.attribute not in ("name", "level"):
            super().import_field(field, instance, row, is_m2m, **kwargs)

    def validate_instance(self, instance: Model, *args: Any, **kwargs: Any) -> None:
        resources.ModelResource.validate_instance(self, instance, *args, **kwargs)


class FileForm(ImportForm):
    """A table of a size that a person has looked at, and no bomb."""

    def clean_import_file(self) -> UploadedFile:
        given = self.cleaned_data["import_file"]
        if given.size > LARGEST:
            raise ValidationError(_("文件超过 5 MB，请确认选对了文件。"))
        content = given.read()
        given.seek(0)
        if content[:2] == b"PK" and not unpacks_modestly(content):
            raise ValidationError(_("文件打不开，请另存后再上传。"))
        return given


class Exchange(ImportExportMixin):
    """导入 and 导出 on the list of a record: a preview first, then all of it or nothing; both leave a row in the log."""

    import_form_class = FileForm
    formats = import_formats = export_formats = [XLSX, CSV]
    tmp_storage_class = CacheStorage
    skip_admin_log = True

    def get_resource_kwargs(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        return {"scope": self.in_scope(request, self.way), "places": self.in_scope(request, "")}

    get_import_resource_kwargs = get_export_resource_kwargs = get_resource_kwargs

    def generate_log_entries(self, result: Result, request: HttpRequest) -> None:
        done = {kind: number for kind, number in result.totals.items() if number}
        log.record("records.import_records", by=request.user, about=None, now=clock.now(), model=self.opts.label_lower, **done)

    def get_export_data(self, file_format: Any, request: HttpRequest, queryset: QuerySet, **kwargs: Any) -> Any:
        log.record("records.export_records", by=request.user, about=None, now=clock.now(), model=self.opts.label_lower)
        return super().get_export_data(file_format, request, queryset, **kwargs)
