"""The pages across the volunteers' rooms: the front page, and what concerns one volunteer."""

from __future__ import annotations

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

from portal.web import page
from volunteers import queries
from volunteers.teams import queries as people


@require_safe
def volunteers(request: HttpRequest) -> HttpResponse:
    return page(request, "volunteers/volunteers.html", {"centres": queries.centres()})


@login_required
@require_safe
def mine(request: HttpRequest) -> HttpResponse:
    """我的志愿服务: what awaits me, my teams, what I offer."""
    held = people.volunteer_of(request.user)
    context = {"held": held, "waits": people.waits_for_guardian(held)}
    context["teams"] = people.memberships_of(held)[:10] if held else []
    return page(request, "volunteers/mine.html", context)
