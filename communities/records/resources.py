"""Records that an administrator keeps, as rows of a table: import(export(x)) changes nothing.

No cell can start a formula, both ways (S37); rows outside the administrator's division are neither written nor read. A row
with a number changes the record of that number; one without adds a record, unless one of that name is there.
"""

from __future__ import annotations

from functools import cached_property
from typing import Any

from django.core.exceptions import NON_FIELD_ERRORS, ValidationError
from django.db import models
from django.db.models import Model, Q, QuerySet
from django.utils.translation import gettext as _
from import_export import fields, resources, widgets
from import_export.resources import Diff

from communities.accounts.models import User
from communities.bodies.forms import OVERLAP
from communities.bodies.models import Body, Office
from communities.bodies.queries import terms_of
from communities.bodies.rules import Term, first_clash, is_credit_code
from communities.centres.models import Service, ServiceCentre
from communities.divisions.models import Division
from communities.records.cells import (
    COMMUNITY,
    LONGEST,
    ChoiceCell,
    CountCell,
    DayCell,
    OwnerCell,
    PlaceCell,
    PlacesCell,
    TextCell,
    YesNoCell,
)

NUMBER = "编号"
COMMUNITY_CODE = "社区代码"


class Change(Diff):
    """What stood in each cell and what stands there now."""

    def as_html(self) -> list[tuple[Any, Any]]:
        return list(zip(self.left, self.right, strict=True))


class Record(resources.ModelResource):
    """A table of rows inside `scope`. `key` finds a record again, `shown` names it to people, `twin` is what no two share."""

    way = COMMUNITY
    key, shown = NUMBER, "名称"
    twin: tuple[str, ...] = (COMMUNITY, "name")
    near: tuple[str, ...] = (COMMUNITY,)  # what the rows of an export are read together with
    along: tuple[str, ...] = ()

    def __init__(self, scope: Q | None = None, places: Q | None = None, by: User | None = None, **kwargs: Any):
        super().__init__(**kwargs)
        self.scope, self.places, self.by = scope, places, by

    @classmethod
    def get_diff_class(cls) -> type[Diff]:
        return Change

    def get_queryset(self) -> QuerySet:
        found = super().get_queryset()
        return found.filter(self.scope) if self.scope is not None else found.none()

    def filter_export(self, queryset: QuerySet, **kwargs: Any) -> QuerySet:
        return queryset.select_related(*self.near).prefetch_related(*self.along)

    @classmethod
    def field_from_django_field(cls, field_name: str, django_field: models.Field, readonly: bool) -> fields.Field:
        made = super().field_from_django_field(field_name, django_field, readonly)
        made.column_name = NUMBER if field_name == "id" else str(django_field.verbose_name)
        if django_field.choices:
            made.widget = ChoiceCell(django_field.choices)
        elif isinstance(made.widget, widgets.IntegerWidget) and field_name != "id":
            made.widget = CountCell()
        elif kind := {widgets.CharWidget: TextCell, widgets.BooleanWidget: YesNoCell, widgets.DateWidget: DayCell}.get(type(made.widget)):
            made.widget = kind()
        return made

    @cached_property
    def numbers(self) -> frozenset[int]:
        """The numbers that a row may carry."""
        return frozenset(self.get_queryset().values_list("pk", flat=True))

    @cached_property
    def homes(self) -> frozenset[int]:
        """The places that the administrator keeps."""
        return frozenset(Division.objects.filter(self.places).values_list("pk", flat=True))

    def before_import_row(self, row: dict, **kwargs: Any) -> None:
        number = str(row.get(self.key) or "").strip()
        if number and not (number.isdecimal() and len(number) < LONGEST and int(number) in self.numbers):
            raise ValidationError(_("没有这个编号，或不在您管理的范围内。新增的行请把编号留空。"))

    def after_init_instance(self, instance: Model, new: bool, row: dict, **kwargs: Any) -> None:
        if self.by is not None:
            instance._history_user = self.by

    def validate_instance(self, instance: Model, import_validation_errors: dict | None = None, validate_unique: bool = True) -> None:
        super().validate_instance(instance, import_validation_errors, validate_unique)
        home = instance
        for part in self.way.split("__"):
            home = getattr(home, part)
        if home.pk not in self.homes:
            raise ValidationError(_("这个社区不在您管理的范围内。"))
        if instance._state.adding and (held := self.twin_of(instance)):
            raise ValidationError(_("这里已有同名的一条（编号 %(number)s）。要改它，请填上编号。") % {"number": held})

    def twin_of(self, instance: Model) -> int | None:
        same = {part: getattr(instance, part) for part in self.twin}
        return self._meta.model.objects.filter(**same).values_list("pk", flat=True).first()

    def heading(self, field: str) -> str:
        """The column in which this field of the model stands; empty for what concerns the whole row."""
        return next((held.column_name for held in self.fields.values() if held.attribute == field and field != NON_FIELD_ERRORS), "")


