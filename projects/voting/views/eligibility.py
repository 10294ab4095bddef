"""May I vote? The answer with its reason, before voting opens and while it runs."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.views.decorators.cache import never_cache

from portal import clock
from portal.web import page
from projects.rounds.models import Round
from projects.voting.eligibility import eligibility_of


@never_cache
def eligibility(request: HttpRequest, number: str) -> HttpResponse:
    """For a visitor: who may vote; for a resident: whether she may, and what she can still do."""
    batch = get_object_or_404(Round.objects.exclude(frozen_at=None), number=number)
    told = eligibility_of(batch, request.user, now=clock.now())
    return page(request, "projects/voting/eligibility.html", {"round": batch, "told": told})
