"""Who holds which role: the register of any day, appointing, ending, handing over."""

from __future__ import annotations

from datetime import timedelta

from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from communities.accounts.models import User
from communities.accounts.services import staff
from communities.divisions import queries as places
from communities.divisions.models import Division
from communities.roles import forms, queries, rules, services
from communities.roles.models import Appointment
from communities.roles.rules import Role
from portal import clock
from portal.web import attempt, back, page, posted

A_PAGE = 50
LINK = "invitation_link"


def readable(request: HttpRequest) -> Division:
    """The place asked for, inside what the visitor may read."""
    mine = queries.registrable(request.user, clock.today())
    asked = places.by_code(request.GET.get("at", "")[:20]) or (mine[0] if mine else None)
    if asked is None or not any(asked.path.startswith(place.path) for place in mine):
        raise Http404
    return asked


def appointable(request: HttpRequest, code: str) -> tuple[Division, list[Role]]:
    """The place and the roles that the visitor may give there."""
    place = places.by_code(code)
    by = queries.roles_at(request.user, place, clock.today()) if place else frozenset()
    roles = rules.roles_to_give(by, place.level) if place else []
    if not roles:
        raise Http404
    return place, roles


def term_in_sight(request: HttpRequest, number: int) -> Appointment:
    term = queries.in_sight(request.user, clock.today(), number)
    if term is None:
        raise Http404
    return term


@login_required
def register(request: HttpRequest) -> HttpResponse:
    """谁在哪天能做什么."""
    place, form = readable(request), forms.DayForm(request.GET)
    day = form.asked(clock.today())
    listed = Paginator(queries.register(day, below=place), A_PAGE).get_page(request.GET.get("page"))
    by = queries.roles_at(request.user, place, clock.today())
    shown = {
        "place": place,
        "day": day,
        "ends": day == clock.today() and queries.reaches(request.user, place, day),
        "listed": listed,
        "titles": [(term, rules.TITLES[Role(term.role)]) for term in listed],
        "below": places.living().filter(parent=place).exclude(level__in=["committee", "estate"])[:200],
        "gives": bool(rules.roles_to_give(by, place.level)),
        "link": request.session.pop(LINK, ""),
    }
    return page(request, "communities/roles/register.html", shown)


@login_required
def appoint(request: HttpRequest, code: str) -> HttpResponse:
    """Give a role here; an unknown staff name opens an account with a one-time link."""
    place, roles = appointable(request, code)
    form = forms.AppointForm(**posted(request), roles=roles, initial={"starts_on": clock.today()})
    if form.is_valid() and (done := attempt(form, appoint_whom, filled=form, place=place, by=request.user)):
        request.session[LINK] = done.value and request.build_absolute_uri(done.value)
        return back(request, f"{reverse('roles:register')}?at={place.code}", said=_("任命已生效。"))
    return page(request, "communities/roles/appoint.html", {"form": form, "place": place})


@login_required
def end_term(request: HttpRequest, number: int) -> HttpResponse:
    """End a term, with or without a successor."""
    term = term_in_sight(request, number)
    form = forms.EndForm(**posted(request), initial={"ends_on": clock.today()})
    if form.is_valid() and attempt(form, end_or_hand_over, term=term, given=form.cleaned_data, by=request.user):
        return back(request, f"{reverse('roles:register')}?at={term.division.code}", said=_("离任已办理。"))
    title = rules.TITLES[Role(term.role)]
    return page(request, "communities/roles/end_term.html", {"form": form, "term": term, "title": title})


@login_required
@require_POST
def new_link(request: HttpRequest, number: int) -> HttpResponse:
    """A fresh one-time link for somebody whose password or second factor is lost (S19)."""
    term = term_in_sight(request, number)
    appointable(request, term.division.code)
    _made, token = staff.invite(person_id=term.person_id, by=request.user, now=clock.now())
    request.session[LINK] = request.build_absolute_uri(reverse("accounts:invitation", args=[token]))
    return redirect(f"{reverse('roles:register')}?at={term.division.code}")


def appoint_whom(*, filled: forms.AppointForm, place: Division, by: User) -> str:
    """Appoint the person of the form; the path of the one-time link when an account was opened for it."""
    given, now = filled.cleaned_data, clock.now()
    return services.appoint_or_open(
        person=filled.person,
        staff_name=given["staff_name"],
        name=given["name"].strip(),
        role=Role(given["role"]),
        division_id=place.pk,
        starts_on=given["starts_on"],
        ends_on=given["ends_on"],
        by=by,
        now=now,
    )


def end_or_hand_over(*, term: Appointment, given: dict, by: User) -> Appointment:
    common = {"appointment_id": term.pk, "reason": given["reason"], "by": by, "now": clock.now()}
    if given["successor"] is None:
        return services.end_term(ends_on=given["ends_on"], **common)
    return services.hand_over(to_id=given["successor"].pk, on=given["ends_on"] + timedelta(days=1), **common)
