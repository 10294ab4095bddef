"""What the layouts need: menus and the reading switches. {% load layout %}"""

from __future__ import annotations

from typing import Any
from urllib.parse import urlencode

from django import template
from django.template.context import Context
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.html import format_html, format_html_join
from django.utils.safestring import mark_safe

from portal import addresses, navigation, reading
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


@register.simple_block_tag(takes_context=True)
def reading_switch(context: Context, content: str, *, css: str = "", current: bool = False, **wanted: str) -> str:
    """{% reading_switch elder="1" %}长者模式{% endreading_switch %}: a link; on a page whose form must lose nothing, a button.

    Such a page includes its header with sends=(id of the form), again=(the value of `do` that shows the same page, when
    the form has several buttons), and here=(where that is, when it is not this address).
    """
    spoken = {"zh-hans": "zh-CN"}.get(wanted["lang"], wanted["lang"]) if "lang" in wanted else ""
    current = current or ("size" in wanted and wanted["size"] == context["reading"]["size"])
    told = {"class": css, "aria-current": "true" if current else "", "lang": spoken}
    if sends := context.get("sends"):
        again = context.get("again")
        here = context.get("here") or _path(context)
        asked = {} if context.get("here") else reading.apart_from_wishes(context["request"])
        where = f"{here}?{urlencode({**asked, **wanted})}"
        told |= {"type": "submit", "form": sends, "formaction": where, "formnovalidate": "formnovalidate"}
        told |= {"name": "do", "value": again} if again else {}
    else:
        told |= {"href": reading_url(context, **wanted), "hreflang": spoken}
    held = format_html_join("", ' {}="{}"', ((name, value) for name, value in told.items() if value))
    return format_html("<{0}{1}>{2}</{0}>", "button" if sends else "a", held, content)


@register.simple_tag(takes_context=True)
def asides(context: Context, place: str, about: Any) -> str:
    """{% asides "project" number %}: what apps above have to say beside this page."""
    request = context.get("request")
    found = asides_of.told(place, about, person=getattr(request, "user", None))
    return mark_safe("".join(render_to_string(name, held, request=request) for name, held in found))  # noqa: S308  # nosec
