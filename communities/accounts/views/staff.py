"""Staff come in: password, second factor, one-time link. The library's views with the portal's pages."""

from __future__ import annotations

from allauth.account import views as account_views
from allauth.mfa.base import views as factor_views
from allauth.mfa.totp import views as totp_views
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_POST

from communities.accounts import forms, passwords, queries, rules, sessions
from communities.accounts.services import devices
from communities.accounts.services import staff as services
from communities.accounts.views.residents import sign_out
from portal import clock
from portal.refusals import insist
from portal.web import attempt, back, page, posted

INVITED = "invited"


class SignIn(account_views.LoginView):
    """Staff name and password; the second factor follows on its own page."""

    template_name = "communities/accounts/staff_sign_in.html"

    def get_context_data(self, **kwargs: object) -> dict:
        return without_site(super().get_context_data(**kwargs))


class SecondFactor(factor_views.AuthenticateView):
    template_name = "communities/accounts/second_factor.html"

    def get_context_data(self, **kwargs: object) -> dict:
        return without_site(super().get_context_data(**kwargs))


class ActivateTotp(totp_views.ActivateTOTPView):
    """The code typed here is the second factor of this session too."""

    template_name = "communities/accounts/activate_totp.html"

    def dispatch(self, request: HttpRequest, *args: object, **kwargs: object) -> HttpResponse:
        if not request.user.is_staff or queries.factors_of(request.user).get("totp"):
            return redirect("accounts:security")
        return super().dispatch(request, *args, **kwargs)

    def form_valid(self, form: forms.ActivateTotpForm) -> HttpResponse:
        answer = super().form_valid(form)
        sessions.note_second_factor(self.request, kind="totp")
        return answer


def account_login(request: HttpRequest) -> HttpResponse:
    """Password first (D4)."""
    return SignIn.as_view()(request)


def account_logout(request: HttpRequest) -> HttpResponse:
    """The library's name for signing out."""
    return sign_out(request)


def mfa_authenticate(request: HttpRequest) -> HttpResponse:
    """Then the second factor."""
    return SecondFactor.as_view()(request)


@login_required
def mfa_activate_totp(request: HttpRequest) -> HttpResponse:
    """Bind an authenticator: the first thing that a new member of staff does."""
    return ActivateTotp.as_view()(request)


def without_site(context: dict) -> dict:
    """The library's `site` would hide the portal's own identity in the footer."""
    context.pop("site", None)
    return context


@never_cache
def invitation(request: HttpRequest, token: str) -> HttpResponse:
    """The one-time link: keep the token in the session and leave it out of every later address (S12)."""
    held = services.invitation_with(token)
    insist(services.objection_to_link(held, clock.now()))
    request.session[INVITED] = token
    return redirect("accounts:first_password")


@never_cache
@sensitive_post_parameters("password", "again")
def first_password(request: HttpRequest) -> HttpResponse:
    token = request.session.get(INVITED, "")
    held = services.invitation_with(token)
    if held is None:
        raise Http404
    form = forms.NewPasswordForm(**posted(request), person=held.person)
    if form.is_valid() and (
        done := attempt(
            form, services.accept_invitation, token=token, password=form.cleaned_data["password"], now=clock.now()
        )
    ):
        return start_session(request, done.value)
    return page(request, "communities/accounts/first_password.html", {"form": form, "person": held.person})


def start_session(request: HttpRequest, person: object) -> HttpResponse:
    """Signed in by the new password; the next page asks for the second factor."""
    request.session.flush()
    sessions.begin(request, person, how="password")
    sessions.note_password(request)
    return redirect("mfa_activate_totp")


@login_required
def security(request: HttpRequest) -> HttpResponse:
    """我的设备 and how this account is protected (S25)."""
    shown = {"devices": queries.open_devices(request.user), "here": request.session.session_key}
    shown["factors"] = queries.factors_of(request.user)
    shown["password_since"] = since = queries.password_since(request.user)
    shown["too_old"] = rules.days_too_old(clock.now(), since=since, profile=passwords.profile())
    return page(request, "communities/accounts/security.html", shown)


@login_required
@require_POST
def end_device(request: HttpRequest, number: int) -> HttpResponse:
    if not devices.end_device(by=request.user, device_id=number, now=clock.now()):
        raise Http404
    return back(request, "accounts:security", said=_("已让那台设备退出。"))


@login_required
@require_POST
def end_everywhere(request: HttpRequest) -> HttpResponse:
    devices.end_all_sessions(person_id=request.user.pk, by=request.user, now=clock.now())
    sessions.end(request)
    return back(request, "sign_in", said=_("所有设备都已退出，请重新登录。"))
