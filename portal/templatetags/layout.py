"""What the layouts need: menus and the reading switches. {% load layout %}"""

from __future__ import annotations

from typing import Any
from urllib.parse import urlencode

from django import template
from django.template.context import Context
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.safestring import mark_safe

from portal import addresses, navigation
from portal import asides as asides_of

register = template.Library()


def _path(context: Context) -> str:
    return context["request"].path if "request" in context else "/"


@register.simple_tag(takes_context=True)
def menu(context: Context, which: str) -> list[dict[str, Any]]:
    """{% menu "public" as items %}: public, elder or footer."""
    return navigation.links(getattr(navigation, which.upper()), _path(context))


@register.simple_tag(takes_context=True)
def staff_menu(context: Context) -> list[dict[str, Any]]:
    """[{title, links}] of the staff side for the roles that the visitor holds; groups without a page are left out."""
    held, path = getattr(context.get("request"), "held_roles", None), _path(context)
    held = None if held is None else frozenset(held)
    groups = [{"title": title, "links": navigation.links(items, path, held=held)} for title, items in navigation.STAFF]
    return [group for group in groups if group["links"]]


@register.simple_tag(takes_context=True)
def reading_url(context: Context, **wanted: str) -> str:
    """{% reading_url elder=1 %}: the address that sets this and returns here, or to the page that led here by a form."""
    request = context.get("request")
    here = request.get_full_path() if request else "/"
    back = addresses.page_at_or_above(here) if request and request.method == "POST" else here
    return f"{reverse('reading-mode')}?{urlencode({**wanted, 'next': back})}"


@register.simple_tag(takes_context=True)
def asides(context: Context, place: str, about: Any) -> str:
    """{% asides "project" number %}: what apps above have to say beside this page."""
    request = context.get("request")
    found = asides_of.told(place, about, person=getattr(request, "user", None))
    return mark_safe("".join(render_to_string(name, held, request=request) for name, held in found))  # noqa: S308  # nosec
