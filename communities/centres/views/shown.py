"""Where people go in person, and what they find there."""

from __future__ import annotations

from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.utils import timezone
from django.views.decorators.http import require_safe

from communities.centres import hsds, pages, queries
from portal import clock
from portal.web import page

A_PAGE = 30


@require_safe
def centres(request: HttpRequest) -> HttpResponse:
    """All party-mass service centres with address, phone and hours."""
    typed = request.GET.get("q", "")[:40]
    listed = Paginator(queries.found_centres(typed), A_PAGE).get_page(request.GET.get("page"))
    return page(request, "communities/centres/centres.html", {"listed": listed, "typed": typed})


@require_safe
def centre(request: HttpRequest, key: int) -> HttpResponse:
    """One centre: open now or not, its week, its services and rooms."""
    found = queries.centre_with(key)
    if found is None:
        raise Http404
    return page(request, "communities/centres/centre.html", pages.centre_of(found, now=timezone.localtime(clock.now())))


@require_safe
def service(request: HttpRequest, key: int) -> HttpResponse:
    """Who may use it, what to bring, what it costs, how it goes."""
    found = queries.service_with(key)
    if found is None:
        raise Http404
    today = pages.today_of(found.centre, now=timezone.localtime(clock.now()))
    return page(request, "communities/centres/service.html", {"service": found, "today": today})


@require_safe
def services_json(request: HttpRequest) -> HttpResponse:
    """All services in the form of Open Referral HSDS 3, a page at a time."""
    rows = queries.offered().prefetch_related("centre__week").order_by("pk")
    found = Paginator(rows, 50).get_page(request.GET.get("page"))
    return JsonResponse(hsds.page_of(found, found), json_dumps_params={"ensure_ascii": False})
