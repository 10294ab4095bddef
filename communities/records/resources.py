"""The records that an administrator keeps: what stands in their columns, and what each of them must hold to."""

from __future__ import annotations

from functools import cached_property
from typing import Any

from django.core.exceptions import ValidationError
from django.db.models import Model
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from import_export import fields, resources

from communities.bodies.forms import OVERLAP
from communities.bodies.models import Body, Office
from communities.bodies.queries import terms_of
from communities.bodies.rules import Term, first_clash, is_credit_code
from communities.centres.models import Service, ServiceCentre
from communities.councils.models import Council, Seat
from communities.divisions.models import Division
from communities.records.cells import COMMUNITY, CountCell, MaskedCell, OwnerCell, PlaceCell, PlacesCell, TextCell
from communities.records.record import Record

COMMUNITY_CODE = "社区代码"


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

    way, key, near = "", "代码", ("parent",)

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


class CouncilRecord(Record):
    """The charter. A council stands at a community, or as the light form at one estate."""

    twin = (COMMUNITY,)
    community = fields.Field(COMMUNITY, COMMUNITY_CODE, PlaceCell(Division, "code", levels=(COMMUNITY, "estate")))

    class Meta:
        model = Council
        fields = (
            "id", "community", "name", "quorum_over", "quorum_under", "quorum_inclusive", "pass_over", "pass_under", "pass_inclusive",
            "notice_days", "mandates_most", "mandates_in_quorum",
        )  # fmt: skip
        skip_unchanged = clean_model_instances = True


class SeatRecord(Record):
    """Of a seat the category and the way it came about are corrected here. Who sits, from when to when, is given by the community or
    the street, and the role comes and goes with it (S28): a table changes none of that.
    """

    way, shown, near = "council__community", "议事会名称", ("council", "person")
    fixed = ("council_id", "person_id", "chairs", "since", "until")
    fixed_because = gettext_lazy("人员、任期和召集人由社区或街道在议事会页面办理，这里只能改席位类别和产生方式。")
    council = fields.Field("council_id", "议事会编号", CountCell(), readonly=True)
    council_name = fields.Field("council__name", "议事会名称", TextCell(), readonly=True)
    person = fields.Field("person_id", "人员编号", CountCell(), readonly=True)
    person_name = fields.Field("person__name", "姓名", MaskedCell(), readonly=True)

    class Meta:
        model = Seat
        fields = ("id", "council", "council_name", "person", "person_name", "kind", "came_by", "chairs", "since", "until")
        skip_unchanged = clean_model_instances = True

    def before_import_row(self, row: dict, **kwargs: Any) -> None:
        super().before_import_row(row, **kwargs)
        if not str(row.get(self.key) or "").strip():
            raise ValidationError(_("新的席位由社区或街道在议事会页面登记。"))


KEPT = (BodyRecord, OfficeRecord, CentreRecord, ServiceRecord, CouncilRecord, SeatRecord, DivisionRecord)
RECORDS: dict[str, type[Record]] = {
    made._meta.model._meta.model_name: made for made in KEPT
}
