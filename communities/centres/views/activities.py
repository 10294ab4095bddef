"""Activities and courses for everybody: what is on, signing up, waiting, giving a place back, coming."""

from __future__ import annotations

import segno
from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from communities.centres import parts, queries, services
from communities.centres.forms.taking_part import SignUpForm
from communities.centres.models import Activity, Session
from communities.divisions.queries import by_code
from portal import clock
from portal.web import attempt, back, page, posted

A_PAGE = 24


def seen(key: int) -> Activity:
    """A published activity. Errors: Http404."""
    found = queries.activity_with(key)
    if found is None:
        raise Http404
    return found


def code_of(address: str) -> str:
    return segno.make(address, error="m").svg_data_uri(scale=4, border=2)


@require_safe
def activities(request: HttpRequest) -> HttpResponse:
    """What is on, the next first; of one community when it is named."""
    now, code = clock.now(), request.GET.get("community", "")[:20]
    place = by_code(code) if code.isalnum() else None
    found = queries.coming(now)
    found = found.filter(centre__community__path__startswith=place.path) if place else found
    listed = Paginator(found, A_PAGE).get_page(request.GET.get("page"))
    cards = [parts.card_of(row, now=now) for row in listed]
    return page(request, "communities/centres/activities.html", {"listed": listed, "cards": cards, "place": place})


@require_safe
def activity(request: HttpRequest, key: int) -> HttpResponse:
    shown = parts.activity_of(seen(key), person=request.user, now=clock.now())
    return page(request, "communities/centres/activity.html", shown)


@login_required
def sign_up(request: HttpRequest, key: int) -> HttpResponse:
    """Who takes part; then a place, or a turn on the waiting list."""
    found, form = seen(key), SignUpForm(**posted(request))
    given = {"activity_id": key, "by": request.user, "now": clock.now()}
    if form.is_valid() and (done := attempt(form, services.sign_up, **form.cleaned_data, **given)):
        placed = _("报名成功，这是您的名额。") if done.value.seat else _("名额已满，已为您排上候补。有空位会自动递补并通知您。")
        return back(request, "centres:activity", key, said=placed)
    shown = parts.activity_of(found, person=request.user, now=clock.now()) | {"form": form}
    return page(request, "communities/centres/sign_up.html", shown)


@login_required
def leave(request: HttpRequest, key: int) -> HttpResponse:
    """Give the place or the turn back, after a question."""
    found = seen(key)
    shown = parts.activity_of(found, person=request.user, now=clock.now())
    if shown["held"] is None:
        raise Http404
    if request.method == "POST":
        services.leave(activity_id=key, by=request.user, now=clock.now())
        return back(request, "centres:activity", key, said=_("已取消报名，名额让给了后面的人。"))
    return page(request, "communities/centres/leave.html", shown)


@require_safe
def poster(request: HttpRequest, key: int) -> HttpResponse:
    """An A4 sheet for the board, with a code that opens the activity."""
    found = seen(key)
    address = request.build_absolute_uri(reverse("centres:activity", args=[key]))
    shown = parts.activity_of(found, person=request.user, now=clock.now()) | {"qr": code_of(address), "address": address}
    return page(request, "communities/centres/poster.html", shown)


def behind(code: str) -> Session:
    found = queries.session_behind(code)
    if found is None:
        raise Http404
    return found


@login_required
def check_in(request: HttpRequest, code: str) -> HttpResponse:
    """What the code at the door opens: one button."""
    session = behind(code)
    if request.method == "POST":
        services.check_in(session_id=session.pk, by=request.user, now=clock.now())
        return back(request, "centres:activity", session.activity_id, said=_("签到成功，欢迎您。"))
    shown = {"session": session, "said": parts.span(session.starts_at, session.ends_at)}
    return page(request, "communities/centres/check_in.html", shown)
