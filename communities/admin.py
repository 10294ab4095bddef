"""The admin of community records: by administrators only, inside the division that they administer, with history.

Personal records and everything of the pipeline stay out: they have their own desks, with their own rules.
"""

from __future__ import annotations

from urllib.parse import urlencode

from django.contrib import admin
from django.core.exceptions import PermissionDenied
from django.db.models import Model, QuerySet
from django.forms import BaseInlineFormSet, ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from simple_history.admin import SimpleHistoryAdmin

from communities.accounts.sessions import has_second_factor
from communities.bodies.forms import OfficeForm, TermsFormSet
from communities.bodies.models import Body, Office
from communities.bodies.rules import is_credit_code
from communities.centres.models import Service, ServiceCentre
from communities.councils.models import Council, Seat
from communities.divisions.models import Division
from communities.records.exchange import Exchange
from communities.records.queries import ADMINISTRATORS
from communities.roles.queries import roles_anywhere, within
from communities.roles.rules import Role
from portal import clock, holidays, log
from portal.models import SpecialDay


class RecordsSite(admin.AdminSite):
    """Signing in is the portal's own, with the second factor (S16)."""

    site_header = site_title = _("社区资料管理")
    index_title = _("资料")
    enable_nav_sidebar = False

    def has_permission(self, request: HttpRequest) -> bool:
        person = request.user
        return bool(
            person.is_authenticated
            and person.is_active
            and person.is_staff
            and has_second_factor(request)
            and Role.ADMINISTRATOR in roles_anywhere(person, clock.today())
        )

    def login(self, request: HttpRequest, extra_context: dict | None = None) -> HttpResponse:
        if request.user.is_authenticated and not self.has_permission(request):
            raise PermissionDenied
        wanted = urlencode({"next": request.GET.get("next") or reverse("admin:index")})
        return redirect(f"{reverse('account_login')}?{wanted}")

    def logout(self, request: HttpRequest, extra_context: dict | None = None) -> HttpResponse:
        return redirect("sign_out")


class Scoped(SimpleHistoryAdmin):
    """Rows inside the administrator's division; nothing is deleted; each change is a row in the log."""

    way = "community"
    list_per_page = 50
    show_full_result_count = False

    def in_scope(self, request: HttpRequest, way: str) -> object:
        return within(request.user, ADMINISTRATORS, clock.today(), way)

    def get_queryset(self, request: HttpRequest) -> QuerySet:
        return super().get_queryset(request).filter(self.in_scope(request, self.way))

    def has_module_permission(self, request: HttpRequest) -> bool:
        return self.admin_site.has_permission(request)

    def has_view_permission(self, request: HttpRequest, obj: Model | None = None) -> bool:
        return self.has_module_permission(request)

    has_add_permission = has_view_permission
    has_change_permission = has_view_permission

    def has_delete_permission(self, request: HttpRequest, obj: Model | None = None) -> bool:
        return False

    def formfield_for_foreignkey(self, db_field: object, request: HttpRequest, **kwargs: object) -> object:
        if db_field.related_model is Division:
            places = Division.objects.filter(self.in_scope(request, ""), level="community", abolished_on=None)
            kwargs["queryset"] = places.select_related("parent")
        elif db_field.related_model in (Body, ServiceCentre):
            kwargs["queryset"] = db_field.related_model.objects.filter(self.in_scope(request, "community"))
        return super().formfield_for_foreignkey(db_field, request, **kwargs)

    def formfield_for_manytomany(self, db_field: object, request: HttpRequest, **kwargs: object) -> object:
        kwargs["queryset"] = Division.objects.filter(self.in_scope(request, ""), level="community", abolished_on=None)
        return super().formfield_for_manytomany(db_field, request, **kwargs)

    def save_model(self, request: HttpRequest, obj: Model, form: object, change: bool) -> None:
        super().save_model(request, obj, form, change)
        changed = [str(name) for name in form.changed_data]
        log.record("records.change_record", by=request.user, about=obj, now=clock.now(), fields=changed)


class OfficeInline(admin.TabularInline):
    model = Office
    formset = TermsFormSet
    extra = 1

    def has_view_permission(self, request: HttpRequest, obj: Model | None = None) -> bool:
        return self.admin_site.has_permission(request)

    has_add_permission = has_change_permission = has_view_permission

    def has_delete_permission(self, request: HttpRequest, obj: Model | None = None) -> bool:
        return False


