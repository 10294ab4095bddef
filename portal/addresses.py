"""Which addresses can be asked for again by a plain link: acts that take only POST answer one with 405."""

from __future__ import annotations

import inspect
from collections.abc import Callable
from urllib.parse import urlsplit

from django.urls import Resolver404, resolve


def takes_get(view: Callable | None) -> bool:
    """False under Django's require_POST (or another require_http_methods without GET), at any depth of decorators."""
    while view is not None:
        if inspect.isfunction(view):
            allowed = inspect.getclosurevars(view).nonlocals.get("request_method_list")
            if allowed is not None and "GET" not in allowed:
                return False
        view = getattr(view, "__wrapped__", None)
    return True


def leads_somewhere(url: str) -> bool:
    """Is there a page at this path, and one that a link may ask for?"""
    try:
        return takes_get(resolve(urlsplit(url).path).func)
    except (Resolver404, ValueError):
        return False


def page_at_or_above(url: str) -> str:
    """The address itself when a link may ask for it; else the nearest page above it, at last the first page.

    /voting/R1/review/ is such an act: what is printed there, a link can only follow back to /voting/R1/.
    """
    if leads_somewhere(url):
        return url
    path = urlsplit(url).path.rstrip("/")
    while "/" in path:
        path = path.rsplit("/", 1)[0]
        if leads_somewhere(f"{path}/"):
            return f"{path}/"
    return "/"
