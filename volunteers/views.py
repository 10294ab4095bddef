"""Where volunteers ask: the service centres, community by community."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse

from portal.web import page
from volunteers import queries


def volunteers(request: HttpRequest) -> HttpResponse:
    return page(request, "volunteers/volunteers.html", {"centres": queries.centres()})
