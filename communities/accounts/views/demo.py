"""The demo's shortcuts: sign in as anybody, move the clock. Not there outside demo mode."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST

from communities.accounts import demo, forms, nexts, sessions
from communities.accounts.models import User
from portal import clock
from portal.web import back, page, posted


def in_demo_only(view: Callable) -> Callable:
    @wraps(view)
    def guarded(request: HttpRequest, *args: object, **kwargs: object) -> HttpResponse:
        if not settings.DEMO:
            raise Http404
        return view(request, *args, **kwargs)

    return never_cache(guarded)


@in_demo_only
def demo_people(request: HttpRequest) -> HttpResponse:
    """Everybody who can be tried, place by place, and a walk through everything."""
    today = clock.today()
    held = {"places": demo.people_by_place(today), "walk": demo.walk(today), "next": nexts.asked_for(request)}
    return page(request, "communities/accounts/demo_people.html", held)


@in_demo_only
@require_POST
def demo_sign_in(request: HttpRequest, number: int) -> HttpResponse:
    person = get_object_or_404(User.objects.filter(pk__in=demo.shown(clock.today())), pk=number)
    sessions.end(request)
    sessions.begin(request, person, how="demo")
    said = _("现在以“%(name)s”的身份操作（演示）。") % {"name": person}
    return back(request, nexts.asked_for(request) or demo.first_page(person), said=said)


@in_demo_only
def demo_clock(request: HttpRequest) -> HttpResponse:
    """Move the portal's day forward, so that a round can be walked through."""
    form = forms.ClockForm(**posted(request))
    if form.is_valid():
        demo.move_clock(days=int(form.cleaned_data["days"]))
        return back(request, "accounts:demo_clock", said=_("平台的日期已向后拨。"))
    return page(request, "communities/accounts/demo_clock.html", {"form": form, "today": clock.today()})

