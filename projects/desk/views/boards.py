"""Boards and plain pages for every visitor: notices, delivery, figures, search, help."""

from __future__ import annotations

from django.conf import settings
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_safe

from portal import clock
from portal.web import page
from projects import pipeline
from projects.delivery import queries as delivery
from projects.desk import forms, panels
from projects.desk.queries import boards
from projects.desk.queries import statistics as counted
from projects.search import queries as found_by
from projects.search import services as index

A_PAGE = 24


@require_safe
def notice_board(request: HttpRequest) -> HttpResponse:
    """Every public notice, dated and numbered, newest first."""
    form = forms.NoticesForm(request, places=boards.places_with_notices())
    listed = boards.notices_listed(form.asked, today=clock.today())
    found = Paginator(listed, A_PAGE).get_page(request.GET.get("page"))
    return page(request, "projects/desk/notice_board.html", {"filters": form, "found": found, "today": clock.today()})


@require_safe
def delivery_board(request: HttpRequest) -> HttpResponse:
    """Every approved project: tiles by state, the late ones first; stopped ones stay with their reason."""
    form = forms.DeliveryForm(request, places=boards.streets_with_projects())
    asked = delivery.Filters(
        path=form.asked.get("place", ""),
        stage=form.asked.get("stage", ""),
        flag=form.asked.get("flag", ""),
        category=form.asked.get("category", ""),
        search=form.asked.get("search", ""),
    )
    counts = delivery.counted(asked, today=clock.today())
    listed = delivery.Listed(delivery.matching(asked, today=clock.today()), delivery.how_many(asked, counts))
    found = Paginator(listed, A_PAGE).get_page(request.GET.get("page"))
    context = {"filters": form, "found": found, "tiles": boards.tiles_of(counts), "today": clock.today()}
    context["cards"] = [boards.board_card(row) for row in delivery.board_rows(found)]
    return page(request, "projects/desk/delivery_board.html", context)


@require_safe
def statistics(request: HttpRequest) -> HttpResponse:
    """What was started, built, paid and liked, each with its numerator, denominator and definition."""
    listed = counted.places_of_statistics()
    place = next((row for row in listed if row.code == request.GET.get("place")), listed[0] if listed else None)
    context = {"place": place, "places": listed, "today": clock.today()}
    if place:
        asked = forms.OverviewForm(request).asked
        year, track = asked.get("year", clock.today().year), asked.get("track", "")
        context |= panels.panels_of(place, year=year, track=track, today=clock.today())
        context["side"] = panels.lines_of(context["counted"])
    return page(request, "projects/desk/statistics.html", context)


@require_safe
def search(request: HttpRequest) -> HttpResponse:
    """One box over communities, centres, services, activities, proposals, notices and bodies, and the portal's own
    pages (长者版 and its other names, A8). What was logged since the last look is read into the index first."""
    form = forms.FindForm(request)
    asked, kind = form.asked.get("q", ""), request.GET.get("kind", "")[:1]
    context = {"find": form, "asked": asked, "kind": kind}
    if asked:
        index.catch_up()
        context["result"] = found_by.search(asked, kind)
        context["pages"] = boards.pages_named(asked) if not kind else []
    return page(request, "projects/desk/search.html", context)


@require_safe
def help(request: HttpRequest) -> HttpResponse:
    stages = [row for row in pipeline.PIPELINE if row.key != "rounds"]
    return page(request, "projects/desk/help.html", {"stages": stages, "words": boards.glossary()})


@require_safe
def accessibility(request: HttpRequest) -> HttpResponse:
    """The statement with known gaps and a contact (A21)."""
    return page(request, "projects/desk/accessibility.html", {"site": settings.SITE})


@require_safe
def privacy(request: HttpRequest) -> HttpResponse:
    """The notice that people agree to when they sign in, under the address that every footer names."""
    return redirect("accounts:privacy")


@require_safe
def site_map(request: HttpRequest) -> HttpResponse:
    return page(request, "projects/desk/site_map.html", {"groups": boards.map_of_pages()})