class BodyRecord(Record):
    along = ("also_serves",)
    community = fields.Field(COMMUNITY, COMMUNITY_CODE, PlaceCell(Division, "code"))
    also_serves = fields.Field("also_serves", "还服务的社区代码", PlacesCell(Division, field="code"))

    class Meta:
        model = Body
        fields = ("id", "community", "kind", "name", "also_serves", "credit_code", "phone", "address", "hours")
        skip_unchanged = clean_model_instances = True

    def validate_instance(self, instance: Body, *args: Any, **kwargs: Any) -> None:
        super().validate_instance(instance, *args, **kwargs)
        if instance.credit_code and not is_credit_code(instance.credit_code):
            raise ValidationError(_("统一社会信用代码有误，请核对 18 位代码。"))


class OfficeRecord(Record):
    way, shown = "body__community", "姓名"
    twin, near = ("body", "title", "name", "since"), ("body",)
    body = fields.Field("body", "机构编号", OwnerCell(Body))
    body_name = fields.Field("body__name", "机构名称", TextCell(), readonly=True)

    class Meta:
        model = Office
        fields = ("id", "body", "body_name", "title", "name", "since", "until", "several")
        skip_unchanged = clean_model_instances = True

    def validate_instance(self, instance: Office, *args: Any, **kwargs: Any) -> None:
        super().validate_instance(instance, *args, **kwargs)
        mine = Term(instance.title, instance.name, instance.since, instance.until, instance.several)
        if first_clash([mine, *terms_of(instance.body_id, but=instance.pk)]):
            raise ValidationError(OVERLAP)


class CentreRecord(Record):
    community = fields.Field(COMMUNITY, COMMUNITY_CODE, PlaceCell(Division, "code"))

    class Meta:
        model = ServiceCentre
        fields = ("id", "community", "name", "address", "phone", "hours", "way", "closed_on_holidays")
        skip_unchanged = clean_model_instances = True


class ServiceRecord(Record):
    way = "centre__community"
    twin, near = ("centre", "name", "ended_on"), ("centre",)
    centre = fields.Field("centre", "服务中心编号", OwnerCell(ServiceCentre))
    centre_name = fields.Field("centre__name", "服务中心名称", TextCell(), readonly=True)

    class Meta:
        model = Service
        fields = (
            "id", "centre", "centre_name", "key", "catalogue", "category", "name", "about", "who", "bring", "cost", "steps", "times",
            "ended_on",
        )  # fmt: skip
        skip_unchanged = clean_model_instances = True


class DivisionRecord(Record):
    """The tree comes from the official list; here only the population comes back."""

    way, key, near = "", "代码", ()

    class Meta:
        model = Division
        import_id_fields = ("code",)
        fields = ("code", "name", "level", "residents_count")
        skip_unchanged = True

    @cached_property
    def codes(self) -> frozenset[str]:
        return frozenset(self.get_queryset().values_list("code", flat=True))

    def before_import_row(self, row: dict, **kwargs: Any) -> None:
        if str(row.get(self.key) or "").strip() not in self.codes:
            raise ValidationError(_("没有这个代码，或不在您管理的范围内。"))

    def import_field(self, field: fields.Field, instance: Model, row: dict, is_m2m: bool = False, **kwargs: Any) -> None:
        if field.attribute not in ("name", "level"):
            super().import_field(field, instance, row, is_m2m, **kwargs)

    def validate_instance(self, instance: Model, *args: Any, **kwargs: Any) -> None:
        resources.ModelResource.validate_instance(self, instance, *args, **kwargs)


RECORDS: dict[str, type[Record]] = {
    made._meta.model._meta.model_name: made for made in (BodyRecord, OfficeRecord, CentreRecord, ServiceRecord, DivisionRecord)
}
