"""Open data, and the public way of the money: from the district's envelope down to each payment."""

from __future__ import annotations

from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse, StreamingHttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from portal import clock, sheets
from portal.files import download
from portal.web import page
from projects.desk import opendata
from projects.desk.queries import envelopes
from projects.desk.queries import statistics as counted

A_PAGE = 30


def asked_for(request: HttpRequest, dataset: str) -> tuple[opendata.Dataset, int]:
    """The dataset and the year; 404 for what is neither."""
    held, asked = opendata.DATASETS.get(dataset), request.GET.get("year", "")
    years = opendata.years_held(today=clock.today())
    if held is None or (asked and asked not in {str(year) for year in years}):
        raise Http404
    return held, int(asked) if asked else years[0]


@require_safe
def open_data(request: HttpRequest) -> HttpResponse:
    """Which data there are, their columns, their addresses, the licence."""
    context = {
        "datasets": [(row, _(row.title), _(row.about), [(column, _(column.means)) for column in row.columns]) for row in opendata.DATASETS.values()],
        "years": opendata.years_held(today=clock.today()),
        "licence": opendata.LICENCE,
        "licence_name": opendata.LICENCE_NAME,
    }  # fmt: skip
    return page(request, "projects/desk/open_data.html", context)


@require_safe
def open_csv(request: HttpRequest, dataset: str) -> StreamingHttpResponse:
    held, year = asked_for(request, dataset)
    return download(opendata.csv_parts(held, year), sheets.CSV, f"{held.key}-{year}.csv")


@require_safe
def open_json(request: HttpRequest, dataset: str) -> StreamingHttpResponse:
    held, year = asked_for(request, dataset)
    return StreamingHttpResponse(opendata.json_parts(held, year), content_type="application/json")


@require_safe
def public_money(request: HttpRequest) -> HttpResponse:
    """资金去向: envelope, approved, paid, returned by place; at a community its projects, each leading to every payment."""
    place = envelopes.place_of_money(request.GET.get("place", "")[:20], counted.places_of_statistics())
    if place is None and request.GET.get("place"):
        raise Http404
    context = {"place": place, "today": clock.today()}
    if place:
        lines = envelopes.lines_of(place)
        context |= {"way": envelopes.way_of(place), "lines": lines, "whole": envelopes.whole_of(place, lines)}
        context["found"] = Paginator(envelopes.projects_in(place), A_PAGE).get_page(request.GET.get("page"))
    return page(request, "projects/desk/public_money.html", context)