class SeatInline(OfficeInline):
    """Who sits, from when to when, is the community's and the street's: with a seat a role comes and goes (S28)."""

    model = Seat
    formset = BaseInlineFormSet
    extra = 0
    readonly_fields = ("person", "chairs", "since", "until")

    def has_add_permission(self, request: HttpRequest, obj: Model | None = None) -> bool:
        return False


class BodyRecords(Exchange, Scoped):
    autocomplete_fields = ("community", "also_serves")
    list_display = ("name", "kind", "community", "phone")
    list_filter = ("kind",)
    list_select_related = ("community",)
    search_fields = ("name", "community__name")
    inlines = (OfficeInline,)

    def get_form(self, request: HttpRequest, obj: Model | None = None, change: bool = False, **kwargs: object) -> type:
        form = super().get_form(request, obj, change, **kwargs)
        form.clean_credit_code = _clean_credit_code
        return form


def _clean_credit_code(form: object) -> str:
    code = form.cleaned_data["credit_code"].strip().upper()
    if code and not is_credit_code(code):
        raise ValidationError(_("统一社会信用代码有误，请核对 18 位代码。"))
    return code


class OfficeRecords(Exchange, Scoped):
    way = "body__community"
    form = OfficeForm
    raw_id_fields = ("body",)
    list_display = ("title", "name", "body", "since", "until", "several")
    list_select_related = ("body",)
    search_fields = ("name", "title", "body__name")


class ServiceRecords(Exchange, Scoped):
    way = "centre__community"
    raw_id_fields = ("centre",)
    list_display = ("name", "centre", "catalogue", "category", "ended_on")
    list_filter = ("catalogue", "category")
    list_select_related = ("centre",)
    search_fields = ("name", "centre__name")


class CentreRecords(Exchange, Scoped):
    autocomplete_fields = ("community",)
    list_display = ("name", "community", "phone", "hours")
    list_select_related = ("community",)
    search_fields = ("name", "community__name", "address")


class CouncilRecords(Exchange, Scoped):
    autocomplete_fields = ("community",)
    list_display = ("name", "community", "notice_days")
    list_select_related = ("community",)
    search_fields = ("name", "community__name")
    inlines = (SeatInline,)


class SeatRecords(Exchange, Scoped):
    way = "council__community"
    fields = ("council", *SeatInline.readonly_fields, "kind", "came_by")
    readonly_fields = ("council", *SeatInline.readonly_fields)
    list_display = ("council", "person", "kind", "came_by", "chairs", "since", "until")
    list_filter = ("kind", "came_by")
    list_select_related = ("council", "person")
    search_fields = ("council__name",)

    has_add_permission = SeatInline.has_add_permission


class DivisionRecords(Exchange, Scoped):
    """Names and the tree come from the official list; here the population is kept."""

    way = ""
    list_display = ("code", "name", "level", "parent", "residents_count", "abolished_on")
    list_filter = ("level",)
    list_select_related = ("parent",)
    search_fields = ("name", "code", "initials")
    readonly_fields = ("code", "name", "level", "parent", "abolished_on")

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def get_search_results(self, request: HttpRequest, queryset: QuerySet, search_term: str) -> tuple[QuerySet, bool]:
        """Who fills a form in is offered communities only."""
        if request.resolver_match.url_name == "autocomplete":
            queryset = queryset.filter(level="community", abolished_on=None)
        return super().get_search_results(request, queryset, search_term)


class SpecialDayRecords(admin.ModelAdmin):
    """Holidays and make-up working days, one calendar for all: changed by administrators of the city or district."""

    list_display = ("on", "name", "works")
    date_hierarchy = "on"

    def has_module_permission(self, request: HttpRequest) -> bool:
        return self.admin_site.has_permission(request)

    def has_view_permission(self, request: HttpRequest, obj: Model | None = None) -> bool:
        return self.has_module_permission(request)

    has_add_permission = has_change_permission = has_delete_permission = has_view_permission

    def save_model(self, request: HttpRequest, obj: Model, form: object, change: bool) -> None:
        super().save_model(request, obj, form, change)
        holidays.forget_calendar()
        log.record("records.change_calendar", by=request.user, about=obj, now=clock.now(), on=str(obj.on))


site = RecordsSite(name="admin")
site.register(Division, DivisionRecords)
site.register(Body, BodyRecords)
site.register(Office, OfficeRecords)
site.register(ServiceCentre, CentreRecords)
site.register(Service, ServiceRecords)
site.register(Council, CouncilRecords)
site.register(Seat, SeatRecords)
site.register(SpecialDay, SpecialDayRecords)
