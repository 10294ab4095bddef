"""How many have taken part: for everybody, while voting runs and afterwards."""

from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponse

from portal.web import page
from projects.voting import queries


def turnout(request: HttpRequest, number: str) -> HttpResponse:
    """How many have taken part, on both denominators; never a running count."""
    slates = list(queries.public_slates(number))
    if not slates:
        raise Http404
    rows = [
        {"slate": slate, "turnout": queries.turnout_of(slate), "seals": queries.seals_of(slate)} for slate in slates
    ]
    return page(request, "projects/voting/turnout.html", {"round": slates[0].round, "rows": rows})
