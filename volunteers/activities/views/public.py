"""The calendar, a call, and what a volunteer does with a place."""

from __future__ import annotations

from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from communities.divisions import queries as places
from portal import clock, files
from portal.web import back, page
from volunteers.activities import pages, queries, rules, services
from volunteers.activities.models import Call, CallPhoto, Shift, SignUp
from volunteers.teams.queries import volunteer_of

A_PAGE = 24


@require_safe
def calendar(request: HttpRequest) -> HttpResponse:
    """What helpers are called for, by day; ?community=code, ?kind=."""
    code, kind = (request.GET.get(name, "")[:20] for name in ("community", "kind"))
    place = places.by_code(code) if code else None
    found = Paginator(queries.coming(clock.now(), community=place, kind=kind), A_PAGE).get_page(request.GET.get("page"))
    held = volunteer_of(request.user)
    context = {"found": found, "days": pages.by_day(found), "place": place, "kind": kind, "kinds": Call.Kind.choices}
    context["suiting"] = pages.suiting(held, clock.now()) if held and found.number == 1 else []
    context["told"] = queries.told(place)[:3]
    return page(request, "volunteers/activities/calendar.html", context)


@require_safe
def call(request: HttpRequest, number: str) -> HttpResponse:
    """One call: what, where, when, places left, and my own place."""
    call = get_object_or_404(queries.published(), number=number)
    return page(request, "volunteers/activities/call.html", pages.call_page(call, request.user, clock.now()))


@require_safe
def photo(request: HttpRequest, key: int) -> HttpResponse:
    kept = get_object_or_404(CallPhoto, pk=key)
    return files.serve(kept.file, title=kept.caption, small=request.GET.get("size") == "small")


def open_shift(key: int) -> Shift:
    return get_object_or_404(Shift.objects.select_related("call"), pk=key, call__published_at__isnull=False)


@login_required
@require_POST
def sign_up(request: HttpRequest, key: int) -> HttpResponse:
    shift = open_shift(key)
    made = services.sign_up(shift_id=shift.pk, by=request.user, now=clock.now())
    said = (
        _("报名成功，活动前一天会提醒您。")
        if made.state == rules.HELD
        else _("名额已满，您已进入候补，有空位会自动补上。")
    )
    return back(request, "activities:call", shift.call.number, said=said)


@login_required
@require_POST
def give_up(request: HttpRequest, key: int) -> HttpResponse:
    shift = open_shift(key)
    services.give_up(shift_id=shift.pk, by=request.user, now=clock.now())
    return back(request, "activities:call", shift.call.number, said=_("已放弃这个班次，谢谢您提前告知。"))


@login_required
@require_POST
def offer_swap(request: HttpRequest, key: int) -> HttpResponse:
    shift = open_shift(key)
    services.offer_swap(shift_id=shift.pk, by=request.user, now=clock.now())
    return back(request, "activities:call", shift.call.number, said=_("正在找人替班。有人接之前，名额还是您的。"))


@login_required
@require_POST
def withdraw_swap(request: HttpRequest, key: int) -> HttpResponse:
    shift = open_shift(key)
    services.withdraw_swap(shift_id=shift.pk, by=request.user, now=clock.now())
    return back(request, "activities:call", shift.call.number, said=_("不再找人替班，名额还是您的。"))


@login_required
@require_POST
def take_over(request: HttpRequest, key: int) -> HttpResponse:
    row = get_object_or_404(SignUp.objects.select_related("shift__call"), pk=key)
    services.take_over(sign_up_id=row.pk, by=request.user, now=clock.now())
    return back(request, "activities:call", row.shift.call.number, said=_("您接下了这个班次，谢谢。"))
