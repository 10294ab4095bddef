"""Where people go in person."""

from __future__ import annotations

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse

from communities.centres import queries
from portal.web import page

A_PAGE = 30


def centres(request: HttpRequest) -> HttpResponse:
    """All party-mass service centres with address, phone and hours."""
    typed = request.GET.get("q", "")[:40]
    listed = Paginator(queries.found_centres(typed), A_PAGE).get_page(request.GET.get("page"))
    return page(request, "communities/centres/centres.html", {"listed": listed, "typed": typed})
