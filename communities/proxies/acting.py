"""While a holder acts: the person stands in her place on the pages that are open to it, and each act leaves a row."""

from __future__ import annotations

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse

from communities.proxies import queries, rules, services
from communities.proxies.models import Proxy
from portal import clock, log
from portal.web import refusal_page

KEY = "acting"
SAFE = ("GET", "HEAD", "OPTIONS")


def begin(request: HttpRequest, proxy: Proxy) -> None:
    request.session[KEY] = proxy.pk


def end(request: HttpRequest) -> None:
    request.session.pop(KEY, None)


class ActingMiddleware:
    """Behind the one that ends sessions: whether the session lives is asked of the holder, never of the person."""

    def __init__(self, get_response: Callable):
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        answer = self.get_response(request)
        proxy = getattr(request, "proxy", None)
        if proxy and request.method not in SAFE and answer.status_code < 400 and request.user == proxy.person:
            view = request.resolver_match.view_name
            services.note_act(proxy_id=proxy.pk, view=view, path=request.path, now=clock.now())
        return answer

    def process_view(self, request: HttpRequest, view: Callable, args: tuple, kwargs: dict) -> HttpResponse | None:
        number = request.session.get(KEY)
        if number is None or not request.user.is_authenticated:
            return None
        proxy = queries.standing(clock.today()).filter(pk=number, holder=request.user).first()
        if proxy is None:
            end(request)
            return None
        request.proxy = proxy
        name = request.resolver_match.view_name
        if name in rules.OWN:
            return None
        if refusal := rules.objection_to_page(name, safe=request.method in SAFE):
            return refusal_page(request, refusal)
        request.user = proxy.person
        log.acting_by(proxy.pk)
        return None
