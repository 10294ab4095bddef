"""Sessions: how they begin, how long they last, what staff must have shown in them.

Time here is the machine's own: a demo clock that is moved forward by days must not sign anybody out.
"""

from __future__ import annotations

import time
from collections.abc import Callable
from functools import wraps
from urllib.parse import urlencode

from allauth.account.authentication import get_authentication_records
from allauth.account.internal.flows.login import record_authentication
from allauth.mfa.models import Authenticator
from allauth.usersessions.models import UserSession
from django.conf import settings
from django.contrib import auth, messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.functional import SimpleLazyObject
from django.utils.translation import gettext as _

from communities.accounts import rules, typed
from communities.accounts.models import User
from communities.roles.queries import roles_anywhere
from communities.roles.rules import Role
from portal import clock

BACKEND = "django.contrib.auth.backends.ModelBackend"
SEEN_EVERY = 60
UNFINISHED = "unfinished"
# Pages that a session may use before its second factor, or before the person has finished registering.
ON_THE_WAY_STAFF = {"mfa_activate_totp", "mfa_reauthenticate", "account_logout", "sign_out", "accounts:privacy", "reading-mode"}
ON_THE_WAY_RESIDENT = {"accounts:welcome", "accounts:name", "accounts:discard", "accounts:privacy", "reading-mode", "sign_out"}


def begin(request: HttpRequest, person: User, *, how: str) -> None:
    """A new session with a new id (S22) that remembers how the person showed who she is."""
    auth.login(request, person, backend=BACKEND)
    record_authentication(request, person, how)
    request.session["began_at"] = request.session["seen_at"] = int(time.time())
    if not person.is_staff:
        request.session["confirmed_at"] = int(time.time())
    UserSession.objects.create_from_request(request)


def is_in(request: HttpRequest) -> bool:
    return request.user.is_authenticated


def end(request: HttpRequest) -> None:
    """Sign out: the session is gone on the server (S22, D10)."""
    UserSession.objects.filter(session_key=request.session.session_key).delete()
    auth.logout(request)


def has_second_factor(request: HttpRequest) -> bool:
    """Was a second factor shown in this session? The demo's shortcut counts in demo mode only."""
    shown = {record.get("method") for record in get_authentication_records(request, request.user)}
    return "mfa" in shown or (settings.DEMO and "demo" in shown)


def note_second_factor(request: HttpRequest, *, kind: str) -> None:
    record_authentication(request, request.user, "mfa", type=kind, reauthenticated=True)


def note_password(request: HttpRequest) -> None:
    """The password was typed a moment ago: the second factor may be set up without asking for it again."""
    record_authentication(request, request.user, "password", reauthenticated=True)


def just_confirmed(request: HttpRequest) -> bool:
    """Did the person show within ten minutes that it is still she (D2, S21)?"""
    if request.user.is_staff:
        return has_second_factor(request)
    return time.time() - request.session.get("confirmed_at", 0) < rules.CONFIRMED_FOR


def confirm(request: HttpRequest) -> None:
    request.session["confirmed_at"] = int(time.time())


def confirmation_required(view: Callable) -> Callable:
    """For a sensitive act: ask for a fresh code first, then come back here."""

    @wraps(view)
    def asked(request: HttpRequest, *args: object, **kwargs: object) -> HttpResponse:
        if not just_confirmed(request):
            return redirect(f"{reverse('accounts:confirm')}?{urlencode({'next': request.path})}")
        return view(request, *args, **kwargs)

    return asked


class SessionLimitsMiddleware:
    """Ends idle and old sessions (D2, S24); keeps staff without a second factor off every page but the one that asks
    for it (S16); brings a resident who has not finished registering back to that step."""

    def __init__(self, get_response: Callable):
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_view(self, request: HttpRequest, view: Callable, args: tuple, kwargs: dict) -> HttpResponse | None:
        if not request.user.is_authenticated:
            return None
        if is_over(request):
            return sign_out_idle(request)
        note_activity(request)
        name = request.resolver_match.view_name
        if request.user.is_staff:
            if name in ON_THE_WAY_STAFF or has_second_factor(request):
                return None
            return redirect(to_second_factor(request))
        if request.session.get(UNFINISHED) and name not in ON_THE_WAY_RESIDENT:
            return redirect("accounts:welcome")
        return None


def is_over(request: HttpRequest) -> bool:
    now, session, person = time.time(), request.session, request.user
    request.held_roles = SimpleLazyObject(lambda: roles_anywhere(person, clock.today()))  # the menu asks again
    administrator = person.is_staff and Role.ADMINISTRATOR in request.held_roles
    idle = rules.idle_limit(is_staff=person.is_staff, is_administrator=administrator)
    whole = rules.absolute_limit(is_staff=person.is_staff) - (now - session.get("began_at", now))
    request.session_left = int(min(idle, whole))  # the page warns before it has passed (A11)
    return now - session.get("seen_at", now) > idle or whole < 0


def note_activity(request: HttpRequest) -> None:
    now, session = int(time.time()), request.session
    if now - session.get("seen_at", 0) < SEEN_EVERY:
        return
    session["seen_at"] = now
    session.setdefault("began_at", now)
    UserSession.objects.create_from_request(request)


def sign_out_idle(request: HttpRequest) -> HttpResponseRedirect:
    """Sign out, keep what was typed, and come back here after signing in."""
    to = "account_login" if request.user.is_staff else "sign_in"
    kept = typed.taken_from(request)
    after = reverse("accounts:kept") if kept else request.get_full_path() if request.method == "GET" else ""
    end(request)
    if kept:
        typed.keep(request, kept)
        said = _("您有一段时间没有操作，为了安全已自动退出。刚才填写的内容还在，重新登录后可以接着提交。")
    else:
        said = _("您有一段时间没有操作，为了安全已自动退出，请重新登录。已保存的草稿都还在。")
    messages.warning(request, said)
    return redirect(reverse(to) + (f"?{urlencode({'next': after})}" if after else ""))


def to_second_factor(request: HttpRequest) -> str:
    """Where a password alone leads: to setting the second factor up, or to showing it."""
    kinds = [Authenticator.Type.TOTP, Authenticator.Type.WEBAUTHN]
    if not Authenticator.objects.filter(user=request.user, type__in=kinds).exists():
        return reverse("mfa_activate_totp")
    wanted = urlencode({"next": request.get_full_path() if request.method == "GET" else "/"})
    return f"{reverse('mfa_reauthenticate')}?{wanted}"
