"""Voting on a device of the service centre: the worker opens it and lets residents in; residents vote and leave."""

from __future__ import annotations

from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST

from communities.accounts import pending, sessions
from communities.accounts.forms import CodeForm, PhoneForm
from communities.accounts.services import codes
from communities.centres.queries import centres_of
from portal import clock
from portal.web import attempt, back, page, posted
from projects.voting import kiosk as rules
from projects.voting import queries, services, visits
from projects.voting.paper_forms import HandForm, KioskForm, PassForm
from projects.voting.views.paper import slate_for_desk


@never_cache
@login_required
def open_kiosk(request: HttpRequest, number: str, code: str) -> HttpResponse:
    """The worker turns the device at hand into a place to vote, and is signed out on it in the same step."""
    slate = slate_for_desk(request, number, code, "voting.open_kiosk")
    form = KioskForm(**posted(request), centres=centres_of(slate.community))
    who = {"slate_id": slate.pk, "by": request.user, "now": clock.now()}
    if form.is_valid() and (done := attempt(form, services.open_kiosk, centre_id=form.cleaned_data["centre"], **who)):
        sessions.end(request)
        return visits.install(request, redirect("voting:kiosk"), done.value)
    context = {"slate": slate, "form": form, "kiosks": queries.open_kiosks(slate, now=clock.now())}
    return page(request, "projects/voting/open_kiosk.html", context)


@login_required
@require_POST
def close_kiosk(request: HttpRequest, number: str, code: str, device: int) -> HttpResponse:
    """End voting on a device, from the desk or on the device itself."""
    slate = slate_for_desk(request, number, code, "voting.open_kiosk")
    if (found := queries.open_kiosk(device, now=clock.now())) is None or found.slate != slate:
        raise Http404
    services.close_kiosk(kiosk_id=found.pk, by=request.user, now=clock.now())
    return back(request, "voting:open_kiosk", number, code, said=_("这台设备的自助投票已结束。"))


@never_cache
@login_required
def admit(request: HttpRequest, number: str, code: str, entry: int) -> HttpResponse:
    """After the card was checked: a number that lets this resident vote once at the device."""
    slate = slate_for_desk(request, number, code, "voting.open_kiosk")
    if (found := queries.entry_on_roll(slate, entry)) is None:
        raise Http404
    form = HandForm(**posted(request))
    who = {"entry_id": entry, "by": request.user, "now": clock.now()}
    if form.is_valid() and (done := attempt(form, services.admit_voter, **who)):
        said = _("投票码 %(code)s，10 分钟内有效，只能用一次。请告诉居民本人，离开本页后不再显示。")
        return back(request, "voting:paper_roll", number, code, said=said % {"code": rules.grouped(done.value)})
    return page(request, "projects/voting/admit.html", {"slate": slate, "found": found, "form": form})


@never_cache
@visits.kiosk_required
def kiosk(request: HttpRequest) -> HttpResponse:
    """The first page: whose vote, and the two ways in. Whatever was on the device is gone."""
    request.session.flush()
    slate = request.kiosk.kiosk.slate
    context = {"slate": slate, "window": queries.window_of(slate.round), "idle": "idle" in request.GET}
    return page(request, "projects/voting/kiosk.html", context)


@never_cache
@visits.kiosk_required
def kiosk_phone(request: HttpRequest) -> HttpResponse:
    """Way one: a code to her own phone. The device's address is nobody's, so no limit of one home applies to it."""
    form = PhoneForm(**posted(request))
    phone = form.cleaned_data["phone"] if form.is_valid() else ""
    asked = {"phone": phone, "purpose": "sign_in", "address": "", "now": clock.now()}
    if phone and (done := attempt(form, codes.ask_code, **asked)):
        pending.remember(request, done.value, phone=phone, purpose="sign_in", then="")
        return redirect("voting:kiosk_code")
    return page(request, "projects/voting/kiosk_phone.html", {"form": form})


@never_cache
@visits.kiosk_required
def kiosk_code(request: HttpRequest) -> HttpResponse:
    """The six digits; then the ballot."""
    held = pending.held(request)
    if not held:
        return redirect("voting:kiosk")
    form = CodeForm(**posted(request))
    code = form.cleaned_data["code"] if form.is_valid() else ""
    told = {"number": held["number"], "binding": held["binding"], "code": code}
    if code and (done := attempt(form, services.redeem_code, **at(request), **told)):
        visits.begin(request, done.value)
        return redirect("voting:ballot", request.kiosk.kiosk.slate.round.number)
    return page(request, "projects/voting/kiosk_code.html", {"form": form, "held": held})


@never_cache
@visits.kiosk_required
def kiosk_pass(request: HttpRequest) -> HttpResponse:
    """Way two: the number that a worker gave her after looking at her card."""
    form = PassForm(**posted(request))
    code = form.cleaned_data["code"] if form.is_valid() else ""
    if code and (done := attempt(form, services.redeem_pass, **at(request), code=code)):
        visits.begin(request, done.value)
        return redirect("voting:ballot", request.kiosk.kiosk.slate.round.number)
    return page(request, "projects/voting/kiosk_pass.html", {"form": form})


@never_cache
@visits.voter_required
def kiosk_still(request: HttpRequest) -> HttpResponse:
    """Are you still there? The page where a browser without script waits; a POST is a sign of life."""
    if request.kiosk is None:
        raise Http404
    if request.method == "POST":
        return HttpResponse(status=204)
    return page(request, "projects/voting/kiosk_still.html", {"slate": request.kiosk.kiosk.slate})


@never_cache
@visits.kiosk_required
def kiosk_leave(request: HttpRequest) -> HttpResponse:
    """She is done, or nobody was there: everything goes. A page that turns itself can only GET."""
    return visits.leave(request, idle=request.method == "GET")


def at(request: HttpRequest) -> dict:
    return {"kiosk_id": request.kiosk.kiosk.pk, "now": clock.now()}
