"""What every view uses: page(), posted(), attempt(), and the middleware that turns a refusal into a page or cleans an address."""

from __future__ import annotations

import uuid
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.contrib import messages
from django.forms import BaseForm
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import redirect, render
from django.utils.translation import get_language, gettext

from portal import log
from portal.refusals import Refusal, Refused


def page(
    request: HttpRequest,
    template: str,
    context: dict | None = None,
    *,
    fragment: str | None = None,
    status: int | None = None,
) -> HttpResponse:
    """Render a whole page, or only `fragment` when htmx asks for a part of it.

    A context with a bound form that has errors answers 422, so that machines and htmx can tell; a page whose fields
    belong to two forms names the second `also_form`. Whoever only wants to see her form again (do=change) is not told
    yet what is missing.
    """
    context = context or {}
    asked = [form for form in (context.get("form"), context.get("also_form")) if isinstance(form, BaseForm)]
    for form in asked if shows_again(request) else ():
        form.errors.clear()
    if status is None:
        status = 422 if any(form.is_bound and form.errors for form in asked) else 200
    wants_part = fragment and getattr(request, "htmx", False) and not request.htmx.boosted
    return render(request, fragment if wants_part else template, context, status=status)


def shows_again(request: HttpRequest) -> bool:
    """Did she press 返回修改, or a reading switch in the middle of a form?"""
    return request.method == "POST" and request.POST.get("do") == "change"


def posted(request: HttpRequest) -> dict[str, Any]:
    """Form(**posted(request), ...): bound on POST, even an empty one; unbound otherwise."""
    if request.method == "POST":
        return {"data": request.POST, "files": request.FILES}
    return {}


@dataclass(frozen=True, slots=True)
class Done:
    """What a service answered; always true, even around None."""

    value: Any


def attempt(form: BaseForm, service: Callable[..., Any], **arguments: Any) -> Done | None:
    """Run a service for a valid form. A refusal becomes an error of the form at the field it names.

    `if form.is_valid() and (done := attempt(form, services.lodge_proposal, ...)): return ...`
    """
    try:
        return Done(service(**arguments))
    except Refused as refused:
        refusal = refused.refusal
        form.add_error(refusal.field if refusal.field in form.fields else None, words(refusal))
        return None


def words(refusal: Refusal) -> str:
    """The refusal's sentence in the reader's language, with what can be done now."""
    parts = [gettext(refusal.text), gettext(refusal.next) if refusal.next else ""]
    between = "" if (get_language() or "zh").startswith("zh") else " "
    return between.join(part % refusal.params for part in parts if part)


def back(request: HttpRequest, to: str, *args: object, said: str = "", **kwargs: object) -> HttpResponseRedirect:
    """Post/Redirect/Get: say what was done and go to a page of this portal."""
    if said:
        messages.success(request, said)
    return redirect(to, *args, **kwargs)


class NulMiddleware:
    """Nobody means a NUL in an address, and the database takes none: a blank stands in its place."""

    def __init__(self, get_response: Callable):
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        request.path, request.path_info = request.path.replace("\0", " "), request.path_info.replace("\0", " ")
        asked = request.META.get("QUERY_STRING", "")
        request.META["QUERY_STRING"] = asked.replace("%00", "%20")
        return self.get_response(request)


class OriginMiddleware:
    """Give every request an id and let the log know where it comes from."""

    def __init__(self, get_response: Callable):
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        request.id = uuid.uuid4().hex
        token = log.origin.set(log.Origin(ip=client_ip(request), request_id=request.id))
        try:
            return self.get_response(request)
        finally:
            log.origin.reset(token)


class RefusalMiddleware:
    """A Refused that no form took becomes a page with the reason (U11), never a 500."""

    def __init__(self, get_response: Callable):
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_exception(self, request: HttpRequest, error: Exception) -> HttpResponse | None:
        if not isinstance(error, Refused):
            return None
        return refusal_page(request, error.refusal)


def refusal_page(request: HttpRequest, refusal: Refusal) -> HttpResponse:
    told = {
        "code": refusal.code,
        "text": gettext(refusal.text) % refusal.params,
        "next": gettext(refusal.next) % refusal.params if refusal.next else "",
        "until": refusal.until,
    }
    return page(
        request,
        "portal/refused.html",
        {"refusal": told},
        fragment="portal/_refused.html",
        status=refusal.status,
    )


def client_ip(request: HttpRequest) -> str:
    """The visitor's address: the one that our outermost trusted proxy saw (S9)."""
    hops = [hop.strip() for hop in request.headers.get("X-Forwarded-For", "").split(",") if hop.strip()]
    trusted = settings.TRUSTED_PROXIES
    if trusted and len(hops) >= trusted:
        return hops[-trusted]
    return request.META.get("REMOTE_ADDR", "")


def site(request: HttpRequest) -> dict[str, Any]:
    """Context of every page: the portal's identity (G1, G2) and whether this is the demo."""
    return {"site": settings.SITE, "demo": settings.DEMO}
