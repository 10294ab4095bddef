"""The keepers' pages: a centre's facts, hours, rooms and services."""

from __future__ import annotations

from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST

from communities.centres import forms, pages, queries, services
from communities.centres.forms.lists import LookForm
from communities.centres.models import Room, Service, ServiceCentre, SpecialHours
from communities.centres.rules import KEEPERS
from communities.roles.queries import roles_anywhere
from portal import clock
from portal.web import attempt, back, page, posted

A_PAGE = 30


def kept(request: HttpRequest, key: int) -> ServiceCentre:
    """The centre, when the person keeps it. Errors: Http404."""
    centre = queries.centre_kept_by(request.user, clock.today(), key)
    if centre is None:
        raise Http404
    return centre


def acting(request: HttpRequest) -> dict:
    return {"by": request.user, "now": clock.now()}


@login_required
def desk(request: HttpRequest) -> HttpResponse:
    """The centres that the person keeps."""
    if not KEEPERS & roles_anywhere(request.user, clock.today()):
        raise Http404
    found = queries.centres_kept_by(request.user, clock.today())
    listed = Paginator(found, A_PAGE).get_page(request.GET.get("page"))
    return page(request, "communities/centres/desk.html", {"listed": listed})


@login_required
def keep_centre(request: HttpRequest, key: int) -> HttpResponse:
    """Everything that is kept about a centre, each with the way to change it."""
    centre = kept(request, key)
    now = timezone.localtime(clock.now())
    shown = pages.centre_of(centre, now=now) | {"every_room": centre.rooms.order_by("pk")[:60]}
    shown["activities"] = queries.activities().filter(centre=centre).order_by("-pk")[:60]
    shown["special_days"] = centre.special_hours.filter(on__gte=now.date())[:60]
    return page(request, "communities/centres/keep_centre.html", shown)


@login_required
def change_centre(request: HttpRequest, key: int) -> HttpResponse:
    centre = kept(request, key)
    held = {name: getattr(centre, name) for name in forms.CentreForm.base_fields}
    form = forms.CentreForm(**posted(request), initial=held)
    if form.is_valid() and attempt(
        form, services.change_centre, centre_id=key, **form.cleaned_data, **acting(request)
    ):
        return back(request, "centres:keep_centre", key, said=_("已保存"))
    return page(request, "communities/centres/change_centre.html", {"form": form, "centre": centre})


@login_required
def set_hours(request: HttpRequest, key: int) -> HttpResponse:
    centre = kept(request, key)
    held: dict = {}
    for row in centre.week.all():
        held.setdefault(f"day_{row.weekday}", []).append((row.opens, row.closes))
    form = forms.HoursForm(**posted(request), initial=held)
    if form.is_valid() and attempt(form, services.set_hours, centre_id=key, week=form.week(), **acting(request)):
        return back(request, "centres:keep_centre", key, said=_("已保存"))
    return page(request, "communities/centres/set_hours.html", {"form": form, "centre": centre})


@login_required
def special_hours(request: HttpRequest, key: int) -> HttpResponse:
    centre, form = kept(request, key), forms.SpecialForm(**posted(request))
    if form.is_valid() and attempt(
        form, services.set_special_hours, centre_id=key, **form.cleaned_data, **acting(request)
    ):
        return back(request, "centres:keep_centre", key, said=_("已保存"))
    return page(request, "communities/centres/special_hours.html", {"form": form, "centre": centre})


@require_POST
@login_required
def drop_special_hours(request: HttpRequest, key: int) -> HttpResponse:
    row = get_object_or_404(SpecialHours, pk=key)
    kept(request, row.centre_id)
    services.drop_special_hours(special_id=key, **acting(request))
    return back(request, "centres:keep_centre", row.centre_id, said=_("已取消，当天照平常开放"))


@login_required
def add_room(request: HttpRequest, key: int) -> HttpResponse:
    centre, form = kept(request, key), forms.RoomForm(**posted(request), initial={"lends": True})
    if form.is_valid() and attempt(form, services.keep_room, centre_id=key, **form.cleaned_data, **acting(request)):
        return back(request, "centres:keep_centre", key, said=_("已保存"))
    return page(request, "communities/centres/add_room.html", {"form": form, "centre": centre})


@login_required
def change_room(request: HttpRequest, key: int) -> HttpResponse:
    room = get_object_or_404(Room, pk=key)
    centre = kept(request, room.centre_id)
    form = forms.RoomForm(**posted(request), initial={name: getattr(room, name) for name in forms.RoomForm.base_fields})
    given = {"centre_id": centre.pk, "room_id": key, **acting(request)}
    if form.is_valid() and attempt(form, services.keep_room, **form.cleaned_data, **given):
        return back(request, "centres:keep_centre", centre.pk, said=_("已保存"))
    return page(request, "communities/centres/change_room.html", {"form": form, "centre": centre, "room": room})


@login_required
def pick_services(request: HttpRequest, key: int) -> HttpResponse:
    """The four lists, less what the centre offers already; looking for something keeps what is ticked."""
    centre, looking = kept(request, key), "look" in request.POST
    form = forms.PickForm(**({} if looking else posted(request)), entries=queries.pickable(centre))
    given = {"centre_id": key, **acting(request)}
    if form.is_valid() and (done := attempt(form, services.pick_services, **form.cleaned_data, **given)):
        count = len(done.value)
        told = ngettext("已添加 %(count)d 项服务", "已添加 %(count)d 项服务", count) % {"count": count}
        return back(request, "centres:keep_centre", key, said=told)
    chosen, look = set(request.POST.getlist("keys")), LookForm(request.POST)
    found = look.found_in(form.entries, chosen=chosen)
    shown = {"form": form, "centre": centre, "look": look, "chosen": chosen, "groups": pages.catalogue_groups(found)}
    return page(request, "communities/centres/pick_services.html", shown)


@login_required
def add_service(request: HttpRequest, key: int) -> HttpResponse:
    centre, form = kept(request, key), forms.ServiceForm(**posted(request))
    if form.is_valid() and attempt(form, services.add_service, centre_id=key, **form.cleaned_data, **acting(request)):
        return back(request, "centres:keep_centre", key, said=_("已保存"))
    return page(request, "communities/centres/add_service.html", {"form": form, "centre": centre})


@login_required
def change_service(request: HttpRequest, key: int) -> HttpResponse:
    row = get_object_or_404(Service, pk=key, ended_on=None)
    centre = kept(request, row.centre_id)
    held = {name: getattr(row, name) for name in forms.ServiceForm.base_fields}
    form = forms.ServiceForm(**posted(request), initial=held)
    given = {"service_id": key, **acting(request)}
    if form.is_valid() and attempt(form, services.change_service, **form.cleaned_data, **given):
        return back(request, "centres:keep_centre", centre.pk, said=_("已保存"))
    return page(request, "communities/centres/change_service.html", {"form": form, "centre": centre, "service": row})


@require_POST
@login_required
def end_service(request: HttpRequest, key: int) -> HttpResponse:
    row = get_object_or_404(Service, pk=key)
    kept(request, row.centre_id)
    services.end_service(service_id=key, **acting(request))
    return back(request, "centres:keep_centre", row.centre_id, said=_("已停办，公众不再看到"))
