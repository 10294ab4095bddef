"""What the pages of a proxy print of an act."""

from __future__ import annotations

from django.urls import Resolver404, resolve, reverse

from communities.proxies import rules
from communities.proxies.models import ProxyAct


def about(act: ProxyAct) -> tuple[str, str]:
    """(the number of what it was about, its public page); empty where there is none, as of a draft."""
    page = rules.ABOUT.get(act.act)
    if page is None:
        return "", ""
    try:
        given = resolve(act.path).kwargs
    except Resolver404:  # an address of former days
        return "", ""
    return str(given.get("number", "")), reverse(page, kwargs=given)
