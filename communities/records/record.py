"""A record as the row of a table: import(export(x)) changes nothing.

No cell can start a formula, both ways (S37); rows outside the administrator's division are neither written nor read. A row
with a number changes the record of that number; one without adds a record, unless one of that name is there.
"""

from __future__ import annotations

from functools import cached_property
from typing import Any

from django.core.exceptions import NON_FIELD_ERRORS, ValidationError
from django.db import models
from django.db.models import Model, Q, QuerySet
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from import_export import fields, resources, widgets
from import_export.resources import Diff

from communities.accounts.models import User
from communities.divisions.models import Division
from communities.records.cells import COMMUNITY, LONGEST, ChoiceCell, CountCell, DayCell, TextCell, YesNoCell

NUMBER = "编号"


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
    fixed: tuple[str, ...] = ()  # what a row may say and not change, and where it is changed
    fixed_because: str | Promise = ""

    def __init__(self, scope: Q | None = None, places: Q | None = None, by: User | None = None, **kwargs: Any):
        super().__init__(**kwargs)
        self.scope, self.places, self.by = scope, places, by

    @classmethod
    def get_diff_class(cls) -> type[Diff]:
        return Change

    def get_queryset(self) -> QuerySet:
        found = super().get_queryset().select_related(*self.near)
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
        given = [held for held in self.fields.values() if held.attribute in self.fixed and held.column_name in row]
        if any(held.clean(row) != held.get_value(instance) for held in given):
            raise ValidationError(self.fixed_because)

    def validate_instance(self, instance: Model, import_validation_errors: dict | None = None, validate_unique: bool = True) -> None:
        if instance._state.adding and not import_validation_errors and (held := self.twin_of(instance)):
            raise ValidationError(_("这里已经有这一条（编号 %(number)s）。要改它，请填上编号。") % {"number": held})
        super().validate_instance(instance, import_validation_errors, validate_unique)
        home = instance
        for part in self.way.split("__"):
            home = getattr(home, part)
        if home.pk not in self.homes:
            raise ValidationError(_("这个社区不在您管理的范围内。"))

    def twin_of(self, instance: Model) -> int | None:
        columns = (instance._meta.get_field(part).attname for part in self.twin)
        same = {column: getattr(instance, column) for column in columns}
        return self._meta.model.objects.filter(**same).values_list("pk", flat=True).first()

    def heading(self, field: str) -> str:
        """The column in which this field of the model stands; empty for what concerns the whole row."""
        return next((held.column_name for held in self.fields.values() if held.attribute == field and field != NON_FIELD_ERRORS), "")
