"""Registering as a volunteer, changing what one offers, leaving."""

from __future__ import annotations

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from communities.divisions import queries as places
from communities.residents.forms import SearchForm
from communities.residents.queries import residency_of
from portal import clock
from portal.web import attempt, back, page, posted
from volunteers.teams import forms, queries, services
from volunteers.teams.models import Volunteer

CHECK, SEND = "check", "send"


def own_registration(request: HttpRequest) -> Volunteer:
    return get_object_or_404(queries.registrations(), person=request.user, left_on=None)


@login_required
@require_safe
def start(request: HttpRequest) -> HttpResponse:
    """Which community: one's own first, any other by name."""
    form = SearchForm(request.GET)
    typed = form.typed()
    home = residency_of(request.user)
    context = {"typed": typed, "found": places.find_community(typed), "home": home.community if home else None}
    context["held"] = queries.volunteer_of(request.user)
    return page(request, "volunteers/teams/start.html", context)


@login_required
def register(request: HttpRequest, code: str) -> HttpResponse:
    """Age band, estate, skills, times; check; done. Nothing is kept before it is sent."""
    community = get_object_or_404(places.living(), code=code, level=places.LEVEL.COMMUNITY)
    home = residency_of(request.user)
    form = forms.RegisterForm(**posted(request), initial={"estate": home.estate if home else ""})
    given = {"by": request.user, "community_id": community.pk, "now": clock.now()}
    context = {"form": form, "community": community}
    if not form.is_valid() or request.POST.get("do") not in (CHECK, SEND):
        return page(request, "volunteers/teams/register.html", context)
    if request.POST["do"] == CHECK:
        return page(request, "volunteers/teams/register_check.html", context)
    if attempt(form, services.register_volunteer, **given, **form.wanted()):
        return back(request, "teams:registered")
    return page(request, "volunteers/teams/register.html", context)


@login_required
@require_safe
def registered(request: HttpRequest) -> HttpResponse:
    """What happens next; for a minor, which paper to bring and where."""
    held = own_registration(request)
    context = {"held": held, "waits": queries.waits_for_guardian(held)}
    context["centre"] = held.community.centres.order_by("pk").first()
    return page(request, "volunteers/teams/registered.html", context)


@login_required
def profile(request: HttpRequest) -> HttpResponse:
    held = own_registration(request)
    minor = held.band == Volunteer.Band.MINOR
    offered = {"estate": held.estate, "times": held.times, "skills": [skill.code for skill in held.skills.all()]}
    form = forms.ProfileForm(**posted(request), minor=minor, initial=offered)
    if form.is_valid() and attempt(
        form, services.change_profile, by=request.user, now=clock.now(), **form.cleaned_data
    ):
        return back(request, "volunteers:mine", said=_("已保存。"))
    return page(request, "volunteers/teams/profile.html", {"form": form, "held": held})


@login_required
def leave(request: HttpRequest) -> HttpResponse:
    """A last question, then she is no volunteer any more."""
    held = own_registration(request)
    if request.method == "POST":
        services.leave_service(by=request.user, now=clock.now())
        return back(request, "volunteers:volunteers", said=_("您已退出志愿服务，谢谢您为邻居做的一切。"))
    return page(request, "volunteers/teams/leave.html", {"held": held})
