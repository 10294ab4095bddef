"""Hours out to, and in from, other systems, in the documented columns."""

from __future__ import annotations

from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from communities.divisions import queries as places
from communities.divisions.models import Division
from portal import clock, sheets
from portal.web import back, page, posted
from volunteers import permissions
from volunteers.parties import parties_at
from volunteers.timebank import exchange as files
from volunteers.timebank import forms, pages


def place_of(request: HttpRequest, code: str) -> Division:
    """A place whose hours the visitor exchanges."""
    place = places.by_code(code)
    roles = parties_at(request.user, place, day=clock.today()) if place else frozenset()
    if place is None or permissions.objection_to("timebank.exchange_hours", roles=roles):
        raise Http404
    return place


@never_cache
@login_required
def exchange(request: HttpRequest, code: str) -> HttpResponse:
    """Choose a month to take out; bring a file in: all of it or nothing, with every faulty line named."""
    place = place_of(request, code)
    form = forms.ImportForm(**posted(request))
    done, faults = files.take_in(form.cleaned_data["file"], by=request.user, now=clock.now()) if form.is_valid() else (0, [])
    if done:
        return back(request, "timebank:exchange", place.code, said=_("已登记 %(count)s 条，都标明是手工登记。") % {"count": done})
    context = {"form": form, "place": place, "faults": faults, "columns": files.COLUMNS, "needed": files.NEEDED}
    context["months"] = pages.months_before(clock.today())
    return page(request, "volunteers/timebank/exchange.html", context, status=422 if faults else None)


@login_required
@require_safe
def hours_file(request: HttpRequest, code: str) -> HttpResponse:
    """One month of a place as Excel or CSV; no cell can start a formula (S37)."""
    place = place_of(request, code)
    first, last = pages.month_of(request.GET.get("month", "")[:7], today=clock.today())
    sheet = files.sheet_of(place, first, last, by=request.user, now=clock.now())
    form = "csv" if request.GET.get("form") == "csv" else "xlsx"
    return sheets.answered([sheet], form=form, name=f"hours-{place.code}-{first:%Y-%m}")
