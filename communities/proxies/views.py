"""Proxies: what the two see and end, what the worker records before both."""

from __future__ import annotations

from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from communities.proxies import acting, forms, pages, queries, rules, services
from communities.proxies.models import Proxy
from communities.roles.queries import places_held
from portal import clock
from portal.web import attempt, back, page, posted

A_PAGE = 30


def seen(request: HttpRequest, number: int) -> Proxy:
    proxy = queries.in_sight(request.user, clock.today(), number)
    if proxy is None:
        raise Http404
    return proxy


def is_standing(proxy: Proxy) -> bool:
    over = proxy.revoked_at is not None
    return rules.stands(starts=proxy.starts_on, ends=proxy.ends_on, revoked=over, today=clock.today())


@login_required
def mine(request: HttpRequest) -> HttpResponse:
    """Who may act for me, and for whom I may act."""
    rows = [(proxy, is_standing(proxy)) for proxy in queries.of_person(request.user)[:50]]
    return page(request, "communities/proxies/mine.html", {"rows": rows, "may": rules.MAY})


@login_required
def proxy(request: HttpRequest, number: int) -> HttpResponse:
    """One proxy with everything that was done by it."""
    held = seen(request, number)
    listed = Paginator(queries.acts_of(held), A_PAGE).get_page(request.GET.get("page"))
    rows = [(act.at, rules.ACTS.get(act.act, act.act), *pages.about(act)) for act in listed]
    shown = {"proxy": held, "standing": is_standing(held), "listed": listed, "rows": rows}
    shown["is_holder"] = held.holder_id == request.user.pk
    return page(request, "communities/proxies/proxy.html", shown)


@login_required
def sheet(request: HttpRequest, number: int) -> HttpResponse:
    """The paper that both sign."""
    return page(request, "communities/proxies/sheet.html", {"proxy": seen(request, number), "may": rules.MAY})


@login_required
def blank(request: HttpRequest) -> HttpResponse:
    """The paper with lines instead of names: both sign it before the worker records."""
    places = places_held(request.user, queries.WORKERS, clock.today())
    if not places:
        raise Http404
    return page(request, "communities/proxies/blank.html", {"places": places, "may": rules.MAY})


@login_required
@require_POST
def begin(request: HttpRequest, number: int) -> HttpResponse:
    """Act for the person from now on, on the pages that are open to it."""
    held = services.begin_acting(proxy_id=seen(request, number).pk, by=request.user, now=clock.now())
    acting.begin(request, held)
    return back(request, "desk:home", said=_("现在开始替 %(name)s 代办。每一步都有记录，两人都能看到。") % {"name": held.person.name})


@login_required
@require_POST
def end(request: HttpRequest) -> HttpResponse:
    """Be oneself again."""
    acting.end(request)
    return back(request, "proxies:mine", said=_("已结束代办，现在是您本人。"))


@login_required
@require_POST
def revoke(request: HttpRequest, number: int) -> HttpResponse:
    """End a proxy for good."""
    services.revoke_proxy(proxy_id=seen(request, number).pk, by=request.user, now=clock.now())
    return back(request, "proxies:proxy", number, said=_("代办已撤销，两人都会收到通知。"))


@login_required
def desk(request: HttpRequest) -> HttpResponse:
    """The worker's proxies, the newest first."""
    if not places_held(request.user, queries.WORKERS, clock.today()):
        raise Http404
    listed = Paginator(queries.of_desk(request.user, clock.today()), A_PAGE).get_page(request.GET.get("page"))
    rows = [(row, is_standing(row)) for row in listed]
    return page(request, "communities/proxies/desk.html", {"listed": listed, "rows": rows})


@login_required
def record(request: HttpRequest) -> HttpResponse:
    """Both stand before the worker."""
    places = places_held(request.user, queries.WORKERS, clock.today())
    if not places:
        raise Http404
    again = queries.to_record_again(request.user, clock.today(), request.GET.get("again", ""))
    form = forms.ProxyForm(**posted(request), places=places, known=again and again.person, initial=forms.as_before(again))
    given = {"by": request.user, "now": clock.now()}
    if form.is_valid() and (done := attempt(form, services.record_proxy, **form.recorded(), **given)):
        return back(request, "proxies:proxy", done.value.pk, said=_("代办已登记，两人都会收到通知。"))
    return page(request, "communities/proxies/record.html", {"form": form, "again": again})
