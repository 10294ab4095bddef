"""The public who-is-who of a community."""

from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponse

from communities.bodies import queries
from communities.centres.queries import centres_of
from communities.councils.queries import council_of
from communities.divisions.queries import LEVEL, by_code, committees_of
from portal import clock
from portal.web import page


def who_is_who(request: HttpRequest, code: str) -> HttpResponse:
    """Who serves here, with the phone and hours that offices publish themselves."""
    community = by_code(code)
    if community is None or community.level != LEVEL.COMMUNITY:
        raise Http404
    shown = {
        "community": community,
        "serving": queries.who_serves(community, clock.today()),
        "committees": committees_of(community),
        "centres": centres_of(community),
        "council": council_of(community),
    }
    return page(request, "communities/bodies/who_is_who.html", shown)
