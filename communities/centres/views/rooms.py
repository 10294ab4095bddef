"""Borrowing a room; a person's own places, bookings and calendar."""

from __future__ import annotations

from datetime import timedelta

from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from communities.centres import calendars, parts, queries, services
from communities.centres.forms.taking_part import BookForm
from communities.centres.models import Room
from portal import clock
from portal.fields import date_in
from portal.web import attempt, back, page, posted

A_PAGE = 20
ICS = "text/calendar; charset=utf-8"


def in_use(key: int) -> Room:
    found = queries.room_with(key, clock.today())
    if found is None:
        raise Http404
    return found


@require_safe
def room(request: HttpRequest, key: int) -> HttpResponse:
    """A room and when it is free in the coming days."""
    found, today = in_use(key), clock.today()
    asked = date_in(request.GET.get("from", "")[:20]) or today
    first = min(max(asked, today), today + timedelta(days=found.days_ahead))
    shown = {"room": found, "days": parts.room_days(found, first=first, now=clock.now())}
    shown |= {"later": first + timedelta(days=parts.DAYS), "earlier": first - timedelta(days=parts.DAYS)}
    shown |= {"has_later": (shown["later"] - today).days <= found.days_ahead, "has_earlier": first > today}
    return page(request, "communities/centres/room.html", shown)


@login_required
def book_room(request: HttpRequest, key: int) -> HttpResponse:
    found = in_use(key)
    form = BookForm(**posted(request), initial={name: request.GET.get(name, "")[:20] for name in ("on", "at")} | {"hours": 1})
    given = {"room_id": key, "by": request.user, "now": clock.now()}
    if form.is_valid() and attempt(
        form, services.book_room, starts_at=form.starts_at(), hours=form.cleaned_data["hours"],
        purpose=form.cleaned_data["purpose"], **given,
    ):  # fmt: skip
        return back(request, "centres:mine", said=_("预约成功。用完请恢复原样；来不了请提前取消。"))
    return page(request, "communities/centres/book_room.html", {"room": found, "form": form})


@require_POST
@login_required
def cancel_booking(request: HttpRequest, key: int) -> HttpResponse:
    get_object_or_404(queries.bookings_by(request.user), pk=key)
    services.cancel_booking(use_id=key, by=request.user, now=clock.now())
    return back(request, "centres:mine", said=_("已取消预约，时间让给了别人。"))


@never_cache
@login_required
def mine(request: HttpRequest) -> HttpResponse:
    """What the person signed up for, her rooms, hours and calendar."""
    now, code = clock.now(), queries.calendar_code(request.user)
    listed = Paginator(queries.enrolments_by(request.user), A_PAGE).get_page(request.GET.get("page"))
    shown = {
        "listed": listed,
        "rows": [parts.my_row(row, now=now) for row in listed],
        "bookings": [parts.my_booking(row, now=now) for row in queries.bookings_by(request.user)[:A_PAGE]],
        "minutes": queries.hours_attended(request.user),
        "calendar": request.build_absolute_uri(reverse("centres:my_calendar", args=[code])) if code else "",
    }
    return page(request, "communities/centres/mine.html", shown)


@require_POST
@login_required
def renew_calendar(request: HttpRequest) -> HttpResponse:
    """A new secret address, or none: the old one is dead either way."""
    on = request.POST.get("on") == "1"
    services.renew_calendar(on=on, by=request.user, now=clock.now())
    return back(request, "centres:mine", said=_("新的订阅地址已生成，旧地址失效。") if on else _("已停用订阅地址。"))


@require_safe
def my_calendar(request: HttpRequest, code: str) -> HttpResponse:
    """The calendar behind a secret address; 404 for a wrong or revoked one."""
    person = queries.person_behind(code)
    if person is None:
        raise Http404
    link = request.build_absolute_uri(reverse("centres:activities"))
    answer = HttpResponse(calendars.of_person(person, now=clock.now(), link=link), content_type=ICS)
    answer["Cache-Control"], answer["X-Robots-Tag"] = "private, no-store", "noindex"
    return answer


@require_safe
def centre_calendar(request: HttpRequest, key: int) -> HttpResponse:
    found = queries.centre_with(key)
    if found is None:
        raise Http404
    link = request.build_absolute_uri(reverse("centres:activities"))
    return HttpResponse(calendars.of_centre(found, now=timezone.localtime(clock.now()), link=link), content_type=ICS)
