"""The offices' overview: the figures of a place, the rows behind each, and both as files."""

from __future__ import annotations

from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from communities.divisions.models import Division
from portal import clock, sheets
from portal.refusals import insist
from portal.web import page
from projects.delivery.queries import Listed, board_rows
from projects.desk import forms, panels, tables
from projects.desk.queries import overview as seen

A_PAGE = 40


def place_asked(request: HttpRequest) -> Division:
    """The place that the visitor asks for. Refused for whoever has no office; 404 for a place that is not hers."""
    today = clock.today()
    insist(seen.objection_to_overview(request.user, today=today))
    place = seen.place_seen(request.user, request.GET.get("place", "")[:20], today=today)
    if place is None:
        raise Http404
    return place


def told_of(request: HttpRequest, place: Division) -> dict:
    form = forms.OverviewForm(request)
    year, track = form.asked.get("year", clock.today().year), form.asked.get("track", "")
    return panels.panels_of(place, year=year, track=track, today=clock.today())


@never_cache
@login_required
@require_safe
def overview(request: HttpRequest) -> HttpResponse:
    """看板: tiles, the programme's table, places side by side, the curve, ageing; every number leads to its rows."""
    place, today = place_asked(request), clock.today()
    sort = request.GET.get("sort", "overdue")
    told = told_of(request, place)
    context = told | {
        "way": seen.way_to(place, request.user, today=today),
        "side": panels.side_by_side(place, told["counted"], sort=sort),
        "sorts": panels.sort_links(place, sort if sort in seen.SORTS else "overdue"),
        "cross": panels.cross_of(told["counted"]),
        "ages": panels.ageing_of(place, today=today, below=told["below"]),
        "age_heads": [_(words) for _days, words in seen.AGES],
        "unanswered": seen.unanswered_late(place, today=today),
        "links": panels.tile_links(place),
    }
    return page(request, "projects/desk/overview.html", context)


@never_cache
@login_required
@require_safe
def overview_file(request: HttpRequest) -> HttpResponse:
    """What the overview shows, as an Excel book (?form=xlsx) or CSV."""
    place, today = place_asked(request), clock.today()
    made = tables.overview_sheets(place, told_of(request, place), today=today)
    return sheets.answered(made, form=request.GET.get("form", ""), name=f"overview-{place.code}-{today:%Y%m%d}")


@never_cache
@login_required
@require_safe
def overview_rows(request: HttpRequest) -> HttpResponse:
    """The projects behind a figure."""
    place, today = place_asked(request), clock.today()
    form = forms.RowsForm(request)
    found = Paginator(Listed(seen.rows_of(place, form.asked, today=today)), A_PAGE).get_page(request.GET.get("page"))
    context = {
        "place": place, "today": today, "filters": form, "found": found, "rows": panels.aged(board_rows(found), today=today),
        "way": seen.way_to(place, request.user, today=today), "most": tables.MOST_ROWS,
        "query": form.query(place=place.code),
    }  # fmt: skip
    return page(request, "projects/desk/overview_rows.html", context)


@never_cache
@login_required
@require_safe
def overview_rows_file(request: HttpRequest) -> HttpResponse:
    """The same rows as a file, at most five thousand."""
    place, today = place_asked(request), clock.today()
    form = forms.RowsForm(request)
    rows = board_rows(seen.rows_of(place, form.asked, today=today)[: tables.MOST_ROWS])
    made = tables.rows_sheet(_("%(place)s项目清单") % {"place": place.name}, rows, today=today)
    return sheets.answered([made], form=request.GET.get("form", ""), name=f"projects-{place.code}-{today:%Y%m%d}")
