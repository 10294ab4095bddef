"""Where to go after signing in: pages of this portal and nothing else (S7)."""

from __future__ import annotations

from urllib.parse import urlsplit

from django.http import HttpRequest
from django.urls import Resolver404, resolve

NOT_AFTERWARDS = {"sign_in", "sign_out", "accounts:code", "account_login", "account_logout"}


def is_ours(url: str | None) -> bool:
    """A path of this portal that leads to a page: no host, no scheme, no backslash, no control character."""
    if not url or len(url) > 500 or not url.startswith("/") or url.startswith("//"):
        return False
    if "\\" in url or not url.isprintable():
        return False
    try:
        found = resolve(urlsplit(url).path)
    except (Resolver404, ValueError):
        return False
    return found.view_name not in NOT_AFTERWARDS


def asked_for(request: HttpRequest) -> str:
    """The ?next= of this request when it is ours, else ""."""
    url = request.POST.get("next") or request.GET.get("next") or ""
    return url if is_ours(url) else ""
