"""The community worker's desk of wishes."""

from __future__ import annotations

from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from communities.roles.queries import roles_anywhere
from communities.roles.rules import Role
from portal import clock
from portal.web import attempt, back, page, posted
from volunteers.teams.queries import communities_of_worker
from volunteers.wishes import forms, queries, services
from volunteers.wishes.models import Wish

A_PAGE = 30


def in_sight(request: HttpRequest, number: str) -> Wish:
    return get_object_or_404(queries.of_worker(request.user, clock.today()), number=number)


@login_required
@require_safe
def desk(request: HttpRequest) -> HttpResponse:
    """To screen, to confirm, and where to write one down for somebody."""
    if Role.COMMUNITY_WORKER not in roles_anywhere(request.user, clock.today()):
        raise Http404
    context = {
        "waiting": queries.to_screen(request.user, clock.today())[:50],
        "found": Paginator(queries.in_hand(request.user, clock.today()), A_PAGE).get_page(request.GET.get("page")),
        "places": communities_of_worker(request.user, clock.today())[:20],
    }
    return page(request, "volunteers/wishes/desk.html", context)


@login_required
def screen(request: HttpRequest, number: str) -> HttpResponse:
    """The words that everybody will read, and publish or not; the person is looked up apart, with a reason."""
    row = in_sight(request, number)
    form = forms.ScreenForm(**posted(request), initial={"title": row.title, "need": row.need})
    given = {"wish_id": row.pk, "by": request.user, "now": clock.now()}
    if form.is_valid() and attempt(form, services.screen_wish, **given, **form.cleaned_data):
        return back(request, "wishes:desk", said=_("审核结果已记录，登记人会收到消息。"))
    return page(request, "volunteers/wishes/screen.html", {"form": form, "wish": row, "ask": forms.ReasonOnlyForm()})


@login_required
@require_POST
def person(request: HttpRequest, number: str) -> HttpResponse:
    """Who wishes, once, on the page that answers."""
    row = in_sight(request, number)
    form = forms.ReasonOnlyForm(request.POST)
    given = {"wish_id": row.pk, "by": request.user, "now": clock.now()}
    seen = form.is_valid() and attempt(form, services.reveal_person, **given, **form.cleaned_data)
    context = {"form": form, "wish": row, "behind": seen.value if seen else None}
    return page(request, "volunteers/wishes/person.html", context)


@login_required
def confirm(request: HttpRequest, number: str) -> HttpResponse:
    """The person was asked: it came true."""
    row = in_sight(request, number)
    form = forms.ThanksForm(**posted(request))
    given = {"wish_id": row.pk, "by": request.user, "now": clock.now()}
    if form.is_valid() and attempt(form, services.confirm_fulfilled, **given, **form.cleaned_data):
        return back(request, "wishes:desk", said=_("心愿实现了，感谢已公开。"))
    claim = queries.open_claim(row)
    context = {"form": form, "wish": row, "claim": claim, "ask": forms.ReasonOnlyForm()}
    return page(request, "volunteers/wishes/confirm.html", context)


@login_required
def send_back(request: HttpRequest, number: str) -> HttpResponse:
    row = in_sight(request, number)
    form = forms.ReasonOnlyForm(**posted(request))
    given = {"wish_id": row.pk, "by": request.user, "now": clock.now()}
    if form.is_valid() and attempt(form, services.send_back, **given, **form.cleaned_data):
        return back(request, "wishes:desk", said=_("已放回心愿墙，认领人会收到消息。"))
    return page(request, "volunteers/wishes/send_back.html", {"form": form, "wish": row})
