"""Where to go after signing in: pages of this portal and nothing else (S7)."""

from __future__ import annotations

from urllib.parse import urlsplit

from django.http import HttpRequest
from django.urls import Resolver404, ResolverMatch, resolve

from portal import addresses

NOT_AFTERWARDS = {"sign_in", "sign_out", "accounts:code", "account_login", "account_logout"}


def is_ours(url: str | None) -> bool:
    """A path of this portal that a link may ask for: no host, no scheme, no backslash, no control character, no act."""
    found = _found(url)
    return found is not None and addresses.takes_get(found.func)


def asked_for(request: HttpRequest) -> str:
    """The ?next= of this request when it is ours, else "". After an act that was sent signed out: the page of the act."""
    url = request.POST.get("next") or request.GET.get("next") or ""
    return addresses.page_at_or_above(url) if _found(url) else ""


def _found(url: str | None) -> ResolverMatch | None:
    if not url or len(url) > 500 or not url.startswith("/") or url.startswith("//"):
        return None
    if "\\" in url or not url.isprintable():
        return None
    try:
        found = resolve(urlsplit(url).path)
    except (Resolver404, ValueError):
        return None
    return None if found.view_name in NOT_AFTERWARDS else found
