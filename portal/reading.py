"""How a visitor wants to read: 长者模式, size, contrast, one colour, a big cursor, language.

Kept in cookies; the same addresses and the same functions for all (A8).
"""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.utils.cache import patch_vary_headers
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

SIZES = {"17": "标准", "24": "大", "32": "更大", "40": "最大"}
CHOICES = {
    "elder": {"1", "0"},
    "size": set(SIZES),
    "contrast": {"high", "normal"},
    "mono": {"1", "0"},
    "cursor": {"big", "normal"},
}
OFF = {"0", "normal"}
A_YEAR = 365 * 24 * 3600


@never_cache
@require_safe
def reading_mode(request: HttpRequest) -> HttpResponse:
    """Set what the address asks for and go back. Works by plain links; asking twice changes nothing more."""
    to = request.GET.get("next", "/")
    safe = url_has_allowed_host_and_scheme(to, allowed_hosts={request.get_host()}, require_https=request.is_secure())
    answer = HttpResponseRedirect(to if safe else "/")
    for name, allowed in CHOICES.items():
        asked = request.GET.get(name)
        if asked in allowed:
            _keep(answer, name, asked)
    if request.GET.get("elder") in CHOICES["elder"]:
        answer.delete_cookie("size")
    if request.GET.get("lang") in dict(settings.LANGUAGES):
        _set(answer, settings.LANGUAGE_COOKIE_NAME, request.GET["lang"])
    return answer


def reading(request: HttpRequest) -> dict[str, Any]:
    """Context of every page: what the layout writes on <html>, and where each switch leads."""
    cookies = {name: request.COOKIES.get(name) for name in CHOICES}
    kept = {name: value for name, value in cookies.items() if value in CHOICES[name] and value not in OFF}
    kept["size"] = kept.get("size") or ("24" if kept.get("elder") else "17")
    return {"reading": kept, "reading_sizes": SIZES}


class ReadingMiddleware:
    """A page looks different by these cookies, so no shared cache may mix them up."""

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        if response.get("Content-Type", "").startswith("text/html"):
            patch_vary_headers(response, ("Cookie",))
        return response


def _keep(answer: HttpResponse, name: str, value: str) -> None:
    if value in OFF:
        answer.delete_cookie(name)
    else:
        _set(answer, name, value)


def _set(answer: HttpResponse, name: str, value: str) -> None:
    answer.set_cookie(name, value, max_age=A_YEAR, secure=settings.SESSION_COOKIE_SECURE, httponly=True, samesite="Lax")
