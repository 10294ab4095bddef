"""Who stands at a device of the service centre: a signed cookie says which device, the session who, for minutes only.

A visit is no signed-in session: it opens the ballot, its review and its receipt, and nothing else of her account. It
ends on the server after five minutes without a sign of life, and then leaves nothing in the browser.
"""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import dataclass
from functools import wraps

from django.conf import settings
from django.contrib.auth.decorators import login_required
from django.core.signing import BadSignature
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.middleware.csrf import rotate_token
from django.shortcuts import redirect

from communities.accounts.models import User
from portal import clock, reading
from projects.voting import kiosk as rules
from projects.voting import queries, unfinished
from projects.voting.models import Kiosk

COOKIE, VISIT, ROOM = "kiosk", "visit", "/voting/"
DAY = int(rules.A_DAY.total_seconds())
CLEAR = '"cache", "storage"'


@dataclass(frozen=True)
class Here:
    """What pages at the device know of it."""

    kiosk: Kiosk
    idle: int = rules.IDLE
    warn: int = rules.WARN

    @property
    def rest(self) -> int:
        return self.idle - self.warn


def install(request: HttpRequest, response: HttpResponse, kiosk: Kiosk) -> HttpResponse:
    """From now on this browser is that device."""
    given = {"max_age": DAY, "httponly": True, "samesite": "Lax", "secure": request.is_secure(), "path": ROOM}
    response.set_signed_cookie(COOKIE, str(kiosk.pk), salt=COOKIE, **given)
    return response


def here(request: HttpRequest) -> Here | None:
    """The open device that this browser is, or None."""
    try:
        number = int(request.get_signed_cookie(COOKIE, salt=COOKIE, max_age=DAY))
    except (KeyError, ValueError, BadSignature):
        return None
    found = queries.open_kiosk(number, now=clock.now())
    return Here(found) if found else None


def begin(request: HttpRequest, person: User) -> None:
    """She is at the device; whatever the browser held of anybody before is gone."""
    request.session.flush()
    rotate_token(request)
    request.session[VISIT] = {
        "person": person.pk,
        "kiosk": request.kiosk.kiosk.pk,
        "ended": person.sessions_ended,
        "seen_at": int(time.time()),
    }


def visitor(request: HttpRequest) -> User | None:
    """Who stands here, when she has been seen within the last minutes; each look is a sign of life."""
    held = request.session.get(VISIT)
    if not isinstance(held, dict) or held.get("kiosk") != request.kiosk.kiosk.pk:
        return None
    if rules.is_idle(time.time(), seen_at=held.get("seen_at", 0)):
        return None
    request.session[VISIT] = {**held, "seen_at": int(time.time())}
    return User.objects.filter(pk=held["person"], is_active=True, sessions_ended=held["ended"]).first()


def clear(request: HttpRequest, response: HttpResponse) -> HttpResponse:
    """Nothing of the visit stays: not on the server, not in cookies, not in the browser's cache or its way back."""
    request.session.flush()
    for name in (unfinished.COOKIE, settings.CSRF_COOKIE_NAME, settings.LANGUAGE_COOKIE_NAME, *reading.CHOICES):
        response.delete_cookie(name, samesite="Lax")
    response["Clear-Site-Data"] = CLEAR
    response["Cache-Control"] = "no-store"
    return response


def leave(request: HttpRequest, *, idle: bool = False) -> HttpResponseRedirect:
    to = redirect("voting:kiosk")
    to["Location"] += "?idle=1" if idle else ""
    return clear(request, to)


def kiosk_required(view: Callable) -> Callable:
    """For the device's own pages: this browser must be an open device."""

    @wraps(view)
    def asked(request: HttpRequest, *args: object, **kwargs: object) -> HttpResponse:
        request.kiosk = here(request)
        if request.kiosk is None:
            return redirect("sign_in")
        return view(request, *args, **kwargs)

    return asked


def voter_required(view: Callable) -> Callable:
    """Sets request.voter: who is signed in, or at a device who stands there. At a device nobody is signed in."""

    @wraps(view)
    def asked(request: HttpRequest, *args: object, **kwargs: object) -> HttpResponse:
        request.kiosk = here(request)
        if request.kiosk is None:
            request.voter = request.user
            return login_required(view)(request, *args, **kwargs)
        request.voter = visitor(request)
        if request.voter is None:
            return leave(request, idle=True)
        return view(request, *args, **kwargs)

    return asked
