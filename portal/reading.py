"""How a visitor wants to read: 长者模式, size, contrast, one colour, a big cursor, language.

Kept in cookies; the same addresses and the same functions for all (A8). A link sets one and comes back (`/reading`); a
form that must not lose what is typed is sent to its own page with the wish in the address (`?elder=1`).
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
    return _keep(HttpResponseRedirect(to if safe else "/"), _asked(request))


def reading(request: HttpRequest) -> dict[str, Any]:
    """Context of every page: what the layout writes on <html>, and where each switch leads."""
    cookies = {name: request.COOKIES.get(name) for name in CHOICES}
    kept = {name: value for name, value in cookies.items() if value in CHOICES[name] and value not in OFF}
    kept["size"] = kept.get("size") or ("24" if kept.get("elder") else "17")
    return {"reading": kept, "reading_sizes": SIZES}


class ReadingMiddleware:
    """A page looks different by these cookies, so no shared cache may mix them up.

    A form sent with a wish in its address is shown as wished at once: before the language is chosen, so this stands
    before LocaleMiddleware.
    """

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        asked = _asked(request) if request.method == "POST" and request.GET else {}
        request.COOKIES.update(asked)
        response = _keep(self.get_response(request), asked)
        if response.get("Content-Type", "").startswith("text/html"):
            patch_vary_headers(response, ("Cookie",))
        return response


def apart_from_wishes(request: HttpRequest) -> dict[str, str]:
    """What else the address says."""
    return {name: value for name, value in request.GET.items() if name not in CHOICES and name != "lang"}


def _asked(request: HttpRequest) -> dict[str, str]:
    """What the address wishes: cookie → value, "" for one that goes back to normal. 长者模式 brings its own size."""
    wished = {name: request.GET[name] for name, allowed in CHOICES.items() if request.GET.get(name) in allowed}
    size = {"size": ""} if "elder" in wished else {}
    lang = request.GET.get("lang")
    language = {settings.LANGUAGE_COOKIE_NAME: lang} if lang in dict(settings.LANGUAGES) else {}
    return {name: "" if value in OFF else value for name, value in (wished | size | language).items()}


def _keep(answer: HttpResponse, asked: dict[str, str]) -> HttpResponse:
    given = {"max_age": A_YEAR, "secure": settings.SESSION_COOKIE_SECURE, "httponly": True, "samesite": "Lax"}
    for name, value in asked.items():
        if value:
            answer.set_cookie(name, value, **given)
        else:
            answer.delete_cookie(name)
    return answer
