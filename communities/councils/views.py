"""The public page of a council."""

from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponse

from communities.councils import queries
from communities.divisions.queries import by_code
from portal import clock
from portal.web import page


def council(request: HttpRequest, code: str) -> HttpResponse:
    """Who sits here, since when, and how it decides."""
    community = by_code(code)
    found = queries.council_of(community) if community else None
    if found is None:
        raise Http404
    seats = list(queries.seats_on(found, clock.today())[:60])
    shown = {"council": found, "community": community, "seats": seats}
    shown |= {"quorum": queries.quorum_of(found), "pass_mark": queries.pass_mark_of(found)}
    shown["needed"] = shown["quorum"].needed(len(seats)) if seats else 0
    return page(request, "communities/councils/council.html", shown)
